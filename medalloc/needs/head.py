"""The head of one need: from pooled sentence scores and facts to probabilities, with every part of a score known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.domain.needs import NeedName
from medalloc.needs.facts import MEASURED, Facts
from medalloc.needs.layout import Kind
from medalloc.needs.models.trees import Trees
from medalloc.needs.pool import Floats
from medalloc.needs.vital_features import N_VITALS, PARTS


@dataclass(frozen=True)
class Parts:
    """What the log-odds of a value are made of; the parts sum to `total`."""

    total: float
    constant: float
    """Of the intercept, of sentences that say nothing, and of the trees' bias."""
    pooled: Floats
    """Of each own column of pooled sentence scores, (n_columns,)."""
    said: float
    """Of what the reading rules found."""
    vitals: dict[str, float]
    """Of the vital signs and the age, by name."""


@dataclass(frozen=True)
class Head:
    """Linear logits of one need, averaged with boosted trees for patients with vital signs."""

    name: NeedName
    kind: Kind
    values: tuple[str, ...]
    columns: slice
    """Of the pooled sentence scores that are its own."""
    coefficients: Floats
    """(n_logits, n_columns + N_VITALS + 2 n_values): of pooled scores, points of NEWS2, and what the rules say."""
    intercepts: Floats
    """(n_logits,)."""
    boosted: tuple[Trees, ...] = ()
    """One for each logit, of pooled scores and measurements; none where vital signs say nothing of the need."""

    @property
    def width(self) -> int:
        """Number of own columns."""
        return int(self.columns.stop - self.columns.start)

    def features(self, pooled: Floats, facts: Facts) -> Floats:
        """What the linear logits are made of, (n_patients, n_columns + N_VITALS + 2 n_values)."""
        return np.hstack([pooled[:, self.columns], facts.vitals, facts.said[self.name]])

    def measured(self, pooled: Floats, facts: Facts) -> Floats:
        """What the trees are made of, (n_patients, n_columns + len(MEASURED))."""
        return np.hstack([pooled[:, self.columns], facts.measured])

    def logits(self, pooled: Floats, facts: Facts) -> Floats:
        """Logits, (n_patients, n_logits)."""
        found = self.features(pooled, facts) @ self.coefficients.T + self.intercepts
        seen = facts.seen
        if self.boosted and seen.any():
            rows = self.measured(pooled, facts)[seen]
            trees = np.hstack([one.raw(rows) for one in self.boosted])
            found[seen] = (found[seen] + trees) / 2.0
        return np.asarray(found)

    def probabilities(self, pooled: Floats, facts: Facts) -> Floats:
        """Probability of each value.

        Parameters
        ----------
        pooled
            Of all needs, (n_patients, n_outputs).

        Returns
        -------
        (n_patients, n_values) float64, rows sum to 1
        """
        return chances(self.kind, self.logits(pooled, facts))

    def towards(self, value: str) -> Floats:
        """Weights of the logits whose sum is the log-odds of a value, (n_logits,).

        Of one of several values: against the mean of all; of ordered ones: of reaching this one, or of staying
        below the second.
        """
        place = self.values.index(value)
        if self.kind is Kind.CHOICE:
            return np.asarray(np.eye(len(self.values))[place] - 1.0 / len(self.values))
        weights = np.zeros(len(self.intercepts))
        weights[max(place - 1, 0)] = 1.0 if place else -1.0
        return weights

    def parts(self, pooled: Floats, facts: Facts, patient: int, value: str) -> Parts:
        """What the log-odds of a value are made of, for one patient.

        Parameters
        ----------
        pooled
            Of all patients, (n_patients, n_outputs).
        patient
            Place of the patient.
        """
        towards, one = self.towards(value), facts.only(patient, self.name)
        row = pooled[patient : patient + 1]
        linear = (towards @ self.coefficients) * self.features(row, one)[0]
        own, vitals, said = np.split(linear, [self.width, self.width + N_VITALS])
        constant = float(towards @ self.intercepts) + float(vitals[-1])
        named = dict(zip(PARTS, vitals[:-1].tolist(), strict=True))
        if self.boosted and one.seen[0]:
            grown = sum(
                weight * trees.contributions(self.measured(row, one))[0, :, 0]
                for weight, trees in zip(towards, self.boosted, strict=True)
            )
            bias = sum(weight * float(trees.bias[0]) for weight, trees in zip(towards, self.boosted, strict=True))
            own, said, constant = (own + grown[: self.width]) / 2.0, said / 2.0, (constant + bias) / 2.0
            named = _merged(named, dict(zip(MEASURED, grown[self.width :].tolist(), strict=True)))
        total = float(towards @ self.logits(row, one)[0])
        return Parts(total, constant, own, float(said.sum()), named)


def chances(kind: Kind, logits: Floats) -> Floats:
    """Probabilities of the values, rows sum to 1; steps that are out of order are made even."""
    if kind is Kind.CHOICE:
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))
    reached = np.minimum.accumulate(1.0 / (1.0 + np.exp(-logits)), axis=1)
    edges = np.hstack([np.ones((len(reached), 1)), reached, np.zeros((len(reached), 1))])
    return np.asarray(edges[:, :-1] - edges[:, 1:])


def _merged(linear: dict[str, float], grown: dict[str, float]) -> dict[str, float]:
    """Half of each part of two models, by the name of the measurement."""
    same = {"oxygen": "on_oxygen"}
    total = dict.fromkeys(grown, 0.0)
    for name, part in linear.items():
        total[same.get(name, name)] += part / 2.0
    for name, part in grown.items():
        total[name] += part / 2.0
    return {name: part for name, part in total.items() if part}
