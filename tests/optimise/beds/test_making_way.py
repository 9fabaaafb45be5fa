from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds.carried import compiled_again
from medalloc.optimise.beds.making_way import made_way
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.beds.answered import lively, planned, row
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, waiting, ward


def way(outcome, patient_id, bed_id):
    """The start with a patient in a bed: the bed of each person's berth, who was in the way, and the faults."""
    given = outcome.situation.given
    pinned = compiled_again(outcome, given=replace(given, locks=Locks(pins={**given.locks.pins, patient_id: bed_id})))
    berth, loose = made_way(outcome, pinned, row(outcome, patient_id))
    cells = pinned.situation.cells
    beds = {
        person.patient_id: [each.bed_id for each in cells[pinned.situation.berth_cell[q]].beds] if q != REMAINS else []
        for person, q in zip(pinned.situation.people, berth.tolist(), strict=True)
    }
    return beds, [pinned.situation.people[k].patient_id for k in loose], evaluate(pinned.problem, berth).faults


def test_into_an_empty_bed_nobody_makes_way():
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("Q", 2)]))
    (other,) = {"A-1", "C-1"} - set(outcome.bed_ids)
    assert way(outcome, "Q", other) == ({"Q": [other]}, [], ())


def test_whoever_lies_in_the_bed_makes_way():
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], [inpatient("A", "A-1"), waiting("Q", 2)]))
    beds, loose, faults = way(outcome, "Q", "A-1")
    assert (beds, loose, faults) == ({"A": ["C-1"], "Q": ["A-1"]}, ["A"], ())


def test_all_of_the_other_sex_leave_the_bay():
    people = [inpatient("M", "B-1", sex="male"), inpatient("N", "B-2", sex="male"), waiting("Q", 2)]
    outcome = planned(hospital([ward()], [*bay("B", 3), bed("C-1"), bed("D-1"), bed("E-1")], people))
    beds, loose, faults = way(outcome, "Q", "B-3")
    assert (loose, faults) == (["M", "N"], ())
    assert beds["M"] != beds["N"]
    assert beds["Q"] == ["B-3"]


def test_of_two_starts_the_one_that_breaks_no_rule_is_taken():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6), fixed=True), waiting("Q", 2)]
    outcome = planned(hospital([ward()], [*bay("B", 2), bed("C-1")], people))
    assert way(outcome, "Q", "B-2")[2] == ()


def test_where_there_is_no_way_the_faults_are_left():
    outcome = planned(hospital([ward()], [bed("A-1")], [inpatient("A", "A-1"), waiting("Q", 2)]))
    assert way(outcome, "Q", "A-1")[2]


@pytest.mark.parametrize("seed", range(3))
def test_everybody_else_is_where_the_plan_says(seed):
    made, outcome = lively(seed)
    given, checked = outcome.situation.given, 0
    for patient in made.snapshot.patients[-8:]:
        for place in made.snapshot.beds[::6]:
            pins = Locks(pins={patient.patient_id: place.bed_id})
            pinned = compiled_again(outcome, given=replace(given, locks=pins))
            i = row(outcome, patient.patient_id)
            if not np.isfinite(pinned.problem.berths.cost[i]).any():
                continue
            berth, loose = made_way(outcome, pinned, i)
            others = np.setdiff1d(np.arange(len(berth)), [i, *loose.tolist()])
            cells = pinned.situation.berth_cell
            for k in others.tolist():
                bed_id = outcome.arrivals[k].bed_id if k in outcome.arrivals else ""
                assert (berth[k] == REMAINS) == (not bed_id or bed_id == place.bed_id)
                assert berth[k] == REMAINS or cells[berth[k]] == pinned.situation.cell_of[bed_id]
            checked += 1
    assert checked > 3
