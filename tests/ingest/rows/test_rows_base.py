import pytest
from pydantic import ValidationError

from medalloc.ingest.rows.places import WardRow


def test_error_text_never_holds_what_was_read():
    with pytest.raises(ValidationError) as caught:
        WardRow.model_validate({"ward_id": "W1", "care_hours": "Ada Aspen"})
    assert "Aspen" not in str(caught.value)
