"""What the Gantt of a ward shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from medalloc.domain.needs import Needs
from medalloc.domain.people import Patient, PatientStatus
from medalloc.domain.places import Bed, BedStatus, Ward
from medalloc.domain.plan import Action, Placement, Reason
from medalloc.domain.requirements import StayDays
from medalloc.ui.beds_at import BedTimes
from medalloc.ui.gantt_bars import Bar, ward_plan
from tests.ui.board_scenes import ELM, MABEL, PERCY, bed, changed, plan
from tests.ui.snapshots import AT

LEAVES, HELD = AT + timedelta(hours=7), AT + timedelta(hours=9)
STAYS = Placement("P0041", Action.STAY, "E-B1-1", "E-B1-1", AT, LEAVES)
HOLD = Placement(
    "P0108", Action.HOLD, "", "E-B1-1", HELD, None, reasons=(Reason("home_specialty", (("specialty", "renal"),)),)
)
STAY = {"P0041": Needs("P0041", {}, stay=StayDays(0.25, 0.5, 1.5))}


def bars(
    *things: Patient | Bed | Ward,
    placements: tuple[Placement, ...] = (),
    needs: dict[str, Needs] | None = None,
    show_names: bool = False,
) -> dict[str, list[Bar]]:
    """Bars of ward E by bed."""
    made = BedTimes(changed(*things), needs or {}, replace(plan(*placements), horizon_days=3), bool(placements))
    found: dict[str, list[Bar]] = {}
    for bar in ward_plan(made, "E", show_names=show_names, translate=str).bars:
        found.setdefault(bar.bed_id, []).append(bar)
    return found


def spans(found: list[Bar]) -> list[tuple[str, datetime, datetime | None]]:
    return [(bar.kind, bar.starts_at, bar.ends_at) for bar in found]


def test_rows_are_the_beds_in_file_order_by_bay() -> None:
    made = ward_plan(BedTimes(changed(), {}, None, False), "E", show_names=False, translate=str)
    assert [(row.bed_id, row.label, row.bay, row.single) for row in made.rows] == [
        ("E-B1-1", "1", "B1", False),
        ("E-B1-2", "2", "", False),
        ("E-B1-3", "3", "", False),
        ("E-S1-1", "1", "S1", True),
    ]
    assert (made.name, made.until - made.at) == ("Elm", timedelta(days=3))


def test_a_held_bed_shows_its_patient_the_cleaning_and_who_comes() -> None:
    found = bars(placements=(STAYS, HOLD))
    assert spans(found["E-B1-1"]) == [
        ("now", AT, LEAVES),
        ("cleaning", LEAVES, LEAVES + timedelta(hours=2)),
        ("held", HELD, None),
    ]
    assert [bar.who for bar in found["E-B1-1"]] == ["MT 0041", "", "PL 0108"]


def test_a_bed_that_is_free_has_no_bar_and_others_say_why() -> None:
    found = bars(replace(bed("E-B1-3"), status=BedStatus.CLOSED), replace(bed("E-B1-2"), status=BedStatus.RESERVED))
    assert [bar.kind for bar in found["E-B1-2"] + found["E-B1-3"]] == ["reserved", "closed"]
    assert spans(found["E-S1-1"]) == [("cleaning", AT, AT + timedelta(minutes=45))]
    assert "E-B1-2" not in bars()


def test_a_bed_without_a_record_says_so() -> None:
    (bar,) = bars(replace(bed("E-B1-2"), status=BedStatus.OCCUPIED))["E-B1-2"]
    assert (bar.kind, bar.who, bar.patient_id) == ("now", "no record", "")


def test_beds_of_a_closed_ward_are_closed_until_somebody_comes() -> None:
    hold = replace(HOLD, to_bed_id="E-B1-3")
    found = bars(replace(ELM, open=False), placements=(hold,))
    assert spans(found["E-B1-2"]) == [("closed", AT, None)]
    assert spans(found["E-B1-3"]) == [("closed", AT, HELD), ("held", HELD, None)]


def test_the_bed_that_a_transfer_leaves_is_cleaned_unless_somebody_comes_at_once() -> None:
    away = Placement("P0041", Action.TRANSFER, "E-B1-1", "E-B1-3", AT, LEAVES)
    assert spans(bars(placements=(away,))["E-B1-1"]) == [("cleaning", AT, AT + timedelta(hours=2))]
    admitted = Placement("P0108", Action.ADMIT, "", "E-B1-1", AT, None)
    for order in ((away, admitted), (admitted, away)):
        assert spans(bars(placements=order)["E-B1-1"]) == [("arrives", AT, None)]


def test_what_begins_after_the_time_shown_is_left_out() -> None:
    assert "E-B1-3" not in bars(placements=(replace(HOLD, to_bed_id="E-B1-3", starts_at=AT + timedelta(days=3)),))


def test_where_the_stay_is_known_four_of_five_leave_between_two_moments() -> None:
    (bar, _) = bars(placements=(STAYS,), needs=STAY)["E-B1-1"]
    assert bar.leaves == (AT + timedelta(hours=6), AT + timedelta(hours=36))
    assert "four in five such patients leave between 13:30 and 19:30 23 Nov" in bar.lines


def test_the_stay_of_somebody_still_to_come_counts_from_their_arrival() -> None:
    expected = replace(PERCY, status=PatientStatus.EXPECTED, expected_at=HELD)
    known = {"P0108": Needs("P0108", {}, stay=StayDays(0.25, 0.5, 1.5))}
    bar = bars(expected, placements=(STAYS, HOLD), needs=known)["E-B1-1"][-1]
    assert bar.leaves == (HELD + timedelta(hours=6), HELD + timedelta(hours=36))


def test_whoever_goes_to_another_bed_does_not_leave_the_hospital() -> None:
    waits = replace(MABEL, status=PatientStatus.WAITING)
    later = Placement("P0041", Action.HOLD, "E-B1-1", "E-S1-1", HELD, None)
    bar = bars(waits, placements=(later,), needs=STAY)["E-B1-1"][0]
    assert (bar.ends_at, bar.leaves) == (HELD, None)
    assert "then to bed E-S1-1" in bar.lines


def test_a_hold_says_after_whom_how_likely_and_why() -> None:
    leaver = replace(MABEL, edd=LEAVES)
    bar = bars(leaver, placements=(STAYS, HOLD))["E-B1-1"][-1]
    assert bar.lines[0] == "PL · P0108"
    assert bar.lines[1:4] == ("Bed E-B1-1: held for later", "from 16:30, end not known", "after MT · P0041")
    assert bar.lines[4] == "likely to be free by then: 70 %"
    assert "renal" in bar.lines[5]


@pytest.mark.parametrize("show_names", [False, True])
def test_names_are_shown_only_where_they_are_asked_for(show_names: bool) -> None:
    found = bars(placements=(STAYS, HOLD), show_names=show_names)
    assert ("Thornbury" in repr(found)) is show_names


def test_as_things_stand_nobody_is_held_or_explained() -> None:
    made = BedTimes(changed(replace(MABEL, edd=LEAVES)), {}, plan(STAYS, HOLD), False)
    found = [bar for bar in ward_plan(made, "E", show_names=False, translate=str).bars if bar.bed_id == "E-B1-1"]
    assert [bar.kind for bar in found] == ["now", "cleaning"]
