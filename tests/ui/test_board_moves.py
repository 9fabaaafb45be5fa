"""Moves on the board: departures now, arrivals and freed beds as proposed, and what was decided."""

from __future__ import annotations

import pytest

from medalloc.domain.people import Patient
from medalloc.domain.plan import Action
from medalloc.domain.review import Verdict
from tests.ui.board_scenes import CYRIL, MABEL, PERCY, changed, move, scene, tile
from tests.ui.snapshots import decision


def test_a_departure_names_the_bed_and_stays_until_the_proposal() -> None:
    transfer = move(MABEL, Action.TRANSFER, "I-B1-2")
    now, then = (tile(scene(changed(), transfer, proposed=proposed), "E-B1-1") for proposed in (False, True))
    assert (now.state, now.who) == ("occupied", "MT 0041")
    assert now.move is not None
    assert now.move.text == "→ I-B1-2"
    assert (then.state, then.who, then.patient_id) == ("available", "Free", "")
    assert then.move is not None
    assert then.move.text == "▽ MT 0041"
    assert "MT 0041 leaves to I-B1-2 (transfer)" in now.lines


@pytest.mark.parametrize(
    ("patient", "action", "strip", "line"),
    [
        (PERCY, Action.ADMIT, "▲ ED", "PL 0108 arrives from ED (admission)"),
        (MABEL, Action.TRANSFER, "▲ E-B1-1", "MT 0041 arrives from E-B1-1 (transfer)"),
    ],
)
def test_an_arrival_lies_in_the_bed_and_says_from_where(
    patient: Patient, action: Action, strip: str, line: str
) -> None:
    shown = tile(scene(changed(), move(patient, action, "E-B1-3"), proposed=True), "E-B1-3")
    assert (shown.state, shown.patient_id) == ("occupied", patient.patient_id)
    assert shown.move is not None
    assert shown.move.text == strip
    assert line in shown.lines


def test_a_held_bed_is_not_yet_taken_and_says_for_whom_and_when() -> None:
    shown = tile(scene(changed(), move(PERCY, Action.HOLD, "E-S1-1"), proposed=True), "E-S1-1")
    assert (shown.state, shown.patient_id) == ("cleaning", "P0108")
    assert shown.move is not None
    assert shown.move.text == "△ PL 0108"


def test_a_bed_held_until_somebody_leaves_says_from_when() -> None:
    made = scene(changed(), move(PERCY, Action.HOLD, "E-B1-1"), proposed=True)
    assert tile(made, "E-B1-1").badges[0].text == "△08:15"
    assert "held for PL 0108 from 08:15" in tile(made, "E-B1-1").lines
    cleaning = scene(changed(), move(PERCY, Action.HOLD, "E-S1-1"), proposed=True)
    assert tile(cleaning, "E-S1-1").badges == ()  # its own line says so


def test_a_bed_held_against_its_patient_shows_that_patient_and_picks_the_other() -> None:
    shown = tile(scene(changed(), move(PERCY, Action.HOLD, "E-B1-1"), proposed=True), "E-B1-1")
    assert (shown.who, shown.patient_id) == ("MT 0041", "P0108")


def test_a_swap_shows_each_patient_in_the_bed_of_the_other() -> None:
    swap = move(MABEL, Action.TRANSFER, "I-B1-1"), move(CYRIL, Action.TRANSFER, "E-B1-1")
    made = scene(changed(), *swap, proposed=True)
    assert (tile(made, "E-B1-1").who, tile(made, "I-B1-1").who) == ("CA 0057", "MT 0041")


@pytest.mark.parametrize(("verdict", "sign"), [(Verdict.ACCEPT, "✓"), (Verdict.REJECT, "✕"), (Verdict.LOCK, "▣")])
def test_a_decision_stands_at_both_ends_of_the_move(verdict: Verdict, sign: str) -> None:
    transfer = move(MABEL, Action.TRANSFER, "E-B1-3")
    for bed_id, proposed in (("E-B1-1", False), ("E-B1-3", True)):
        made = scene(changed(), transfer, proposed=proposed, decisions=[decision(transfer, verdict)])
        shown = tile(made, bed_id)
        assert shown.decision is not None
        assert shown.decision.text == sign
        assert any(line.endswith("by A. Manager") for line in shown.lines)
