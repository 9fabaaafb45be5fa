"""The gap closed: the best solution is found and proved."""

import math
from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import Progress
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.closing import Closed, close, settled_apart
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, BedProblem
from medalloc.optimise.stays.relaxation import relax_columns
from tests.optimise.stays.random_problem import best_of_all, hospital_problem, tiny_problem
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone

EXACT = Limits(30.0, 0.0)


def closed(problem: BedProblem, limits: Limits = EXACT) -> Closed:
    return close(problem, relax_columns(problem, limits), limits)


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_the_best_solution_is_found_and_proved(seed: int) -> None:
    problem = tiny_problem(seed)
    best, found = best_of_all(problem), closed(problem)
    if best is None:
        assert found.status is SolveStatus.INFEASIBLE
        return
    assert found.status is SolveStatus.OPTIMAL
    assert found.objective == pytest.approx(best[1].total)
    assert found.bound == pytest.approx(best[1].total)
    assert evaluate(problem, found.berth).total == found.objective


@pytest.mark.parametrize(("beds", "seed"), [(60, 2), (110, 5)])
def test_a_hospital_is_planned_within_the_gap(beds: int, seed: int) -> None:
    problem = hospital_problem(beds, seed)
    found = closed(problem, Limits(60.0, 0.01))
    value = evaluate(problem, found.berth)
    assert not value.faults
    assert found.objective == value.total
    assert found.status is SolveStatus.OPTIMAL
    assert 0 <= found.gap <= 0.01 + 1e-9


def test_a_start_is_kept_where_there_is_no_time() -> None:
    problem = hospital_problem(60, 2)
    start = np.full(len(problem.people.first), REMAINS)
    found = close(problem, relax_columns(problem, Limits(20.0, 0.01)), Limits(0.0), start)
    assert found.status is SolveStatus.FEASIBLE
    assert found.objective <= evaluate(problem, start).total


def test_a_start_that_breaks_a_rule_is_passed_over() -> None:
    problem = replace(tiny_problem(0), most_moves=0)
    remaining = np.where(np.isfinite(problem.people.remaining), problem.people.remaining, 99.0)
    problem = replace(
        problem, people=replace(problem.people, remaining=remaining, capped=np.full(len(remaining), True))
    )
    start = np.argmin(problem.berths.cost, axis=1)
    assert evaluate(problem, start).faults
    found = close(problem, relax_columns(problem, EXACT), EXACT, start)
    assert (found.berth == REMAINS).all()


def test_nothing_found_says_so() -> None:
    problem = hospital_problem(60, 2)
    remaining = problem.people.remaining.copy()
    remaining[-1] = math.inf
    must = replace(problem, people=replace(problem.people, remaining=remaining))
    found = close(must, relax_columns(must, Limits(20.0, 0.01)), Limits(0.0))
    assert found.status is SolveStatus.NO_PLAN
    assert math.isinf(found.objective)


def test_a_stop_is_heard() -> None:
    heard: list[Progress] = []

    def listen(progress: Progress) -> bool:
        heard.append(progress)
        return False

    problem = hospital_problem(110, 5)
    found = close(problem, relax_columns(problem, Limits(20.0, 0.01)), EXACT, on_progress=listen)
    assert found.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN, SolveStatus.OPTIMAL)
    assert all(0 <= (progress.share or 0) <= 1 for progress in heard)


def test_those_whose_company_is_of_no_common_kind_are_not_settled() -> None:
    """A man would come to the bay of a woman; another bay, and whoever remains without a bed, are left as they are."""
    people = [someone(home=0), someone(), someone(), someone()]
    cost = [[1.0, 1.0, 1.0]] * 4
    problem = small_problem(
        people, cost, beds=[1, 1, 2], bays=(bay(0, 1), bay(2)), takes=sexes([True, False, True, False])
    )
    assert settled_apart(problem, np.array([REMAINS, 1, 2, REMAINS])).tolist() == [FREE, FREE, 2, REMAINS]
    assert settled_apart(problem, np.array([REMAINS, FREE, 2, REMAINS])).tolist() == [REMAINS, FREE, 2, REMAINS]


def test_where_even_the_relaxation_has_no_solution_there_is_none() -> None:
    must = small_problem([someone(remaining=np.inf)], [[np.inf]], beds=[1])
    found = closed(must)
    assert found.status is SolveStatus.INFEASIBLE
    assert math.isinf(found.gap)
