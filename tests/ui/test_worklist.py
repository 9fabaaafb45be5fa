from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from medalloc.domain.corrections import Correction, CorrectionKind
from medalloc.domain.needs import NeedName
from medalloc.domain.review import UserRole
from medalloc.needs.corrected import all_corrected
from medalloc.ui import worklist
from medalloc.ui.hospital import HospitalView
from medalloc.ui.worklist import Doubt, Filters, Item

ISOLATION: Item = ("007", NeedName.ISOLATION)
VISIBLE: Item = ("P4", NeedName.VISIBLE)
SPECIALTY: Item = ("P4", NeedName.SPECIALTY)
OXYGEN: Item = ("P4", NeedName.OXYGEN)


def correction(item: Item, value: str) -> Correction:
    made_at = datetime(2026, 3, 5, 8, 10, tzinfo=UTC)
    at = datetime(2026, 3, 5, 8)
    return Correction(
        *(item[0], item[1], CorrectionKind.CONFIRM, value, value, 0.93, None, "", "Ada", UserRole.BED_MANAGER),
        *(made_at, at),
    )


@pytest.fixture
def after(view: HospitalView) -> HospitalView:
    """The same once somebody has confirmed that P4 must be seen."""
    made = {"P4": {NeedName.VISIBLE: correction(VISIBLE, "yes")}}
    return replace(view, needs=all_corrected(view.needs, made, view.snapshot), corrections=made)


def test_everything_that_is_asked_is_listed_once(view: HospitalView) -> None:
    items = worklist.queue(view, Filters())
    assert set(items) == {ISOLATION, VISIBLE, SPECIALTY, OXYGEN}
    assert len(items) == 4
    assert items[0] == ISOLATION


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(search="p4"), {VISIBLE, SPECIALTY, OXYGEN}),
        (Filters(search=" 01 "), {ISOLATION}),
        (Filters(ward_id="W1"), {ISOLATION}),
        (Filters(ward_id="W2"), set()),
        (Filters(need=NeedName.OXYGEN), {OXYGEN}),
        (Filters(doubt=Doubt.CONFLICT), {ISOLATION}),
        (Filters(doubt=Doubt.FROM_NOTE), {VISIBLE, SPECIALTY}),
        (Filters(doubt=Doubt.UNSURE, search="007"), set()),
        (Filters(doubt=Doubt.CORRECTED), set()),
    ],
)
def test_a_filter_leaves_what_it_names(view: HospitalView, filters: Filters, found: set[Item]) -> None:
    assert set(worklist.queue(view, filters)) == found


def test_what_was_decided_keeps_its_place(view: HospitalView, after: HospitalView) -> None:
    before = worklist.queue(view, Filters())
    assert VISIBLE not in {(one.patient_id, one.need.name) for one in after.to_confirm}
    assert worklist.queue(after, Filters(), before) == before


def test_in_a_new_session_what_was_decided_is_not_listed(after: HospitalView) -> None:
    assert set(worklist.queue(after, Filters())) == {ISOLATION, SPECIALTY, OXYGEN}


def test_what_is_new_comes_last(view: HospitalView) -> None:
    assert worklist.queue(view, Filters(), [OXYGEN, SPECIALTY])[:2] == [OXYGEN, SPECIALTY]
    assert len(worklist.queue(view, Filters(), [OXYGEN, SPECIALTY])) == 4


def test_what_nobody_asks_any_more_is_gone(view: HospitalView) -> None:
    assert ("P5", NeedName.LEVEL) not in worklist.queue(view, Filters(), [("P5", NeedName.LEVEL)])


def test_corrected_needs_can_be_listed(after: HospitalView) -> None:
    assert worklist.queue(after, Filters(doubt=Doubt.CORRECTED)) == [VISIBLE]


def test_the_next_open_need_is_behind_the_one_decided_and_then_round(after: HospitalView) -> None:
    items = [OXYGEN, ISOLATION, VISIBLE]
    assert worklist.next_open(after, items, ISOLATION) == OXYGEN
    assert worklist.next_open(after, items, OXYGEN) == ISOLATION


def test_after_the_last_one_it_stays(after: HospitalView) -> None:
    assert worklist.next_open(after, [VISIBLE], VISIBLE) == VISIBLE


def test_the_place_is_that_of_the_patient_where_the_need_is_not_listed(view: HospitalView) -> None:
    items = [ISOLATION, SPECIALTY]
    assert worklist.place_in(items, ("P4", NeedName.LEVEL)) == 1
    assert worklist.place_in(items, ("P6", NeedName.LEVEL)) == 0
    assert worklist.place_in(items, None) == 0


def test_people_are_those_with_the_need(view: HospitalView) -> None:
    assert [one.patient_id for one in worklist.people(view, Filters(need=NeedName.ISOLATION))] == ["007"]
    assert worklist.people(view, Filters(need=NeedName.OXYGEN)) == [], "unsure is not present"
    asked = Filters(need=NeedName.OXYGEN, doubt=Doubt.ANY)
    assert [one.patient_id for one in worklist.people(view, asked)] == ["P4"]


def test_people_without_filters_are_everybody(view: HospitalView) -> None:
    assert len(worklist.people(view, Filters())) == 6


def test_people_with_a_corrected_need(after: HospitalView) -> None:
    found = worklist.people(after, Filters(doubt=Doubt.CORRECTED))
    assert [one.patient_id for one in found] == ["P4"]
