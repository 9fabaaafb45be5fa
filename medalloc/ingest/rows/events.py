"""Rows of events.csv and outcomes.csv."""

from __future__ import annotations

from medalloc.ingest.fields import Moment, number
from medalloc.ingest.rows.base import RowModel


class EventRow(RowModel):
    """A row of events.csv."""

    case_id: str
    patient_id: str = ""
    activity: str
    at: Moment
    ward_id: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    """The other columns of the row, as (name, value); put there by the reader, never a column itself."""


class OutcomeRow(RowModel):
    """A row of outcomes.csv."""

    case_id: str
    los_days: float = number(of="days")
    readmitted_30d: bool | None = None
    died: bool | None = None
    expected_los_days: float | None = number(default=None, of="days")
