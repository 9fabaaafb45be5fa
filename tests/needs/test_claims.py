import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.claims import CUTS, Cuts, claim_of, safer
from medalloc.needs.heads import load_heads

BASE = Cuts(0.90, 0.50, 0.25)


@pytest.mark.parametrize("table", [CUTS, load_heads().cuts], ids=["given", "shipped"])
def test_cuts_are_in_order(table: dict[NeedName, Cuts]) -> None:
    assert all(0 <= cuts.near <= cuts.soft <= cuts.hard <= 1 for cuts in table.values())


@pytest.mark.parametrize(
    ("chances", "value", "strength"),
    [
        ({"ward": 0.02, "hdu": 0.38, "icu": 0.60}, "hdu", 0.98),
        ({"ward": 0.01, "hdu": 0.03, "icu": 0.96}, "icu", 0.96),
        ({"ward": 0.30, "hdu": 0.15, "icu": 0.55}, "icu", 0.55),
        ({"ward": 0.40, "hdu": 0.50, "icu": 0.10}, "hdu", 0.60),
        ({"ward": 0.80, "hdu": 0.15, "icu": 0.05}, "hdu", 0.20),
    ],
)
def test_level(chances: dict[str, float], value: str, strength: float) -> None:
    claim = claim_of(NeedName.LEVEL, chances, BASE)
    assert (claim.value, claim.strength) == (value, pytest.approx(strength))


def test_kinds_of_isolation_count_together() -> None:
    chances = {"none": 0.04, "contact": 0.50, "droplet": 0.40, "airborne": 0.05, "protective": 0.01}
    claim = claim_of(NeedName.ISOLATION, chances, BASE)
    assert (claim.value, claim.strength, claim.probability) == ("contact", pytest.approx(0.96), 0.50)


def test_the_likeliest_specialty() -> None:
    claim = claim_of(NeedName.SPECIALTY, {"renal": 0.2, "stroke": 0.7, "ent": 0.1}, BASE)
    assert (claim.value, claim.strength) == ("stroke", 0.7)


def test_help_of_two_is_claimed_where_a_hoist_is_too_unsure() -> None:
    chances = {"independent": 0.01, "supervision": 0.01, "one": 0.02, "two": 0.55, "hoist": 0.40, "bed_bound": 0.01}
    claim = claim_of(NeedName.MOBILITY, chances, BASE)
    assert (claim.value, claim.strength) == ("two", pytest.approx(0.96))


def test_a_feature_is_claimed_as_yes() -> None:
    assert claim_of(NeedName.OXYGEN, {"no": 0.7, "yes": 0.3}, BASE).strength == 0.3


@pytest.mark.parametrize(
    ("name", "value", "than", "expected"),
    [
        (NeedName.LEVEL, "icu", "hdu", True),
        (NeedName.LEVEL, "ward", "hdu", False),
        (NeedName.ISOLATION, "airborne", "contact", True),
        (NeedName.ISOLATION, "contact", "droplet", False),
        (NeedName.SUCTION, "yes", "no", True),
        (NeedName.READINESS, "not_ready", "ready", True),
        (NeedName.COGNITION, "delirium", "dementia", True),
        (NeedName.SPECIALTY, "renal", "stroke", False),
    ],
)
def test_the_safer_of_two(name: NeedName, value: str, than: str, expected: bool) -> None:
    assert safer(name, value, than) is expected
