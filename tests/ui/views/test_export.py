from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.store import Store
from medalloc.ui.hospital import HospitalView
from medalloc.ui.views import export
from tests.pages import on_open, open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_the_plan_is_offered_with_its_provenance(planned: tuple[Store, int]) -> None:
    plan = open_page("pages/beds/plan.py")
    press(plan, on_open(plan, "accept"))
    app = open_page("pages/data/export.py")
    offered = {button.key for button in app.download_button if not button.disabled}
    assert offered == {
        f"export.{what}.{name}"
        for what, table in (("plan", "bed_plan.csv"), ("needs", "needs.csv"))
        for name in (table, "provenance.json")
    }
    assert "decisions: 1." in words(app)


def test_notes_are_warned_of_before_they_leave(planned: tuple[Store, int]) -> None:
    assert "quotes clinical notes" in words(open_page("pages/data/export.py"))


def test_a_viewer_may_not_export(planned: tuple[Store, int]) -> None:
    app = open_page("pages/data/export.py", app__role="viewer")
    assert all(button.disabled for button in app.download_button)


def test_without_a_plan_there_is_nothing_to_export(kept: tuple[Store, int]) -> None:
    app = open_page("pages/data/export.py")
    assert "There is no bed plan" in words(app)
    assert not app.download_button


def test_the_provenance_names_the_weights_that_the_plan_was_made_with(view: HospitalView) -> None:
    assert view.stored is not None
    made_with = {"set": "winter", "version": 3, "limits": {"horizon_days": 5}}
    stored = replace(view.stored, made_with=made_with)
    facts = export._provenance(replace(view, stored=stored), stored.plan, {})
    assert facts["settings"]["made_with"] == made_with
    assert "made_with" not in export._provenance(view, None, {})["settings"]
