from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from medalloc.ingest.rows.events import EventRow, OutcomeRow


def test_event_may_have_no_patient():
    row = EventRow.model_validate(
        {"case_id": "c1", "activity": "bed_cleaned", "at": "2026-03-05T07:10"}, context=ZoneInfo("UTC")
    )
    assert (row.patient_id, row.ward_id) == ("", "")


@pytest.mark.parametrize("los_days", ["-0.1", "nan"])
def test_length_of_stay_is_not_negative(los_days):
    assert OutcomeRow.model_validate({"case_id": "c1", "los_days": "4.25"}).los_days == 4.25
    with pytest.raises(ValidationError):
        OutcomeRow.model_validate({"case_id": "c1", "los_days": los_days})


def test_outcome_that_is_not_known():
    assert OutcomeRow.model_validate({"case_id": "c1", "los_days": "3"}).died is None
    assert OutcomeRow.model_validate({"case_id": "c1", "los_days": "3", "died": "no"}).died is False
