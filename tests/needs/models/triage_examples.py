"""Invented triage cases whose level follows from a rule, and a small model of them."""

from functools import cache

import numpy as np

from medalloc.domain.people import Consciousness, Sex
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.models.triage_features import TriageCase
from medalloc.needs.models.triage_fit import TriageFit, fit_triage

ENCODER = HashEncoder(16)
COMPLAINTS = (("cardiac arrest", 1), ("chest pain", 2), ("fever", 3), ("ankle pain", 4), ("repeat prescription", 5))
SMALL = TriageFit(axes=3, trees=12, inner_folds=3, new_wording=False)


def examples(count, seed):
    """Cases, and levels that are one more urgent where the pulse is high."""
    rng = np.random.default_rng(seed)
    cases, levels = [], []
    for place in range(count):
        complaint, level = COMPLAINTS[place % len(COMPLAINTS)]
        pulse = float(rng.integers(55, 140))
        side = ("left", "right", "severe", "sudden")[int(rng.integers(4))]
        since = ("today", "yesterday", "Monday", "noon", "dawn", "May")[int(rng.integers(6))]
        age, asleep = float(rng.integers(18, 95)), rng.random() < 0.1
        cases.append(
            TriageCase(
                f"{side} {complaint} since {since}",
                age,
                Sex.MALE if place % 3 else Sex.FEMALE,
                consciousness=Consciousness.VOICE if asleep else Consciousness.ALERT,
                pulse=pulse,
                systolic_bp=None if place % 7 == 0 else 125.0,
            )
        )
        levels.append(max(1, level - (pulse > 115)))
    return cases, np.asarray(levels)


@cache
def small_model():
    """A model of 200 cases."""
    return fit_triage(*examples(200, 1), ENCODER, SMALL)
