import itertools
from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.model import FREE, Build, build, start_of
from medalloc.optimise.stays.problem import REMAINS, Berths
from tests.optimise.stays.random_problem import best_of_all, tiny_problem

HOWS = {
    "plain": lambda problem: Build(),
    "priced": lambda problem: Build(priced=True),
    "tight": lambda problem: Build(tight=np.ones((len(problem.bays), problem.n_slots), dtype=bool)),
}


def everything(problem):
    return np.ones(problem.berths.cost.shape, dtype=bool)


def solved(model):
    return minimise(model.lp, model.penalties, Limits(20))


def feasible(problem):
    """All feasible solutions."""
    ways = [
        [*([REMAINS] if np.isfinite(remain) else []), *np.flatnonzero(np.isfinite(cost)).tolist()]
        for remain, cost in zip(problem.people.remaining, problem.berths.cost, strict=True)
    ]
    for berths in itertools.product(*ways):
        value = evaluate(problem, np.array(berths, dtype=int))
        if not value.faults:
            yield np.array(berths, dtype=int), value.total


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("seeds", [range(50), range(50, 100)])
def test_the_model_finds_the_best_of_all_solutions(how, seeds):
    for seed in seeds:
        problem = tiny_problem(seed)
        model = build(problem, everything(problem), how=HOWS[how](problem))
        solve, known = solved(model), best_of_all(problem)
        if known is None:
            assert solve.status is SolveStatus.INFEASIBLE, seed
            continue
        assert solve.objective == pytest.approx(known[1].total), seed
        value = evaluate(problem, model.berths())
        assert not value.faults, seed
        assert value.total == pytest.approx(known[1].total), seed


@pytest.mark.parametrize("seeds", [range(100, 160), range(160, 220)])
def test_people_who_are_fixed_keep_their_berths(seeds):
    tried = 0
    for seed in seeds:
        problem = tiny_problem(seed)
        known = list(feasible(problem))
        if not known:
            continue
        tried += 1
        rng = np.random.default_rng(seed)
        fixed = known[int(rng.integers(len(known)))][0].copy()
        fixed[rng.random(len(fixed)) < 0.5] = FREE
        model = build(problem, everything(problem), fixed)
        assert solved(model).found, seed
        value, kept = evaluate(problem, model.berths()), fixed != FREE
        assert not value.faults, seed
        assert (model.berths()[kept] == fixed[kept]).all(), seed
        others = [total for berth, total in known if (berth[kept] == fixed[kept]).all()]
        assert value.total == pytest.approx(min(others)), seed
    assert tried > 40


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_without_a_berth_everybody_remains(seed):
    problem = tiny_problem(seed)
    n, none = len(problem.people.first), np.zeros(0, dtype=int)
    problem = replace(problem, berths=Berths(none, none, np.zeros((n, 0))))
    model = build(problem, everything(problem))
    solve, value = solved(model), evaluate(problem, np.full(n, REMAINS))
    assert solve.found == (not value.faults)
    assert not solve.found or solve.objective == pytest.approx(value.total)
    assert model.berths().tolist() == [REMAINS] * n


@pytest.mark.parametrize("seeds", [range(220, 300)])
def test_a_start_keeps_all_rows_and_has_the_cost_of_its_solution(seeds):
    for seed in seeds:
        problem = tiny_problem(seed)
        model = build(problem, everything(problem))
        for berth, cost in list(feasible(problem))[::29]:
            values = start_of(model, berth)
            assert all(row_holds(row, values) for row in model.lp._constraints.values()), seed
            points = sum(c * values.get(v, 0.0) for terms in model.penalties.values() for v, c in terms)
            flips = any(bay.flip and np.isfinite(bay.mixing) for bay in problem.bays)
            assert points == pytest.approx(cost) or (points > cost and flips), seed


def row_holds(row, values):
    over = sum(c * values[v] for v, c in row.items()) + row.constant
    return {-1: over <= 1e-9, 0: abs(over) <= 1e-9, 1: over >= -1e-9}[row.sense]
