from datetime import timedelta

import numpy as np

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.problem import build
from tests.optimise.hospitals import (
    AT,
    CLEANING,
    CLOSED,
    bay,
    bed,
    hospital,
    inpatient,
    person,
    waiting,
    ward,
)


def cells(made, locks=None):
    problem = build(made.snapshot, made.needs, BedSettings(), locks or Locks())
    return [sorted(b.bed_id for b in cell.beds) for cell in problem.cells]


def test_alike_beds_of_a_bay_are_one_cell():
    beds = [*bay("B", 3), bed("B-4", features=("oxygen",)), *bay("C", 2)]
    assert cells(hospital([ward()], beds, [])) == [["B-1", "B-2", "B-3"], ["B-4"], ["C-1", "C-2"]]


def test_beds_that_are_ready_at_another_time_stand_apart():
    later = AT + timedelta(hours=2)
    beds = [*bay("B", 2), bed("B-3", status=CLEANING, available_at=later), bed("B-4", status=CLOSED)]
    problem = build(hospital([ward()], beds, []).snapshot, {}, BedSettings(), Locks())
    assert problem.ready_hours.tolist() == [0.0, 2.0, np.inf]


def test_refused_and_locked_beds_stand_apart():
    made = hospital([ward()], bay("B", 5), [waiting("A", 1)])
    locks = Locks(pins={"A": "B-4"}, forbidden=frozenset({("A", "B-1"), ("A", "B-2")}))
    assert cells(made, locks) == [["B-1", "B-2"], ["B-3", "B-5"], ["B-4"]]


def test_who_lies_where_and_who_could_come_when():
    people = [
        inpatient("A", "C-1"),
        waiting("Q", 3),
        person("E", status="expected", bed_id="B-1", expected_at=AT + timedelta(hours=5)),
        person("F", status="expected", expected_at=AT + timedelta(hours=50)),
    ]
    problem = build(hospital([ward()], [*bay("B", 2), bed("C-1")], people).snapshot, {}, BedSettings(), Locks())
    assert problem.home.tolist() == [1, -1, -1, -1]
    assert problem.bay.tolist() == [0, -1]
    assert problem.first_hours.tolist() == [0.0, 0.0, 5.0, np.inf]
