"""Every page in every state that it can be met in: nothing loaded, loaded, planned, decided, refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from medalloc.store import Store
from tests.pages import PAGES, open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_every_page_is_known_here() -> None:
    folder = Path("pages")
    assert sorted(str(path) for path in folder.glob("*/*.py")) == sorted(PAGES)
    assert not list(folder.glob("*.py")), "a flat page can be opened without app.py"


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_greets(page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert app.button(key="data.load_sample")
    assert "Sample hospital:" not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_loaded_hospital_without_plan(page: str, kept: tuple[Store, int]) -> None:
    app = open_page(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_a_planned_hospital(page: str, language: str, planned: tuple[Store, int]) -> None:
    app = open_page(page, app__language=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_sees_every_page_and_no_name(page: str, planned: tuple[Store, int]) -> None:
    app = open_page(page, app__role="viewer", app__show_names=True)
    assert not app.exception
    assert "Dogwood" not in words(app)
    assert all("Dogwood" not in str(frame.value) for frame in app.dataframe)


def test_the_sample_hospital_is_marked_on_every_page(planned_sample: tuple[Store, int]) -> None:
    for page in PAGES:
        assert "Sample hospital: every patient" in words(open_page(page)), page


def test_now_counts_the_hospital(planned: tuple[Store, int]) -> None:
    said = words(open_page("pages/now/hospital.py"))
    assert "Occupied of open beds: 3 / 6 · 50%" in said
    assert "Waiting: 2, longest 6 h 15 min" in said
    assert "Expected: 1" in said


def test_needs_shows_the_evidence_in_the_note(planned: tuple[Store, int]) -> None:
    app = open_page("pages/needs/patients.py", needs__search="P4")
    shown = "".join(str(element.proto.body) for element in app.get("html"))
    assert "<mark" in shown
    assert "confused ++, wandering" in shown


def test_needs_says_when_no_patient_matches(planned: tuple[Store, int]) -> None:
    assert "No patient matches" in words(open_page("pages/needs/patients.py", needs__search="nobody"))


def test_accept_is_kept_and_can_be_undone(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_page("pages/beds/plan.py")
    patient_id = app.session_state["beds.suggestion"]
    press(app, "beds.accept")
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
    press(app, "beds.reject")
    made = store.decisions(snapshot_id)[patient_id]
    assert (made.verdict, made.reason, made.comment, made.decided_by) == (
        "reject",
        "not_this_ward",
        "too far",
        "Bea Birch",
    )


def test_a_stale_decision_is_refused_with_what_changed(planned: tuple[Store, int]) -> None:
    first, second = open_page("pages/beds/plan.py", app__name="Ada"), open_page("pages/beds/plan.py", app__name="Bea")
    press(first, "beds.accept")
    press(second, "beds.lock")
    assert "Ada" in second.error[0].value


def test_a_viewer_may_not_decide(planned: tuple[Store, int]) -> None:
    app = open_page("pages/beds/plan.py", app__role="viewer")
    assert app.button(key="beds.accept").disabled
    assert app.button(key="beds.solve").disabled
