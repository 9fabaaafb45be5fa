from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.optimise.beds import BedWeights
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from medalloc.ui.views import rule_drafts
from tests.pages import press, run, words
from tests.ui.views.rules_page import PAGE, choose, keep, lines, open_rules, type_in

pytestmark = pytest.mark.usefixtures("state_dir")
BY_DEFAULT = BedWeights()
WINTER = WeightSet("winter", BedWeights(outlier=2.5))


def test_what_is_not_saved_yet_is_still_there_after_another_page(planned: tuple[Store, int]) -> None:
    app = type_in(type_in(open_rules(), "flip", 9.0), "transfer", 12.5)
    run(app.switch_page("pages/needs/care_hours.py"))
    run(app.switch_page(PAGE))
    assert f"Bay changes sex: {BY_DEFAULT.flip:g} → 9" in lines(app)
    assert f"Move of an inpatient: {BY_DEFAULT.transfer:g} → 12.5" in lines(app)


def test_more_can_be_typed_after_another_page(planned: tuple[Store, int]) -> None:
    app = type_in(open_rules(), "flip", 9.0)
    run(app.switch_page("pages/beds/plan.py"))
    run(app.switch_page(PAGE))
    type_in(app, "escalation", 3.5)
    assert f"Bay changes sex: {BY_DEFAULT.flip:g} → 9" in lines(app)
    assert f"Escalation bed in use: {BY_DEFAULT.escalation:g} → 3.5" in lines(app)


def test_a_value_typed_back_is_no_change(planned: tuple[Store, int]) -> None:
    app = type_in(type_in(open_rules(), "flip", 9.0), "flip", BY_DEFAULT.flip)
    assert "Nothing is changed." in words(app)


def test_changes_can_be_thrown_away(planned: tuple[Store, int]) -> None:
    app = press(type_in(open_rules(), "flip", 9.0), "rules.reset")
    assert "Nothing is changed." in words(app)
    assert app.session_state["rules.drafts"] == {}


def test_what_somebody_else_saves_leaves_changes_standing_on_top_of_it(planned: tuple[Store, int]) -> None:
    store, _ = planned
    first = keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", 9.0)
    keep(store, replace(first, weights=replace(first.weights, outlier=0.75)), saw=1)
    run(app)
    draft = app.session_state["rules.drafts"]["winter"]
    assert (draft.saw, dict(draft.changes)) == (1, {"flip": 9.0})
    press(app, "rules.on_top")
    draft = app.session_state["rules.drafts"]["winter"]
    assert (draft.saw, dict(draft.changes)) == (2, {"flip": 9.0})


def test_a_change_that_somebody_else_has_saved_too_is_none_any_more(planned: tuple[Store, int]) -> None:
    store, _ = planned
    first = keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", 9.0)
    keep(store, replace(first, weights=replace(first.weights, flip=9.0)), saw=1)
    run(run(app))
    assert "Nothing is changed." in words(app)


@pytest.mark.parametrize(("kept", "shown"), [(0.005, 0.5), (0.0, 0.0), (0.999, 99.9)])
def test_shares_are_shown_in_per_cent_and_kept_as_they_were(kept: float, shown: float) -> None:
    assert rule_drafts.limit_shown("gap", kept) == shown
    assert rule_drafts.limit_entered("gap", shown) == kept


def test_other_limits_are_shown_as_they_are() -> None:
    assert rule_drafts.limit_shown("max_moves", 5) == rule_drafts.limit_entered("max_moves", 5) == 5
