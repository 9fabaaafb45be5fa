"""Ridge logistic models of yes or no, of one of several, and of ordered outcomes, with a calibrated scale.

Everything but the last link is linear, so that what each column adds to a logit is exact; calibration scales and
shifts the logits and is folded into the coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from medalloc.needs.models.tfidf import Floats

Features: TypeAlias = "csr_matrix | Floats"
Loss = Callable[[Floats], tuple[float, Floats]]
"""From the logits: negative log-likelihood, and its slope by logit."""
LEAST = 1e-12


class Outcome(StrEnum):
    """What is predicted."""

    BINARY = "binary"
    """Logit of the second outcome, (n, 1)."""
    CHOICE = "choice"
    """A logit for each outcome."""
    ORDERED = "ordered"
    """Logits of reaching the second outcome, the third, …: one slope, falling intercepts (McCullagh 1980)."""


@dataclass(frozen=True)
class Logistic:
    """A fitted model."""

    kind: Outcome
    coefficients: Floats
    """(n_slopes, n_columns): one row for each logit, or one row that all logits share."""
    intercepts: Floats
    """(n_logits,)."""

    def logits(self, features: Features) -> Floats:
        """(n_rows, n_logits) float64."""
        return np.asarray(features @ self.coefficients.T) + self.intercepts

    def probabilities(self, features: Features) -> Floats:
        """(n_rows, n_outcomes), rows sum to 1."""
        return probabilities_of(self.kind, self.logits(features))

    def parts(self, features: Features, groups: Mapping[str, slice]) -> dict[str, Floats]:
        """What groups of columns add to the slopes' scores, each (n_rows, n_slopes).

        Where the groups cover all columns, parts and intercepts sum to the logits.
        """
        return {
            name: np.asarray(features[:, columns] @ self.coefficients[:, columns].T) for name, columns in groups.items()
        }

    def rescaled(self, scaling: Scaling) -> Logistic:
        """The model whose logits are those of this one, scaled and shifted."""
        coefficients = self.coefficients * scaling.factor
        return replace(self, coefficients=coefficients, intercepts=scaling.apply(self.intercepts))

    def arrays(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """As arrays for `np.savez`; names start with `prefix`."""
        return {
            f"{prefix}kind": np.asarray(self.kind),
            f"{prefix}coefficients": self.coefficients,
            f"{prefix}intercepts": self.intercepts,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Logistic:
        """What `arrays` gave."""
        coefficients, intercepts = arrays[f"{prefix}coefficients"], arrays[f"{prefix}intercepts"]
        kind = Outcome(str(arrays[f"{prefix}kind"]))
        return cls(kind, coefficients.astype(np.float64), intercepts.astype(np.float64))


@dataclass(frozen=True)
class Scaling:
    """Calibration: logits are multiplied and shifted (Platt 1999; without shifts, a temperature: Guo 2017)."""

    factor: float
    shifts: Floats
    """(n_logits,)."""

    def apply(self, logits: Floats) -> Floats:
        """The calibrated logits."""
        return np.asarray(logits * self.factor + self.shifts)


def probabilities_of(kind: Outcome, logits: Floats) -> Floats:
    """Probability of every outcome, (n_rows, n_outcomes), rows sum to 1."""
    if kind is Outcome.CHOICE:
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))
    reached = np.minimum.accumulate(_sigmoid(logits), axis=1)
    edges = np.hstack([np.ones((len(reached), 1)), reached, np.zeros((len(reached), 1))])
    return np.asarray(edges[:, :-1] - edges[:, 1:])


def fit_logistic(
    kind: Outcome, features: Features, outcomes: NDArray[np.int64], *, ridge: float = 1.0, weights: Floats | None = None
) -> Logistic:
    """The model with the greatest likelihood less half the ridge times the sum of squared coefficients.

    Parameters
    ----------
    features
        (n_rows, n_columns), dense or sparse, of like size: one ridge holds all.
    outcomes
        (n_rows,): 0, 1, …; the highest one must be met.
    weights
        Of the rows; None: 1 each.
    """
    n_outcomes = int(outcomes.max()) + 1
    n_slopes = n_outcomes if kind is Outcome.CHOICE else 1
    n_logits = n_outcomes if kind is Outcome.CHOICE else n_outcomes - 1
    loss = _loss(kind, outcomes, np.ones(len(outcomes)) if weights is None else weights)
    split = n_slopes * features.shape[1]

    def objective(flat: Floats) -> tuple[float, Floats]:
        slopes = flat[:split].reshape(n_slopes, -1)
        total, by_logit = loss(np.asarray(features @ slopes.T) + flat[split:])
        by_slope = by_logit if n_slopes == n_logits else by_logit.sum(axis=1, keepdims=True)
        gradient = np.asarray(features.T @ by_slope).T + ridge * slopes
        total += 0.5 * ridge * float((slopes**2).sum())
        return total, np.concatenate([gradient.ravel(), by_logit.sum(axis=0)])

    start = np.concatenate([np.zeros(split), _start(kind, outcomes, n_outcomes)])
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000, "maxfun": 4000}).x
    return Logistic(kind, found[:split].reshape(n_slopes, -1), found[split:])


def calibrate(kind: Outcome, logits: Floats, outcomes: NDArray[np.int64], *, shifted: bool = True) -> Scaling:
    """The scale that gives logits the greatest likelihood on rows that their model was not fitted on.

    Parameters
    ----------
    shifted
        False: a temperature alone.
    """
    loss = _loss(kind, outcomes, np.ones(len(outcomes)))

    def objective(flat: Floats) -> tuple[float, Floats]:
        total, slope = loss(logits * flat[0] + flat[1:] * shifted)
        return total, np.concatenate([[(slope * logits).sum()], slope.sum(axis=0) * shifted])

    start = np.concatenate([[1.0], np.zeros(logits.shape[1])])
    found = minimize(objective, start, jac=True, method="L-BFGS-B").x
    return Scaling(float(found[0]), found[1:] * shifted)


def _loss(kind: Outcome, outcomes: NDArray[np.int64], weights: Floats) -> Loss:
    rows = np.arange(len(outcomes))

    def of_choice(logits: Floats) -> tuple[float, Floats]:
        chances = probabilities_of(kind, logits)
        wanted = np.zeros_like(chances)
        wanted[rows, outcomes] = 1.0
        total = -float((weights * np.log(np.maximum(chances[rows, outcomes], LEAST))).sum())
        return total, (chances - wanted) * weights[:, None]

    def of_ordered(logits: Floats) -> tuple[float, Floats]:
        reached = _sigmoid(logits)
        edges = np.hstack([np.ones((len(rows), 1)), reached, np.zeros((len(rows), 1))])
        chance = np.maximum(edges[rows, outcomes] - edges[rows, outcomes + 1], LEAST)
        steep = edges * (1.0 - edges)
        slope = np.zeros_like(edges)
        slope[rows, outcomes] = -steep[rows, outcomes] / chance * weights
        slope[rows, outcomes + 1] += steep[rows, outcomes + 1] / chance * weights
        return -float((weights * np.log(chance)).sum()), slope[:, 1:-1]

    return of_choice if kind is Outcome.CHOICE else of_ordered


def _start(kind: Outcome, outcomes: NDArray[np.int64], n_outcomes: int) -> Floats:
    """Intercepts that say how common each outcome is."""
    share = np.clip(np.bincount(outcomes, minlength=n_outcomes) / len(outcomes), 1e-3, None)
    if kind is Outcome.CHOICE:
        return np.asarray(np.log(share))
    reached = np.clip(1.0 - np.cumsum(share)[:-1], 1e-4, 1 - 1e-4)
    return np.asarray(np.log(reached / (1.0 - reached)))


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logits)))
