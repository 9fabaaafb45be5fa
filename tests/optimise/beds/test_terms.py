from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.requirements import CareHours
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.placements import outcome_of
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.solve import as_it_is, solve_beds
from medalloc.optimise.beds.weights import BedSettings, BedWeights
from medalloc.optimise.stays.evaluate import evaluate
from tests.optimise.beds.situations import situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital


def terms(made, settings=None):
    outcome = solve_beds(made.snapshot, made.needs, Given(settings or BedSettings(gap=0.0)))
    return dict(zip((each.patient_id for each in outcome.situation.people), outcome.terms, strict=True))


def standing(made):
    outcome = as_it_is(compile_situation(situation(made)))
    return dict(zip((each.patient_id for each in outcome.situation.people), outcome.terms, strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_the_lines_sum_to_the_plan(seed):
    made = random_hospital(seed, beds=60, waiting=9, expected=5, odd=0.1, misfit=0.1)
    outcome = solve_beds(made.snapshot, made.needs, Given(BedSettings(gap=0.05, time_limit_s=10)))
    late = sum(
        outcome.compiled.prices.staying["waiting"][i]
        * outcome.situation.chance[i, arrival.berth]
        * (arrival.hours - outcome.situation.start_hours[i, arrival.berth])
        / 24
        for i, arrival in outcome.arrivals.items()
    )
    total = sum(points for line in outcome.terms for points in line.values())
    assert total == pytest.approx(evaluate(outcome.compiled.problem, outcome.berth).total + late)


def test_a_flip_is_shared_by_those_who_bring_the_other_sex():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6)), waiting("A", 40), waiting("C", 50)]
    found = terms(hospital([ward()], bay("B", 3), people))
    assert {name: line.get("flip") for name, line in found.items()} == {"M": None, "A": 2.0, "C": 2.0}


def test_care_added_above_the_staff_is_shared_by_those_who_come():
    hours = (("A", 4.0), ("C", 5.0), ("E", 2.0))
    known = [replace(need(name), care=CareHours(nurse, 1.0)) for name, nurse in hours]
    people = [inpatient("A", "B-1"), waiting("C", 30), waiting("E", 30)]
    found = terms(hospital([ward(care_hours=7.0)], bay("B", 3), people, *known))
    assert {name: line.get("care_hours") for name, line in found.items()} == {
        "A": None,
        "C": pytest.approx(0.2 * 3 * 7 * 6 / 9),
        "E": pytest.approx(0.2 * 3 * 7 * 3 / 9),
    }


def test_a_ward_that_is_short_of_staff_already_costs_nothing_more():
    known = [replace(need(name), care=CareHours(hours, 1.0)) for name, hours in (("A", 3.0), ("C", 5.0))]
    made = hospital([ward(care_hours=7.0)], bay("B", 2), [inpatient("A", "B-1"), inpatient("C", "B-2")], *known)
    assert standing(made) == {"A": {}, "C": {}}


def test_of_a_mixed_bay_the_sex_that_costs_less_pays():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), inpatient("M", "B-3", sex="male")]
    assert standing(hospital([ward()], bay("B", 3), people)) == {"A": {}, "C": {}, "M": {"breach": 210.0}}


def test_each_of_those_who_share_a_bed_but_the_first_pays():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-1"), inpatient("C", "B-1"), inpatient("D", "B-2")])
    assert standing(made) == {"A": {}, "C": {"breach": 210.0}, "D": {}}


def test_an_isolated_patient_among_strangers_pays_once():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), inpatient("D", "B-3")]
    known = need("C", isolation="contact", organism="mrsa")
    assert standing(hospital([ward()], bay("B", 3), people, known)) == {"A": {}, "C": {"breach": 210.0}, "D": {}}


def test_who_comes_later_than_was_counted_pays_for_the_wait():
    weights = BedWeights(enter_over_level=0.0)
    people = [
        inpatient("A", "T-1", edd=AT + timedelta(hours=7)),
        person("E", status="expected", expected_at=AT + timedelta(hours=8), source="ed"),
    ]
    made = hospital(
        [ward()],
        [bed("S-1", features=("oxygen",)), bed("T-1")],
        people,
        need("A", oxygen="yes"),
        need("E", oxygen="yes"),
    )
    outcome = solve_beds(made.snapshot, made.needs, Given(BedSettings(weights=weights, gap=0.0)))
    assert [arrival.hours for arrival in outcome.arrivals.values()] == [0.0, 9.0]
    wait = 1.5 * 1.25 * 12 * (1 - 8 / 72)
    assert outcome.terms[1]["waiting"] == pytest.approx(wait / 24)
    assert outcome_of(outcome.compiled, outcome.found).terms == outcome.terms
