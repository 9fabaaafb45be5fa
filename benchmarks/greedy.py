"""A baseline: patients one at a time, in order of arrival, each into the best bed that is free when they come.

So works the agent of the English pilot (github.com/nhsx/skunkworks-bed-allocation): it looks at one patient, at the
beds that are free and at what each would cost, takes the cheapest, never moves anybody and looks at nobody who comes
later. Here it works under the same hard rules and the same prices as the planner, on the same arrays, and its plan
goes through the same checker, so that both can be compared.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

import numpy as np

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, SolveStatus
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.compile import Compiled, compile_situation
from medalloc.optimise.beds.placements import outcome_of
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.beds.solve import plan_of
from medalloc.optimise.rules import Person
from medalloc.optimise.stays.evaluate import evaluate, presence
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Mask
from medalloc.optimise.stays.search import Found


def greedy_plan(
    snapshot: HospitalSnapshot, needs: Mapping[str, Needs], settings: BedSettings | None = None, *, holds: bool = False
) -> BedPlan:
    """The plan of the baseline. Its bound says nothing.

    Parameters
    ----------
    holds
        Whether a bed may be held that is free only later than the patient could come; the pilot held none.
    """
    started = time.perf_counter()
    compiled = compile_situation(situation_of(snapshot, needs, Given(settings or BedSettings())))
    berth = one_by_one(compiled, holds=holds)
    value = evaluate(compiled.problem, berth).total
    outcome = outcome_of(compiled, Found(SolveStatus.FEASIBLE, berth, value, 0.0, "greedy"))
    return plan_of(outcome, time.perf_counter() - started)


def one_by_one(compiled: Compiled, *, holds: bool = False) -> Ints:
    """The berth of each person, chosen in order of arrival; `REMAINS` where none is free. (n,)."""
    berth = np.full(len(compiled.situation.people), REMAINS)
    for i in arrivals(compiled.situation.people, compiled.situation.at):
        berth[i] = _cheapest(compiled, berth, i, holds=holds)
    return berth


def arrivals(people: tuple[Person, ...], at: datetime) -> list[int]:
    """Rows of those without a bed: who has waited longest first, then the expected in order of arrival."""
    without = [i for i, person in enumerate(people) if not person.bed_id]

    def came(i: int) -> tuple[datetime, str]:
        patient = people[i].patient
        return patient.waiting_since or patient.expected_at or at, patient.patient_id

    return sorted(without, key=came)


def _cheapest(compiled: Compiled, berth: Ints, i: int, *, holds: bool) -> int:
    """The berth that adds least to the penalty and breaks no hard rule; company and shared costs never lower it."""
    situation, problem = compiled.situation, compiled.problem
    own = problem.berths.cost[i]
    could = np.isfinite(own) & _has_room(problem, berth, i)
    if not holds:
        could &= situation.start_hours[i] <= situation.first_hours[i] + 1e-9
    others = evaluate(problem, berth).total - problem.people.remaining[i]
    best, least = REMAINS, np.inf
    for q in sorted(np.flatnonzero(could).tolist(), key=lambda q: (own[q], q)):
        if others + own[q] >= least:
            break
        tried = berth.copy()
        tried[i] = q
        value = evaluate(problem, tried)
        if not value.faults and value.total < least - 1e-9:
            best, least = q, value.total
    return best


def _has_room(problem: BedProblem, berth: Ints, i: int) -> Mask:
    """Berths whose cell has a bed left for the whole stay of person i, company apart. (m,)."""
    places = presence(problem, berth)
    taken = places.counted(places.cell, len(problem.capacity), problem.n_slots)
    full = np.concatenate([np.zeros((len(taken), 1)), (taken >= problem.capacity).cumsum(axis=1)], axis=1)
    cell, end = problem.berths.cell, int(problem.people.end[i])
    return np.asarray(full[cell, end] == full[cell, np.minimum(problem.start[i], end)])
