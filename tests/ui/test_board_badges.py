"""The badges of a patient."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation, Patient, Readiness
from medalloc.domain.places import Level
from medalloc.ui.board.badges import badges_of
from tests.ui.board_scenes import CYRIL, MABEL, scene


def texts(patient: Patient, given: Level = Level.WARD, needs: Needs | None = None) -> list[str]:
    known = {patient.patient_id: needs} if needs else {}
    return [badge.text for badge in badges_of(scene(needs=known), patient, given)]


def read(name: NeedName, value: str, binding: Binding, *, abstained: bool = False) -> Needs:
    """What a note says."""
    need = Need(name, value, 0.8, NeedSource.NOTE, binding, abstained)
    return Needs(MABEL.patient_id, {name: need})


def test_a_patient_without_special_needs_has_no_badge() -> None:
    assert texts(MABEL) == []


@pytest.mark.parametrize(
    ("isolation", "text"),
    [
        (Isolation.CONTACT, "◆CON"),
        (Isolation.DROPLET, "◆DRP"),
        (Isolation.AIRBORNE, "◆AIR"),
        (Isolation.PROTECTIVE, "◆PRO"),
    ],
)
def test_isolation_comes_first_by_its_type(isolation: Isolation, text: str) -> None:
    assert texts(replace(MABEL, isolation=isolation, fixed=True)) == [text, "■FIX"]


def test_what_only_a_note_says_softly_is_marked_as_unsure() -> None:
    soft = read(NeedName.ISOLATION, "droplet", Binding.SOFT)
    assert texts(MABEL, needs=soft) == ["◆DRP?"]
    badge = badges_of(scene(needs={MABEL.patient_id: soft}), MABEL, Level.WARD)[0]
    assert badge.words == "droplet isolation (not confirmed)"


def test_what_a_note_says_firmly_is_not() -> None:
    assert texts(MABEL, needs=read(NeedName.OXYGEN, "yes", Binding.HARD)) == ["O₂"]


@pytest.mark.parametrize(
    ("needed", "given", "shown"),
    [
        (Level.ICU, Level.WARD, ["↑ICU"]),
        (Level.HDU, Level.WARD, ["↑HDU"]),
        (Level.HDU, Level.ICU, ["↓HDU"]),
        (Level.WARD, Level.HDU, ["↓WARD"]),
        (Level.ICU, Level.ICU, []),
    ],
)
def test_the_level_is_shown_where_it_is_not_the_ward_s(needed: Level, given: Level, shown: list[str]) -> None:
    assert texts(replace(MABEL, level=needed), given) == shown


def test_an_unknown_level_is_not_taken_for_ward_care() -> None:
    assert texts(replace(CYRIL, level=None), Level.ICU) == []
    assert texts(MABEL, Level.ICU, read(NeedName.LEVEL, "ward", Binding.NONE, abstained=True)) == []


def test_whoever_is_ventilated_is_not_shown_as_on_oxygen_too() -> None:
    assert texts(replace(MABEL, features=frozenset({"oxygen", "ventilator", "visible"}))) == ["≋VENT", "◉VIS"]


@pytest.mark.parametrize(
    ("readiness", "shown"),
    [(Readiness.READY, ["⌂RDY"]), (Readiness.REVIEW, ["⌂REV"]), (Readiness.NOT_READY, [])],
)
def test_readiness_is_drawn_for_every_value(readiness: Readiness, shown: list[str]) -> None:
    assert texts(replace(MABEL, readiness=readiness)) == shown
