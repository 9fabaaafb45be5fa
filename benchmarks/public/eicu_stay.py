"""Remaining days in hospital of the eICU demo: the stay model on measures, days already spent and the text.

The text enters as one number, a ridge regression of log(days) on its words, given to each stay by a regression that
has not seen its hospital.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import Ridge

from benchmarks.public.eicu_data import EicuStays
from medalloc.needs.models.organ_support import MEASURES, scaled
from medalloc.needs.models.organ_support_fit import WORDS, hospital_folds
from medalloc.needs.models.stay_hazard import StayFit, StayModel, centre_and_spread, fit_stay
from medalloc.needs.models.tfidf import Floats, TfIdf, fit_tfidf

NAMES = (*map(str, MEASURES), "text")
RIDGE = 4.0
FOLDS = 5


@dataclass(frozen=True)
class TextScore:
    """Log of the remaining days as words and measures give it."""

    tfidf: TfIdf
    centre: Floats
    spread: Floats
    ridge: Ridge

    def score(self, texts: Sequence[str], measures: Floats) -> Floats:
        """(n,)."""
        return np.asarray(self.ridge.predict(_columns(self, texts, measures)))


def fit_text_score(texts: Sequence[str], measures: Floats, days: Floats) -> TextScore:
    """The regression of log(days)."""
    both = fit_tfidf(texts, WORDS)
    words = TfIdf(both.words, (), both.idf[: len(both.words)])
    score = TextScore(words, *centre_and_spread(measures), Ridge(alpha=RIDGE))
    score.ridge.fit(_columns(score, texts, measures), np.log(np.maximum(days, 0.1)))
    return score


def _columns(score: TextScore, texts: Sequence[str], measures: Floats) -> csr_matrix:
    return csr_matrix(
        hstack([score.tfidf.transform(texts), scaled(measures, score.centre, score.spread)], format="csr")
    )


def fit_remaining(stays: EicuStays, rows: NDArray[np.int64], how: StayFit) -> tuple[StayModel, TextScore]:
    """The stay model of the stays at `rows`, and the text score that it needs."""
    texts, measures = [stays.cases.texts[row] for row in rows], stays.cases.measures[rows]
    days = stays.remaining_days[rows]
    held = np.zeros(len(rows))
    for fitted, others in hospital_folds(stays.cases.hospitals[rows], FOLDS, 7):
        part = fit_text_score([texts[one] for one in fitted], measures[fitted], days[fitted])
        held[others] = part.score([texts[one] for one in others], measures[others])
    features = np.column_stack([measures, held])
    model = fit_stay(days, np.ones(len(rows), dtype=bool), features, stays.elapsed_days[rows], NAMES, how)
    return model, fit_text_score(texts, measures, days)


def foretell(stays: EicuStays, rows: NDArray[np.int64], fitted: tuple[StayModel, TextScore]) -> Floats:
    """10, 50 and 90 % quantiles of the remaining days, (n, 3)."""
    model, score = fitted
    texts, measures = [stays.cases.texts[row] for row in rows], stays.cases.measures[rows]
    features = np.column_stack([measures, score.score(texts, measures)])
    return model.quantiles(features, stays.elapsed_days[rows])
