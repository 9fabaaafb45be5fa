from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from benchmarks.greedy import arrivals, greedy_plan, one_by_one
from benchmarks.sample_beds import hospital as sample
from medalloc.domain.plan import Action
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.check import check_bed_plan
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.hospitals import AT, CLEANING, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import Hospital


def beds_of(made: Hospital, *, holds: bool = False) -> dict[str, str]:
    plan = greedy_plan(made.snapshot, made.needs, holds=holds)
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()
    return {line.patient_id: line.to_bed_id for line in plan.placements}


def test_whoever_came_first_has_the_choice() -> None:
    people = [waiting("late", 1), waiting("early", 9), person("new", status="expected", expected_at=AT)]
    made = hospital([ward()], bay("B", 2), people)
    assert beds_of(made) == {"late": "B-2", "early": "B-1", "new": ""}
    crowd = situation_of(made.snapshot, made.needs, Given(BedSettings())).people
    assert [crowd[i].patient_id for i in arrivals(crowd, AT)] == ["early", "late", "new"]


def test_the_cheapest_bed_is_taken_and_nobody_is_moved() -> None:
    wards = [ward("W", specialties=("renal",)), ward("V", specialties=("stroke", "renal"))]
    beds = [bed("B-1"), bed("C-1", ward_id="V"), bed("B-2")]
    made = hospital(wards, beds, [waiting("A", 3), inpatient("I", "B-1")], need("A", specialty="renal"))
    assert beds_of(made) == {"A": "B-2", "I": "B-1"}


def test_a_bed_that_is_free_later_is_held_only_if_asked_for() -> None:
    beds = [bed("B-1", status=CLEANING, available_at=AT + timedelta(hours=3))]
    made = hospital([ward()], beds, [waiting("A", 3)])
    assert beds_of(made) == {"A": ""}
    assert beds_of(made, holds=True) == {"A": "B-1"}


def test_hard_rules_hold_for_company_and_beds() -> None:
    people = [inpatient("I", "B-1"), waiting("man", 9, sex="male"), waiting("one", 5), waiting("two", 4)]
    made = hospital([ward()], bay("B", 3), people)
    assert beds_of(made) == {"I": "B-1", "man": "", "one": "B-2", "two": "B-3"}


@pytest.mark.parametrize("seed", [3])
def test_a_sample_hospital_is_better_than_as_it_is_and_worse_than_planned(seed: int) -> None:
    state = sample(40, seed)
    settings = BedSettings()
    plan = greedy_plan(*state, settings)
    assert check_bed_plan(*state, plan) == ()
    assert {line.patient_id for line in plan.placements} == {one.patient_id for one in state[0].patients}
    assert not any(line.action is Action.TRANSFER for line in plan.placements)
    assert plan_beds(*state, settings).objective < plan.objective < keep_as_is(*state, settings).objective


def test_inpatients_remain() -> None:
    compiled = compile_situation(situation_of(*sample(40, 3), Given(BedSettings())))
    berth = one_by_one(compiled)
    assert (berth[compiled.problem.people.home >= 0] == REMAINS).all()
    assert np.count_nonzero(berth != REMAINS) > 0
