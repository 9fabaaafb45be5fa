"""Planning beds, and pricing the hospital as it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Locks, SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.locks import check_locks, clashes, refuse
from medalloc.optimise.beds.placements import Outcome, choose_beds, placements_of
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.reasons import explained
from medalloc.optimise.beds.search import Found, Search
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.beds.weights import BedSettings

NOT_SOLVED = Found(SolveStatus.FEASIBLE, {}, 0.0, 0.0, "none")
"""Everybody remains; no bound is known but that costs are not negative."""


def plan_beds(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    settings: BedSettings | None = None,
    locks: Locks | None = None,
    on_progress: OnProgress | None = None,
) -> BedPlan:
    """The best bed plan found within the time limit, and what no plan can cost less than.

    A patient who cannot be placed waits, with the rules that block. Where the limit comes before a plan that
    keeps the locks is found, the status is `no_plan` and everybody remains.

    Raises DecisionError where locked beds break a hard rule, SolveError where no solver can be used.
    """
    started = time.perf_counter()
    if on_progress is not None:
        on_progress(Progress("build", 0.0))
    problem = build(snapshot, needs, settings or BedSettings(), locks or Locks())
    check_locks(problem)
    prices = priced(problem)
    found = Search(problem, prices, on_progress).run()
    if found.status is SolveStatus.INFEASIBLE:
        refuse(clashes(problem))
    outcome = choose_beds(problem, prices, found.cell_of)
    return _plan(outcome, found, time.perf_counter() - started)


def keep_as_is(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    settings: BedSettings | None = None,
    locks: Locks | None = None,
) -> BedPlan:
    """Everybody stays or goes on waiting: the current state, priced like a plan. Its bound says nothing."""
    problem = build(snapshot, needs, settings or BedSettings(), locks or Locks())
    return _plan(Outcome(problem, priced(problem), {}), NOT_SOLVED, 0.0)


def _plan(outcome: Outcome, found: Found, runtime_s: float) -> BedPlan:
    problem = outcome.problem
    return BedPlan(
        at=problem.at,
        placements=explained(outcome, placements_of(outcome)),
        status=found.status,
        bound=found.bound,
        runtime_s=runtime_s,
        solver=found.solver,
        seed=problem.settings.seed,
        weights=asdict(problem.settings.weights),
    )
