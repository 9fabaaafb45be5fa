"""The board as a whole: order, what is sent to the browser, and how it holds for any hospital."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.domain.plan import Action
from medalloc.ui.board.model import Board, View, board_model
from tests.ui.board_scenes import HOSPITAL, MABEL, PERCY, move, plan
from tests.ui.snapshots import Scenario, scenario


def model(view: View = "current", made: Scenario | None = None, **changed: Any) -> Board:
    options: dict[str, Any] = {
        "needs": {},
        "plan": made.plan if made else plan(move(PERCY, Action.ADMIT, "E-B1-3")),
        "decisions": made.decisions if made else {},
        "show_names": False,
        "breaches": made.breaches if made else (),
        "translate": str,
    }
    return board_model(made.snapshot if made else HOSPITAL, view=view, **(options | changed))


def bed_ids(board: Board) -> list[str]:
    return [tile.bed_id for ward in board.wards for bay in ward.bays for tile in bay.tiles]


@pytest.mark.parametrize("view", get_args(View))
def test_tiles_stand_in_file_order_in_either_view(view: View) -> None:
    assert bed_ids(model(view)) == [bed.bed_id for bed in HOSPITAL.beds]


def test_the_board_says_which_view_it_is() -> None:
    assert (model("current").title, model("proposed").title) == ("Now", "Proposed")


def test_without_a_plan_nothing_is_called_proposed() -> None:
    assert model("proposed", plan=None).title == "Now (no plan yet)"


def test_without_a_plan_both_views_show_the_same_beds() -> None:
    assert model("current", plan=None).wards == model("proposed", plan=None).wards


def test_the_ends_of_a_move_are_known_to_both_views() -> None:
    assert model("current").ends == model("proposed").ends
    assert model().ends["P0108"] == ("", "E-B1-3")


@pytest.mark.parametrize("view", get_args(View))
def test_no_name_leaves_the_server_unless_names_are_shown(view: View) -> None:
    surname = MABEL.name.split()[-1]
    assert surname not in json.dumps(model(view).payload)
    assert surname in json.dumps(model(view, show_names=True).payload)


def test_the_payload_is_json_and_leaves_out_what_is_empty() -> None:
    payload = json.loads(json.dumps(model().payload))
    free = payload["wards"][0]["bays"][0]["tiles"][1]
    assert free == {
        "bed_id": "E-B1-2",
        "label": "2",
        "state": "available",
        "glyph": "○",
        "who": "Free",
        "lines": ["Bed E-B1-2: Free"],
    }


def test_the_payload_of_1000_beds_is_small() -> None:
    assert len(json.dumps(model("proposed", scenario(1000)).payload)) < 500_000


def test_every_word_is_translated() -> None:
    payload = model("proposed", show_names=True, translate=lambda text: f"«{text}»").payload
    assert payload["title"] == "«Proposed»"
    assert all(text.startswith("«") for text in payload["texts"].values())
    lines = [line for bay in payload["wards"][0]["bays"] for tile in bay["tiles"] for line in tile["lines"]]
    assert [line for line in lines if "«" not in line] == []


@settings(max_examples=25, deadline=None)
@given(n_beds=st.integers(6, 90), seed=st.integers(0, 10_000), view=st.sampled_from(get_args(View)))
def test_any_hospital_keeps_its_beds_and_counts_each_once(n_beds: int, seed: int, view: View) -> None:
    made = scenario(n_beds, seed)
    board = model(view, made)
    assert bed_ids(board) == [bed.bed_id for bed in made.snapshot.beds]
    for ward in board.wards:
        states = [tile.state for bay in ward.bays for tile in bay.tiles]
        assert ward.occupied == states.count("occupied") <= ward.open_beds == len(states) - states.count("closed")


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_everybody_with_a_bed_in_the_plan_is_on_the_proposed_board(seed: int) -> None:
    made = scenario(60, seed)
    placed = {move.to_bed_id for move in made.plan.placements if move.to_bed_id and move.action is not Action.HOLD}
    tiles = [tile for ward in model("proposed", made).wards for bay in ward.bays for tile in bay.tiles]
    assert placed <= {tile.bed_id for tile in tiles if tile.state == "occupied"}
