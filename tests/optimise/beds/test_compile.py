from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.domain.requirements import CareHours
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.hard import allowed
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.beds.weights import BedSettings
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.beds.situations import berth
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital


def compiled(made, locks=None, **settings):
    return compile_situation(situation_of(made.snapshot, made.needs, Given(BedSettings(**settings), locks or Locks())))


def as_it_is(found):
    return evaluate(found.problem, np.full(len(found.situation.people), REMAINS))


def test_people_berths_and_beds_keep_their_places():
    made = random_hospital(4, beds=60, waiting=9, expected=5)
    found = compiled(made)
    situation, problem = found.situation, found.problem
    assert problem.berths.cost.shape == (len(situation.people), len(situation.berths))
    assert problem.start.tolist() == situation.start.tolist()
    assert problem.capacity.tolist() == [[len(cell.beds)] * problem.n_slots for cell in situation.cells]
    assert as_it_is(found).faults == ()


def test_a_forbidden_berth_is_infinite_and_an_allowed_one_costs_its_price():
    found = compiled(random_hospital(4, beds=60, waiting=9, expected=5, odd=0.2))
    cost, mask = found.problem.berths.cost, allowed(found.situation)
    assert np.isinf(cost[~mask]).all()
    lying = np.flatnonzero(found.situation.lies)
    assert (cost[lying] == np.where(mask, found.prices.coming, np.inf)[lying]).all()
    assert np.isfinite(cost).sum() > 100


def test_a_bed_that_is_no_better_than_to_wait_is_left_out():
    made = hospital([ward()], [bed("S-1")], [waiting("A", 0)], need("A", acuity="4"))
    assert np.isfinite(compiled(made).problem.berths.cost).tolist() == [[True]]
    dear = BedSettings(weights=replace(BedSettings().weights, side_room=4.1))
    found = compile_situation(situation_of(made.snapshot, made.needs, Given(dear)))
    assert np.isinf(found.problem.berths.cost).tolist() == [[True]]


def test_who_is_locked_elsewhere_must_come():
    made = hospital([ward()], bay("B", 3), [waiting("A", 3), waiting("C", 5)])
    problem = compiled(made, Locks(pins={"C": "B-2"})).problem
    assert np.isinf(problem.people.remaining).tolist() == [False, True]


def test_the_cap_counts_inpatients_and_gives_way_to_locks():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), person("S", bed_id="B-3", source="step_down")]
    made = hospital([ward()], [*bay("B", 3), *bay("D", 3)], people)
    problem = compiled(made, max_transfers=1).problem
    assert (problem.people.capped.tolist(), problem.most_moves) == ([True, True, False], 1)
    locks = Locks(pins={"A": "D-1", "C": "D-2", "S": "D-3"})
    assert compiled(made, locks, max_transfers=1).problem.most_moves == 2


def test_a_bay_that_is_turned_over_to_the_other_sex_costs_once():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6)), waiting("A", 3), waiting("C", 5)]
    made = hospital([ward()], bay("B", 3), people)
    found = compiled(made)
    late = berth(found.situation, "B-2", 1)
    value = evaluate(found.problem, np.array([REMAINS, late, late]))
    assert (value.faults, value.parts["flips"]) == ((), 4.0)
    early = berth(found.situation, "B-2")
    assert evaluate(found.problem, np.array([REMAINS, early, REMAINS])).faults != ()


@pytest.mark.parametrize(
    ("beds", "points"),
    [
        ({"W": "B-1", "M": "B-2", "N": "B-3"}, 70 * 3),
        ({"W": "B-1", "M": "B-2", "V": "B-3"}, 70 * 0.5),
        ({"W": "B-1", "V": "B-2"}, 0),
        ({"W": "B-1", "V": "B-1"}, 70 * 3),
        ({"W": "B-1", "V": "B-1", "U": "B-1"}, 70 * 6),
        ({"W": "B-1", "I": "B-2"}, 70 * 1.25),
        ({"J": "B-1", "I": "B-2"}, 0),
    ],
)
def test_company_that_is_broken_costs_for_as_long_as_it_stands(beds, points):
    """One woman among men costs her stay; one man who leaves after half a day among women costs that."""
    sexes = {"M": "male", "N": "male"}
    ends = {"M": 12, "I": 30}
    people = [
        inpatient(
            name, bed_id, sex=sexes.get(name, "female"), edd=AT + timedelta(hours=ends[name]) if name in ends else None
        )
        for name, bed_id in beds.items()
    ]
    carriers = [need(name, isolation="contact", organism="mrsa") for name in "IJ"]
    assert as_it_is(compiled(hospital([ward()], bay("B", 4), people, *carriers))).total == pytest.approx(points)


def test_nobody_comes_to_a_shared_bed_until_all_have_left():
    people = [inpatient("A", "B-1"), inpatient("C", "B-1"), waiting("Q", 5)]
    found = compiled(hospital([ward()], [bed("B-1"), *bay("D", 3)], people))
    crowded, other = berth(found.situation, "B-1"), berth(found.situation, "D-1")
    assert evaluate(found.problem, np.array([REMAINS, other, crowded])).faults != ()
    assert evaluate(found.problem, np.array([other, other, crowded])).faults == ()


def test_hours_of_care_above_those_staffed_cost():
    people = [inpatient("A", "B-1"), waiting("Q", 5)]
    known = [replace(need(name), care=CareHours(3.0, 2.0)) for name in "AQ"]
    found = compiled(hospital([ward(care_hours=8.0)], bay("B", 2), people, *known))
    value = evaluate(found.problem, np.array([REMAINS, berth(found.situation, "B-1")]))
    assert value.parts["loads"] == pytest.approx(0.2 * 2.0 * 3)
