"""Fits the heads again from what clinicians said, without letting go of what they were shipped with.

The logits of a need are those of the shipped head, stretched and moved, and then bent:

    logits = (1 + s) * shipped + b + X d,    loss + (SCALE s^2 + MOVE |b|^2 + BEND |d|^2) / 2

`BEND` is much larger than the others, so that a few labels move the intercept and the scale alone, and the
coefficients of single columns follow only where many labels ask for it. Boosted trees stay as they are.

Clinicians are asked about needs that were in doubt, so their answers are no fair sample. Given the notes, which
needs are asked about depends on the shipped scores alone and does not bend the fit; but that an answer is given at
all may hang on the answer (what is wrong is put right more often than what is right is confirmed). Three things keep
that small: the penalties above; confirmed needs count as much as changed ones; and the patients of whom nobody said
anything hold the head to what it says of them now, with as much weight together as all labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from medalloc.domain.needs import NeedName
from medalloc.needs.head import Head, chances
from medalloc.needs.heads import Heads
from medalloc.needs.layout import LAYOUT, Kind
from medalloc.needs.lessons import Lessons, picked
from medalloc.needs.pool import Floats
from medalloc.needs.train import onehots

SCALE, MOVE, BEND = 25.0, 4.0, 40.0
"""Strengths of the pull to the shipped head: a prior with standard deviations of 0.2, 0.5 and 0.16."""
HELD = 0.2
"""Largest weight of a patient of whom nobody has said anything."""

Rows = NDArray[np.int64]
_TARGETS = {target.name: target for target in LAYOUT}


@dataclass(frozen=True)
class _Design:
    """One need: what its logits are made of, and what they should be."""

    kind: Kind
    features: Floats
    """(n, n_features)."""
    linear: Floats
    """Linear logits of the shipped head, (n, n_logits)."""
    given: Floats
    """What the trees bring, (n, n_logits)."""
    share: Floats
    """How much the linear logits count, (n, 1)."""
    wanted: Floats
    """(n, n_logits)."""
    weight: Floats
    """(n, 1)."""


def refit(heads: Heads, lessons: Lessons, rows: Rows | None = None) -> Heads:
    """The heads after learning from some rows of the lessons; None: from all."""
    every = np.arange(len(lessons.groups)) if rows is None else rows
    learnt = {name: _refit_one(head, lessons, every) for name, head in heads.by_name.items() if name in lessons.labels}
    return replace(heads, by_name={**heads.by_name, **learnt})


def probabilities(head: Head, lessons: Lessons, rows: Rows) -> Floats:
    """Probability of each value for some rows, (n_rows, n_values)."""
    return head.probabilities(lessons.pooled[rows], picked(lessons.facts, rows))


def _refit_one(head: Head, lessons: Lessons, rows: Rows) -> Head:
    if lessons.labels[head.name].keys().isdisjoint(rows.tolist()):
        return head
    scale, move, bend = _fit(_design(head, lessons, rows))
    return replace(
        head,
        coefficients=(1.0 + scale) * head.coefficients + bend,
        intercepts=(1.0 + scale) * head.intercepts + move,
    )


def _design(head: Head, lessons: Lessons, rows: Rows) -> _Design:
    pooled, facts = lessons.pooled[rows], picked(lessons.facts, rows)
    features = head.features(pooled, facts)
    linear = features @ head.coefficients.T + head.intercepts
    share = np.where(facts.seen & bool(head.boosted), 0.5, 1.0)[:, None]
    wanted, weight = _wanted(head, lessons, rows, head.probabilities(pooled, facts))
    given = head.logits(pooled, facts) - share * linear
    return _Design(head.kind, features, linear, given, share, wanted, weight)


def _wanted(head: Head, lessons: Lessons, rows: Rows, now: Floats) -> tuple[Floats, Floats]:
    """What the logits should be, and how much each row counts: labels, and for the others what the head says now."""
    labels, target = lessons.labels[head.name], _TARGETS[head.name]
    wanted = now if head.kind is Kind.CHOICE else 1.0 - np.cumsum(now, axis=1)[:, :-1]
    wanted, weight = wanted.copy(), np.zeros((len(rows), 1))
    told = [place for place, row in enumerate(rows.tolist()) if row in labels]
    said = [labels[row] for row in rows.tolist() if row in labels]
    wanted[told] = onehots(target, [label.value for label in said])
    total = sum(label.weight for label in said)
    weight[:] = min(HELD, total / max(len(rows) - len(told), 1))
    weight[told, 0] = [label.weight for label in said]
    return wanted, weight


def _fit(design: _Design) -> tuple[float, Floats, Floats]:
    """Scale, intercepts and coefficients by which the shipped head is changed."""
    n_logits, n_features = design.linear.shape[1], design.features.shape[1]

    def objective(flat: Floats) -> tuple[float, Floats]:
        scale, move, bend = flat[0], flat[1 : 1 + n_logits], flat[1 + n_logits :].reshape(n_logits, n_features)
        changed = (1.0 + scale) * design.linear + move + design.features @ bend.T
        loss, slope = _loss(design, design.share * changed + design.given)
        inner = design.share * slope
        gradient = np.concatenate(
            [
                [(inner * design.linear).sum() + SCALE * scale],
                inner.sum(axis=0) + MOVE * move,
                (inner.T @ design.features + BEND * bend).ravel(),
            ]
        )
        pull = SCALE * scale**2 + MOVE * (move**2).sum() + BEND * (bend**2).sum()
        return loss + 0.5 * float(pull), gradient

    start = np.zeros(1 + n_logits + n_logits * n_features)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return float(found[0]), found[1 : 1 + n_logits], found[1 + n_logits :].reshape(n_logits, n_features)


def _loss(design: _Design, logits: Floats) -> tuple[float, Floats]:
    """Weighted negative log-likelihood, and its slope by logit."""
    wanted, weight = design.wanted, design.weight
    if design.kind is Kind.ORDERED:
        loss = weight * (np.logaddexp(0.0, logits) - wanted * logits)
        return float(loss.sum()), weight * (1.0 / (1.0 + np.exp(-logits)) - wanted)
    top = logits.max(axis=1, keepdims=True)
    log_total = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float((weight * wanted * (log_total - logits)).sum()), weight * (chances(design.kind, logits) - wanted)


def folds(groups: Sequence[str], number: int, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each row, such that the rows of a patient share theirs, (n,)."""
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[place]: position % number for position, place in enumerate(order.tolist())}
    return np.asarray([fold_of[group] for group in groups])


def held_out(heads: Heads, lessons: Lessons, number: int = 5) -> dict[NeedName, dict[int, Floats]]:
    """Probabilities of every labelled row, by heads that have learnt from the rows of other patients alone."""
    fold_of = folds(lessons.groups, number)
    found: dict[NeedName, dict[int, Floats]] = {name: {} for name in lessons.labels}
    for fold in range(number):
        learnt = refit(heads, lessons, np.flatnonzero(fold_of != fold))
        for name, labels in lessons.labels.items():
            rows = np.asarray([row for row in labels if fold_of[row] == fold], dtype=np.int64)
            rated = probabilities(learnt.by_name[name], lessons, rows)
            found[name].update(zip(rows.tolist(), rated, strict=True))
    return found
