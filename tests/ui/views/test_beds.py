from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.domain.answers import Scarce
from medalloc.domain.plan import Action
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.store import Store
from tests.conftest import MANAGER
from tests.pages import open_page, press, run, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/beds/plan.py"


def test_the_summary_counts_what_the_plan_does(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    actions = [str(placement.action) for placement in stored.plan.placements]
    said = words(open_page(PAGE))
    assert f"Admissions: {actions.count('admit')}" in said
    assert f"Still waiting: {actions.count('wait')}" in said
    assert "solved · gap 0.00 %" in said


def test_terms_add_up_on_screen(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    tables = [frame.value for frame in app.dataframe if "Doing nothing" in frame.value]
    assert len(tables) == 2
    for table in tables:
        assert table["Plan"].iloc[:-1].sum() == pytest.approx(table["Plan"].iloc[-1], abs=0.3)


def test_without_a_plan_one_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int]) -> None:
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    app = open_page(PAGE)
    assert "There is no bed plan for this hospital yet." in words(app)
    press(app, "beds.solve")
    assert started == ["prepare"], "the notes were not read either"


def test_solving_again_starts_with_the_needs_that_are_known(
    monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]
) -> None:
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    press(open_page(PAGE), "beds.solve")
    assert started == ["beds"]


@pytest.mark.parametrize("show", ["proposed", "current", "both"])
def test_every_view_of_the_board_is_drawn(show: str, planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__show=show)
    assert not app.exception


def boards(app: AppTest) -> list[dict[str, Any]]:
    """What is sent to each board of the page."""
    sent = [json.loads(element.proto.mixed.json or element.proto.json) for element in app.get("bidi_component")]
    return [each["board"] for each in sent if "board" in each and isinstance(each, dict)]


def tile_of(board: dict[str, Any], bed_id: str) -> dict[str, Any]:
    tiles = [tile for ward in board["wards"] for bay in ward["bays"] for tile in bay["tiles"]]
    found: dict[str, Any] = next(tile for tile in tiles if tile["bed_id"] == bed_id)
    return found


@pytest.fixture
def held(planned: tuple[Store, int]) -> tuple[Store, int]:
    """The same with bed 03, which is being cleaned, held for P4 from 11:30."""
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    waits = stored.plan.placement_of["P4"]
    hold = replace(waits, action=Action.HOLD, to_bed_id="03", starts_at=datetime(2026, 3, 5, 11, 30))
    placements = tuple(hold if one is waits else one for one in stored.plan.placements)
    store.save_plan(snapshot_id, replace(stored.plan, placements=placements), stored.before, user=MANAGER)
    return planned


def test_the_slider_says_the_moment_and_the_board_follows(held: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    slider = app.select_slider(key="beds.moment")
    assert slider.options[:2] == ["now, Thu 5 Mar 08:00", "Thu 5 Mar 12:00, in 4 h"]
    (now,) = boards(app)
    assert (now["title"], tile_of(now, "03")["state"], tile_of(now, "03")["move"]["kind"]) == (
        "Proposed",
        "cleaning",
        "held",
    )
    slider.set_value(1)
    (later,) = boards(run(app))
    assert later["title"] == "Proposed · Thu 5 Mar 12:00, in 4 h"
    assert (tile_of(later, "03")["patient_id"], tile_of(later, "03")["move"]["kind"]) == ("P4", "due")


def test_as_things_stand_nobody_comes(held: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__show="current")
    app.select_slider(key="beds.moment").set_value(1)
    (later,) = boards(run(app))
    assert later["title"] == "Nobody moved · Thu 5 Mar 12:00, in 4 h"
    assert tile_of(later, "03")["state"] == "available"


def test_a_moment_that_a_shorter_plan_does_not_reach_is_now(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__moment=99)
    assert not app.exception
    assert boards(app)[0]["title"] == "Proposed"


def test_beds_held_for_later_are_listed_with_their_time_and_chance(held: tuple[Store, int]) -> None:
    (table,) = [frame.value for frame in open_page(PAGE).dataframe if "Free by then" in frame.value]
    assert table[["Bed held", "From", "Free by then"]].to_numpy().tolist() == [
        ["03", "Thu 5 Mar 11:30, in 4 h", "100%"]
    ]


def test_a_plan_that_holds_nothing_says_so(planned: tuple[Store, int]) -> None:
    assert "The plan holds no bed for later." in words(open_page(PAGE))


def test_every_question_of_a_plan_has_a_tab(planned: tuple[Store, int]) -> None:
    assert [tab.label for tab in open_page(PAGE).tabs] == [
        "Beds held for later",
        "Who still waits, and what would help",
        "Which beds are short",
        "What changed from the last plan",
        "What each rule costs",
    ]


def test_types_of_beds_that_are_short_are_listed_the_dearest_first(
    planned: tuple[Store, int], tiny: HospitalSnapshot
) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    short = tuple(
        Scarce(tiny.wards[0].ward_id, single, frozenset({"oxygen"}), datetime(2026, 3, 5, 11, 30), 2, points)
        for single, points in ((True, 7.04), (False, 3.5))
    )
    store.save_plan(snapshot_id, replace(stored.plan, scarce=short), stored.before, user=MANAGER)
    (table,) = [frame.value for frame in open_page(PAGE).dataframe if "One more saves" in frame.value]
    assert table[["Type", "There are", "Short from", "One more saves"]].to_numpy().tolist() == [
        ["single room", 2, "11:30", 7.0],
        ["bed in a bay", 2, "11:30", 3.5],
    ]


def test_a_plan_that_is_short_of_nothing_says_so(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    store.save_plan(snapshot_id, replace(stored.plan, scarce=()), stored.before, user=MANAGER)
    assert "No type of bed is short." in words(open_page(PAGE))


def test_what_is_drawn_from_a_view_without_the_plan_is_not_taken_for_the_plan(planned: tuple[Store, int]) -> None:
    """A plan that is kept while a page runs: the page draws what it read, and the next run draws the plan."""
    store, snapshot_id = planned
    app = AppTest.from_string(
        "from dataclasses import replace\n"
        "import streamlit as st\n"
        "from medalloc.ui import state\n"
        "from medalloc.ui.views import beds\n"
        "view = state.hospital()\n"
        "before = replace(view, stored=None, revision=(view.revision[0], view.revision[1] - 1, *view.revision[2:]))\n"
        "for one in (before, view):\n"
        "    st.text(beds.times(one, 'proposed').plan is not None)\n"
    ).run(timeout=60)
    assert not app.exception
    assert store.latest_plan(snapshot_id) is not None
    assert [line.value for line in app.text] == ["False", "True"]
