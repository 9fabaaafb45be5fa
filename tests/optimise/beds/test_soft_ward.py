from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.people import Sex
from medalloc.domain.requirements import CareHours
from medalloc.optimise.beds import soft_ward
from medalloc.optimise.beds.slots import slots_of
from medalloc.optimise.beds.weights import BedWeights
from medalloc.optimise.stays.problem import Load
from tests.optimise.beds.situations import situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, waiting, ward

SHORT = ward("W", care_hours=10.0)


def lying(*sexes):
    people = [inpatient(f"P{k}", f"B-{k + 1}", sex=sex) for k, sex in enumerate(sexes)]
    return situation(hospital([ward()], bay("B", 4), people)).people


@pytest.mark.parametrize(
    ("sexes", "then"),
    [
        (("female", "female"), Sex.FEMALE),
        (("male",), Sex.MALE),
        ((), Sex.FEMALE),
        (("female", "male", "male"), Sex.FEMALE),
        (("female", "male", "male"), Sex.MALE),
        (("other",), Sex.MALE),
        (("male",), None),
    ],
)
def test_a_bay_that_keeps_its_sex_or_has_none_is_not_flipped(sexes, then):
    assert soft_ward.flip(lying(*sexes), then) is False


@pytest.mark.parametrize(("sexes", "then"), [(("female", "female"), Sex.MALE), (("male", "other"), Sex.FEMALE)])
def test_a_bay_given_to_the_other_sex_is_flipped(sexes, then):
    assert soft_ward.flip(lying(*sexes), then) is True


def cared(patient_id, nurse, assistant):
    return replace(need(patient_id), care=CareHours(nurse, assistant))


def short_of_staff(*wards):
    beds = [*bay("B", 3), bed("V-1", ward_id="V"), bed("U-1", ward_id="U")]
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), waiting("D", 6), inpatient("E", "V-1")]
    needs = [cared("A", 4.8, 2.4), cared("C", 6.0, 1.0), cared("D", 5.0, 3.0)]
    return hospital(wards or (SHORT, ward("V"), ward("U", care_hours=0.0)), beds, people, *needs)


def test_each_ward_that_says_what_it_staffs_is_a_load():
    found = situation(short_of_staff())
    loads = soft_ward.care_loads(found)
    assert [{found.cells[j].ward.ward_id for j in load.cells} for load in loads] == [{"W"}, {"U"}]
    np.testing.assert_allclose(loads[0].use, [7.2, 7.0, 8.0, 0.0])
    np.testing.assert_allclose(loads[0].supply, [14.2] * 8)
    np.testing.assert_allclose(loads[0].cost, [0.2 / 6] * 6 + [0.2, 0.2])
    np.testing.assert_allclose(loads[1].supply, [0.0] * 8)


def test_no_load_where_nobodys_care_is_known_or_it_costs_nothing():
    made = short_of_staff()
    assert soft_ward.care_loads(situation(replace(made, needs={}))) == ()
    assert soft_ward.care_loads(situation(made, weights=BedWeights(care_hours=0.0))) == ()
    assert soft_ward.care_loads(situation(short_of_staff(ward("W"), ward("V"), ward("U")))) == ()


@pytest.mark.parametrize(("horizon_days", "counted"), [(1, 1.0), (2, 2.0), (3, 3.0), (5, 3.0)])
def test_three_days_of_care_are_counted_at_most(horizon_days, counted):
    days = soft_ward.counted_days(slots_of(AT, horizon_days))
    assert days.sum() == pytest.approx(counted)
    assert days[0] == pytest.approx(1 / 6)


def test_a_ward_with_staff_to_spare_has_what_it_staffs():
    (load, _) = soft_ward.care_loads(
        situation(short_of_staff(ward("W", care_hours=31.0), ward("V"), ward("U", care_hours=0.0)))
    )
    np.testing.assert_allclose(load.supply, [31.0] * 8)


def test_a_wards_excess_is_shared_by_those_who_come():
    load = Load((0,), np.array([7.2, 8.0, 4.0, 1.0]), np.array([10.0, 20.0]), np.array([0.5, 0.25]))
    present = np.array([[True, True], [True, False], [False, True], [True, False]])
    newly = np.array([[False, False], [True, False], [False, True], [True, False]])
    np.testing.assert_allclose(
        soft_ward.care_points(load, present, newly), [0, 0.5 * 6.2 * 8 / 9, 0, 0.5 * 6.2 * 1 / 9]
    )


def test_a_ward_with_staff_enough_or_nobody_costs_nothing():
    load = Load((0,), np.array([7.2, 0.0]), np.array([7.2, 5.0]), np.array([0.5, 0.5]))
    present = np.array([[True, False], [True, True]])
    np.testing.assert_allclose(soft_ward.care_points(load, present, present), [0, 0])
