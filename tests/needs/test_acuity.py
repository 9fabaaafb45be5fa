import pytest

from medalloc.domain.needs import Binding, NeedSource
from medalloc.needs.acuity import fuse_acuity, read_acuity
from medalloc.needs.news2 import NewsScore

WELL = {"5": 0.15, "4": 0.60, "3": 0.15, "2": 0.07, "1": 0.03}


def news(total: int, highest: int = 2) -> NewsScore:
    return NewsScore(total, {"pulse": highest, "spo2": total - highest})


def test_the_median_counts() -> None:
    assert read_acuity(WELL) == 4


def test_the_safety_rule_leans_to_the_safe_side() -> None:
    assert read_acuity({"5": 0.30, "4": 0.30, "3": 0.14, "2": 0.20, "1": 0.06}) == 2


def test_at_the_cut_the_rule_does_not_hold_yet() -> None:
    assert read_acuity({"5": 0.25, "4": 0.25, "3": 0.25, "2": 0.25, "1": 0.0}) == 3


def test_the_rule_makes_nobody_less_ill() -> None:
    assert read_acuity({"5": 0.1, "4": 0.1, "3": 0.1, "2": 0.1, "1": 0.6}) == 1


@pytest.mark.parametrize(("score", "value"), [(news(7), "2"), (news(5), "3"), (news(3, 3), "3")])
def test_news2_is_a_floor(score: NewsScore, value: str) -> None:
    need = fuse_acuity(WELL, score, lambda _: ())
    assert (need.value, need.source, need.binding, need.other) == (
        value,
        NeedSource.VITALS,
        Binding.HARD,
        "4",
    )


def test_below_the_floor_the_notes_decide() -> None:
    need = fuse_acuity(WELL, news(4), lambda _: ())
    assert (need.value, need.source, need.binding, need.probability) == (
        "4",
        NeedSource.NOTE,
        Binding.SOFT,
        0.60,
    )


def test_news2_does_not_lift_an_iller_patient() -> None:
    ill = {"5": 0.0, "4": 0.0, "3": 0.1, "2": 0.2, "1": 0.7}
    assert fuse_acuity(ill, news(7), lambda _: ()).value == "1"


def test_without_anything_to_read_it_abstains() -> None:
    need = fuse_acuity(None, None, lambda _: ())
    assert (need.value, need.abstained, need.binding, need.confirm) == ("3", True, Binding.NONE, None)
