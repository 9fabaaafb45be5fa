"""Planning beds, and pricing the hospital as it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, replace

import numpy as np

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Locks, SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.assign import Arrival
from medalloc.optimise.beds.binding import scarce_beds
from medalloc.optimise.beds.compile import Compiled, compile_situation
from medalloc.optimise.beds.locks import check_locks, clashes, refuse
from medalloc.optimise.beds.placements import Outcome, outcome_of, placements_of
from medalloc.optimise.beds.reasons import explained
from medalloc.optimise.beds.replan import solve_around
from medalloc.optimise.beds.situation import Background, Given, situation_of
from medalloc.optimise.beds.start import projected, start_of
from medalloc.optimise.beds.weights import BedSettings
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Ints
from medalloc.optimise.stays.search import Found, SearchLimits, solve


def plan_beds(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    settings: BedSettings | None = None,
    locks: Locks | None = None,
    on_progress: OnProgress | None = None,
    background: Background | None = None,
) -> BedPlan:
    """The best bed plan found within the time limit, and what no plan can cost less than.

    A patient who cannot be placed waits, with the rules that block. Where the limit comes before a plan that
    keeps the locks is found, the status is `no_plan` and everybody remains.

    Raises DecisionError where locked beds break a hard rule, SolveError where no solver can be used.
    """
    given = Given(settings or BedSettings(), locks or Locks(), background or Background())
    return plan_beside_nothing(snapshot, needs, given, on_progress)[0]


def plan_beside_nothing(
    snapshot: HospitalSnapshot, needs: Mapping[str, Needs], given: Given, on_progress: OnProgress | None = None
) -> tuple[BedPlan, BedPlan]:
    """The same plan, and what it costs if nobody moves."""
    started = time.perf_counter()
    outcome = solve_beds(snapshot, needs, given, on_progress)
    made = plan_of(outcome, time.perf_counter() - started)
    return made, plan_of(as_it_is(outcome.compiled), 0.0, say_why=False)


def solve_beds(
    snapshot: HospitalSnapshot, needs: Mapping[str, Needs], given: Given, on_progress: OnProgress | None = None
) -> Outcome:
    """The same as an outcome, from which plans, prices and answers are made."""
    started = time.perf_counter()
    if on_progress is not None:
        on_progress(Progress("build", 0.0))
    situation = situation_of(snapshot, needs, given)
    check_locks(situation)
    compiled = compile_situation(situation)
    settings = given.settings
    left_s = max(0.01, settings.time_limit_s - (time.perf_counter() - started))
    limits = SearchLimits(left_s, settings.gap, settings.seed, settings.processes)
    if not np.isfinite(compiled.problem.berths.cost).any():
        return as_it_is(compiled, SolveStatus.OPTIMAL)
    found = _found(compiled, limits, on_progress)
    if found.status is SolveStatus.INFEASIBLE or found.bound == np.inf:
        refuse(clashes(situation))
    if found.status is SolveStatus.NO_PLAN:
        found = replace(found, berth=nobody_moves(compiled))
    return outcome_of(compiled, found)


def _found(compiled: Compiled, limits: SearchLimits, on_progress: OnProgress | None) -> Found:
    background = compiled.situation.given.background
    if background.around and background.start is not None:
        return solve_around(compiled, background.start, limits)
    return solve(compiled.problem, limits, known_solution(compiled, background.start), on_progress)


def known_solution(compiled: Compiled, plan: BedPlan | None = None) -> Ints | None:
    """A solution to start from: what can be kept of a plan, or doing nothing; None where locks forbid that."""
    berth = nobody_moves(compiled) if plan is None else start_of(compiled, plan)
    return None if evaluate(compiled.problem, berth).faults else berth


def nobody_moves(compiled: Compiled) -> Ints:
    """Doing nothing, as a solution. (n,)."""
    return np.full(len(compiled.situation.people), REMAINS)


def keep_as_is(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    settings: BedSettings | None = None,
    locks: Locks | None = None,
    background: Background | None = None,
) -> BedPlan:
    """Everybody stays or goes on waiting: the current state, priced like a plan. Its bound says nothing, nor do its
    lines say why."""
    given = Given(settings or BedSettings(), locks or Locks(), background or Background())
    return plan_of(as_it_is(compile_situation(situation_of(snapshot, needs, given))), 0.0, say_why=False)


def as_it_is(compiled: Compiled, status: SolveStatus = SolveStatus.FEASIBLE) -> Outcome:
    """The outcome of doing nothing; it is the best where nobody can be put anywhere."""
    nobody = nobody_moves(compiled)
    value = evaluate(compiled.problem, nobody).total
    bound = value if status is SolveStatus.OPTIMAL else 0.0
    return outcome_of(compiled, Found(status, nobody, value, bound, "none", None))


def outcome_from(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], given: Given, plan: BedPlan) -> Outcome:
    """The outcome of a plan that was made for this snapshot, without solving anew.

    Lines that are no longer possible are passed over.
    """
    compiled = compile_situation(situation_of(snapshot, needs, given))
    situation, berth = compiled.situation, projected(compiled, plan)
    arrivals = {}
    for i in np.flatnonzero(berth != REMAINS).tolist():
        line = plan.placement_of[situation.people[i].patient_id]
        hours = situation.slots.hours(line.starts_at or situation.at)
        arrivals[i] = Arrival(int(berth[i]), line.to_bed_id, hours)
    return Outcome(compiled, Found(plan.status, berth, plan.objective, plan.bound, plan.solver, None), arrivals)


def plan_of(outcome: Outcome, runtime_s: float, *, say_why: bool = True) -> BedPlan:
    """The plan of an outcome, line by line, with the reasons of each unless nobody will read them."""
    situation, found, lines = outcome.situation, outcome.found, placements_of(outcome)
    settings = situation.settings
    plan = BedPlan(
        at=situation.at,
        placements=explained(outcome, lines) if say_why else tuple(lines),
        status=found.status,
        bound=found.bound,
        runtime_s=runtime_s,
        solver=found.solver,
        seed=settings.seed,
        weights=asdict(settings.weights),
        horizon_days=settings.horizon_days,
        scarce=scarce_beds(outcome),
    )
    missed = plan.status is SolveStatus.OPTIMAL and plan.gap > settings.gap + 1e-9
    return replace(plan, status=SolveStatus.FEASIBLE) if missed else plan
