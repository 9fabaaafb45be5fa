"""A plan carried over to a situation with other beds, locks or settings, everybody in the same bed at the same time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from medalloc.domain.plan import BedPlan
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.assign import Arrival, timed
from medalloc.optimise.beds.compile import Compiled, compile_situation
from medalloc.optimise.beds.placements import Outcome, outcome_of, placements_of
from medalloc.optimise.beds.situation import Given, Situation, situated
from medalloc.optimise.stays.problem import REMAINS, Ints
from medalloc.optimise.stays.search import Found


def compiled_again(outcome: Outcome, snapshot: HospitalSnapshot | None = None, given: Given | None = None) -> Compiled:
    """The same people in another hospital, or with other locks and settings."""
    old = outcome.situation
    return compile_situation(situated(snapshot or old.snapshot, old.people, old.care_hours, given or old.given))


def carried(outcome: Outcome, compiled: Compiled) -> Outcome:
    """The outcome in a situation in which every bed that the plan gives can be had when the plan gives it."""
    old, new = outcome.situation, compiled.situation
    arrivals = {}
    for i, arrival in outcome.arrivals.items():
        berths = np.flatnonzero(new.berth_cell == new.cell_of[arrival.bed_id])
        like = nearest(old, new, i, arrival.berth, berths)
        arrivals[i] = Arrival(like, arrival.bed_id, arrival.hours)
    berth = np.full(len(new.people), REMAINS)
    for i, arrival in arrivals.items():
        berth[i] = arrival.berth
    return Outcome(compiled, replace(outcome.found, berth=berth), arrivals)


def nearest(old: Situation, new: Situation, i: int, q: int, berths: Ints) -> int:
    """Of some berths of one situation the one that is most like a berth of another, for a person to come to.

    Parameters
    ----------
    q : berth of the other situation.
    berths : at least one, all of one cell.
    """
    was = old.berths[q]
    apart = [
        (
            abs(float(new.start_hours[i, each] - old.start_hours[i, q])),
            new.berths[each].after != was.after,
            abs(new.berths[each].opens - was.opens),
        )
        for each in berths.tolist()
    ]
    return int(berths[apart.index(min(apart))])


def bare_plan(outcome: Outcome) -> BedPlan:
    """The plan of an outcome without reasons."""
    found, situation = outcome.found, outcome.situation
    return BedPlan(
        at=situation.at,
        placements=tuple(placements_of(outcome)),
        status=found.status,
        bound=found.bound,
        runtime_s=0.0,
        solver=found.solver,
        horizon_days=situation.settings.horizon_days,
    )


def steadied(outcome: Outcome, compiled: Compiled, found: Found) -> Outcome:
    """The outcome of a solution, in which nobody gets another one of alike beds than before without need.

    Parameters
    ----------
    outcome : an earlier outcome for the same people.
    """
    new = outcome_of(compiled, found)
    arrivals = dict(new.arrivals)
    by_cell: defaultdict[int, list[int]] = defaultdict(list)
    for i, arrival in arrivals.items():
        by_cell[compiled.situation.cell_of[arrival.bed_id]].append(i)
    for cell, rows in by_cell.items():
        arrivals.update(_as_before(outcome, new, cell, rows))
    return Outcome(compiled, found, timed(compiled, arrivals))


def _as_before(outcome: Outcome, new: Outcome, cell: int, rows: list[int]) -> dict[int, Arrival]:
    """Beds of one cell, those of before first; nothing where somebody would then find none."""
    situation = new.situation
    taken = {bed.bed_id: np.zeros(situation.slots.count, dtype=bool) for bed in situation.cells[cell].beds}
    for span in new.spans:
        if span.bed_id in taken and not span.newly:
            taken[span.bed_id][span.since : span.until] = True
    was = {i: outcome.arrivals[i].bed_id for i in rows if i in outcome.arrivals and outcome.arrivals[i].bed_id in taken}
    found = {}
    for i in sorted(rows, key=lambda i: (i not in was, situation.start[i, new.arrivals[i].berth], i)):
        stay = slice(int(situation.start[i, new.arrivals[i].berth]), int(situation.end[i]))
        order = [was[i], *taken] if i in was else [new.arrivals[i].bed_id, *taken]
        bed_id = next((bed_id for bed_id in order if not taken[bed_id][stay].any()), "")
        if not bed_id:
            return {}
        taken[bed_id][stay] = True
        hours = float(situation.start_hours[i, new.arrivals[i].berth])
        found[i] = replace(new.arrivals[i], bed_id=bed_id, hours=hours)
    return found
