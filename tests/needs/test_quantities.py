import pytest

from medalloc.needs.quantities import HEAVY, NOT_HEAVY, quantity_of


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Wt 184kg, BMI 61", HEAVY),
        ("171 kg – hoist checked", HEAVY),
        ("weight: 142.5", HEAVY),
        ("BMI 47", HEAVY),
        ("wt 66.2", NOT_HEAVY),
        ("Weight 98 kg, BMI 31", NOT_HEAVY),
        ("lost 3 kg", None),
        ("paracetamol 15 mg/kg", None),
        ("BP 184/92", None),
        ("will weigh when able", None),
    ],
)
def test_weight_and_body_mass(text: str, meaning: str | None) -> None:
    found = quantity_of(text)
    assert (found[0] if found else None) == meaning


def test_the_place_of_the_quantity() -> None:
    text = "hoist SWL checked (171 kg)"
    found = quantity_of(text)
    assert found is not None
    assert text[found[1] : found[2]] == "171 kg"
