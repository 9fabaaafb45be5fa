"""Fits sentence scores from labels of patients.

The labels say what a patient needs, not which sentence says so. The sentence scores are therefore fitted through
the pooling (`pool`): the log-likelihood of the patients' labels is maximised by L-BFGS over the weights of all
sentences' features, with a ridge penalty. The heads proper (`fit_head`) are fitted on patients that this step did
not see, which is what calibrates them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import Corpus
from medalloc.needs.facts import Facts
from medalloc.needs.layout import LAYOUT, N_OUTPUTS, Kind, Target
from medalloc.needs.ngrams import BUCKETS, Grams
from medalloc.needs.pool import SILENT, Floats, pool, shares, spread


@dataclass(frozen=True, slots=True)
class Labelled:
    """A corpus and what its patients need: a value by patient, in the corpus's order."""

    corpus: Corpus
    values: Mapping[NeedName, Sequence[str]]
    facts: Facts


HEAVIEST = 5.0
"""Largest weight of a patient who has a rare need."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """Strengths of the penalties, and how long to look."""

    grams: float = 0.3
    vectors: float = 1.0
    heads: float = 2.0
    iterations: int = 80


def wanted_logits(labelled: Labelled) -> Floats:
    """What every logit should say, (n_patients, N_OUTPUTS)."""
    return np.hstack([onehots(target, labelled.values[target.name]) for target in LAYOUT])


def onehots(target: Target, values: Sequence[str]) -> Floats:
    """What the logits of a need should say: the value (choice), or the steps reached (ordered)."""
    place_of = {value: place for place, value in enumerate(target.values)}
    places = np.asarray([place_of.get(value, 0) for value in values])
    if target.kind is Kind.CHOICE:
        return np.asarray(np.eye(len(target.values))[places])
    return np.asarray(places[:, None] >= np.arange(1, len(target.values)), dtype=float)


def sparse(grams: Grams) -> csr_matrix:
    """The n-gram features of sentences as a sparse matrix, (n_sentences, BUCKETS)."""
    sizes = np.diff(grams.own_starts)[grams.words]
    begins = grams.own_starts[:-1][grams.words]
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    own = grams.own[np.repeat(begins, sizes) + within]
    row_of_word = np.repeat(np.arange(len(grams.starts) - 1), np.diff(grams.starts))
    inner = grams.pairs >= 0
    rows = np.concatenate([np.repeat(row_of_word, sizes), row_of_word[inner]])
    columns = np.concatenate([own, grams.pairs[inner]])
    return csr_matrix((grams.scale[rows], (rows, columns)), shape=(len(grams.starts) - 1, BUCKETS), dtype=np.float32)


@dataclass(frozen=True)
class _Design:
    """A linear part of the sentence scores that is being fitted, what is given beside it, and what is wanted."""

    rows: csr_matrix | NDArray[np.float32]
    """Features of the sentences, (n_sentences, n_features)."""
    given: Floats
    """Scores that stand already, (n_sentences, N_OUTPUTS)."""
    starts: NDArray[np.int64]
    wanted: Floats
    """What the logits should say, (n_patients, N_OUTPUTS)."""
    ridge: float

    @property
    def shape(self) -> tuple[int, int]:
        """Of the parameters: weights of features, then the intercepts of patients."""
        return self.rows.shape[1] + 1, N_OUTPUTS


class _Objective:
    """Penalised negative log-likelihood of patients' labels, with its gradient, per patient.

    The parameters of each output are scaled by how rare it is, so that L-BFGS moves rare needs as fast as common
    ones; and patients who have a rare need weigh more. The heads put the probabilities right afterwards.
    """

    def __init__(self, design: _Design) -> None:
        self.design = design
        self.turned = design.rows.T.tocsr() if isinstance(design.rows, csr_matrix) else design.rows.T
        share = np.clip(design.wanted.mean(axis=0), 1e-3, 0.5)
        self.scale = 1.0 / np.sqrt(share)
        self.weight = np.where(design.wanted > 0, np.minimum(np.sqrt((1.0 - share) / share), HEAVIEST), 1.0)
        self.penalty = np.full((design.shape[0], 1), design.ridge)
        self.penalty[-1] = 1e-3

    def table(self, flat: Floats) -> Floats:
        """The parameters in their own units, (n_features + 1, N_OUTPUTS)."""
        return np.asarray(flat.reshape(self.design.shape) * self.scale)

    def __call__(self, flat: Floats) -> tuple[float, Floats]:
        table, starts = self.table(flat), self.design.starts
        scores = self.design.given + (self.design.rows @ table[:-1].astype(np.float32))
        pooled = pool(scores, starts)
        loss, slope = _likelihood(pooled + table[-1], self.design.wanted, self.weight)
        inner = spread(slope, starts) * shares(scores, pooled, starts)
        gradient = np.vstack([self.turned @ inner.astype(np.float32), slope.sum(axis=0)])
        gradient += self.penalty * table
        loss += 0.5 * float((self.penalty * table**2).sum())
        count = len(self.design.wanted)
        return loss / count, (gradient * self.scale).ravel() / count

    def start(self) -> Floats:
        """Sentences that say nothing, and intercepts that say how common each value is."""
        table = np.zeros(self.design.shape)
        share = np.clip(self.design.wanted.mean(axis=0), 1e-3, 0.999)
        table[-1] = np.log(share / (1.0 - share)) - pool(self.design.given, self.design.starts).mean(axis=0)
        return np.asarray((table / self.scale).ravel())

    def minimise(self, iterations: int) -> Floats:
        """The best parameters found, (n_features + 1, N_OUTPUTS)."""
        options = {"maxiter": iterations, "maxcor": 8}
        return self.table(minimize(self, self.start(), jac=True, method="L-BFGS-B", options=options).x)


def _likelihood(logits: Floats, wanted: Floats, weight: Floats) -> tuple[float, Floats]:
    """Negative log-likelihood over all needs, and its slope by logit."""
    total, slope = 0.0, np.empty_like(logits)
    for target in LAYOUT:
        at = target.columns
        loss, slope[:, at] = log_loss(target.kind, logits[:, at], wanted[:, at], weight[:, at])
        total += loss
    return total, slope


def log_loss(kind: Kind, logits: Floats, wanted: Floats, weight: Floats | float = 1.0) -> tuple[float, Floats]:
    """Negative log-likelihood of one need, and its slope by logit; the weights count for steps only."""
    if kind is Kind.ORDERED:
        loss = float((weight * (np.logaddexp(0.0, logits) - wanted * logits)).sum())
        return loss, np.asarray(weight * (1.0 / (1.0 + np.exp(-logits)) - wanted))
    top = logits.max(axis=1, keepdims=True)
    log_total = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float(((log_total - logits) * wanted).sum()), np.asarray(np.exp(logits - log_total) - wanted)


def fit_grams(labelled: Labelled, ridge: Ridge) -> NDArray[np.float32]:
    """Weights of n-grams, and intercepts of patients in the last row, (BUCKETS + 1, N_OUTPUTS)."""
    corpus = labelled.corpus
    given = np.full((len(corpus.pieces), N_OUTPUTS), SILENT)
    design = _Design(sparse(corpus.grams), given, corpus.starts, wanted_logits(labelled), ridge.grams)
    return _Objective(design).minimise(ridge.iterations).astype(np.float32)


def fit_vectors(labelled: Labelled, given: Floats, ridge: Ridge) -> NDArray[np.float32]:
    """Weights of sentence vectors beside the scores that stand already, and intercepts, (dim + 1, N_OUTPUTS).

    On other patients than those of `fit_grams`: what n-grams leave unsaid there is what vectors can add.
    """
    corpus = labelled.corpus
    design = _Design(corpus.vectors, given, corpus.starts, wanted_logits(labelled), ridge.vectors)
    return _Objective(design).minimise(ridge.iterations).astype(np.float32)
