"""What another encoder changes: how well it finds sentences of the same need, and heads that can read its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.needs.heads import Heads, model_of

NEAREST = 10
RIDGE = 1.0
"""Pull of the new weights to 0; a row of vectors is of length 1."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How well sentences find others that speak of the same."""

    n: int
    """Sentences that were looked for."""
    mrr: float
    """Mean reciprocal rank of the first right one, 0–1."""
    recall_at_10: float
    """Share of the right ones (of ten, where there are more) among the ten nearest, 0–1."""


def retrieval(vectors: NDArray[np.float32], labels: Sequence[str]) -> Retrieval:
    """How well each sentence finds the others of its label by cosine.

    Parameters
    ----------
    vectors
        (n, dim), rows of unit length.
    labels
        What each sentence speaks of; those that stand alone look for nothing.

    >>> retrieval(np.eye(3, dtype=np.float32)[[0, 0, 1, 2]], ["a", "a", "b", "b"])
    Retrieval(n=4, mrr=0.75, recall_at_10=1.0)
    """
    names = np.asarray(labels)
    alike = (names[:, None] == names[None, :]) & ~np.eye(len(names), dtype=bool)
    sought = np.flatnonzero(alike.any(axis=1)) if len(names) else np.empty(0, dtype=np.int64)
    if not len(sought):
        return Retrieval(0, float("nan"), float("nan"))
    near = vectors @ vectors.T
    np.fill_diagonal(near, -np.inf)
    order = np.argsort(-near[sought], axis=1, kind="stable")
    hits = np.take_along_axis(alike[sought], order, axis=1)
    first = hits.argmax(axis=1)
    found = hits[:, :NEAREST].sum(axis=1) / np.minimum(hits.sum(axis=1), NEAREST)
    return Retrieval(len(sought), float((1.0 / (first + 1)).mean()), float(found.mean()))


def carried_over(heads: Heads, theirs: NDArray[np.float32], ours: NDArray[np.float32], encoder: str) -> Heads:
    """The heads with weights for another encoder's vectors, such that sentences score as they did.

    Ridge regression of the scores that the heads' own encoder gives; no label is needed.

    Parameters
    ----------
    theirs
        Vectors of sentences by the heads' own encoder, (n, dim).
    ours
        Of the same sentences by the other encoder, (n, other dim).
    encoder
        Name of the other encoder.
    """
    given = ours.astype(np.float64)
    scores = theirs.astype(np.float64) @ heads.vector_weights.astype(np.float64)
    weights = np.linalg.solve(given.T @ given + RIDGE * np.eye(given.shape[1]), given.T @ scores)
    return replace(heads, encoder=model_of(encoder), vector_weights=weights.astype(np.float32))
