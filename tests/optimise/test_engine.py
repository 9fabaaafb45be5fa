"""What both solvers make of the same limits."""

from __future__ import annotations

from collections.abc import Callable

import pulp
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.cbc import run_cbc
from medalloc.optimise.engine import Limits, Outcome
from medalloc.optimise.highs import run_highs
from medalloc.optimise.solver import add_row

Run = Callable[[pulp.LpProblem, Limits], Outcome]


@pytest.fixture(params=[run_highs, run_cbc])
def run(request: pytest.FixtureRequest) -> Run:
    """Either solver, without a start or a listener."""
    return lambda model, limits: request.param(model, limits, None, None)


def packing(items: int, seed: int = 1) -> pulp.LpProblem:
    """Cover four needs with some of so many items, as cheaply as can be."""
    model = pulp.LpProblem("packing", pulp.LpMinimize)
    x = [model.add_variable(f"x_{k}", 0, 1, pulp.LpInteger) for k in range(items)]
    for row in range(4):
        weights = [float((k * k * 37 + row * 101 + k * row * 53 + seed * k * 7) % 23 + 1) for k in range(items)]
        add_row(model, f"need_{row}", zip(x, weights, strict=True), ">=", sum(weights) // 3)
    costs = [(k * 29 + seed * 13) % 17 + 5.5 for k in range(items)]
    model.setObjective(pulp.lpSum(c * v for c, v in zip(costs, x, strict=True)))
    return model


def test_limits_are_exact_and_endless_unless_set() -> None:
    limits = Limits(3.0)
    assert (limits.gap, limits.seed, limits.threads) == (0.0, 0, 1)
    assert (limits.cutoff, limits.nodes, limits.checks) == (None, None, None)


def test_both_prove_the_same_optimum(run: Run) -> None:
    model = packing(12)
    ended = run(model, Limits(20))
    best = min(
        cost for bits in range(1 << 12) if (cost := cost_of(model, [bits >> k & 1 for k in range(12)])) is not None
    )
    assert ended.status is SolveStatus.OPTIMAL
    assert ended.bound == pytest.approx(best)
    assert model.objective.value() == pytest.approx(best)


def cost_of(model: pulp.LpProblem, values: list[int]) -> float | None:
    """What a choice costs; None where a row is broken."""
    of = dict(zip(sorted(model.variables(), key=lambda v: int(v.name[2:])), values, strict=True))
    if any(sum(c * of[v] for v, c in row.items()) + row.constant < 0 for row in model._constraints.values()):
        return None
    return float(sum(c * of[v] for v, c in model.objective.items()))


def test_a_gap_ends_the_solve_with_a_bound_that_holds(run: Run) -> None:
    exact, loose = packing(30), packing(30)
    best = run(exact, Limits(30)).bound
    ended = run(loose, Limits(30, gap=0.2))
    assert ended.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)
    value = loose.objective.value()
    assert best - 1e-6 <= value <= best / 0.8 + 1e-6
    assert min(ended.bound, value) <= best + 1e-6


def test_a_cutoff_leaves_what_is_below_it(run: Run) -> None:
    best = run(packing(15), Limits(20)).bound
    ended = run(packing(15), Limits(20, cutoff=best + 0.4))
    assert ended.status is SolveStatus.OPTIMAL
    assert ended.bound == pytest.approx(best)


def test_few_nodes_are_no_proof(run: Run) -> None:
    ended = run(packing(60, 5), Limits(30, nodes=1))
    assert ended.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert ended.nodes <= 2
