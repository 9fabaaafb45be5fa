from dataclasses import replace

import numpy as np
import pytest

from medalloc.optimise.beds import soft_lying
from medalloc.optimise.beds.soft_lying import specialty_rank
from tests.optimise.beds.situations import by_cell, situation
from tests.optimise.hospitals import bay, bed, hospital, inpatient, need, waiting, ward

LISTED = ("renal", "urology", "vascular")


def test_a_patient_of_the_wards_own_specialty_is_no_outlier():
    made = hospital([ward(specialties=LISTED)], bay("B", 2), [waiting("A", 6)], need("A", specialty="renal"))
    assert by_cell(soft_lying.outlier, made, "A", "B-1") == 0


@pytest.mark.parametrize(("specialty", "rank"), [("urology", 1), ("vascular", 2), ("stroke", 5), ("", 0)])
def test_an_outlier_counts_the_rank_of_the_specialty(specialty, rank):
    beds = [*bay("B", 2), bed("S-1", ward_id="V")]
    made = hospital(
        [ward(specialties=LISTED), ward("V")], beds, [waiting("A", 6), waiting("C", 1)], need("A", specialty=specialty)
    )
    assert by_cell(soft_lying.outlier, made, "A", "B-1") == rank
    assert by_cell(soft_lying.outlier, made, "A", "S-1") == 0
    assert by_cell(soft_lying.outlier, made, "C", "B-1") == 0


def test_a_long_list_makes_nobody_more_of_an_outlier():
    assert specialty_rank("stroke", ward(specialties=tuple("abcdefghi"))) == 6
    assert specialty_rank("h", ward(specialties=tuple("abcdefghi"))) == 6
    assert specialty_rank("e", ward(specialties=tuple("abcdefghi"))) == 4


def test_a_bed_with_all_that_is_wanted_lacks_nothing():
    wanted = {"level": "hdu", "isolation": "airborne", "oxygen": "yes"}
    rooms = [bed("S-1", features=("oxygen", "negative_pressure"))]
    made = hospital([ward(level="hdu")], rooms, [waiting("A", 6)], need("A", soft=wanted, **wanted))
    assert by_cell(soft_lying.preferred, made, "A", "S-1") == 0


def test_wanted_things_that_are_missing_count_one_each():
    wanted = {"level": "hdu", "isolation": "contact", "oxygen": "yes", "suction": "yes", "telemetry": "yes"}
    beds = [*bay("B", 2, features=("suction",)), bed("S-1")]
    made = hospital([ward()], beds, [waiting("A", 6)], need("A", soft=wanted, **wanted))
    assert by_cell(soft_lying.preferred, made, "A", "B-1") == 4
    assert by_cell(soft_lying.preferred, made, "A", "S-1") == 4


def test_what_is_required_is_not_wanted_as_well():
    required = {"level": "hdu", "isolation": "contact", "oxygen": "yes"}
    made = hospital([ward()], bay("B", 3), [waiting("A", 6)], need("A", **required))
    assert by_cell(soft_lying.preferred, made, "A", "B-1") == 0


def test_a_wanted_airborne_room_must_have_negative_pressure():
    beds = [*bay("B", 2, features=("negative_pressure",)), bed("S-1"), bed("T-1", features=("negative_pressure",))]
    wants = need("A", soft=("isolation",), isolation="airborne")
    made = hospital([ward()], beds, [waiting("A", 6)], wants)
    assert [by_cell(soft_lying.preferred, made, "A", bed_id) for bed_id in ("B-1", "S-1", "T-1")] == [1, 1, 0]


def test_who_is_dying_would_have_a_single_room():
    beds = [*bay("B", 2), bed("S-1")]
    made = hospital([ward()], beds, [waiting("A", 6)], need("A", end_of_life="yes"))
    assert [by_cell(soft_lying.preferred, made, "A", bed_id) for bed_id in ("B-1", "S-1")] == [1, 0]


def test_a_bed_in_sight_that_is_wanted_for_a_risk_of_falling_counts_out_of_sight_alone():
    made = hospital(
        [ward()], bay("B", 2), [waiting("A", 6)], need("A", soft=("visible",), visible="yes", falls="yes", oxygen="yes")
    )
    assert by_cell(soft_lying.preferred, made, "A", "B-1") == 0
    assert by_cell(soft_lying.out_of_sight, made, "A", "B-1") == 1


def wishing(beds: int):
    made = hospital([ward()], [*bay("B", 4), *bay("C", 2)], [waiting("A", 6)], need("A"))
    found = situation(made)
    person = found.people[0]
    return replace(found, people=(replace(person, needs=replace(person.needs, room_size=beds)),))


@pytest.mark.parametrize(("beds", "large", "small"), [(0, 0, 0), (1, 1, 1), (2, 1, 0), (3, 1, 0), (4, 0, 0)])
def test_a_bay_larger_than_the_patient_would_like_counts(beds, large, small):
    found = wishing(beds)
    units = soft_lying.room_size(found)[0]
    assert (units[found.cell_of["B-1"]], units[found.cell_of["C-1"]]) == (large, small)


@pytest.mark.parametrize(
    ("known", "soft", "sex", "sex_rule", "unit"),
    [
        ({}, (), "female", "same_bay", 1),
        ({"isolation": "contact"}, (), "female", "same_bay", 0),
        ({"isolation": "protective"}, ("isolation",), "male", "same_bay", 0),
        ({"end_of_life": "yes"}, (), "female", "same_bay", 0),
        ({}, (), "other", "same_bay", 0),
        ({}, (), "other", "mixed", 1),
    ],
)
def test_a_side_room_counts_for_whoever_does_not_need_it(known, soft, sex, sex_rule, unit):
    made = hospital(
        [ward(sex_rule=sex_rule)], [bed("S-1"), *bay("B", 3)], [waiting("A", 6, sex=sex)], need("A", soft=soft, **known)
    )
    assert by_cell(soft_lying.side_room, made, "A", "S-1") == unit
    assert by_cell(soft_lying.side_room, made, "A", "B-1") == 0


@pytest.mark.parametrize(
    ("needed", "soft", "steps"), [("ward", (), 2), ("hdu", (), 1), ("hdu", ("level",), 1), ("icu", (), 0)]
)
def test_a_bed_above_the_level_needed_or_wanted_counts_its_steps(needed, soft, steps):
    made = hospital([ward(level="icu")], bay("B", 2), [waiting("A", 6)], need("A", soft=soft, level=needed))
    assert by_cell(soft_lying.over_level, made, "A", "B-1") == steps


def test_a_bed_below_the_level_needed_is_not_above_it():
    made = hospital([ward()], bay("B", 2), [waiting("A", 6)], need("A", level="icu"))
    assert by_cell(soft_lying.over_level, made, "A", "B-1") == 0


@pytest.mark.parametrize(
    ("known", "hidden"),
    [({}, 0), ({"falls": "yes"}, 1), ({"one_to_one": "yes"}, 1), ({"falls": "no"}, 0), ({"cognition": "delirium"}, 0)],
)
def test_a_risk_of_falling_counts_out_of_sight(known, hidden):
    beds = [*bay("B", 2), bed("C-1", features=("visible",))]
    made = hospital([ward()], beds, [waiting("A", 6)], need("A", **known))
    assert by_cell(soft_lying.out_of_sight, made, "A", "B-1") == hidden
    assert by_cell(soft_lying.out_of_sight, made, "A", "C-1") == 0


def test_a_bed_of_a_closed_ward_counts_for_anybody():
    wards = [ward(), ward("E", open=False)]
    beds = [*bay("B", 2), *bay("F", 2, ward_id="E")]
    made = hospital(wards, beds, [waiting("A", 6), inpatient("C", "F-1")])
    assert [by_cell(soft_lying.escalation, made, who, "F-2") for who in ("A", "C")] == [1, 1]
    assert [by_cell(soft_lying.escalation, made, who, "B-2") for who in ("A", "C")] == [0, 0]


def test_hard_rules_broken_where_one_lies_are_counted_for_each():
    people = [inpatient("A", "B-1", age=3), inpatient("C", "B-2"), waiting("D", 6, age=3)]
    made = hospital([ward(min_age=16)], bay("B", 3), people, need("A", level="hdu", oxygen="yes"))
    np.testing.assert_array_equal(soft_lying.breaches(situation(made)), [3, 0, 0])


def test_features_that_each_bed_lacks_are_counted():
    made = hospital([ward()], [bed("B-1", features=("oxygen", "suction")), bed("C-1", features=("visible",))], [])
    wanted = [frozenset(), frozenset({"oxygen", "visible", "dialysis"}), frozenset({"suction"})]
    np.testing.assert_array_equal(soft_lying.lacking(situation(made).cells, wanted), [[0, 0], [2, 2], [0, 1]])


@pytest.mark.parametrize("rule", [soft_lying.outlier, soft_lying.preferred, soft_lying.side_room, soft_lying.room_size])
def test_a_hospital_without_patients_has_nothing_to_count(rule):
    made = hospital([ward()], [*bay("B", 2), bed("S-1")], [])
    assert rule(situation(made)).shape == (0, 2)
