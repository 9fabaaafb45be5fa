import math

import pulp
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.errors import SolveError
from medalloc.optimise import cbc, solver
from medalloc.optimise.solver import Limits, add_row, chosen, minimise, relax


@pytest.fixture(params=["HiGHS", "CBC"])
def engine(request, monkeypatch):
    if request.param == "CBC":
        monkeypatch.setattr(solver, "highspy", None)
    return request.param


def knapsack(size=3):
    """Cover at least 5 with pieces of 4, 3 and 2 that cost 7, 5 and 4: the last two, for 9."""
    model = pulp.LpProblem("knapsack", pulp.LpMinimize)
    pieces = [model.add_variable(f"piece_{k}", 0, 1, pulp.LpBinary) for k in range(size)]
    add_row(model, "cover", zip(pieces, (4.0, 3.0, 2.0), strict=True), ">=", 5)
    penalties = {"first": [(pieces[0], 7.0)], "rest": [(pieces[1], 5.0), (pieces[2], 1.0), (pieces[2], 3.0)]}
    return model, pieces, penalties


def hard_model(items=60, rows=25):
    """A market split: no solver closes it in a second."""
    model = pulp.LpProblem("split", pulp.LpMinimize)
    x = [model.add_variable(f"x_{k}", 0, 1, pulp.LpBinary) for k in range(items)]
    over = []
    for row in range(rows):
        weights = [float((k * k * 37 + row * row * 101 + k * row * 53) % 97) for k in range(items)]
        more, less = (model.add_variable(f"{name}_{row}", 0) for name in ("more", "less"))
        pairs = [*zip(x, weights, strict=True), (more, 1.0), (less, -1.0)]
        add_row(model, f"row_{row}", pairs, "==", float(sum(weights) // 2))
        over += [(more, 1.0), (less, 1.0)]
    return model, {"off": over}


def test_the_optimum_is_found_and_proved(engine):
    model, pieces, penalties = knapsack()
    solve = minimise(model, penalties, Limits(10))
    assert solve.status is SolveStatus.OPTIMAL
    assert [chosen(piece) for piece in pieces] == [False, True, True]
    assert solve.objective == pytest.approx(9)
    assert solve.bound == pytest.approx(9)
    assert solve.penalties == pytest.approx({"first": 0, "rest": 9})
    assert engine in solve.solver


def test_the_relaxation_has_duals_and_leaves_the_model_whole(engine):
    model, pieces, penalties = knapsack()
    row = add_row(model, "at_most", [(piece, 1.0) for piece in pieces], "<=", 1.4)
    solve = relax(model, penalties, Limits(10))
    assert solve.objective == pytest.approx(8.6)
    assert row.pi == pytest.approx(-1)
    assert solve.bound == pytest.approx(8.6)
    assert {piece.cat for piece in pieces} == {pulp.LpInteger}


def test_an_infeasible_model_says_so_and_has_no_values(engine):
    model, pieces, penalties = knapsack()
    add_row(model, "too_much", [(piece, 1.0) for piece in pieces], ">=", 4)
    solve = minimise(model, penalties, Limits(10))
    assert solve.status is SolveStatus.INFEASIBLE
    assert (solve.found, solve.objective) == (False, math.inf)
    assert [piece.varValue for piece in pieces] == [None, None, None]


def test_a_time_limit_is_no_optimum(engine):
    model, penalties = hard_model()
    solve = minimise(model, penalties, Limits(1.0))
    assert solve.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert solve.runtime_s < 8
    if solve.found:
        assert solve.bound < solve.objective
        assert 0 < solve.gap <= 1


def test_a_start_is_kept_where_nothing_better_is_found():
    model, penalties = hard_model()
    values = dict.fromkeys(model.variables(), 0.0)
    for row in (row for row in model._constraints.values()):
        more = next(v for v in row if v.name.startswith("more"))
        values[more] = -row.constant
    known = sum(values[v] * c for v, c in penalties["off"])
    solve = minimise(model, penalties, Limits(0.2), values)
    assert solve.found
    assert solve.objective <= known + 1e-6


def test_progress_stops_the_solve():
    model, penalties = hard_model()
    heard = []

    def stop(progress):
        heard.append(progress)
        return len(heard) < 2

    solve = minimise(model, penalties, Limits(60.0), None, stop)
    assert solve.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert solve.runtime_s < 20
    assert {progress.step for progress in heard} == {"solve"}


def test_an_unbounded_model_is_an_error(engine):
    model = pulp.LpProblem("open", pulp.LpMinimize)
    free = model.add_variable("free", None, None)
    add_row(model, "row", [(free, 1.0)], "<=", 3)
    with pytest.raises(SolveError):
        minimise(model, {"down": [(free, 1.0)]}, Limits(5))


def test_the_number_of_threads_may_change():
    for threads in (1, 2, 1):
        model, _, penalties = knapsack()
        assert minimise(model, penalties, Limits(10, threads=threads)).objective == pytest.approx(9)


def test_an_empty_model_costs_nothing(engine):
    model = pulp.LpProblem("empty", pulp.LpMinimize)
    assert minimise(model, {}, Limits(5)).objective == 0


def test_a_machine_without_any_solver_is_told_so(monkeypatch):
    monkeypatch.setattr(solver, "highspy", None)
    monkeypatch.setattr(cbc.COIN_CMD, "available", lambda self: False)
    model, _, penalties = knapsack()
    with pytest.raises(SolveError, match="pip install highspy"):
        minimise(model, penalties, Limits(5))


def test_only_solutions_below_a_cutoff_are_looked_for(engine):
    model, pieces, penalties = knapsack()
    below = minimise(model, penalties, Limits(10, cutoff=8.5))
    assert (below.status, below.found, below.bound) == (SolveStatus.INFEASIBLE, False, pytest.approx(8.5))
    assert [piece.varValue for piece in pieces] == [None, None, None]
    above = minimise(model, penalties, Limits(10, cutoff=9.5))
    assert (above.status, above.objective) == (SolveStatus.OPTIMAL, pytest.approx(9))


def test_a_solution_that_costs_the_cutoff_is_none(engine):
    """HiGHS returns one of this model."""
    best = minimise(*packing(15), Limits(20)).objective
    below = minimise(*packing(15), Limits(20, cutoff=best - 0.01))
    assert (below.status, below.found, below.objective) == (SolveStatus.INFEASIBLE, False, math.inf)
    assert below.bound == pytest.approx(best - 0.01)


def packing(items):
    """Cover four needs with some of so many items, as cheaply as can be."""
    model = pulp.LpProblem("packing", pulp.LpMinimize)
    x = [model.add_variable(f"x_{k}", 0, 1, pulp.LpInteger) for k in range(items)]
    for row in range(4):
        weights = [float((k * k * 37 + row * 101 + k * row * 53 + k * 7) % 23 + 1) for k in range(items)]
        add_row(model, f"need_{row}", zip(x, weights, strict=True), ">=", sum(weights) // 3)
    return model, {"costs": [(v, (k * 29 + 13) % 17 + 5.5) for k, v in enumerate(x)]}


def test_work_is_counted_the_same_each_time(engine):
    runs = [minimise(*hard_model(30, 3), Limits(60, seed=3, nodes=200)) for _ in range(2)]
    assert runs[0].iterations == runs[1].iterations > 0
    assert runs[0].nodes == runs[1].nodes


def test_a_limit_of_nodes_is_no_optimum(engine):
    model, penalties = hard_model()
    solve = minimise(model, penalties, Limits(60, nodes=3))
    assert solve.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert solve.runtime_s < 50


def test_a_limit_of_checks_ends_the_same_each_time():
    runs = [minimise(*hard_model(40, 6), Limits(60, seed=2, checks=15)) for _ in range(2)]
    assert runs[0].status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN)
    assert (runs[0].iterations, runs[0].objective) == (runs[1].iterations, runs[1].objective)
