"""The soft rule waiting: what it costs to get no bed in a plan, and how much of that a bed leaves.

=======  =====================================================================================
waiting  priority × hours, of whoever gets no bed in the plan
held     part of that which is left: by the hours until they come, and the chance of the bed
=======  =====================================================================================
"""

from __future__ import annotations

import numpy as np

from medalloc.domain.people import PatientStatus, Source
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.soft_lying import over_level
from medalloc.optimise.beds.weights import LOOK_AHEAD_HOURS
from medalloc.optimise.rules import WINDOW_HOURS, Person, moves_now
from medalloc.optimise.stays.problem import Costs


def waiting(situation: Situation) -> Costs:
    """Priority × hours of getting no bed in the plan: waited so far, and the time looked ahead. (n,)."""
    weights = situation.settings.weights
    return np.array(
        [weights.priority(p.patient.source, p.needs.acuity) * wait_hours(situation, p) for p in situation.people],
        dtype=float,
    )


def wait_hours(situation: Situation, person: Person) -> float:
    """Hours that count for getting no bed; for an arrival the fewer the further off it is."""
    if moves_now(person):
        return 0.0
    patient, slots = person.patient, situation.slots
    if patient.status is PatientStatus.EXPECTED:
        if patient.expected_at is None:
            return 0.0
        until = max(0.0, slots.hours(patient.expected_at))
        return LOOK_AHEAD_HOURS * max(0.0, 1.0 - until / slots.horizon_hours)
    waited = 0.0 if patient.waiting_since is None else max(0.0, -slots.hours(patient.waiting_since))
    return waited + LOOK_AHEAD_HOURS


def held(situation: Situation) -> Costs:
    """Part of the wait that each berth leaves, 0–1: share + (1 − chance) × (1 − share). (n, m).

    The share is that of 24 hours from when the person could come until they do, and 1 for a step-down in a bed
    that is no nearer to the level needed. The chance is that of the bed being free by then.
    """
    share = _share(situation)
    return np.asarray(1.0 - situation.chance * (1.0 - share))


def _share(situation: Situation) -> Costs:
    start = situation.start_hours
    first = np.where(np.isfinite(situation.first_hours), situation.first_hours, 0.0)
    share = np.clip((start - first[:, None]) / WINDOW_HOURS, 0.0, 1.0)
    down = [i for i, p in enumerate(situation.people) if p.bed_id and p.patient.source is Source.STEP_DOWN]
    if down:
        excess = over_level(situation)[down]
        own = excess[np.arange(len(down)), situation.home[down]]
        share[down] = np.where((excess >= own[:, None])[:, situation.berth_cell], 1.0, share[down])
    return np.asarray(share)
