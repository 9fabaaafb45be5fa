from __future__ import annotations

import math
import time
from pathlib import Path

import pulp
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.errors import SolveError
from medalloc.ingest import load, read_folder
from medalloc.optimise import cbc, solver
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.optimise.cbc import run_cbc
from medalloc.optimise.check import check_bed_plan
from medalloc.optimise.engine import Limits, Outcome
from medalloc.optimise.solver import add_row
from medalloc.optimise.stays import search

SMALL = Path(__file__).parents[2] / "sample_data" / "small"


def knapsack() -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Cover at least 5 with pieces of 4, 3 and 2 that cost 7, 5 and 4: the last two, for 9."""
    model = pulp.LpProblem("knapsack", pulp.LpMinimize)
    pieces = [model.add_variable(f"piece_{k}", 0, 1, pulp.LpInteger) for k in range(3)]
    add_row(model, "cover", zip(pieces, (4.0, 3.0, 2.0), strict=True), ">=", 5)
    model.setObjective(pulp.lpSum(c * piece for c, piece in zip((7, 5, 4), pieces, strict=True)))
    return model, pieces


def test_the_optimum_is_its_own_bound() -> None:
    model, pieces = knapsack()
    ended = run_cbc(model, Limits(10), None, None)
    assert (ended.status, ended.bound) == (SolveStatus.OPTIMAL, pytest.approx(9))
    assert [piece.varValue for piece in pieces] == [0, 1, 1]


@pytest.mark.parametrize("cutoff", [3.0, 7.0, 8.5, 8.9])
def test_a_cutoff_that_leaves_nothing_is_infeasible(cutoff: float) -> None:
    """Which CBC says in a different way each time."""
    model, _ = knapsack()
    assert run_cbc(model, Limits(10, cutoff=cutoff), None, None).status is SolveStatus.INFEASIBLE


def test_a_start_is_taken() -> None:
    model, pieces = knapsack()
    ended = run_cbc(model, Limits(10), dict(zip(pieces, (1.0, 1.0, 0.0), strict=True)), None)
    assert (ended.status, ended.bound) == (SolveStatus.OPTIMAL, pytest.approx(9))


LOWER = """Result - Stopped on time limit
Lower bound:                    {bound}
Enumerated nodes:    12
Total iterations:    345
"""


def log_of(sol_status: int, text: str) -> Outcome:
    """What a log means beside what PuLP takes it for."""
    model, pieces = knapsack()
    for piece, value in zip(pieces, (0, 1, 1), strict=True):
        piece.varValue = value
    model.sol_status = sol_status
    return cbc._outcome(model, text)


def test_a_stop_with_a_solution_has_the_bound_of_the_log() -> None:
    ended = log_of(pulp.LpSolutionOptimal, LOWER.format(bound="7.25"))
    assert (ended.status, ended.bound, ended.nodes, ended.iterations) == (SolveStatus.FEASIBLE, 7.25, 12, 345)


def test_a_stop_without_a_bound_knows_nothing() -> None:
    ended = log_of(pulp.LpSolutionOptimal, "Result - Stopped on time limit\n")
    assert (ended.status, ended.bound) == (SolveStatus.FEASIBLE, -math.inf)


def test_a_stop_without_a_solution_is_no_plan() -> None:
    ended = log_of(pulp.LpSolutionNoSolutionFound, LOWER.format(bound="3.5"))
    assert (ended.status, ended.bound) == (SolveStatus.NO_PLAN, 3.5)


def test_an_unbounded_model_is_an_error() -> None:
    with pytest.raises(SolveError, match="unbounded"):
        log_of(pulp.LpSolutionUnbounded, "")


@pytest.mark.parametrize("neighbourhoods", [False, True])
def test_a_hospital_is_planned_without_highs(neighbourhoods: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way: the bound, one model or neighbourhoods, and the checker; as good as with HiGHS."""
    snapshot, settings = load(read_folder(SMALL)).snapshot, BedSettings(time_limit_s=30.0, gap=0.005)
    known = plan_beds(snapshot, {}, settings)
    monkeypatch.setattr(solver, "highspy", None)
    if neighbourhoods:
        monkeypatch.setattr(search._Search, "_close", lambda self, relaxed: None)
    started = time.perf_counter()
    plan = plan_beds(snapshot, {}, settings)
    assert time.perf_counter() - started < settings.time_limit_s + 6
    assert plan.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)
    assert neighbourhoods or plan.solver.startswith("CBC")
    assert check_bed_plan(snapshot, {}, plan) == ()
    assert {line.patient_id for line in plan.placements} == {one.patient_id for one in snapshot.patients}
    assert plan.bound - 1e-6 <= known.objective
    assert known.bound - 1e-6 <= plan.objective < keep_as_is(snapshot, {}, settings).objective
    assert plan.objective <= known.objective * 1.02
