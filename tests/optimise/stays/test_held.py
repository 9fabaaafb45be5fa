from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise import solver
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.held import Freed, HeldStays
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints
from tests.optimise.stays.random_problem import best_of_all, tiny_problem
from tests.optimise.stays.small_problem import small_problem, someone

LIMITS = Limits(20)


@pytest.fixture(params=["HiGHS", "CBC"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either solver."""
    if request.param == "CBC":
        monkeypatch.setattr(solver, "highspy", None)


def whole(problem: BedProblem, reduced: Costs | None = None) -> HeldStays:
    """The model over all columns that are allowed; nothing is mixed."""
    allowed = np.isfinite(problem.berths.cost)
    reduced = np.zeros(allowed.shape) if reduced is None else reduced
    return HeldStays(problem, allowed, reduced, np.zeros(len(problem.bays), dtype=bool))


def strict(seed: int) -> BedProblem:
    """A tiny problem whose bays are all strict about company."""
    problem = tiny_problem(seed)
    return replace(problem, bays=tuple(replace(bay, mixing=math.inf) for bay in problem.bays))


def solutions(problem: BedProblem, count: int) -> list[Ints]:
    """Some feasible solutions: the best, and what a walk over others finds."""
    best = best_of_all(problem)
    if best is None:
        return []
    found, rng = [best[0]], np.random.default_rng(0)
    for _ in range(60):
        berth = found[-1].copy()
        i = int(rng.integers(len(berth)))
        berth[i] = int(rng.integers(-1, problem.berths.cost.shape[1]))
        if not evaluate(problem, berth).faults:
            found.append(berth)
    return found[:: max(1, len(found) // count)]


def nobody(problem: BedProblem) -> Freed:
    return Freed(np.zeros(len(problem.people.first), dtype=bool), math.inf)


def everybody(problem: BedProblem) -> Freed:
    return Freed(np.ones(len(problem.people.first), dtype=bool), math.inf)


def test_everybody_fixed_gives_the_same_solution_at_its_cost() -> None:
    tried = 0
    for seed in range(0, 60, 6):
        problem = strict(seed)
        held = whole(problem)
        for berth in solutions(problem, 3):
            solve, found = held.minimise(berth, nobody(problem), LIMITS)
            assert (found == berth).all(), seed
            assert solve.objective == pytest.approx(evaluate(problem, berth).total), seed
            tried += 1
    assert tried > 12


def test_everybody_freed_gives_the_best_of_all() -> None:
    tried = 0
    for seed in range(1, 61, 6):
        problem = strict(seed)
        best, held = best_of_all(problem), whole(problem)
        for berth in solutions(problem, 2):
            assert best is not None
            solve, found = held.minimise(berth, everybody(problem), LIMITS)
            assert solve.status is SolveStatus.OPTIMAL, seed
            assert solve.objective == pytest.approx(best[1].total), seed
            assert evaluate(problem, found).total == pytest.approx(best[1].total), seed
            relaxed = held.relax(berth, everybody(problem), LIMITS)
            assert relaxed.value <= best[1].total + 1e-6, seed
            tried += 1
    assert tried > 12


PROBLEM = small_problem(
    [someone(remaining=50.0), someone(remaining=40.0), someone(remaining=30.0)],
    [[1.0, 6.0], [2.0, 9.0], [3.0, 4.0]],
    beds=[1, 1],
)
"""The best is 1 + 4 with the second person left at 40: 45; or 6 + 2 + 30 = 38."""


@pytest.mark.usefixtures("engine")
def test_only_those_who_are_freed_change() -> None:
    held, start = whole(PROBLEM), np.array([0, REMAINS, 1])
    freed = Freed(np.array([False, True, True]), math.inf)
    solve, found = held.minimise(start, freed, LIMITS)
    assert found.tolist() == [0, 1, REMAINS]
    assert solve.objective == pytest.approx(1 + 9 + 30)
    solve, found = held.minimise(start, everybody(PROBLEM), LIMITS)
    assert (found.tolist(), solve.objective) == ([1, 0, REMAINS], pytest.approx(38))


@pytest.mark.usefixtures("engine")
def test_nobody_comes_to_a_column_that_is_dear_to_the_relaxation_but_their_own() -> None:
    reduced = np.array([[0.0, 8.0], [0.0, 0.0], [0.0, 0.0]])
    held, start = whole(PROBLEM, reduced), np.array([0, REMAINS, 1])
    people = np.ones(3, dtype=bool)
    assert held.minimise(start, Freed(people, 7.0), LIMITS)[1].tolist() == [0, 1, REMAINS]
    assert held.minimise(np.array([1, REMAINS, 0]), Freed(people, 7.0), LIMITS)[1].tolist() == [1, 0, REMAINS]


@pytest.mark.usefixtures("engine")
def test_the_berths_to_which_people_may_come_can_be_named() -> None:
    only = np.array([[True, True], [False, True], [True, True]])
    found = whole(PROBLEM).minimise(np.array([0, REMAINS, 1]), Freed(np.ones(3, dtype=bool), 0.0, only), LIMITS)[1]
    assert found.tolist() == [0, 1, REMAINS]


@pytest.mark.usefixtures("engine")
def test_where_nothing_is_below_the_cutoff_the_solution_is_kept() -> None:
    start = np.array([1, 0, REMAINS])
    solve, found = whole(PROBLEM).minimise(start, everybody(PROBLEM), Limits(20, cutoff=37.9))
    assert not solve.found
    assert found.tolist() == start.tolist()


@pytest.mark.usefixtures("engine")
def test_berths_may_cost_more_for_a_while() -> None:
    held, start = whole(PROBLEM), np.array([0, REMAINS, 1])
    dearer = np.zeros((3, 2))
    dearer[1, 0] = 20.0
    held.price(dearer)
    assert held.minimise(start, everybody(PROBLEM), LIMITS)[1].tolist() == [0, 1, REMAINS]
    held.price(np.zeros((3, 2)))
    assert held.minimise(start, everybody(PROBLEM), LIMITS)[1].tolist() == [1, 0, REMAINS]


def test_who_could_gain_is_known_from_a_relaxation() -> None:
    """With everybody fixed, each who has a cheaper place that is left would gain by as much."""
    problem = small_problem([someone(remaining=50.0), someone(remaining=3.0)], [[7.0, 2.0], [4.0, 9.0]], beds=[2, 2])
    held, start = whole(problem), np.array([0, REMAINS])
    relaxed = held.relax(start, nobody(problem), LIMITS)
    assert relaxed.value == pytest.approx(10)
    assert relaxed.reduced is not None
    assert held.gains(start, relaxed.reduced, math.inf) == pytest.approx([5.0, -1.0])


def test_a_model_knows_which_solutions_it_has() -> None:
    columns = np.array([[True, False], [True, True], [False, True]])
    held = HeldStays(PROBLEM, columns, np.zeros((3, 2)), np.zeros(0, dtype=bool))
    assert held.has(np.array([0, REMAINS, 1]))
    assert not held.has(np.array([1, 0, REMAINS]))
