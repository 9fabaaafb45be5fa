import pytest
from pydantic import ValidationError

from medalloc.ingest.rows.stock import DrugRow, RegimenRow, SubstituteRow


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [("pack_size", "1", "0"), ("unit_cost", "0", "-0.01"), ("min_order", "0", "-1")],
)
def test_bounds_of_a_drug(column, good, bad):
    assert getattr(DrugRow.model_validate({"drug_id": "D1", column: good}), column) == float(good)
    with pytest.raises(ValidationError):
        DrugRow.model_validate({"drug_id": "D1", column: bad})


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_share_is_from_0_to_1(share):
    cells = {"drug_id": "D1", "units_per_day": "3"}
    assert RegimenRow.model_validate({**cells, "share": "0.35"}).share == 0.35
    with pytest.raises(ValidationError):
        RegimenRow.model_validate({**cells, "share": share})


def test_substitute_replaces_something():
    with pytest.raises(ValidationError):
        SubstituteRow.model_validate({"drug_id": "D1", "substitute_id": "D2", "ratio": "0"})
