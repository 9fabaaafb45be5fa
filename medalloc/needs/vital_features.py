"""The last complete vital signs of each patient as numbers for the heads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medalloc.needs.news2 import NewsScore
from medalloc.needs.pool import Floats

PARTS = ("resp_rate", "spo2", "oxygen", "systolic_bp", "pulse", "consciousness", "temperature")
N_VITALS = len(PARTS) + 1


def vital_features(scores: Sequence[NewsScore | None]) -> Floats:
    """Points of NEWS2 by measurement, and 1 where there are any; rows of 0 for patients without a complete set.

    Returns
    -------
    (n_patients, N_VITALS) float64
    """
    rows = np.zeros((len(scores), N_VITALS))
    for row, score in zip(rows, scores, strict=True):
        if score is not None:
            row[:] = [*(score.parts[name] for name in PARTS), 1]
    return rows
