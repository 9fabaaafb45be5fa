import numpy as np
import pytest

from medalloc.domain.plan import Locks, SolveStatus
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.nearby import solve_nearby
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from medalloc.optimise.stays.search import SearchLimits, solve
from tests.optimise.beds.answered import lively, planned
from tests.optimise.beds.situations import situation
from tests.optimise.hospitals import bed, hospital, inpatient, waiting, ward
from tests.optimise.random_hospital import random_hospital

NOBODY = np.zeros(0, dtype=int)


@pytest.mark.parametrize("seed", range(6))
def test_with_time_enough_it_is_as_good_as_the_whole_search(seed):
    made = random_hospital(seed, beds=30, waiting=5, expected=3, odd=0.1)
    problem = compile_situation(situation(made)).problem
    start = np.full(len(problem.people.first), REMAINS)
    near, whole = (
        solve_nearby(problem, start, NOBODY, SearchLimits(30, gap=0.0)),
        solve(problem, SearchLimits(30, gap=0.0)),
    )
    assert near.status is SolveStatus.OPTIMAL
    assert near.objective == pytest.approx(whole.objective, abs=1e-5)
    assert evaluate(problem, near.berth).faults == ()
    assert near.bound <= near.objective + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_whoever_may_as_well_stay_does(seed):
    _, outcome = lively(seed, gap=0.0)
    near = solve_nearby(outcome.compiled.problem, outcome.berth, NOBODY, SearchLimits(30, gap=0.0))
    assert near.berth.tolist() == outcome.berth.tolist()


def test_without_time_it_is_the_start_and_the_bound_holds():
    _, outcome = lively(5, gap=0.0)
    problem = outcome.compiled.problem
    start = np.full(len(problem.people.first), REMAINS)
    near = solve_nearby(problem, start, NOBODY, SearchLimits(0.001, gap=0.0))
    assert near.status is SolveStatus.FEASIBLE
    assert near.objective <= evaluate(problem, start).total
    assert near.bound <= outcome.found.objective + 1e-6


def test_a_start_that_breaks_rules_is_mended():
    made = hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("P", 9), waiting("Q", 2)])
    problem = compile_situation(situation(made)).problem
    near = solve_nearby(problem, np.array([0, 0]), np.array([0, 1]), SearchLimits(10, gap=0.0))
    assert near.status is SolveStatus.OPTIMAL
    assert sorted(near.berth.tolist()) == [0, 1]


def test_what_cannot_be_is_said_to_be_infeasible():
    made = hospital([ward()], [bed("A-1")], [inpatient("A", "A-1"), waiting("Q", 2)])
    locked = situation_of(made.snapshot, made.needs, Given(locks=Locks(pins={"Q": "A-1"})))
    problem = compile_situation(locked).problem
    near = solve_nearby(problem, np.array([REMAINS, 0]), np.array([0]), SearchLimits(10, gap=0.0))
    assert near.status is SolveStatus.INFEASIBLE
    assert near.objective == np.inf


def test_a_start_that_is_proved_good_enough_is_kept():
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("Q", 9)]))
    near = solve_nearby(outcome.compiled.problem, outcome.berth, NOBODY, SearchLimits(10, gap=0.01))
    assert (near.status, near.berth.tolist()) == (SolveStatus.OPTIMAL, outcome.berth.tolist())
