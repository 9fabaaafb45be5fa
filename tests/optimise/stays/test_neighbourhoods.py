from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.greedy import first_solution
from medalloc.optimise.stays.held import Freed, HeldStays
from medalloc.optimise.stays.neighbourhoods import (
    FIRST_SIZE,
    GROWN,
    SHRUNK,
    SMALLEST,
    STEP,
    Neighbourhood,
    Neighbourhoods,
)
from medalloc.optimise.stays.problem import BedProblem, Costs, Ints
from medalloc.optimise.stays.relaxation import relax_columns
from tests.optimise.stays.random_problem import hospital_problem
from tests.optimise.stays.small_problem import small_problem, someone
from tests.optimise.stays.test_improver import rooms


@pytest.fixture(scope="module")
def hospital() -> tuple[BedProblem, Costs, HeldStays, Ints]:
    """A hospital of 60 beds, its reduced costs, its model, and a first solution."""
    problem = hospital_problem(60, 4)
    relaxed = relax_columns(problem, Limits(20.0, 0.01))
    reduced = relaxed.reduced
    held = HeldStays(
        problem, np.isfinite(problem.berths.cost), reduced[:, :-1], np.zeros(len(problem.bays), dtype=bool)
    )
    return problem, reduced, held, first_solution(problem, problem.berths.cost)


def draws(hospital: tuple[BedProblem, Costs, HeldStays, Ints], seed: int) -> Neighbourhoods:
    return Neighbourhoods(hospital[0], hospital[1], np.random.default_rng(seed))


def drawn(hospital: tuple[BedProblem, Costs, HeldStays, Ints], seed: int, count: int = 1) -> list[Neighbourhood]:
    problem, _, held, berth = hospital
    value, source = evaluate(problem, berth).total, draws(hospital, seed)
    return [source.draw(held, berth, value, 30.0) for _ in range(count)]


def test_no_more_is_gained_than_was_promised(hospital: tuple[BedProblem, Costs, HeldStays, Ints]) -> None:
    problem, _, held, berth = hospital
    value = evaluate(problem, berth).total
    for one in drawn(hospital, 1, 3):
        solve, _ = held.minimise(berth, one.freed, Limits(10))
        assert solve.found
        assert value - solve.objective <= one.promised + 1e-6
        assert one.promised > 0
        assert one.work > 0


def test_a_neighbourhood_is_of_the_size_that_was_learnt() -> None:
    problem = rooms(3, people=200, cells=9)
    reduced = np.column_stack([problem.berths.cost, problem.people.remaining])
    held = HeldStays(problem, np.isfinite(problem.berths.cost), reduced[:, :-1], np.zeros(0, dtype=bool))
    berth = first_solution(problem, problem.berths.cost)
    source = Neighbourhoods(problem, reduced, np.random.default_rng(2))
    one = source.draw(held, berth, evaluate(problem, berth).total, 8.0)
    assert FIRST_SIZE <= one.freed.people.sum() < FIRST_SIZE + STEP


def test_nobody_is_freed_who_has_no_other_place() -> None:
    """Else it would never be as large as was learnt."""
    cost = [[1.0, 2.0]] * 3 + [[1.0, np.inf]] * 20
    problem = small_problem([someone(remaining=np.inf)] * 23, cost, beds=[30, 30])
    reduced = np.column_stack([problem.berths.cost, problem.people.remaining])
    held = HeldStays(problem, np.isfinite(problem.berths.cost), reduced[:, :-1], np.zeros(0, dtype=bool))
    berth = np.array([1, 1, 1] + [0] * 20)
    source = Neighbourhoods(problem, reduced, np.random.default_rng(0))
    one = source.between(held, berth, evaluate(problem, berth).total, np.array([0, 1, 1] + [0] * 20), 9.0)
    assert one is not None
    assert np.flatnonzero(one.freed.people).tolist() == [0, 1, 2]
    assert one.promised == pytest.approx(3.0)


def test_a_seed_draws_the_same_again(hospital: tuple[BedProblem, Costs, HeldStays, Ints]) -> None:
    one, same, other = (drawn(hospital, seed, 2) for seed in (3, 3, 4))
    for k in range(2):
        assert (one[k].freed.people == same[k].freed.people).all()
        assert one[k].promised == pytest.approx(same[k].promised)
    told = [(each.promised, each.freed.most) for each in one]
    assert told != [(each.promised, each.freed.most) for each in other]


def test_the_columns_are_limited_by_the_rung(hospital: tuple[BedProblem, Costs, HeldStays, Ints]) -> None:
    limits = {round(one.freed.most, 6) for one in drawn(hospital, 5, 8)}
    assert limits <= {30.0, 10.0, round(30 / 9, 6)}
    assert len(limits) > 1


def test_between_two_solutions_are_those_who_differ(hospital: tuple[BedProblem, Costs, HeldStays, Ints]) -> None:
    problem, _, held, berth = hospital
    value = evaluate(problem, berth).total
    other = berth.copy()
    other[:3] = (berth[:3] + 2) % problem.berths.cost.shape[1]
    between = draws(hospital, 6).between(held, berth, value, other, 30.0)
    assert between is not None
    assert between.freed.people[:3].all()
    assert draws(hospital, 6).between(held, berth, value, berth.copy(), 30.0) is None


def sized(source: Neighbourhoods, rung: int) -> float:
    return source._sizes[rung]


@pytest.mark.parametrize(
    ("work", "closed", "factor"), [(0.5, True, GROWN), (1.5, True, 1.0), (2.5, True, SHRUNK), (0.5, False, SHRUNK)]
)
def test_sizes_adapt_to_the_work(work: float, closed: bool, factor: float) -> None:
    problem = hospital_problem(200, 4)
    source = Neighbourhoods(problem, np.zeros((len(problem.people.first), 3)), np.random.default_rng(0))
    one = Neighbourhood(Freed(np.zeros(3, dtype=bool), 1.0), 0.0, 1, 0)
    source.learn(one, work, closed=closed)
    assert [sized(source, rung) for rung in range(3)] == pytest.approx([FIRST_SIZE, FIRST_SIZE * factor, FIRST_SIZE])


def test_sizes_have_limits() -> None:
    problem = hospital_problem(200, 4)
    source = Neighbourhoods(problem, np.zeros((len(problem.people.first), 3)), np.random.default_rng(0))
    one = Neighbourhood(Freed(np.zeros(3, dtype=bool), 1.0), 0.0, 0, 0)
    for _ in range(40):
        source.learn(one, 9.0, closed=False)
    assert sized(source, 0) == pytest.approx(SMALLEST)
    for _ in range(60):
        source.learn(one, 0.0, closed=True)
    assert sized(source, 0) == len(problem.people.first)
