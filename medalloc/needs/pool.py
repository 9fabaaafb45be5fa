"""From sentence scores to patient scores, such that each sentence's share is known exactly.

A need is stated by one or a few of many sentences. The score of a patient is

    f = log(1 + sum_s exp(z_s)) >= 0

over the scores z_s of the sentences (log-sum-exp with a silent sentence at 0): near the largest z where one
is large, near 0 where none is. The share a_s = exp(z_s - f) of each sentence, with that of the silent one, sums
to 1, so the parts a_s * f of the sentences and of the silent one sum to f.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SILENT = -2.0
"""Score of a sentence of which no feature weighs anything."""


def pool(scores: Floats, starts: NDArray[np.int64]) -> Floats:
    """Scores of patients.

    Parameters
    ----------
    scores
        z of the sentences, patient by patient, (n_sentences, n_outputs).
    starts
        Where each patient's sentences start, and the end, (n_patients + 1,).

    Returns
    -------
    (n_patients, n_outputs) float64

    >>> pool(np.array([[3.0], [-1.0]]), np.array([0, 2, 2])).round(3).tolist()
    [[3.066], [0.0]]
    """
    top = np.zeros((len(starts) - 1, scores.shape[1]))
    filled = np.diff(starts) > 0
    if not filled.any():
        return top
    begins = starts[:-1][filled]
    top[filled] = np.maximum(np.maximum.reduceat(scores, begins, axis=0), 0.0)
    total = np.exp(-top)
    total[filled] += np.add.reduceat(np.exp(scores - spread(top, starts)), begins, axis=0)
    return np.asarray(top + np.log(total))


def shares(scores: Floats, pooled: Floats, starts: NDArray[np.int64]) -> Floats:
    """Share a_s of every sentence in its patient's score, (n_sentences, n_outputs)."""
    return np.exp(scores - spread(pooled, starts))


def spread(rows: Floats, starts: NDArray[np.int64]) -> Floats:
    """The row of each sentence's patient, (n_sentences, n_outputs)."""
    return np.repeat(rows, np.diff(starts), axis=0)
