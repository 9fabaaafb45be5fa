from collections import defaultdict

import pytest

from sample_data.simulate import SimulatedHospital, simulate
from sample_data.simulate.model import Stay
from sample_data.simulate.placing import OCCUPIED_SHARE, fits

SEEDS = [(40, 3), (120, 11), (300, 7)]


@pytest.mark.parametrize(("beds", "seed"), SEEDS)
def test_92_of_100_open_beds_are_occupied(beds: int, seed: int) -> None:
    made = simulate(beds, seed)
    open_beds = [bed for bed in made.beds if bed.ward.plan.is_open]
    assert sum(bed.status == "occupied" for bed in open_beds) == round(OCCUPIED_SHARE * len(open_beds))
    assert {stay.bed_id for stay in made.stays if stay.bed_id} == {
        bed.bed_id for bed in made.beds if bed.status == "occupied"
    }


@pytest.mark.parametrize(("beds", "seed"), SEEDS)
def test_nobody_lies_where_the_hard_rules_forbid_it_but_for_what_was_planted(beds: int, seed: int) -> None:
    made = simulate(beds, seed)
    for stay in made.stays:
        if stay.status == "inpatient" and "isolation_unmet" not in stay.planted:
            assert fits(stay, made.bed_of[stay.bed_id]), stay.patient_id


def test_two_bays_in_300_beds_are_mixed(hospital: SimulatedHospital) -> None:
    sexes: defaultdict[str, set[str]] = defaultdict(set)
    for stay in hospital.stays:
        if stay.bed_id and hospital.bed_of[stay.bed_id].ward.plan.sex_rule != "mixed":
            sexes[hospital.bed_of[stay.bed_id].bay_id].add(stay.sex)
    assert sum(len(found) > 1 for found in sexes.values()) == 2


def test_a_few_patients_are_outliers_or_lie_unisolated(hospital: SimulatedHospital) -> None:
    assert 3 <= _planted(hospital, "outlier") <= 15
    assert 1 <= _planted(hospital, "isolation_unmet") <= 2


def _planted(hospital: SimulatedHospital, what: str) -> int:
    return sum(what in stay.planted for stay in hospital.stays)


def test_those_who_step_down_lie_in_critical_care_and_need_a_ward(hospital: SimulatedHospital) -> None:
    down: list[Stay] = [stay for stay in hospital.stays if stay.status == "waiting" and stay.bed_id]
    assert down
    for stay in down:
        assert stay.source == "step_down"
        assert stay.level == "ward"
        assert hospital.bed_of[stay.bed_id].ward.plan.level in {"hdu", "icu"}


def test_beds_that_are_cleaned_say_when_they_are_ready(hospital: SimulatedHospital) -> None:
    cleaning = [bed for bed in hospital.beds if bed.status == "cleaning"]
    assert cleaning
    assert all(bed.available_at and bed.available_at > hospital.at for bed in cleaning)
