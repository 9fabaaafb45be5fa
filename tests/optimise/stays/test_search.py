import numpy as np
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.stays import search
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.greedy import first_solution
from medalloc.optimise.stays.problem import BedProblem, Berths, People
from medalloc.optimise.stays.search import SearchLimits, reoptimise, solve


def rooms(seed: int, people: int, cells: int, slots: int = 6) -> BedProblem:
    """People who must all come to one of some rooms, each for a few slots."""
    dice = np.random.default_rng(seed)
    first = dice.integers(0, slots - 1, people)
    end = np.minimum(slots, first + dice.integers(1, 4, people))
    nowhere, must = np.full(people, -1), np.full(people, np.inf)
    who = People(first, end, nowhere, must, np.zeros(people, dtype=bool))
    cost = np.round(dice.integers(0, 40, (people, cells)) / 5, 1)
    berths = Berths(np.arange(cells), np.zeros(cells, dtype=int), cost)
    return BedProblem(slots, who, berths, np.full((cells, slots), people // cells + 2))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_found_costs_what_it_says_and_no_less_than_the_bound(seed):
    problem = rooms(seed, 40, 6)
    found = solve(problem, SearchLimits(10.0, 0.0, seed))
    value = evaluate(problem, found.berth)
    assert found.status is SolveStatus.OPTIMAL
    assert (value.faults, value.total) == ((), pytest.approx(found.objective))
    assert found.bound == pytest.approx(found.objective)


@pytest.mark.parametrize("processes", [1, 2])
def test_neighbourhoods_lead_to_the_best_as_well(processes, monkeypatch):
    problem = rooms(4, 60, 7)
    best = solve(problem, SearchLimits(10.0, 0.0)).objective
    monkeypatch.setattr(search._Search, "_close", lambda self, relaxed: None)
    found = solve(problem, SearchLimits(15.0, 0.0, 0, processes))
    assert found.objective == pytest.approx(best)
    assert evaluate(problem, found.berth).faults == ()


def test_only_the_free_are_placed_otherwise():
    problem = rooms(5, 40, 6)
    start = first_solution(problem, problem.berths.cost, 3)
    free = np.arange(40) < 12
    found = reoptimise(problem, start, free, SearchLimits(5.0, 0.0))
    assert (found.berth[~free] == start[~free]).all()
    assert evaluate(problem, found.berth).total == pytest.approx(found.objective)
    assert found.objective <= evaluate(problem, start).total
