from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.optimise.beds import BedWeights
from medalloc.review import weight_sets
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from medalloc.ui import state
from tests.pages import press, run, words
from tests.ui.views.rules_page import SAM, choose, editor, keep, lines, open_rules, type_in

pytestmark = pytest.mark.usefixtures("state_dir")
BY_DEFAULT = BedWeights()
WINTER = WeightSet("winter", BedWeights(outlier=2.5), SetLimits(horizon_days=5))


def test_a_changed_standard_set_is_saved_under_a_name(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = type_in(open_rules(), "outlier", 2.25)
    assert app.button(key="rules.save").disabled
    app.text_input(key="rules.name").input("deep winter")
    press(app, "rules.save_new")
    kept = weight_sets.load_set(store, "deep winter")
    assert (kept.weights, kept.by, kept.version) == (BedWeights(outlier=2.25), "Pia", 1)
    assert app.selectbox(key="rules.set").value == "deep winter"
    assert "Nothing is changed." in words(app)
    assert "Nothing is changed." in words(choose(app, "standard"))


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = type_in(open_rules(), "outlier", 2.25)
    app.text_input(key="rules.name").input("Winter")
    press(app, "rules.save_new")
    assert "There is a set named winter already" in app.error[0].value
    assert any(line.startswith(f"Outside the specialty: {BY_DEFAULT.outlier:g} → 2.25") for line in lines(app))
    assert weight_sets.load_set(store, "winter").weights.outlier == 2.5


def test_a_change_is_saved_as_the_next_version(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", 9.0)
    press(app, "rules.save")
    kept = weight_sets.load_set(store, "winter")
    assert (kept.version, kept.by, kept.weights) == (2, "Pia", BedWeights(outlier=2.5, flip=9.0))
    assert kept.limits == WINTER.limits
    assert "Nothing is changed." in words(app)


def test_what_was_typed_right_before_the_click_is_saved_too(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", 9.0)
    key = editor(app, "hospital")
    rows = app.session_state[key]["edited_rows"] | {0: {"value": 12.5}}
    app.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    press(app, "rules.save")
    kept = weight_sets.load_set(store, "winter").weights
    assert (kept.flip, kept.escalation) == (9.0, 12.5)


@pytest.mark.parametrize("value", [-3.0, None, 2e6])
def test_a_value_out_of_range_cannot_be_saved(planned: tuple[Store, int], value: float | None) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", value)
    assert any(line.endswith("Right would be: a number from 0 to 1,000,000.") for line in lines(app))
    assert app.button(key="rules.save").disabled
    app.text_input(key="rules.name").input("other")
    press(app, "rules.save_new")
    assert "Bay changes sex" in app.error[0].value
    assert [one.name for one in weight_sets.all_sets(store)] == ["standard", "winter"]


def test_a_stale_save_is_refused_with_who_changed_what(
    planned: tuple[Store, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = planned
    first = keep(store, WINTER)
    app = type_in(choose(open_rules(), "winter"), "flip", 9.0)
    keep(store, replace(first, weights=replace(first.weights, outlier=0.75)), saw=1)
    press(app, "rules.save")
    told = app.error[0].value
    assert "Sam (admin) saved version 2 at" in told
    assert "outlier 2.5 → 0.75" in told
    assert weight_sets.load_set(store, "winter").weights.flip == BedWeights().flip
    assert "Sam saved version 2" in app.warning[0].value
    assert "Outside the specialty: 2.5 → 0.75" in app.warning[0].value
    assert app.button(key="rules.save").disabled
    press(press(app, "rules.on_top"), "rules.save")
    kept = weight_sets.load_set(store, "winter")
    assert (kept.version, kept.weights.outlier, kept.weights.flip) == (3, 0.75, 9.0)


def test_a_set_is_put_in_force_and_planned_with(planned: tuple[Store, int], monkeypatch: pytest.MonkeyPatch) -> None:
    store, snapshot_id = planned
    keep(store, WINTER)
    started: list[tuple[str, int]] = []
    monkeypatch.setattr(state, "start_job", lambda kind, number: started.append((kind, number)))
    app = choose(open_rules("admin"), "winter")
    assert app.button(key="rules.plan_later").disabled
    press(app, "rules.activate")
    assert weight_sets.in_force(store).chosen.name == "winter"
    press(app, "rules.plan")
    assert started == [("beds", snapshot_id)]


def test_with_changes_neither_put_in_force_nor_planned(planned: tuple[Store, int]) -> None:
    keep(planned[0], WINTER)
    app = type_in(choose(open_rules("admin"), "winter"), "flip", 9.0)
    assert app.button(key="rules.activate").disabled
    assert app.button(key="rules.plan_later").disabled


def test_a_planner_makes_no_plans_and_is_told_who_does(planned: tuple[Store, int]) -> None:
    button = open_rules().button(key="rules.plan_later")
    assert button.disabled
    assert button.help == "Your role makes no plans: bed managers and administrators do."


def test_a_choice_that_somebody_has_overtaken_is_refused(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    keep(store, replace(WINTER, name="summer"))
    app = choose(open_rules(), "winter")
    weight_sets.activate(store, "summer", saw=0, user=SAM)
    press(app, "rules.activate")
    assert "In force now: summer." in app.error[0].value
    assert weight_sets.in_force(store).chosen.name == "summer"


def test_a_set_is_retired_and_brought_back(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = press(choose(open_rules(), "winter"), "rules.retire")
    assert weight_sets.load_set(store, "winter").retired
    assert app.button(key="rules.activate").disabled
    choose(app, "standard")
    assert "winter" not in app.selectbox(key="rules.set").options
    app.toggle(key="rules.retired").set_value(True)
    assert "winter" in run(app).selectbox(key="rules.set").options
    press(choose(app, "winter"), "rules.retire")
    assert not weight_sets.load_set(store, "winter").retired


@pytest.mark.parametrize("name", ["standard", "winter"])
def test_neither_the_standard_set_nor_the_one_in_force_can_be_retired(planned: tuple[Store, int], name: str) -> None:
    store, _ = planned
    keep(store, WINTER)
    weight_sets.activate(store, "winter", saw=0, user=SAM)
    assert choose(open_rules(), name).button(key="rules.retire").disabled


def test_a_plan_made_with_another_set_is_marked(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    made_with = {"set": "standard", "version": 0, "limits": {}}
    store.save_plan(snapshot_id, stored.plan, stored.before, user=SAM, made_with=made_with)
    keep(store, WINTER)
    assert "No plan has been made with it yet" not in words(open_rules())
    weight_sets.activate(store, "winter", saw=0, user=SAM)
    assert "No plan has been made with it yet" in words(open_rules())
