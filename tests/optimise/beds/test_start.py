import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.beds.start import projected, start_of
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, waiting, ward
from tests.optimise.random_hospital import random_hospital


def compiled(made, locks=None):
    return compile_situation(situation_of(made.snapshot, made.needs, Given(locks=locks or Locks())))


def test_a_plan_is_a_solution_of_its_own_problem_at_the_same_cost():
    made = random_hospital(6, beds=60, waiting=9, expected=5, misfit=0.2)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.01))
    problem = compiled(made)
    value = evaluate(problem.problem, start_of(problem, plan))
    assert value.faults == ()
    assert value.total == pytest.approx(plan.objective)


def test_what_can_no_longer_be_done_is_passed_over():
    people = [inpatient("A", "S-1"), waiting("P", 9), waiting("Q", 2)]
    before = hospital([ward()], [bed("S-1"), bed("T-1"), bed("U-1")], people)
    plan = plan_beds(before.snapshot, before.needs)
    taken = plan.placement_of["P"].to_bed_id
    after = hospital([ward()], before.snapshot.beds, [*people, inpatient("N", taken, fixed=True)])
    problem = compiled(after)
    found = start_of(problem, plan)
    assert projected(problem, plan)[1] == REMAINS
    assert [problem.situation.berths[q].cell for q in found[[2]]] == [
        problem.situation.cell_of[plan.placement_of["Q"].to_bed_id]
    ]
    assert evaluate(problem.problem, found).faults == ()


def test_of_two_who_want_what_is_left_the_longer_wait_gets_it():
    both = hospital([ward()], bay("B", 2), [waiting("P", 9), waiting("Q", 2, sex="male")])
    apart = hospital([ward(sex_rule="mixed")], bay("B", 2), both.snapshot.patients)
    plan = plan_beds(apart.snapshot, apart.needs)
    assert {line.action for line in plan.placements} == {"admit"}
    assert (start_of(compiled(both), plan) != REMAINS).tolist() == [True, False]


def test_who_is_locked_elsewhere_goes_first():
    both = hospital([ward()], bay("B", 2), [waiting("P", 9), waiting("Q", 2, sex="male")])
    apart = hospital([ward(sex_rule="mixed")], bay("B", 2), both.snapshot.patients)
    plan = plan_beds(apart.snapshot, apart.needs)
    locks = Locks(pins={"Q": plan.placement_of["Q"].to_bed_id})
    assert (start_of(compiled(both, locks), plan) != REMAINS).tolist() == [False, True]


def test_a_plan_that_nobody_is_in_moves_nobody():
    made = hospital([ward()], bay("B", 2), [waiting("P", 9)])
    other = hospital([ward()], bay("B", 2), [waiting("Z", 9)], at=AT)
    plan = plan_beds(other.snapshot, other.needs)
    assert np.array_equal(start_of(compiled(made), plan), [REMAINS])
