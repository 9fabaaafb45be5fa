from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from medalloc.domain.plan import BedPlan
from medalloc.errors import DataError
from medalloc.optimise.beds import BedWeights
from medalloc.optimise.beds.weights import DESCRIBED
from medalloc.review.set_limits import NAMES, SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.store import StoredPlan
from medalloc.ui import weight_rows
from medalloc.ui.weight_rows import Cost

BY_DEFAULT = BedWeights()
WINTER = WeightSet("winter", BedWeights(outlier=2.5), SetLimits(gap=0.02, max_moves=3), version=4)
PAID = {
    "outlier": Cost(now=100.0, plan=50.0, weight=0.5),
    "transfer": Cost(now=0.0, plan=30.0, weight=15.0),
    "flip": Cost(now=0.0, plan=8.0),
}


def test_every_weight_stands_in_one_table_and_has_words() -> None:
    assert sorted(name for table in weight_rows.TABLES for name in weight_rows.names_in(table)) == sorted(DESCRIBED)
    assert weight_rows.WEIGHTS.keys() == DESCRIBED.keys()
    assert sorted(weight_rows.LIMITS) == sorted(NAMES)


def test_a_weight_without_words_is_shown_as_it_is() -> None:
    assert weight_rows.words("lift_night") == "lift night"


@pytest.fixture
def stored(tiny_plan: tuple[BedPlan, BedPlan]) -> StoredPlan:
    return StoredPlan(7, 1, *tiny_plan, datetime(2026, 3, 5, 8, 1), "Ada")


def test_costs_are_those_of_the_plan_and_of_doing_nothing(stored: StoredPlan) -> None:
    paid = weight_rows.costs(stored)
    waiting = (stored.before.penalties["waiting"], stored.plan.penalties["waiting"])
    assert paid["waiting"] == Cost(*waiting, stored.plan.weights["waiting"])
    assert paid["waiting"].now > paid["waiting"].plan
    assert sum(one.plan for one in paid.values()) == pytest.approx(stored.plan.objective)
    assert {"priority_ed", "acuity_3", "transfer_night"}.isdisjoint(paid)
    assert weight_rows.costs(None) == {}


def test_a_table_shows_the_value_beside_the_default_and_the_cost() -> None:
    frame = weight_rows.frame("place", weight_rows.values_of(WINTER), PAID)
    row = frame.loc["outlier"]
    assert (row["what"], row["value"], row["default"]) == ("Outside the specialty", 2.5, BedWeights().outlier)
    assert (row["now"], row["plan"], row["unit"]) == (100.0, 50.0, DESCRIBED["outlier"].unit)
    assert pd.isna(frame.loc["side_room", "now"])


def test_what_is_typed_counts_over_what_was_given() -> None:
    given = weight_rows.frame("moves", weight_rows.values_of(WINTER), {})
    typed = weight_rows.typed(given, {1: {"value": 12.5}, 2: {"value": None}, 3: {}})
    by_default = BedWeights()
    assert (typed["transfer"], typed["transfer_frail"], typed["transfer_again"]) == (by_default.transfer, 12.5, None)
    assert typed["transfer_soon"] == by_default.transfer_soon


def test_only_what_differs_from_the_set_is_changed() -> None:
    values = {"outlier": 2.5, "flip": 9.0, "max_moves": 3, "gap": 0.01}
    assert weight_rows.changed(WINTER, values) == {"flip": 9.0, "gap": 0.01}


def test_changes_make_another_set_of_the_same_name_and_version() -> None:
    made = weight_rows.with_changes(WINTER, {"flip": 9.0, "max_moves": 2, "time_limit_s": 45.0})
    limits = SetLimits(gap=0.02, max_moves=2, time_limit_s=45.0)
    assert made == replace(WINTER, weights=BedWeights(outlier=2.5, flip=9.0), limits=limits)


@pytest.mark.parametrize("value", [-3.0, 2e6, None])
def test_a_weight_out_of_range_is_named_with_what_would_be_right(value: float | None) -> None:
    changes = {"flip": value, "outlier": 3.0, "time_limit_s": 45.0}
    (fault,) = weight_rows.faults(changes)
    assert fault.startswith(f"Bay changes sex: {'–' if value is None else f'{value:,.10g}'}. Right would be: ")
    assert fault.endswith("a number from 0 to 1,000,000.")
    with pytest.raises(DataError, match="flip"):
        weight_rows.with_changes(WINTER, changes)
    assert weight_rows.change_words(WINTER, changes, {}) == [
        "Outside the specialty: 2.5 → 3",
        "Time limit [s]: as the operator has set it → 45",
    ]


def test_a_factor_out_of_range_is_told_its_own_range() -> None:
    (fault,) = weight_rows.faults({"acuity_2": 1500.0, "flip": 1500.0})
    assert fault.endswith("1,500. Right would be: a number from 0 to 1,000.")


def test_a_change_says_what_the_plan_at_hand_would_cost_by_it() -> None:
    assert weight_rows.change_words(WINTER, {"outlier": 5.0, "transfer": 30.0, "flip": 9.0}, PAID) == [
        "Outside the specialty: 2.5 → 5 (the plan at hand: 50 → 500 points)",
        f"Move of an inpatient: {BY_DEFAULT.transfer:g} → 30",
        f"Bay changes sex: {BY_DEFAULT.flip:g} → 9",
    ]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("gap", 0.005, "0.5 %"),
        ("open_escalation", False, "no"),
        ("time_limit_s", None, "as the operator has set it"),
        ("enter_over_level", 12500.0, "12,500"),
        ("outlier", 0.125, "0.125"),
    ],
)
def test_values_are_worded_by_what_they_are(name: str, value: weight_rows.Value, words: str) -> None:
    assert weight_rows.value_words(name, value) == words


def test_history_tells_what_each_version_changed() -> None:
    first = WeightSet("winter", BedWeights(outlier=2.5), version=1, by="Pia", made_at=datetime(2026, 3, 5, 8, 17))
    second = replace(first, version=2, by="Sam", limits=SetLimits(horizon_days=5))
    third = replace(second, version=3, retired=True)
    rows = weight_rows.history((third, second, first)).to_dict("records")
    assert [(row["Version"], row["Saved by"]) for row in rows] == [(3, "Sam"), (2, "Sam"), (1, "Pia")]
    assert [row["What it changed"] for row in rows] == [
        "retired",
        "Days to look ahead: 3 → 5",
        f"Outside the specialty: {BedWeights().outlier:g} → 2.5",
    ]


@pytest.mark.parametrize(("name", "words"), [("standard", "Standard"), ("winter", "winter")])
def test_the_standard_set_is_named_in_the_reader_s_words(name: str, words: str) -> None:
    assert weight_rows.set_words(name) == words
