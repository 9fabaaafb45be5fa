import pytest
from pydantic import ValidationError

from medalloc.ingest.rows.places import BedRow, WardRow


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [("min_age", "130", "131"), ("max_age", "0", "-1"), ("care_hours", "0", "-0.5")],
)
def test_bounds_of_a_ward(column, good, bad):
    assert getattr(WardRow.model_validate({"ward_id": "W1", column: good}), column) == float(good)
    with pytest.raises(ValidationError):
        WardRow.model_validate({"ward_id": "W1", column: bad})


def test_bed_needs_its_ward():
    with pytest.raises(ValidationError) as caught:
        BedRow.model_validate({"bed_id": "01"})
    assert [error["loc"] for error in caught.value.errors()] == [("ward_id",)]
