from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from medalloc.errors import DataError
from medalloc.optimise.beds.weights import DESCRIBED, BedSettings
from medalloc.review.set_limits import NAMES, RANGES, SetLimits

DOCS = Path(__file__).parents[2] / "docs" / "weights.md"


def test_limits_come_back_as_they_were() -> None:
    limits = SetLimits(horizon_days=5, max_transfers=7, max_moves=3, open_escalation=False, gap=0.02, time_limit_s=45.0)
    assert SetLimits.from_mapping(limits.to_mapping()) == limits


def test_no_limit_has_the_name_of_a_weight() -> None:
    assert set(NAMES).isdisjoint(DESCRIBED)


def test_limits_are_those_of_a_plan_by_default() -> None:
    plan, limits = BedSettings(), SetLimits()
    assert (limits.horizon_days, limits.max_transfers, limits.max_moves) == (
        plan.horizon_days,
        plan.max_transfers,
        plan.max_moves,
    )
    assert (limits.open_escalation, limits.gap, limits.time_limit_s) == (plan.escalation, plan.gap, None)


def test_what_is_not_given_is_as_by_default() -> None:
    assert SetLimits.from_mapping({"max_moves": 2}) == SetLimits(max_moves=2)


@pytest.mark.parametrize(("name", "ends"), RANGES.items())
def test_both_ends_of_a_range_are_taken(name: str, ends: tuple[float, float]) -> None:
    assert [SetLimits.from_mapping({name: end}).to_mapping()[name] for end in ends] == list(ends)


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("horizon_days", 0, "a whole number from 1 to 14"),
        ("horizon_days", 15, "a whole number from 1 to 14"),
        ("horizon_days", 2.5, "a whole number from 1 to 14"),
        ("max_transfers", -1, "a whole number from 0 to 1,000,000"),
        ("max_moves", True, "a whole number from 0 to 1,000"),
        ("gap", 1.0, "a number from 0 to 0.999"),
        ("gap", math.nan, "a number from 0 to 0.999"),
        ("time_limit_s", 10**400, "a number from 0.001 to 604,800"),
        ("time_limit_s", "20", "a number from 0.001 to 604,800"),
        ("open_escalation", 1, "true or false"),
        ("horizon", 3, f"no such limit; there are: {', '.join(NAMES)}"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(name: str, value: Any, right: str) -> None:
    with pytest.raises(DataError) as refused:
        SetLimits.from_mapping({"max_transfers": 4} | {name: value}, "winter.toml")
    (issue,) = refused.value.issues
    assert (issue.file, issue.column, issue.value, issue.message) == ("winter.toml", name, repr(value), right)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DataError) as refused:
        SetLimits.from_mapping({"gap": 2, "max_moves": -4, "max_transfers": 3})
    assert [issue.column for issue in refused.value.issues] == ["gap", "max_moves"]


def test_the_page_on_weights_tells_the_limits_as_they_are() -> None:
    rows = [line.strip("| ").split(" | ") for line in DOCS.read_text(encoding="utf-8").splitlines() if "| `" in line]
    told = {name.strip("`"): (standard, span) for name, standard, span, _ in rows}
    assert list(told) == list(NAMES)
    for name, (standard, span) in told.items():
        value = SetLimits().to_mapping()[name]
        assert standard == ("empty" if value is None else str(value).lower())
        if name in RANGES:
            assert span == "–".join(f"{end:,}" for end in RANGES[name])
