"""A plan carried over to a situation with other beds, locks or settings, everybody in the same bed at the same time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from medalloc.domain.plan import BedPlan
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.assign import Arrival
from medalloc.optimise.beds.compile import Compiled, compile_situation
from medalloc.optimise.beds.placements import Outcome, placements_of
from medalloc.optimise.beds.situation import Given, situated
from medalloc.optimise.stays.problem import REMAINS


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
        hours = float(old.start_hours[i, arrival.berth])
        away = np.abs(new.start_hours[i, berths] - hours) + np.abs(new.start[i, berths] - old.start[i, arrival.berth])
        arrivals[i] = Arrival(int(berths[np.argmin(away)]), arrival.bed_id, arrival.hours)
    berth = np.full(len(new.people), REMAINS)
    for i, arrival in arrivals.items():
        berth[i] = arrival.berth
    return Outcome(compiled, replace(outcome.found, berth=berth), arrivals)


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
