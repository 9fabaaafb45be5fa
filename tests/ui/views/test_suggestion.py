from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import on_open, open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_accept_is_kept_and_can_be_undone(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_page("pages/beds/plan.py")
    patient_id = app.session_state["beds.suggestion"]
    press(app, on_open(app, "accept"))
    assert store.decisions(snapshot_id)[patient_id].verdict == "accept"
    again = open_page("pages/beds/plan.py", beds__wanted=patient_id)
    assert "Accepted" in words(again)
    press(again, f"beds.undo.{patient_id}")
    assert patient_id not in store.decisions(snapshot_id)


def test_reject_takes_a_reason_and_a_comment(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_page("pages/beds/plan.py", app__name="Bea Birch")
    patient_id = app.session_state["beds.suggestion"]
    app.radio(key="beds.reason").set_value("not_this_ward")
    app.text_input(key="beds.comment").set_value("too far")
    press(app, on_open(app, "reject"))
    made = store.decisions(snapshot_id)[patient_id]
    assert (made.verdict, made.reason, made.comment, made.decided_by) == (
        "reject",
        "not_this_ward",
        "too far",
        "Bea Birch",
    )


def test_a_stale_decision_is_refused_with_what_changed(planned: tuple[Store, int]) -> None:
    first, second = (
        open_page("pages/beds/plan.py", app__name="Ada"),
        open_page("pages/beds/plan.py", app__name="Bea"),
    )
    press(first, on_open(first, "accept"))
    press(second, on_open(second, "lock"))
    assert "Ada" in second.error[0].value


def test_a_viewer_may_not_decide(planned: tuple[Store, int]) -> None:
    app = open_page("pages/beds/plan.py", app__role="viewer")
    assert app.button(key=on_open(app, "accept")).disabled
    assert app.button(key="beds.solve").disabled
