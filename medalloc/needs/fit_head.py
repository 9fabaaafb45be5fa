"""Fits the head of a need on patients whose labels no sentence score has seen, which is what calibrates it."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from medalloc.needs.head import Head
from medalloc.needs.layout import Kind, Target
from medalloc.needs.models.trees import Trees, export_trees
from medalloc.needs.pool import Floats
from medalloc.needs.train import Labelled, log_loss, onehots
from medalloc.needs.vital_features import N_VITALS

FREER = 0.05
"""How strongly intercepts are held, against 1 for coefficients."""
SAID, SAID_BEFORE = 2.5, 1.0
"""Log-odds (92 and 73 %) that a value has before anything is learnt, where a rule finds it in the last note, or in an
earlier one."""
FEWEST_TO_BOOST = 40
"""Patients with vital signs on the rarer side of a logit, from which trees are grown for it."""


def fit_head(target: Target, labelled: Labelled, pooled: Floats, prior: Floats, ridge: float) -> Head:
    """The calibrated head of one need.

    Parameters
    ----------
    prior
        Intercepts of the sentence fit, (N_OUTPUTS,): where there is little to learn from, the head stays near the
        logits that the sentence scores were fitted with.
    ridge
        Strength of the pull to them.
    """
    expected = _expected(target, prior[target.columns])
    facts = labelled.facts
    vitals = facts.vitals if target.uses_vitals else np.zeros_like(facts.vitals)
    ones = np.ones((len(pooled), 1))
    features = np.hstack([pooled[:, target.columns], vitals, facts.said[target.name], ones])
    wanted = onehots(target, labelled.values[target.name])
    table = refitted(target.kind, features, wanted, expected, ridge)
    boosted = _boosted(target, labelled, pooled, wanted) if target.uses_vitals else ()
    return Head(target.name, target.kind, target.values, target.columns, table[:, :-1], table[:, -1], boosted)


def refitted(kind: Kind, features: Floats, wanted: Floats, expected: Floats, ridge: float) -> Floats:
    """Coefficients with the intercepts last, pulled towards the expected ones, (n_logits, n_features)."""

    def objective(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(expected.shape)
        loss, slope = log_loss(kind, features @ table.T, wanted)
        away = table - expected
        away[:, -1] *= FREER
        gradient = slope.T @ features + ridge * away
        return loss + 0.5 * ridge * float((away * (table - expected)).sum()), gradient.ravel()

    found = minimize(objective, expected.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return np.asarray(found.reshape(expected.shape))


def _expected(target: Target, intercepts: Floats) -> Floats:
    """What the coefficients are before anything is learnt: the sentence fit's logits, and the rules believed."""
    width, n_values = target.columns.stop - target.columns.start, len(target.values)
    vitals = np.zeros((width, N_VITALS))
    said = []
    for belief in (SAID, SAID_BEFORE):
        if target.kind is Kind.CHOICE:
            said.append(np.diag(belief + intercepts.max() - intercepts))
        else:
            reached = np.arange(n_values)[None, :] > np.arange(width)[:, None]
            said.append(np.where(reached, belief - np.minimum(intercepts, 0.0)[:, None], -belief))
    return np.hstack([np.eye(width), vitals, *said, intercepts[:, None]])


def _boosted(target: Target, labelled: Labelled, pooled: Floats, wanted: Floats) -> tuple[Trees, ...]:
    """Trees for every logit, on patients with vital signs; none where one logit has too few examples."""
    facts = labelled.facts
    rows = np.hstack([pooled[:, target.columns], facts.measured])[facts.seen]
    labels = wanted[facts.seen]
    rarer = np.minimum(labels.sum(axis=0), (1.0 - labels).sum(axis=0))
    if not len(rows) or rarer.min() < FEWEST_TO_BOOST:
        return ()
    return tuple(export_trees(_grown(rows, labels[:, logit])) for logit in range(labels.shape[1]))


def _grown(rows: Floats, labels: Floats) -> HistGradientBoostingClassifier:
    model = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=100,
        max_depth=3,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    measured = ~np.isnan(rows).all(axis=0)  # of what nobody measured there are no bins
    return model.fit(np.where(measured, rows, 0.0), labels.astype(int))
