"""Fits the triage model: both halves, then calibration and the safety cut on inner folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold, StratifiedKFold
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from medalloc.needs.encoder import Encoder
from medalloc.needs.models.blend import Blend
from medalloc.needs.models.complaints import spelt_out
from medalloc.needs.models.logistic import (
    Features,
    Logistic,
    Outcome,
    Scaling,
    calibrate,
    fit_logistic,
    probabilities_of,
)
from medalloc.needs.models.tfidf import Floats, fit_tfidf
from medalloc.needs.models.trees import Trees, export_trees, stack_trees
from medalloc.needs.models.triage import (
    LEVELS,
    NUMBER_WEIGHT,
    VERY_URGENT,
    Frame,
    TriageModel,
    decide,
    model_of,
)
from medalloc.needs.models.triage_features import TriageCase, triage_numbers

Levels = NDArray[np.int64]
STEPS = len(LEVELS) - 1


@dataclass(frozen=True, slots=True)
class TriageFit:
    """How to fit."""

    ridge: float = 3.3
    axes: int = 12
    """Principal axes of the sentence vectors that the trees see."""
    trees: int = 60
    """By step of the levels."""
    rate: float = 0.1
    leaves: int = 8
    inner_folds: int = 4
    new_wording: bool = True
    """Whether complaints will come in words that the fit has not met: inner folds then keep equal ones together."""
    recall: float = 0.77
    """Share of levels 1 and 2 that the cut must find in the inner folds."""
    seed: int = 0


def fit_triage(
    cases: Sequence[TriageCase], levels: Levels, encoder: Encoder, settings: TriageFit | None = None
) -> TriageModel:
    """The model of cases whose levels are known."""
    how = settings or TriageFit()
    with threadpool_limits(1):  # so few rows: threads would wait for one another
        logits = _inner_logits(cases, levels, encoder, how)
        scaling = calibrate(Outcome.ORDERED, logits, levels - 1)
        frame, blend = _fit(cases, levels, encoder, how)
    chances = probabilities_of(Outcome.ORDERED, scaling.apply(logits))
    blend = Blend(blend.linear, blend.trees, scaling)
    return TriageModel(frame, blend, safety_cut(chances, levels, how.recall))


def safety_cut(chances: Floats, levels: Levels, recall: float) -> float:
    """The highest cut, in steps of .01 from .5 down, at which so many of levels 1 and 2 are read as such."""
    urgent = levels <= VERY_URGENT
    cuts = (hundredths / 100 for hundredths in range(50, 0, -1))
    return next((cut for cut in cuts if (decide(chances, cut)[urgent] <= VERY_URGENT).mean() >= recall), 0.0)


def folds_of(
    texts: Sequence[str], levels: Levels, count: int, seed: int, *, grouped: bool
) -> Iterator[tuple[Levels, Levels]]:
    """Places of the rows to fit on and of those left out: equal texts together, or the same mix of levels."""
    if grouped:
        yield from GroupKFold(count, shuffle=True, random_state=seed).split(texts, levels, texts)
    else:
        yield from StratifiedKFold(count, shuffle=True, random_state=seed).split(texts, levels)


def _inner_logits(cases: Sequence[TriageCase], levels: Levels, encoder: Encoder, how: TriageFit) -> Floats:
    """Logits of every case from a model that has not seen it."""
    found = np.empty((len(cases), STEPS))
    texts = [spelt_out(case.complaint) for case in cases]
    for seen, unseen in folds_of(texts, levels, how.inner_folds, how.seed, grouped=how.new_wording):
        frame, blend = _fit([cases[place] for place in seen], levels[seen], encoder, how)
        found[unseen] = blend.logits(frame.inputs([cases[place] for place in unseen], encoder))
    return found


def _fit(cases: Sequence[TriageCase], levels: Levels, encoder: Encoder, how: TriageFit) -> tuple[Frame, Blend]:
    """Both halves, not yet calibrated."""
    frame = _fit_frame(cases, encoder, how)
    inputs = frame.inputs(cases, encoder)
    plain = Scaling(1.0, np.zeros(STEPS))
    return frame, Blend(_fit_linear(inputs.linear, levels, how), _fit_trees(inputs.boosted, levels, how), plain)


def _fit_frame(cases: Sequence[TriageCase], encoder: Encoder, how: TriageFit) -> Frame:
    texts = [spelt_out(case.complaint) for case in cases]
    vectors = encoder.encode(texts).astype(np.float64)
    mean = vectors.mean(axis=0)
    axes = np.linalg.svd(vectors - mean, full_matrices=False)[2][: how.axes]
    numbers = triage_numbers(cases)
    means, spread = _means_and_spread(numbers)
    scales = NUMBER_WEIGHT / np.where(spread > 0, spread, 1.0)
    return Frame(fit_tfidf(texts), model_of(encoder.name), mean, axes, means, scales)


def _means_and_spread(numbers: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of what is known in each column; 0 where nothing is."""
    known = ~np.isnan(numbers)
    count = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, numbers, 0.0).sum(axis=0) / count
    away = np.where(known, numbers - means, 0.0)
    return means, np.sqrt((away**2).sum(axis=0) / count)


def _fit_linear(features: Features, levels: Levels, how: TriageFit) -> Logistic:
    """One slope for all steps and a slope of each step's own, half and half: neither as stiff nor as loose."""
    common = fit_logistic(Outcome.ORDERED, features, levels - 1, ridge=how.ridge)
    own = [
        fit_logistic(Outcome.BINARY, features, (levels > level).astype(np.int64), ridge=how.ridge)
        for level in LEVELS[:-1]
    ]
    coefficients = 0.5 * (common.coefficients + np.vstack([model.coefficients for model in own]))
    intercepts = 0.5 * (common.intercepts + np.concatenate([model.intercepts for model in own]))
    return Logistic(Outcome.ORDERED, coefficients, intercepts)


def _fit_trees(features: Floats, levels: Levels, how: TriageFit) -> Trees:
    """Boosted trees for each step; a column in which nothing is known counts as 0, as trees cannot be grown on it."""
    features = np.where(np.isnan(features).all(axis=0), 0.0, features)
    grown = []
    for level in LEVELS[:-1]:
        model = HistGradientBoostingClassifier(
            max_iter=how.trees,
            learning_rate=how.rate,
            max_leaf_nodes=how.leaves,
            min_samples_leaf=8,
            l2_regularization=5.0,
            max_features=0.15,
            early_stopping=False,
            random_state=how.seed,
        )
        grown.append(export_trees(model.fit(features, levels > level)))
    return stack_trees(grown)
