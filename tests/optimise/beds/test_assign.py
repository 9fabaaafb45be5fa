from dataclasses import replace
from datetime import timedelta

import numpy as np

from medalloc.domain.requirements import StayDays
from medalloc.optimise.beds.assign import Span, arrivals_of, spans_of
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.beds.situations import berth, situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward


def hours(count):
    return AT + timedelta(hours=count)


def assigned(made, **berths):
    """Beds and times by patient, where each comes to a berth of a bed: its id and the number of the berth."""
    found = situation(made)
    names = [each.patient_id for each in found.people]
    solution = np.full(len(names), REMAINS)
    for name, (bed_id, number) in berths.items():
        solution[names.index(name)] = berth(found, bed_id, number)
    compiled = compile_situation(found)
    arrivals = arrivals_of(compiled, solution)
    return compiled, arrivals, {names[i]: (each.bed_id, each.hours) for i, each in arrivals.items()}


def test_the_longest_wait_chooses_first_and_takes_the_bed_that_stands_empty():
    people = [inpatient("A", "B-1"), waiting("P", 2), waiting("Q", 9)]
    made = hospital([ward()], [*bay("B", 2), *bay("D", 2)], people)
    _, _, found = assigned(made, A=("D-1", 0), P=("B-1", 0), Q=("B-1", 0))
    assert found == {"A": ("D-1", 0.0), "Q": ("B-2", 0.0), "P": ("B-1", 0.0)}


def test_beds_are_given_again_once_those_who_came_have_left():
    people = [
        waiting("P", 2, edd=hours(7)),
        waiting("Q", 9),
        person("E", status="expected", expected_at=hours(13)),
    ]
    _, _, found = assigned(hospital([ward()], bay("B", 2), people), P=("B-1", 0), Q=("B-1", 0), E=("B-1", 0))
    assert found == {"Q": ("B-1", 0.0), "P": ("B-2", 0.0), "E": ("B-2", 13.0)}


def test_a_hold_starts_when_the_bed_is_clean_or_the_slot_begins():
    people = [
        inpatient("A", "S-1", edd=hours(5)),
        inpatient("C", "T-1", edd=hours(6.5)),
        waiting("P", 2),
        waiting("Q", 9),
    ]
    made = hospital([ward()], [bed("S-1"), bed("T-1")], people)
    _, _, found = assigned(made, P=("S-1", 1), Q=("T-1", 1))
    assert found == {"P": ("S-1", 8.0), "Q": ("T-1", 8.5)}


def test_behind_an_inpatient_whom_the_plan_moves_the_bed_is_cleaned_first():
    people = [inpatient("A", "T-1", edd=hours(7)), person("E", status="expected", expected_at=hours(8))]
    _, _, found = assigned(hospital([ward()], [bed("S-1"), bed("T-1")], people), A=("S-1", 0), E=("S-1", 0))
    assert found == {"A": ("S-1", 0.0), "E": ("S-1", 9.0)}


def test_who_would_then_come_only_to_have_left_waits():
    people = [
        inpatient("A", "T-1", edd=hours(7)),
        person("E", status="expected", expected_at=hours(8), edd=hours(8.5)),
    ]
    _, _, found = assigned(hospital([ward()], [bed("S-1"), bed("T-1")], people), A=("S-1", 0), E=("S-1", 0))
    assert found == {"A": ("S-1", 0.0)}


def test_the_bed_of_a_step_down_who_is_held_is_free_when_theirs_is_ready():
    people = [
        person("S", bed_id="I-1", source="step_down"),
        inpatient("A", "B-1", edd=hours(7)),
        person("E", status="expected", expected_at=hours(8)),
    ]
    wards = [ward(), ward("I", level="icu")]
    known = replace(need("E", level="icu"), stay=StayDays(1.0, 2.0, 3.0))
    made = hospital(wards, [bed("I-1", ward_id="I"), bed("B-1")], people, known)
    _, _, found = assigned(made, S=("B-1", 1), E=("I-1", 0))
    assert found == {"S": ("B-1", 9.0), "E": ("I-1", 9.0)}


def test_strangers_whom_the_plan_takes_from_a_bay_are_waited_for():
    people = [
        person("S", bed_id="I-1", source="step_down", sex="male"),
        inpatient("A", "B-1", edd=hours(7)),
        person("E", status="expected", expected_at=hours(8)),
    ]
    wards = [ward(), ward("I", level="icu")]
    made = hospital(wards, [*bay("I", 2, ward_id="I"), bed("B-1")], people, need("E", level="icu"))
    _, _, found = assigned(made, S=("B-1", 1), E=("I-2", 0))
    assert found == {"S": ("B-1", 9.0), "E": ("I-2", 9.0)}


def test_spans_say_who_is_where_in_which_slots():
    people = [
        person("S", bed_id="I-1", source="step_down", edd=hours(30)),
        inpatient("A", "B-1", edd=hours(7)),
        waiting("Q", 3),
    ]
    wards = [ward(), ward("I", level="icu")]
    made = hospital(wards, [bed("I-1", ward_id="I"), bed("B-1")], people)
    compiled, arrivals, _ = assigned(made, S=("B-1", 1))
    assert spans_of(compiled, arrivals) == (
        Span(0, "I-1", 0, 2, newly=False),
        Span(0, "B-1", 2, 7, newly=True),
        Span(1, "B-1", 0, 2, newly=False),
    )
