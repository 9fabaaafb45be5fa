from datetime import timedelta

import numpy as np

from medalloc.domain.plan import Locks
from medalloc.optimise.beds.situation import Background, Given, situation_of
from medalloc.optimise.beds.weights import BedSettings
from tests.optimise.hospitals import AT, CLEANING, CLOSED, bay, bed, hospital, inpatient, waiting, ward


def cells(made, *, locks=None, reference=None, **settings):
    given = Given(BedSettings(**settings), locks or Locks(), Background(reference or {}))
    return situation_of(made.snapshot, made.needs, given).cells


def beds(found):
    return [sorted(b.bed_id for b in cell.beds) for cell in found]


def test_alike_beds_of_a_bay_are_one_cell():
    places = [*bay("B", 3), bed("B-4", features=("oxygen",)), *bay("C", 2)]
    assert beds(cells(hospital([ward()], places, []))) == [["B-1", "B-2", "B-3"], ["B-4"], ["C-1", "C-2"]]


def test_beds_that_are_ready_at_another_time_stand_apart():
    later = AT + timedelta(hours=2)
    places = [*bay("B", 2), bed("B-3", status=CLEANING, available_at=later), bed("B-4", status=CLOSED)]
    assert [cell.ready_hours for cell in cells(hospital([ward()], places, []))] == [0.0, 2.0, np.inf]


def test_refused_and_locked_beds_stand_apart():
    made = hospital([ward()], bay("B", 5), [waiting("A", 1)])
    locks = Locks(pins={"A": "B-4"}, forbidden=frozenset({("A", "B-1"), ("A", "B-2")}))
    found = cells(made, locks=locks)
    assert beds(found) == [["B-1", "B-2"], ["B-3", "B-5"], ["B-4"]]
    assert [cell.pinned for cell in found] == ["", "", "A"]


def test_a_bed_whose_patient_leaves_within_the_horizon_stands_apart():
    people = [
        inpatient("A", "B-1", edd=AT + timedelta(hours=40)),
        inpatient("C", "B-2", edd=AT + timedelta(hours=50)),
        inpatient("D", "B-3"),
    ]
    made = hospital([ward()], bay("B", 4), people)
    assert beds(cells(made)) == [["B-1"], ["B-2", "B-3", "B-4"]]
    assert beds(cells(made, horizon_days=2)) == [["B-1", "B-2", "B-3", "B-4"]]
    assert [cell.lying for cell in cells(made)] == [(0,), (1, 2)]


def test_a_bed_that_the_last_plan_gave_to_somebody_else_stands_apart():
    made = hospital([ward()], bay("B", 4), [inpatient("A", "B-1"), waiting("Q", 3)])
    found = cells(made, reference={"A": "B-1", "Q": "B-3", "gone": "B-9"})
    assert beds(found) == [["B-1", "B-2", "B-4"], ["B-3"]]


def test_two_patients_in_one_bed_crowd_it():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-2"), inpatient("C", "B-2")])
    found = cells(made)
    assert beds(found) == [["B-1", "B-3"], ["B-2"]]
    assert [cell.crowded for cell in found] == [False, True]


def test_a_closed_ward_is_opened_only_for_escalation():
    made = hospital([ward(open=False)], bay("B", 2), [])
    assert [cell.ready_hours for cell in cells(made)] == [0.0]
    assert [cell.ready_hours for cell in cells(made, escalation=False)] == [np.inf]
