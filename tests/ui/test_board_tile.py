"""One tile: its state, who lies there, and that no two situations look alike."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.people import Isolation, Patient, Readiness, Sex
from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, Placement, Rule, Violation
from medalloc.domain.review import Verdict
from medalloc.ui.board.tile import MAX_BADGES, Tile
from tests.ui.board_scenes import CYRIL, ELM, MABEL, PERCY, bed, changed, move, scene, tile
from tests.ui.snapshots import AT, decision


def drawn(shown: Tile) -> tuple[object, ...]:
    """What can be read on the tile itself, without its colours."""
    return shown.glyph, shown.who, shown.sex, shown.badges, shown.move, shown.decision, bool(shown.breach)


def test_an_occupied_bed_says_who_by_initials_and_tail_of_the_id() -> None:
    shown = tile(scene(), "E-B1-1")
    assert (shown.state, shown.label, shown.who, shown.sex) == ("occupied", "1", "MT 0041", "F")
    assert shown.patient_id == "P0041"
    assert shown.lines[:2] == ("Bed E-B1-1: Occupied", "MT 0041, female, 83 years")


def test_the_name_is_nowhere_unless_names_are_shown() -> None:
    assert "Thornbury" not in repr(tile(scene(), "E-B1-1"))
    assert tile(scene(show_names=True), "E-B1-1").who == "Mabel Thornbury"


def test_a_reserved_bed_does_not_look_occupied() -> None:
    reserved, occupied = tile(scene(), "I-B1-2"), tile(scene(), "I-B1-1")
    assert (reserved.state, reserved.glyph, reserved.who) == ("reserved", "◇", "Reserved")
    assert reserved.glyph != occupied.glyph


def test_a_bed_in_cleaning_says_from_when_it_can_be_used() -> None:
    shown = tile(scene(), "E-S1-1")
    assert (shown.state, shown.who) == ("cleaning", "Cleaning 08:15")
    assert shown.lines == ("Bed E-S1-1: Cleaning 08:15",)


def test_an_occupied_bed_without_a_patient_says_that_there_is_no_record() -> None:
    unknown = changed(replace(bed("E-B1-2"), status=BedStatus.OCCUPIED))
    assert tile(scene(unknown), "E-B1-2").who == "no record"


def test_a_free_bed_of_a_closed_ward_is_closed() -> None:
    assert tile(scene(changed(replace(ELM, open=False))), "E-B1-2").state == "closed"


@pytest.mark.parametrize("status", [BedStatus.CLEANING, BedStatus.RESERVED, BedStatus.CLOSED])
def test_a_status_that_speaks_against_the_patient_is_said(status: BedStatus) -> None:
    shown = tile(scene(changed(replace(bed("E-B1-1"), status=status))), "E-B1-1")
    assert shown.state == "occupied"
    assert shown.badges[0].kind == "status"
    assert f"marked as: {status.capitalize()}" in shown.lines


def test_two_patients_in_one_bed_are_counted() -> None:
    double = changed(Patient("P0900", "Ivy Quillfeather", Sex.FEMALE, 47, bed_id="E-B1-1"))
    shown = tile(scene(double), "E-B1-1")
    assert shown.who == "MT 0041 +1"
    assert "IQ 0900, female, 47 years" in shown.lines


def test_a_breach_is_marked_with_its_rule_in_words() -> None:
    broken = Violation(Rule.BAY_SEX, "P0041", "E-B1-1", "two men")
    shown = tile(scene(breaches=(broken,)), "E-B1-1")
    assert shown.breach == "mixed sexes in the bay: two men"
    assert "Breach: mixed sexes in the bay: two men" in shown.lines


def test_a_breach_without_a_bed_stands_where_the_patient_lies() -> None:
    assert tile(scene(breaches=(Violation(Rule.FIXED, "P0057"),)), "I-B1-1").breach == "a fixed patient is moved"


@pytest.mark.parametrize(("moves", "shown"), [((), 4), ((move(MABEL, Action.TRANSFER, "I-B1-2"),), 2)])
def test_badges_that_do_not_fit_are_counted(moves: tuple[Placement, ...], shown: int) -> None:
    burdened = replace(
        MABEL,
        isolation=Isolation.AIRBORNE,
        features=frozenset({"oxygen", "visible"}),
        fixed=True,
        level=CYRIL.level,
    )
    badges = tile(scene(changed(burdened), *moves), "E-B1-1").badges
    assert badges[0].text == "◆AIR"
    assert len(badges) == shown + 1
    assert badges[-1].text == f"+{5 - shown}"
    assert shown <= MAX_BADGES


MOVES: dict[str, tuple[Placement, ...]] = {
    "none": (),
    "out": (move(MABEL, Action.TRANSFER, "I-B1-2"),),
    "in": (move(PERCY, Action.ADMIT, "E-B1-2"),),
    "held": (move(PERCY, Action.HOLD, "E-B1-2"),),
    "freed": (move(MABEL, Action.TRANSFER, "I-B1-2"),),
}


def situation(status: BedStatus, kind: str, verdict: Verdict | None) -> Tile:
    """A bed of this status with this move and decision; `E-B1-1` is the one with a patient in it."""
    bed_id = "E-B1-1" if kind in ("out", "freed") else "E-B1-2"
    snapshot = changed(replace(bed(bed_id), status=status))
    decisions = [decision(placement, verdict) for placement in MOVES[kind] if verdict]
    made = scene(snapshot, *MOVES[kind], proposed=kind not in ("none", "out"), decisions=decisions)
    return tile(made, bed_id)


def test_every_situation_is_drawn_differently_without_colour() -> None:
    seen: dict[tuple[object, ...], tuple[object, ...]] = {}
    for status, kind, verdict in itertools.product(BedStatus, MOVES, (None, *Verdict)):
        lies_there = kind in ("out", "freed") and status is BedStatus.AVAILABLE  # drawn as occupied, as it should be
        if lies_there or (kind == "none" and verdict):
            continue
        look = drawn(situation(status, kind, verdict))
        assert look not in seen, (seen.get(look), (status, kind, verdict))
        seen[look] = status, kind, verdict
    assert len(seen) == 5 + 2 * 4 * 4 + 2 * 5 * 4


@pytest.mark.parametrize("status", BedStatus)
@pytest.mark.parametrize("kind", MOVES)
def test_every_move_is_drawn_as_what_it_is(status: BedStatus, kind: str) -> None:
    shown = situation(status, kind, None)
    assert (shown.move.kind if shown.move else "none") == kind


def leaver(hours: float) -> Patient:
    """Mabel, who is expected to leave after so many hours."""
    return replace(MABEL, edd=AT + timedelta(hours=hours), readiness=Readiness.NOT_READY)


def test_a_bed_that_somebody_is_expected_to_have_left_says_who_and_how_likely() -> None:
    shown = tile(scene(changed(leaver(7)), moment=AT + timedelta(hours=12)), "E-B1-1")
    assert (shown.state, shown.who, shown.patient_id) == ("available", "Free ◐68%", "")
    assert shown.move is not None
    assert (shown.move.kind, shown.move.text) == ("left", "⇗ MT 0041")
    assert "MT 0041 is expected to have left at 14:30" in shown.lines
    assert "likely to have left by then: 68 %" in shown.lines


def test_a_bed_between_two_patients_is_being_cleaned() -> None:
    shown = tile(scene(changed(leaver(7)), moment=AT + timedelta(hours=8)), "E-B1-1")
    assert (shown.state, shown.glyph, shown.who) == ("cleaning", "≈", "Cleaning 16:30")
    assert shown.badges[0].text == "◐62%"


def test_a_patient_who_may_have_left_is_marked_as_uncertain() -> None:
    shown = tile(scene(changed(leaver(12)), moment=AT + timedelta(hours=8)), "E-B1-1")
    assert (shown.state, shown.who) == ("occupied", "MT 0041")
    assert shown.badges[0].text == "◐51%"


def test_now_nothing_is_uncertain() -> None:
    shown = tile(scene(changed(leaver(1))), "E-B1-1")
    assert (shown.badges, shown.who) == ((), "MT 0041")


def test_a_bed_held_after_its_patient_shows_both_and_the_other_once_they_are_to_be_there() -> None:
    hold = replace(move(PERCY, Action.HOLD, "E-B1-1"), starts_at=AT + timedelta(hours=9))
    stays = Placement("P0041", Action.STAY, "E-B1-1", "E-B1-1", AT, AT + timedelta(hours=7))
    now = tile(scene(changed(leaver(7)), stays, hold, proposed=True), "E-B1-1")
    assert (now.who, now.move and now.move.text, now.badges[0].text) == ("MT 0041", "△ PL 0108", "△16:30")
    assert "held for PL 0108 from 16:30 (likely to be free by then: 60 %)" in now.lines
    later = tile(scene(changed(leaver(7)), stays, hold, proposed=True, moment=AT + timedelta(hours=12)), "E-B1-1")
    assert (later.who, later.patient_id, later.move and later.move.kind) == ("PL 0108", "P0108", "due")
    assert later.move is not None
    assert (later.move.text, later.badges[0].text) == ("▲ 16:30", "◐60%")
    assert "held for PL 0108 from 16:30 (likely to be free by then: 60 %)" in later.lines


def test_the_next_day_is_marked() -> None:
    hold = replace(move(PERCY, Action.HOLD, "E-B1-2"), starts_at=AT + timedelta(hours=19))
    assert tile(scene(changed(), hold, proposed=True), "E-B1-2").badges[0].text == "△02:30⁺¹"


def test_a_broken_rule_is_not_foretold_once_its_patient_has_left() -> None:
    broken = Violation(Rule.BAY_SEX, "P0041", "E-B1-1", "two men")
    for hours, kept in ((4, True), (12, False)):
        made = scene(changed(leaver(7)), breaches=(broken,), moment=AT + timedelta(hours=hours))
        assert bool(tile(made, "E-B1-1").breach) is kept
