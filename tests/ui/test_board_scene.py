"""What the tiles look up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action
from medalloc.ui.board.scene import bay_label, bed_label
from tests.ui.board_scenes import CYRIL, MABEL, PERCY, changed, move, scene
from tests.ui.snapshots import AT


@pytest.mark.parametrize(
    ("bed_id", "label"), [("W3-B2-1", "1"), ("07A/12", "12"), ("B12", "B12"), ("R 4", "4"), ("X-", "X-")]
)
def test_a_bed_is_called_by_the_last_part_of_its_id(bed_id: str, label: str) -> None:
    assert bed_label(bed_id) == label


@pytest.mark.parametrize(("bay_id", "label"), [("W3-B2", "B2"), ("Bay 2", "Bay 2"), ("W3", "W3")])
def test_a_bay_is_called_without_its_ward(bay_id: str, label: str) -> None:
    assert bay_label(bay_id, "W3") == label


def test_a_patient_without_a_name_is_called_by_the_id() -> None:
    assert scene().who(replace(MABEL, name="", patient_id="NA")) == "– NA"


def test_another_day_is_said() -> None:
    assert scene().when(AT) == "07:30"
    assert "23 Nov" in scene().when(AT + timedelta(days=1))


def test_both_ends_of_every_patient_are_known() -> None:
    made = scene(changed(), move(MABEL, Action.TRANSFER, "E-B1-3"), move(PERCY, Action.ADMIT, "E-B1-2"))
    assert made.ends == {
        "P0041": ("E-B1-1", "E-B1-3"),
        "P0057": (CYRIL.bed_id, ""),
        "P0108": ("", "E-B1-2"),
    }


def test_a_patient_for_whom_a_bed_is_held_stays_where_they_are() -> None:
    made = scene(changed(), move(MABEL, Action.HOLD, "E-S1-1"), proposed=True)
    assert [patient.patient_id for patient in made.occupants_of["E-B1-1"]] == ["P0041"]
    assert "E-S1-1" not in made.occupants_of
