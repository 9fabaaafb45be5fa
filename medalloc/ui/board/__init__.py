"""The bed board: every bed of the hospital as a tile, in one component that the keyboard can drive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from medalloc.ui.board.model import Board, View, board_model
from medalloc.ui.board.moves import Mark
from medalloc.ui.board.tile import Tile
from medalloc.ui.board.wards import Bay, Ward

__all__ = ["Bay", "Board", "BoardEvent", "Mark", "Tile", "View", "Ward", "bed_board", "board_model"]

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "medalloc_bed_board",
    html="<div\nclass='board'></div>",
    css=(_HERE / "board.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / part).read_text(encoding="utf-8") for part in ("board.js", "keys.js")),
)


@dataclass(frozen=True, slots=True)
class BoardEvent:
    """A tile that somebody has picked."""

    bed_id: str
    patient_id: str
    """Who arrives there or lies there; "" for an empty bed."""


def bed_board(
    board: Board,
    *,
    key: str,
    selected: str | None = None,
    selected_bed: str | None = None,
    on_pick: Callable[[BoardEvent], None] | None = None,
    height: int | None = None,
) -> BoardEvent | None:
    """Draw the board; returns the tile that was picked since the last run.

    Parameters
    ----------
    key
        Of the widget; two boards on a page need two.
    selected
        patient_id: the beds that this patient leaves and goes to are marked, or else the one they lie in.
    selected_bed
        bed_id to mark.
    on_pick
        Called before the script runs again, so that both boards of a page already show the new choice.
    height
        [px]. None: as high as it needs to be; else the wards scroll under their head lines.
    """

    def picked() -> None:
        event = _event(st.session_state[key].get("pick"))
        if event and on_pick:
            on_pick(event)

    from_bed, to_bed = board.ends.get(selected or "", ("", ""))
    result = _COMPONENT(
        key=key,
        data={
            "board": board.payload,
            "selected": {"bed": selected_bed or "", "from": from_bed, "to": to_bed},
            "height": height,
        },
        on_pick_change=picked,
    )
    return _event(result.get("pick"))


def _event(picked: object) -> BoardEvent | None:
    """What the browser sent, if it is what the board sends."""
    if not isinstance(picked, dict):
        return None
    return BoardEvent(bed_id=str(picked.get("bed", "")), patient_id=str(picked.get("patient", "")))
