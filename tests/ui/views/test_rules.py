from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.optimise.beds import BedWeights
from medalloc.review import weight_sets
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from tests.pages import open_page, press, run, words
from tests.ui.views.rules_page import PAGE, SAM, choose, editor, keep, lines, open_rules, type_in

pytestmark = pytest.mark.usefixtures("state_dir")
BY_DEFAULT = BedWeights()
WINTER = WeightSet("winter", BedWeights(outlier=2.5), SetLimits(horizon_days=5))


def test_all_weights_stand_there_with_what_they_cost(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_rules()
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    waiting = app.session_state["rules.drawn"].given[editor(app, "waiting")].loc["waiting"]
    assert (waiting["value"], waiting["now"]) == (1.0, stored.before.penalties["waiting"])
    assert f"Costs are those of plan {stored.plan_id}." in words(app)
    assert "Points a unit" in words(app)


def test_whoever_may_not_change_weights_is_told_so(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    assert "Your role may read the weights, not change them" in words(app)
    assert app.button(key="rules.save").disabled
    assert app.button(key="rules.activate").disabled
    assert all(field.disabled for field in app.number_input)


def test_the_set_in_force_is_looked_at_first(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    weight_sets.activate(store, "winter", saw=0, user=SAM)
    app = open_rules()
    assert app.selectbox(key="rules.set").value == "winter"
    assert "Version 1, saved by Sam" in words(app)
    other = choose(app, "standard")
    assert "Plans are made with: winter." in words(other)


def test_a_set_that_was_chosen_is_still_there_after_another_page(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = choose(open_rules(), "winter")
    run(app.switch_page("pages/beds/plan.py"))
    run(app.switch_page(PAGE))
    assert app.selectbox(key="rules.set").value == "winter"


def test_sets_with_changes_are_named_while_another_is_looked_at(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = choose(type_in(choose(open_rules(), "winter"), "flip", 9.0), "standard")
    assert "Changes not saved yet in: winter." in words(app)
    assert f"Bay changes sex: {BY_DEFAULT.flip:g} → 9" in lines(choose(app, "winter"))


def test_names_that_no_plan_knows_any_more_are_told(planned: tuple[Store, int]) -> None:
    store, _ = planned
    content = WINTER.to_mapping()
    content["weights"]["lift"] = 3.0
    store.save_document(weight_sets.SETS, "old", content, saw=0, user=SAM)
    assert "no plan uses it any more: lift." in words(choose(open_rules(), "old"))


def test_hard_rules_stand_there_with_what_they_forbid(planned: tuple[Store, int]) -> None:
    app = open_rules()
    table = app.table[0].value
    assert len(table) == 11
    assert "A bed holds one patient at a time." in table.to_string()
    assert "Counted are patients who wait without a bed" in words(app)


def test_versions_tell_what_was_changed_and_by_whom(planned: tuple[Store, int]) -> None:
    store, _ = planned
    first = keep(store, WINTER)
    keep(store, replace(first, weights=replace(first.weights, flip=9.0)), saw=1)
    app = choose(open_rules(), "winter")
    table = app.dataframe[-1].value
    assert table["What it changed"].tolist() == [
        f"Bay changes sex: {BY_DEFAULT.flip:g} → 9",
        f"Outside the specialty: {BY_DEFAULT.outlier:g} → 2.5; Days to look ahead: 3 → 5",
    ]
    assert "- Days to look ahead: 3 → 5" in lines(app)


def test_a_new_plan_shows_its_costs_and_keeps_what_was_typed(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = type_in(open_rules(), "flip", 9.0)
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    made_with = {"set": "winter", "version": 3, "limits": {}}
    store.save_plan(snapshot_id, stored.plan, stored.before, user=SAM, made_with=made_with)
    run(app)
    assert f"Costs are those of plan {stored.plan_id + 1}, made with: winter, version 3." in words(app)
    assert f"Bay changes sex: {BY_DEFAULT.flip:g} → 9" in lines(app)
    frame = app.session_state["rules.drawn"].given[editor(app, "hospital")]
    assert frame.loc["flip", "value"] == 9.0


def test_the_page_in_chinese_keeps_what_was_typed_in_english(planned: tuple[Store, int]) -> None:
    app = type_in(open_rules(), "flip", 9.0)
    app.selectbox(key="app.language").select("zh_Hans")
    run(app)
    assert app.selectbox(key="rules.set").value == "standard"
    assert f"{BY_DEFAULT.flip:g} → 9" in "".join(lines(app))
    assert not press(app, "rules.reset").exception
    assert f"{BY_DEFAULT.flip:g} → 9" not in "".join(lines(app))
