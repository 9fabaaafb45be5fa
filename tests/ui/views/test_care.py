from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from medalloc import pipeline
from medalloc.needs.care_table import load_care_table
from medalloc.store import Store
from tests.pages import open_page, press, run, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/needs/care_hours.py"


def edit(app: AppTest, row: int, **cells: object) -> AppTest:
    """Type into the table of hours."""
    app.session_state["care.hours.0.0"] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return run(app)


def test_a_planner_changes_a_row_and_takes_it_back(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = edit(open_page(PAGE, app__role="planner", app__name="Pia"), 0, nurse=6.25)
    assert "- Ward – Nurse: 4.8 → 6.25" in words(app)
    press(app, "care.save")
    assert pipeline.care_table(store).by_key["level.ward"].nurse == 6.25
    assert "In use: version 1, saved by Pia" in words(app)
    press(app, "care.undo")
    assert pipeline.care_table(store) == load_care_table()


def test_a_wrong_number_is_refused_with_what_would_be_right(planned: tuple[Store, int]) -> None:
    app = edit(open_page(PAGE, app__role="planner"), 0, nurse=60.0)
    assert "Ward – Nurse: 60.0. Right would be: a number from 0 to 48." in app.error[0].value
    assert app.button(key="care.save").disabled


def test_changes_can_be_thrown_away(planned: tuple[Store, int]) -> None:
    app = edit(open_page(PAGE, app__role="planner"), 0, nurse=6.25)
    press(app, "care.reset")
    assert "Not saved yet" not in words(app)


def test_what_is_not_saved_yet_is_still_there_after_another_page(planned: tuple[Store, int]) -> None:
    app = edit(open_page(PAGE, app__role="planner"), 0, nurse=6.25)
    run(app.switch_page("pages/beds/plan.py"))
    run(app.switch_page(PAGE))
    assert "- Ward – Nurse: 4.8 → 6.25" in words(app)


def test_the_shipped_table_can_be_had_back(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = press(edit(open_page(PAGE, app__role="admin"), 3, assistant=2.5), "care.save")
    press(app, "care.shipped")
    assert pipeline.care_table(store) == load_care_table()
    assert len(store.document_versions("care_hours", "care_hours")) == 2


def test_a_bed_manager_reads_it_only(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    assert "Your role may read this table" in words(app)
    assert app.button(key="care.save").disabled
    assert app.button(key="care.shipped").disabled
