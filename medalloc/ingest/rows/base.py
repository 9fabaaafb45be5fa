"""What all row models share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class RowModel(BaseModel):
    """A row, field by column; a field without a default may not be blank."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
