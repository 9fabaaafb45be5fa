"""Planning again around what has changed since the last plan: quick, and with few other moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from medalloc.domain.plan import Action, BedPlan
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.nearby import solve_nearby
from medalloc.optimise.beds.start import start_of
from medalloc.optimise.stays.problem import REMAINS, Ints
from medalloc.optimise.stays.search import Found, SearchLimits

NEAR_GAP = 0.01
"""A plan proved to be so near the best is near enough until the whole is planned again (relative)."""

LEAST_S = 1.5
"""Time that any search has [s]; most take half of it …"""

PERSON_S = 0.005
"""… and for each person in a large hospital [s]."""


def solve_around(compiled: Compiled, plan: BedPlan, limits: SearchLimits) -> Found:
    """The best solution found near a plan that was made for an earlier state of the hospital.

    What can be kept of the plan is what the search begins with; those who are unsettled may go anywhere, all others
    where the relaxation thinks best. The bound is one of the whole problem. Once the plan is proved to be within
    `NEAR_GAP` nothing is looked for any more.
    """
    start = start_of(compiled, plan)
    longest_s = max(LEAST_S, PERSON_S * len(start))
    near = replace(limits, gap=max(NEAR_GAP, limits.gap), time_limit_s=min(longest_s, limits.time_limit_s))
    return solve_nearby(compiled.problem, start, unsettled(compiled, plan, start), near, bounded=True)


def unsettled(compiled: Compiled, plan: BedPlan, start: Ints) -> Ints:
    """Rows of those whom the plan does not know, who lie elsewhere than it says, or whose bed cannot be had any more.

    Parameters
    ----------
    start : what can be kept of the plan. (n,).
    """
    rows = []
    for i, person in enumerate(compiled.situation.people):
        line = plan.placement_of.get(person.patient_id)
        waits = line is None or line.action is Action.WAIT
        lost = line is not None and line.action.moves and start[i] == REMAINS
        elsewhere = line is not None and person.bed_id not in (line.from_bed_id, line.to_bed_id)
        if waits or lost or elsewhere:
            rows.append(i)
    return np.array(rows, dtype=int)
