"""A plan with one patient in a given bed before anything is solved: those in the way make way cheaply."""

from __future__ import annotations

import numpy as np

from medalloc.optimise.beds.carried import nearest
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.obstacles import of_others
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Ints

TRIED = 8
"""Cheapest berths that each of those in the way tries."""


def made_way(outcome: Outcome, pinned: Compiled, i: int) -> tuple[Ints, Ints]:
    """Everybody as planned but a patient, who is in the bed that they are locked to, and those in the way of that.

    Parameters
    ----------
    pinned : the situation with the lock.

    Returns
    -------
    The berth of each person, (n,), which may break hard rules if nobody could make way; and rows of those in the way.
    """
    situation, problem = pinned.situation, pinned.problem
    person = situation.people[i]
    bed = situation.snapshot.bed_of[situation.locks.pins[person.patient_id]]
    berth = np.full(len(situation.people), REMAINS)
    for k, arrival in outcome.arrivals.items():
        if k != i:
            berth[k] = _same(outcome, pinned, k, arrival.bed_id)
    own = [] if bed.bed_id == person.bed_id else np.flatnonzero(np.isfinite(problem.berths.cost[i])).tolist()
    berth = min((_with(berth, i, q) for q in own), key=lambda tried: _rank(pinned, tried), default=berth)
    since = int(situation.start[i, berth[i]]) if own else 0
    names = {k: each.patient_id for k, each in enumerate(situation.people)}
    blocking = {
        who
        for obstacle in of_others(outcome, i, bed, since)
        for name, value in obstacle.gives.values
        for who in (value.split(";") if name == "patient_ids" else ())
    }
    rows = [k for k, name in names.items() if name in blocking]
    bay = int(situation.bay[situation.cell_of[bed.bed_id]])
    for k in rows:
        berth = _away(pinned, berth, k, bay)
    return berth, np.array(rows, dtype=int)


def _away(pinned: Compiled, berth: Ints, k: int, bay: int) -> Ints:
    """Somebody in the cheapest place that breaks nothing new, and mends something if it is in the same bay."""
    situation, people = pinned.situation, pinned.problem.people
    cost = np.append(pinned.problem.berths.cost[k], people.remaining[k])
    faults = set(evaluate(pinned.problem, berth).faults)
    for q in np.argsort(cost, kind="stable")[:TRIED].tolist():
        remains = q == len(cost) - 1
        cell = int(people.home[k]) if remains else int(situation.berth_cell[q])
        tried = _with(berth, k, REMAINS if remains else q)
        left = set(evaluate(pinned.problem, tried).faults)
        same_bay = cell >= 0 and situation.bay[cell] == bay
        if left < faults or (left == faults and not same_bay):
            return tried
    return berth


def _with(berth: Ints, k: int, q: int) -> Ints:
    tried = berth.copy()
    tried[k] = q
    return tried


def _rank(pinned: Compiled, berth: Ints) -> tuple[int, float]:
    """Broken hard rules, points."""
    value = evaluate(pinned.problem, berth)
    return len(value.faults), value.total


def _same(outcome: Outcome, pinned: Compiled, k: int, bed_id: str) -> int:
    """The berth of a bed that begins when the plan gives it; `REMAINS` where it is kept for somebody else now."""
    situation, cost = pinned.situation, pinned.problem.berths.cost
    berths = np.flatnonzero((situation.berth_cell == situation.cell_of[bed_id]) & np.isfinite(cost[k]))
    if not len(berths):
        return REMAINS
    return nearest(outcome.situation, situation, k, outcome.arrivals[k].berth, berths)
