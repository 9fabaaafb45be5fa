from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.domain.needs import NeedName
from medalloc.store import Store
from tests.pages import open_page, press, run, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/needs/patients.py"
HOSPITAL = "Tiny General"


def open_need(patient_id: str, name: NeedName, **state: object) -> AppTest:
    return open_page(PAGE, needs__open=(patient_id, name), **state)


def in_force(store: Store, patient_id: str, name: NeedName) -> tuple[str, str, str | None, str] | None:
    made = store.corrections(HOSPITAL).get(patient_id, {}).get(name)
    return None if made is None else (str(made.kind), made.value, made.reason, made.comment)


def test_confirm_is_kept_and_the_next_need_stands_there(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = open_need("007", NeedName.ISOLATION, app__name="Bea Birch")
    assert "**1 of 4** · 4 to confirm" in words(app)
    press(app, "needs.confirm.isolation.007")
    assert in_force(store, "007", NeedName.ISOLATION) == ("confirm", "contact", None, "")
    assert store.corrections(HOSPITAL)["007"][NeedName.ISOLATION].by == "Bea Birch"
    assert "**2 of 4** · 3 to confirm" in words(app)
    assert "✓ 007 · Isolation: contact – confirmed" in words(app)


def test_undo_takes_it_back_and_returns_to_it(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = press(open_need("007", NeedName.ISOLATION), "needs.confirm.isolation.007")
    press(app, "needs.undo_last.isolation.007")
    assert in_force(store, "007", NeedName.ISOLATION) is None
    assert "**1 of 4** · 4 to confirm" in words(app)


def test_undo_pressed_twice_says_nothing_more(planned: tuple[Store, int]) -> None:
    store, _ = planned
    first, second = open_need("007", NeedName.ISOLATION), open_need("007", NeedName.ISOLATION)
    press(first, "needs.confirm.isolation.007")
    press(second, "needs.confirm.isolation.007")
    press(first, "needs.undo_last.isolation.007")
    press(second, "needs.undo_last.isolation.007")
    assert in_force(store, "007", NeedName.ISOLATION) is None
    assert not second.error


def test_a_change_takes_a_value_a_reason_and_a_comment(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = press(open_need("P4", NeedName.SPECIALTY), "needs.open_change.specialty.P4")
    app.selectbox(key="needs.draft.value.specialty.P4").set_value("stroke")
    app.radio(key="needs.draft.reason.specialty.P4").set_value("record_wrong")
    app.text_input(key="needs.draft.comment.specialty.P4").set_value("seen by stroke team")
    press(app, "needs.save.specialty.P4")
    assert in_force(store, "P4", NeedName.SPECIALTY) == ("change", "stroke", "record_wrong", "seen by stroke team")


def test_a_removed_need_is_not_there(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = press(open_need("P4", NeedName.VISIBLE), "needs.open_remove.visible.P4")
    press(app, "needs.save.visible.P4")
    assert in_force(store, "P4", NeedName.VISIBLE) == ("remove", "no", "misread", "")


def test_what_was_entered_waits_while_another_need_is_looked_at(planned: tuple[Store, int]) -> None:
    app = press(open_need("007", NeedName.ISOLATION), "needs.open_change.isolation.007")
    app.text_input(key="needs.draft.comment.isolation.007").set_value("half a thought")
    press(app, "needs.step.n")
    assert "needs.save.isolation.007" not in {button.key for button in app.button}
    press(app, "needs.step.p")
    assert app.text_input(key="needs.draft.comment.isolation.007").value == "half a thought"


def test_cancel_throws_it_away(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = press(
        press(open_need("007", NeedName.ISOLATION), "needs.open_change.isolation.007"), "needs.cancel.isolation.007"
    )
    assert app.button(key="needs.confirm.isolation.007")
    assert in_force(store, "007", NeedName.ISOLATION) is None


def test_a_stale_correction_is_refused_with_what_changed(planned: tuple[Store, int]) -> None:
    first = open_need("007", NeedName.ISOLATION, app__name="Ada")
    second = press(open_need("007", NeedName.ISOLATION, app__name="Bea"), "needs.open_change.isolation.007")
    press(first, "needs.confirm.isolation.007")
    second.button(key="needs.save.isolation.007").click()
    run(second)
    assert "Ada" in second.error[0].value


def test_a_corrected_need_says_who_and_why(planned: tuple[Store, int]) -> None:
    app = press(open_need("P4", NeedName.VISIBLE, app__name="Ada"), "needs.open_remove.visible.P4")
    press(app, "needs.save.visible.P4")
    again = open_need("P4", NeedName.VISIBLE, needs__doubt="corrected")
    assert any("Removed: yes → no – the note does not say so (Ada" in str(one.value) for one in again.success)
    assert again.button(key="needs.undo.visible.P4")


def test_a_viewer_sees_the_list_and_why_there_are_no_buttons(planned: tuple[Store, int]) -> None:
    app = open_need("007", NeedName.ISOLATION, app__role="viewer")
    assert "**1 of 4**" in words(app)
    assert "As Viewer you can read needs, not correct them. Those who can: Bed manager, Clinician" in words(app)
    assert not {"needs.confirm.isolation.007", "needs.open_change.isolation.007"} & {
        button.key for button in app.button
    }
