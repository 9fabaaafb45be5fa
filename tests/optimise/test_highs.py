from __future__ import annotations

import math
import time

import numpy as np
import pulp
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import Progress
from medalloc.errors import SolveError
from medalloc.optimise import highs
from medalloc.optimise.engine import Limits
from medalloc.optimise.highs import held, highspy, run_held, run_highs
from medalloc.optimise.solver import add_row

PIECES = ((7.0, 4.0), (5.0, 3.0), (4.0, 2.0))
"""Cost and size."""


def knapsack() -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Cover at least 5 with pieces of 4, 3 and 2 that cost 7, 5 and 4: the last two, for 9."""
    model = pulp.LpProblem("knapsack", pulp.LpMinimize)
    pieces = [model.add_variable(f"piece_{k}", 0, 1, pulp.LpInteger) for k in range(3)]
    add_row(model, "cover", [(piece, size) for piece, (_, size) in zip(pieces, PIECES, strict=True)], ">=", 5)
    model.setObjective(pulp.lpSum(cost * piece for piece, (cost, _) in zip(pieces, PIECES, strict=True)))
    return model, pieces


def test_all_kinds_of_rows_and_variables_are_passed_on() -> None:
    """Least is -2 x + y + 3 z with x <= 4 free below, y >= 1.5, z whole, x + y = 5, 2 <= y + z."""
    model = pulp.LpProblem("kinds", pulp.LpMinimize)
    x = model.add_variable("x", None, 4)
    y = model.add_variable("y", 1.5)
    z = model.add_variable("z", 0, 9, pulp.LpInteger)
    add_row(model, "sum", [(x, 1.0), (y, 1.0)], "==", 5)
    add_row(model, "least", [(y, 1.0), (z, 1.0)], ">=", 2.25)
    model.setObjective(-2.0 * x + 1.0 * y + 3.0 * z)
    ended = run_highs(model, Limits(10), None, None)
    assert ended.status is SolveStatus.OPTIMAL
    assert (x.varValue, y.varValue, z.varValue) == pytest.approx((2.75, 2.25, 0.0))
    assert ended.bound == pytest.approx(-2 * 2.75 + 2.25)


def test_a_kept_model_is_run_within_other_bounds() -> None:
    model, pieces = knapsack()
    kept = held(model, 0, {})
    assert [variable.name for variable in model.variables()] == [piece.name for piece in pieces]
    low, high = np.zeros(3), np.ones(3)
    start = np.ones(3)
    assert run_held(kept, (low, high), Limits(10), start).bound == pytest.approx(9)
    without_last = np.array([1.0, 1.0, 0.0])
    assert run_held(kept, (low, without_last), Limits(10), start).bound == pytest.approx(12)
    assert run_held(kept, (low, np.zeros(3)), Limits(10), start).status is SolveStatus.INFEASIBLE
    assert run_held(kept, (low, high), Limits(10), start).bound == pytest.approx(9)


def test_a_kept_relaxation_that_costs_the_cutoff_has_it_as_its_bound() -> None:
    model, _ = knapsack()
    kept = held(model, 0, {"solve_relaxation": True, "presolve": "off"})
    bounds = (np.zeros(3), np.ones(3))
    assert run_held(kept, bounds, Limits(10)).bound == pytest.approx(5 + 2 * 7 / 4)
    ended = run_held(kept, bounds, Limits(10, cutoff=8.2))
    assert ended.status in (SolveStatus.INFEASIBLE, SolveStatus.OPTIMAL)
    assert ended.bound >= 8.2


def test_progress_is_told_and_can_stop() -> None:
    heard: list[Progress] = []

    def stop(progress: Progress) -> bool:
        heard.append(progress)
        return False

    ended = run_highs(*split(), Limits(60.0), None, stop)
    assert ended.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert ended.bound < math.inf
    assert heard
    assert all(one.step == "solve" and 0 <= (one.share or 0) <= 1 for one in heard)


def split() -> tuple[pulp.LpProblem]:
    """A market split: no solver closes it in a second."""
    model = pulp.LpProblem("split", pulp.LpMinimize)
    x = [model.add_variable(f"x_{k}", 0, 1, pulp.LpInteger) for k in range(50)]
    off = []
    for row in range(20):
        weights = [float((k * k * 37 + row * row * 101 + k * row * 53) % 97) for k in range(50)]
        more, less = (model.add_variable(f"{name}_{row}", 0) for name in ("more", "less"))
        add_row(
            model, f"row_{row}", [*zip(x, weights, strict=True), (more, 1.0), (less, -1.0)], "==", sum(weights) // 2
        )
        off += [more, less]
    model.setObjective(pulp.lpSum(off))
    return (model,)


def test_checks_limit_the_work() -> None:
    ended = run_highs(*split(), Limits(60.0, checks=5), None, None)
    assert ended.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    same = run_highs(*split(), Limits(60.0, checks=5), None, None)
    assert (ended.iterations, ended.nodes) == (same.iterations, same.nodes)


def test_an_end_that_is_neither_is_an_error() -> None:
    with pytest.raises(SolveError, match="kUnbounded"):
        highs._highs_status(highspy.HighsModelStatus.kUnbounded, feasible=False)
    assert highs._highs_status(highspy.HighsModelStatus.kTimeLimit, feasible=True) is SolveStatus.FEASIBLE
    assert highs._highs_status(highspy.HighsModelStatus.kTimeLimit, feasible=False) is SolveStatus.NO_PLAN


def test_the_time_limit_of_a_kept_model_is_that_of_every_run_alone() -> None:
    """HiGHS itself would add up what runs have taken: the fourth would take eight times as long as the first."""
    rng = np.random.default_rng(3)
    model = pulp.LpProblem("sacks", pulp.LpMinimize)
    pieces = [model.add_variable(f"piece_{k:03d}", 0, 1, pulp.LpInteger) for k in range(200)]
    for number in range(50):
        sizes = rng.integers(5, 60, len(pieces)).tolist()
        add_row(model, f"sack_{number}", zip(pieces, sizes, strict=True), "<=", sum(sizes) / 3)
    model.setObjective(pulp.lpSum(-int(c) * piece for c, piece in zip(rng.integers(10, 99, 200), pieces, strict=True)))
    kept, bounds = held(model, 0, {}), (np.zeros(200), np.ones(200))
    for _ in range(4):
        began = time.perf_counter()
        assert run_held(kept, bounds, Limits(0.25), np.zeros(200)).status is SolveStatus.FEASIBLE
        assert time.perf_counter() - began < 1.2


def test_a_solution_that_reaches_the_target_is_enough() -> None:
    model, pieces = knapsack()
    run = run_highs(model, Limits(10, target=13.0), dict.fromkeys(pieces, 1.0), None)
    assert run.status in (SolveStatus.FEASIBLE, SolveStatus.OPTIMAL)
    assert sum(cost * (piece.varValue or 0.0) for piece, (cost, _) in zip(pieces, PIECES, strict=True)) <= 13
    assert run.bound <= 9 + 1e-6
