"""An earlier plan as a solution to start from: what of it can still be done."""

from __future__ import annotations

import numpy as np

from medalloc.domain.plan import BedPlan, Placement
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Ints

PASSES = 3
"""Times that everybody who did not fit is tried again, as beds come free."""


def start_of(compiled: Compiled, plan: BedPlan) -> Ints:
    """The berth of each person by a plan, `REMAINS` where it cannot be had any more. (n,).

    The solution breaks no hard rule, but that somebody who is locked to another bed may remain.
    """
    wanted = projected(compiled, plan)
    pinned = np.isinf(compiled.problem.people.remaining)
    nobody = np.full(len(wanted), REMAINS)
    if _faults(compiled, wanted) == 0:
        return wanted
    berth = nobody
    order = sorted(
        np.flatnonzero(wanted != REMAINS).tolist(), key=lambda i: (not pinned[i], -compiled.prices.remaining[i])
    )
    for _ in range(PASSES):
        for i in order:
            if berth[i] == REMAINS:
                tried = berth.copy()
                tried[i] = wanted[i]
                berth = tried if _faults(compiled, tried) <= _faults(compiled, berth) else berth
    return berth


def projected(compiled: Compiled, plan: BedPlan) -> Ints:
    """The berth of each person by a plan, company and beds given to several apart. (n,)."""
    berth = np.full(len(compiled.situation.people), REMAINS)
    for i, person in enumerate(compiled.situation.people):
        line = plan.placement_of.get(person.patient_id)
        if line is not None and line.to_bed_id in compiled.situation.cell_of:
            berth[i] = berth_like(compiled, i, line)
    return berth


def berth_like(compiled: Compiled, i: int, line: Placement) -> int:
    """The berth of a bed that begins nearest to the start of a line; `REMAINS` where none can be had."""
    situation = compiled.situation
    cell = situation.cell_of[line.to_bed_id]
    berths = np.flatnonzero((situation.berth_cell == cell) & np.isfinite(compiled.problem.berths.cost[i]))
    if not line.action.moves or not len(berths):
        return REMAINS
    hours = situation.slots.hours(line.starts_at) if line.starts_at else 0.0
    return int(berths[np.argmin(np.abs(situation.start_hours[i, berths] - hours))])


def _faults(compiled: Compiled, berth: Ints) -> int:
    return len(evaluate(compiled.problem, berth).faults)
