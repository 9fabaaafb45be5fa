"""Invented cases for the tests of organ support: shock and low coma scores go with ventilation."""

from functools import cache

import numpy as np

from medalloc.needs.models.organ_support import MEASURES, Measure, OrganSupportModel, Support
from medalloc.needs.models.organ_support_fit import LabelledCases, SupportFit, fit_organ_support

QUICK = SupportFit(trees=15, tree_words=10)
ILL, WELL = "septic shock pneumonia", "drug overdose observation"


def some_cases(n: int, seed: int) -> LabelledCases:
    """Cases of 12 hospitals, two fifths of them ill."""
    rng = np.random.default_rng(seed)
    ill = rng.random(n) < 0.4
    measures = np.full((n, len(MEASURES)), np.nan)
    measures[:, MEASURES.index(Measure.AGE)] = rng.integers(18, 95, n)
    measures[:, MEASURES.index(Measure.GCS)] = np.where(rng.random(n) < 0.3, np.nan, np.where(ill, 9.0, 15.0))
    flags = {
        Support.VENTILATED: (rng.random(n) < np.where(ill, 0.7, 0.1)).astype(np.int64),
        Support.NIV: (rng.random(n) < 0.3).astype(np.int64),
    }
    texts = tuple(f"Emergency. {ILL if one else WELL}" for one in ill)
    return LabelledCases(texts, measures, flags, rng.integers(1, 13, n))


@cache
def fitted() -> OrganSupportModel:
    """A model of such cases."""
    return fit_organ_support(some_cases(300, seed=4), QUICK)
