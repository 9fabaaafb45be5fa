from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.requirements import StayDays
from medalloc.optimise.beds import soft_coming
from medalloc.optimise.beds.weights import BedWeights
from tests.optimise.beds.situations import berth, by_cell, row, situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward

LEVELS = [ward("W"), ward("H", level="hdu"), ward("I", level="icu")]


@pytest.mark.parametrize(
    ("needed", "lies", "goes", "steps"),
    [
        ("ward", "", "I", 2),
        ("ward", "", "H", 1),
        ("ward", "W", "I", 2),
        ("hdu", "W", "I", 1),
        ("icu", "W", "I", 0),
        ("ward", "H", "I", 2),
        ("ward", "I", "I", 1),
        ("ward", "I", "H", 0),
        ("ward", "", "W", 0),
    ],
)
def test_entering_a_bed_above_the_level_needed_counts_unless_one_comes_down(needed, lies, goes, steps):
    beds = [bed(f"{name}{name}-{k}", ward_id=name) for name in "WHI" for k in (1, 2)]
    made = hospital(LEVELS, beds, [person("A", bed_id=f"{lies}{lies}-1" if lies else "")], need("A", level=needed))
    assert by_cell(soft_coming.enter_over_level, made, "A", f"{goes}{goes}-2") == steps


def test_a_level_that_is_wanted_may_be_entered():
    made = hospital(LEVELS, bay("H", 2, ward_id="H"), [waiting("A", 6)], need("A", soft=("level",), level="hdu"))
    assert by_cell(soft_coming.enter_over_level, made, "A", "H-1") == 0


SITES = [
    ward("R", site="North", specialties=("renal", "urology")),
    ward("U", site="South", specialties=("urology",)),
    ward("X", site="", specialties=("renal",)),
    ward("S", site="East", specialties=("urology",)),
]


@pytest.mark.parametrize(
    ("specialty", "goes", "away"),
    [
        ("renal", "R", 0),
        ("renal", "U", 1),
        ("renal", "X", 0),
        ("urology", "R", 1),
        ("urology", "U", 0),
        ("urology", "S", 0),
        ("stroke", "U", 0),
        ("", "U", 0),
    ],
)
def test_another_site_than_every_ward_of_the_specialty_counts(specialty, goes, away):
    beds = [bed(f"{name}-1", ward_id=name) for name in "RUXS"]
    made = hospital(SITES, beds, [waiting("A", 6), waiting("C", 2)], need("A", specialty=specialty))
    assert by_cell(soft_coming.distance, made, "A", f"{goes}-1") == away


def move_points(made, hour=10, weights=None, patient_id="A"):
    snapshot = replace(made.snapshot, at=AT.replace(hour=hour))
    found = situation(replace(made, snapshot=snapshot), weights=weights or BedWeights())
    return soft_coming.transfer(found)[row(found, patient_id), berth(found, "C-1")]


@pytest.mark.parametrize(
    ("fields", "visible", "hour", "points"),
    [
        ({"age": 50}, "no", 10, 15),
        ({"age": 79, "moves": 1}, "no", 10, 15),
        ({"age": 80}, "no", 10, 25),
        ({"age": 50}, "yes", 10, 25),
        ({"age": 50, "moves": 2}, "no", 10, 30),
        ({"age": 90, "moves": 4}, "yes", 23, 45),
        ({"age": 50}, "no", 6, 20),
        ({"age": 50}, "no", 7, 15),
        ({"age": 50}, "no", 20, 15),
        ({"age": 50}, "no", 21, 20),
    ],
)
def test_a_transfer_costs_more_for_frail_again_and_at_night(fields, visible, hour, points):
    people = [inpatient("A", "B-1", **fields)]
    made = hospital([ward()], [*bay("B", 2), bed("C-1")], people, need("A", visible=visible))
    assert move_points(made, hour) == pytest.approx(points)


@pytest.mark.parametrize(
    ("known", "stay", "points"),
    [
        ({"cognition": "delirium"}, None, 25),
        ({"end_of_life": "yes"}, None, 25),
        ({"cognition": "intact", "end_of_life": "no"}, None, 15),
        ({}, StayDays(0.5, 1.0, 3.0), 15 + 15 * 0.5),
        ({}, StayDays(4.0, 9.0, 20.0), 15 + 15 * 0.025),
    ],
)
def test_a_transfer_costs_more_for_who_is_upset_by_it_or_leaves_soon(known, stay, points):
    needs = replace(need("A", **known), stay=stay)
    made = hospital([ward()], [*bay("B", 2), bed("C-1")], [inpatient("A", "B-1")], needs)
    assert move_points(made) == pytest.approx(points)


def test_who_comes_to_a_first_bed_is_not_moved():
    made = hospital([ward()], [*bay("B", 2), bed("C-1")], [waiting("A", 6, age=88, moves=5)])
    assert move_points(made, hour=22) == 0


@pytest.mark.parametrize(("hour", "points"), [(10, 0), (22, 5)])
def test_a_step_down_asked_to_move_and_pays_for_the_night_alone(hour, points):
    step_down = person("A", bed_id="I-1", source="step_down", age=88, moves=5)
    made = hospital([ward(), LEVELS[2]], [bed("I-1", ward_id="I"), bed("C-1")], [step_down])
    assert move_points(made, hour) == points


def test_a_step_down_who_is_moved_at_night_by_a_hold_pays_for_the_night():
    step_down = person("A", bed_id="I-1", source="step_down")
    leaving = inpatient("C", "C-1", edd=AT.replace(hour=19, minute=10))
    made = hospital([ward(), LEVELS[2]], [bed("I-1", ward_id="I"), bed("C-1")], [step_down, leaving])
    found = situation(made)
    night = soft_coming.moved_at_night(found)[row(found, "A")]
    now, later = berth(found, "C-1"), berth(found, "C-1", 1)
    assert found.start_hours[row(found, "A"), later] == 12
    assert (night[now], night[later]) == (False, True)


REFERENCE = {"A": "C-1", "C": "B-2", "D": "", "E": "gone"}


def changed(patient_id, bed_id):
    people = [waiting("A", 6), inpatient("C", "B-1"), waiting("D", 3), waiting("E", 3), waiting("F", 2)]
    made = hospital([ward()], [*bay("B", 3), *bay("C", 2)], people)
    found = situation(made, REFERENCE)
    i = row(found, patient_id)
    return soft_coming.change(found)[i, berth(found, bed_id)] if bed_id else soft_coming.change_by_remaining(found)[i]


@pytest.mark.parametrize(
    ("patient_id", "bed_id"), [("A", "C-1"), ("C", "B-2"), ("D", "C-2"), ("E", "C-2"), ("F", "B-3")]
)
def test_the_bed_that_the_last_plan_names_is_no_change(patient_id, bed_id):
    assert changed(patient_id, bed_id) == 0


@pytest.mark.parametrize(("patient_id", "bed_id"), [("A", "C-2"), ("A", "B-3"), ("A", ""), ("C", "C-1"), ("C", "")])
def test_any_other_place_than_the_last_plan_names_is_a_change(patient_id, bed_id):
    assert changed(patient_id, bed_id) == 1


def test_who_stays_where_the_last_plan_left_them_is_not_changed():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-1"), inpatient("C", "B-2"), waiting("D", 2)])
    found = situation(made, {"A": "B-1", "C": "B-3"})
    np.testing.assert_array_equal(soft_coming.change_by_remaining(found), [0, 1, 0])
