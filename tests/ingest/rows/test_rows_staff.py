import pytest
from pydantic import ValidationError

from medalloc.ingest.rows.staff import CoverRow, ShiftRow, StaffRow


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [("contract_hours", "168", "169"), ("max_consecutive", "1", "0"), ("min_rest_hours", "11.5", "-1")],
)
def test_bounds_of_a_contract(column, good, bad):
    assert getattr(StaffRow.model_validate({"staff_id": "S1", column: good}), column) == float(good)
    with pytest.raises(ValidationError):
        StaffRow.model_validate({"staff_id": "S1", column: bad})


@pytest.mark.parametrize("hours", ["0", "24.5"])
def test_shift_has_a_length_of_up_to_a_day(hours):
    assert ShiftRow.model_validate({"shift_id": "D", "start": "07:00", "hours": "24"}).hours == 24
    with pytest.raises(ValidationError):
        ShiftRow.model_validate({"shift_id": "D", "start": "07:00", "hours": hours})


def test_skill_is_spelt_as_on_the_staff_list():
    cover = CoverRow.model_validate(
        {"ward_id": "W1", "date": "2026-03-05", "shift_id": "D", "skill": "IV Drugs", "minimum": "2"}
    )
    staff = StaffRow.model_validate({"staff_id": "S1", "skills": "charge; iv-drugs"})
    assert cover.skill in staff.skills
