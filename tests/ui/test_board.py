"""The component's Python side: what it sends, what it takes back, and that its script writes text as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.ui import board
from medalloc.ui.board import BoardEvent

HARNESS = Path(__file__).parents[1] / "e2e" / "board_harness" / "app.py"
ASSETS = Path(board.__file__).parent


def sent(**query: str) -> list[dict[str, Any]]:
    """What the harness sends to each of its boards."""
    app = AppTest.from_file(str(HARNESS), default_timeout=30)
    for name, value in {"beds": "45", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return [json.loads(element.proto.mixed.json or element.proto.json) for element in app.get("bidi_component")]


def test_one_board_a_view_is_drawn_in_full() -> None:
    boards = sent(views="current,proposed")
    assert [each["board"]["title"] for each in boards] == ["Now", "Proposed"]
    beds = [tile for ward in boards[0]["board"]["wards"] for bay in ward["bays"] for tile in bay["tiles"]]
    assert len(beds) == 45


def test_the_selected_patient_s_beds_are_sent() -> None:
    (only,) = sent(patient="P00004")
    assert only["selected"] == {"bed": "", "from": "W01-B1-4", "to": ""}


def test_a_height_makes_the_board_scroll() -> None:
    assert [each["height"] for each in sent(height="640") + sent()] == [640, None]


@pytest.mark.parametrize(
    ("picked", "event"),
    [
        ({"bed": "E-1", "patient": "NA"}, BoardEvent("E-1", "NA")),
        ({"bed": "E-1"}, BoardEvent("E-1", "")),
        (None, None),
        ("E-1", None),
    ],
)
def test_only_what_a_board_sends_is_an_event(picked: object, event: BoardEvent | None) -> None:
    assert board._event(picked) == event


@pytest.mark.parametrize("asset", ["board.js", "keys.js", "board.css"])
def test_the_assets_write_no_markup_and_fetch_nothing(asset: str) -> None:
    text = (ASSETS / asset).read_text(encoding="utf-8")
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "http:",
        "https:",
        "url(",
        "@import",
        "fetch(",
    ):
        assert word not in text
