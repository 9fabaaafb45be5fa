from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, Placement, Reason
from medalloc.store import SnapshotInfo, SnapshotSource, StoredPlan
from medalloc.ui.beds_at import BedTimes
from medalloc.ui.hold_rows import chance_words, held_beds
from medalloc.ui.hospital import HospitalView
from tests.ui.board_scenes import CYRIL, MABEL, PERCY, bed, changed, plan
from tests.ui.snapshots import AT

LEAVES, HELD = AT + timedelta(hours=7), AT + timedelta(hours=9)
STAYS = Placement("P0041", Action.STAY, "E-B1-1", "E-B1-1", AT, LEAVES)
HOLD = Placement("P0108", Action.HOLD, "", "E-B1-1", HELD, terms={"waiting": 4.0})
CLEANED = Placement("P0057", Action.HOLD, "", "E-S1-1", AT + timedelta(minutes=45), terms={"waiting": 1.0})


def rows(*placements: Placement, show_names: bool = False) -> list[list[object]]:
    snapshot = changed(replace(MABEL, edd=LEAVES), replace(CYRIL, bed_id=""))
    cost = {"P0108": 90.0, "P0057": 60.0}
    before = [Placement(who, Action.WAIT, terms={"waiting": points}) for who, points in cost.items()]
    stored = StoredPlan(1, 1, plan(*placements), plan(*before), AT, "Ada")
    info = SnapshotInfo(1, "0" * 64, "H", AT, AT, "Ada", SnapshotSource.UPLOAD)
    view = HospitalView(info, snapshot, {}, stored)
    made = BedTimes(snapshot, {}, stored.plan, True)
    table: list[list[object]] = held_beds(view, made, show_names=show_names).to_numpy().tolist()
    return table


def test_holds_stand_in_the_order_of_the_suggestions_with_time_and_chance() -> None:
    first, second = rows(CLEANED, STAYS, HOLD)
    assert first == [
        "PL · P0108",
        "waiting, ED",
        "E-B1-1",
        "Sun 22 Nov 16:30, in 9 h",
        "MT · P0041 has left, 14:30",
        "70%",
        86.0,
    ]
    assert second[0] == "CA · P0057"
    assert second[4:] == ["the bed is being cleaned", "100%", 59.0]


def test_a_bed_that_is_left_for_another_says_which() -> None:
    away = Placement("P0041", Action.TRANSFER, "E-B1-1", "E-B1-3", AT, LEAVES)
    shown = next(row for row in rows(away, HOLD) if row[0] == "PL · P0108")
    assert shown[4:6] == ["MT · P0041 has moved to E-B1-3", "100%"]


def test_everybody_is_named_who_is_to_leave_first() -> None:
    said = Reason("if_left", (("chance", "0.42"), ("patient_ids", "P0041;P0057")))
    shown = next(row for row in rows(STAYS, replace(HOLD, reasons=(said,))) if row[0] == "PL · P0108")
    assert shown[4:6] == ["MT · P0041 has left, 14:30; CA · P0057 has left, –", "42%"]


def test_a_free_bed_is_called_free() -> None:
    assert bed("E-B1-2").status is BedStatus.AVAILABLE
    assert rows(replace(HOLD, to_bed_id="E-B1-2"))[0][4] == "the bed is free"


def test_a_plan_that_holds_nothing_gives_no_lines() -> None:
    assert rows(STAYS) == []


def test_names_are_shown_only_where_they_are_asked_for() -> None:
    assert "Larkspur" not in str(rows(STAYS, HOLD))
    assert f"{PERCY.name} · P0108" in str(rows(STAYS, HOLD, show_names=True))


@pytest.mark.parametrize(("share", "words"), [(None, "not known"), (0.126, "13%"), (1.0, "100%")])
def test_a_chance_that_is_not_known_is_not_a_number(share: float | None, words: str) -> None:
    assert chance_words(share) == words
