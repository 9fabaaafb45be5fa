"""The bound holds for the whole problem, and so does what it says of every column."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.progress import Progress
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints
from medalloc.optimise.stays.relaxation import Relaxed, relax_columns
from medalloc.optimise.stays.rows import usual
from tests.optimise.stays.random_problem import best_of_all, hospital_problem, tiny_problem

EXACT = Limits(20.0, 0.0)


def solutions(problem: BedProblem) -> Iterator[tuple[Ints, float]]:
    """Every feasible solution that uses no column which is never of use."""
    remain, mask = np.isfinite(problem.people.remaining), usual(problem)
    choices = [[*([REMAINS] * bool(remain[i])), *np.flatnonzero(mask[i]).tolist()] for i in range(len(mask))]
    for berths in itertools.product(*choices):
        value = evaluate(problem, np.array(berths, dtype=int))
        if not value.faults:
            yield np.array(berths, dtype=int), value.total


def least(relaxed: Relaxed, berth: Ints) -> float:
    """What a relaxation says that a solution costs at least, by each of its columns alone."""
    last = relaxed.reduced.shape[1] - 1
    return relaxed.bound + float(relaxed.reduced[np.arange(len(berth)), np.where(berth < 0, last, berth)].max())


@pytest.mark.parametrize("seed", range(0, 150, 3))
def test_no_solution_is_below_its_bound(seed: int) -> None:
    problem = tiny_problem(seed)
    relaxed = relax_columns(problem, EXACT)
    for berth, total in solutions(problem):
        assert least(relaxed, berth) <= total + 1e-6


def test_most_bounds_of_tiny_problems_are_the_best_cost() -> None:
    tight, feasible = 0, 0
    for seed in range(400, 480):
        problem = tiny_problem(seed)
        best = best_of_all(problem)
        if best is not None:
            bound = relax_columns(problem, EXACT).bound
            assert bound <= best[1].total + 1e-6
            feasible += 1
            tight += bound >= best[1].total - 1e-6
    assert feasible > 50
    assert tight > 0.6 * feasible


def test_a_hospital_is_bounded_within_the_gap() -> None:
    problem = hospital_problem(90, 7)
    relaxed = relax_columns(problem, Limits(60.0, 0.01))
    assert relaxed.bound >= relaxed.value * (1 - 0.003) - 1e-6
    assert relaxed.bound > 0.25 * evaluate(problem, np.full(len(problem.people.first), REMAINS)).total
    assert relaxed.columns.sum() < 0.7 * np.isfinite(problem.berths.cost).sum()


def test_reduced_costs_are_infinite_where_nobody_can_be() -> None:
    problem = tiny_problem(4)
    remaining = problem.people.remaining.copy()
    remaining[1] = np.inf
    must = replace(problem, people=replace(problem.people, remaining=remaining))
    relaxed = relax_columns(must, EXACT)
    assert np.isinf(relaxed.reduced[1, -1])
    assert np.isinf(relaxed.reduced[:, :-1][np.isinf(must.berths.cost)]).all()


def test_one_more_bed_saves_its_price() -> None:
    """In a small hospital without bays, where the relaxation is nearly exact."""
    problem = replace(hospital_problem(40, 3), bays=(), clashes=(), mixed=(), loads=(), most_moves=1000)
    relaxed = relax_columns(problem, EXACT)
    cell, slot = np.unravel_index(np.argmax(relaxed.capacity_duals), relaxed.capacity_duals.shape)
    assert relaxed.capacity_duals[cell, slot] > 0
    capacity = problem.capacity.copy()
    capacity[cell, slot] += 1
    more = relax_columns(replace(problem, capacity=capacity), EXACT)
    assert more.bound >= relaxed.bound - relaxed.capacity_duals[cell, slot] - 1e-6


def test_out_of_time_the_bound_is_that_of_the_cheapest_places() -> None:
    problem = hospital_problem(40, 3)
    relaxed = relax_columns(problem, Limits(0.0))
    cheapest = np.minimum(problem.berths.cost.min(axis=1), problem.people.remaining)
    assert relaxed.bound == pytest.approx(cheapest.sum())


def test_a_stop_is_heard() -> None:
    heard: list[Progress] = []

    def listen(progress: Progress) -> bool:
        heard.append(progress)
        return False

    relax_columns(hospital_problem(90, 7), EXACT, listen)
    assert len(heard) == 1
    assert heard[0].bound is not None


def test_a_good_bound_is_enough_after_some_time_but_a_poor_one_is_not() -> None:
    problem = hospital_problem(90, 7)
    exact, soon = relax_columns(problem, EXACT), relax_columns(problem, EXACT, None, 0.0)
    assert 0.8 * exact.bound < soon.bound < exact.bound
    assert soon.columns.sum() < exact.columns.sum()
