"""Fits the model that foretells organ support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from medalloc.needs.models.logistic import Logistic, Outcome, calibrate, fit_logistic
from medalloc.needs.models.organ_support import OrganSupportModel, Support, SupportHead, scaled, tree_rows
from medalloc.needs.models.stay_hazard import centre_and_spread, splittable
from medalloc.needs.models.tfidf import Floats, TfIdf, Vocabulary, fit_tfidf
from medalloc.needs.models.trees import Trees, export_trees

Flags = NDArray[np.int64]


@dataclass(frozen=True)
class LabelledCases:
    """Cases whose course is known."""

    texts: tuple[str, ...]
    measures: Floats
    """(n_cases, n_measures), NaN where not known."""
    outcomes: Mapping[Support, Flags]
    """(n_cases,): 1 where the patient got it."""
    hospitals: NDArray[np.int64]
    """(n_cases,): folds keep a hospital together."""

    def take(self, rows: NDArray[np.int64]) -> LabelledCases:
        """The cases at the places."""
        return LabelledCases(
            tuple(self.texts[row] for row in rows),
            self.measures[rows],
            {support: flags[rows] for support, flags in self.outcomes.items()},
            self.hospitals[rows],
        )


WORDS = Vocabulary(min_texts=3, most=4000)


@dataclass(frozen=True, slots=True)
class SupportFit:
    """How to fit."""

    ridge: float = 3.0
    words: Vocabulary = WORDS
    tree_words: int = 120
    """How many telling words the trees know."""
    trees: int = 150
    folds: int = 3
    """Of hospitals, for the calibration."""
    seed: int = 0


def fit_organ_support(cases: LabelledCases, how: SupportFit | None = None) -> OrganSupportModel:
    """The model, calibrated on hospitals that its parts were not fitted on."""
    how = how or SupportFit()
    held = {support: np.zeros((len(cases.texts), 1)) for support in cases.outcomes}
    for fitted, others in hospital_folds(cases.hospitals, how.folds, how.seed):
        part, rest = _Parts(cases.take(fitted), how), cases.take(others)
        for support in cases.outcomes:
            held[support][others] = part.logits(support, rest)
    whole = _Parts(cases, how)
    heads = {}
    for support, outcomes in cases.outcomes.items():
        head = whole.head(support)
        heads[support] = SupportHead(
            head.logistic, head.trees, head.words, calibrate(Outcome.BINARY, held[support], outcomes)
        )
    return OrganSupportModel(whole.tfidf, whole.centre, whole.spread, heads)


def hospital_folds(hospitals: NDArray[np.int64], n: int, seed: int) -> Iterator[tuple[Flags, Flags]]:
    """Places to fit on and to test on; no hospital stands on both sides."""
    names = np.random.default_rng(seed).permutation(np.unique(hospitals))
    fold_of = {name: place % n for place, name in enumerate(names.tolist())}
    folds = np.asarray([fold_of[name] for name in hospitals.tolist()])
    for fold in range(n):
        yield np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)


@dataclass(frozen=True)
class _Head:
    """Logistic and trees before calibration."""

    logistic: Logistic
    trees: Trees
    words: NDArray[np.int64]


class _Parts:
    """What the heads of one fit share."""

    def __init__(self, cases: LabelledCases, how: SupportFit) -> None:
        self.cases, self.how = cases, how
        both = fit_tfidf(cases.texts, how.words)
        self.tfidf = TfIdf(both.words, (), both.idf[: len(both.words)])
        self.centre, self.spread = centre_and_spread(cases.measures)
        self.words = self.tfidf.transform(cases.texts)
        self._heads: dict[Support, _Head] = {}

    def head(self, support: Support) -> _Head:
        """Logistic and trees of one support."""
        if support not in self._heads:
            outcomes = self.cases.outcomes[support]
            kept = telling(self.words, outcomes, self.how.tree_words)
            columns = self._columns(self.words, self.cases.measures)
            logistic = fit_logistic(Outcome.BINARY, columns, outcomes, ridge=self.how.ridge)
            trees = _grow(tree_rows(self.words, kept, splittable(self.cases.measures)), outcomes, self.how)
            self._heads[support] = _Head(logistic, trees, kept)
        return self._heads[support]

    def logits(self, support: Support, cases: LabelledCases) -> Floats:
        """Log-odds before calibration, (n_cases, 1)."""
        head, words = self.head(support), self.tfidf.transform(cases.texts)
        grown = head.trees.raw(tree_rows(words, head.words, cases.measures))
        return np.asarray((head.logistic.logits(self._columns(words, cases.measures)) + grown) / 2.0)

    def _columns(self, words: csr_matrix, measures: Floats) -> csr_matrix:
        return csr_matrix(hstack([words, scaled(measures, self.centre, self.spread)], format="csr"))


def telling(words: csr_matrix, outcomes: Flags, most: int) -> NDArray[np.int64]:
    """Columns whose presence differs most from chance by outcome (chi-squared), in their order."""
    met = csr_matrix(words > 0, dtype=np.float64)
    share = outcomes.mean()
    found = np.asarray(met.T @ outcomes.astype(np.float64)).ravel()
    expected = np.asarray(met.sum(axis=0)).ravel() * share
    excess = (found - expected) ** 2 / np.maximum(expected * (1.0 - share), 1e-9)
    return np.sort(np.argsort(-excess, kind="stable")[:most])


def _grow(rows: Floats, outcomes: Flags, how: SupportFit) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    grown = HistGradientBoostingClassifier(
        learning_rate=0.04,
        max_iter=how.trees,
        max_leaf_nodes=8,
        min_samples_leaf=10,
        l2_regularization=5.0,
        max_features=0.3,
        early_stopping=False,
        random_state=how.seed,
    )
    return export_trees(grown.fit(rows, outcomes))
