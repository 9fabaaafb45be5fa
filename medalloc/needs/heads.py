"""The coefficients that turn sentences into probabilities, kept as plain arrays.

Two linear steps, so that every part of a probability can be named: sentences are scored (`Heads.score`) and pooled
by patient (`pool`); pooled scores and vital signs then give the logits of each need (`Head`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import Corpus
from medalloc.needs.layout import Kind
from medalloc.needs.pool import SILENT, Floats
from medalloc.needs.readable import KnownWords

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "heads.npz", "heads.json"


@dataclass(frozen=True)
class Head:
    """The head of one need."""

    kind: Kind
    values: tuple[str, ...]
    columns: slice
    """Of the pooled sentence scores that are its own."""
    coefficients: Floats
    """(n_logits, n_columns + n_vitals): vital signs come last; 0 where the head does not use them."""
    intercepts: Floats
    """(n_logits,)."""

    def probabilities(self, pooled: Floats, vitals: Floats) -> Floats:
        """Probability of each value.

        Parameters
        ----------
        pooled
            Of all needs, (n_patients, n_outputs).
        vitals
            (n_patients, n_vitals)

        Returns
        -------
        (n_patients, n_values) float64, rows sum to 1
        """
        features = np.hstack([pooled[:, self.columns], vitals])
        logits = features @ self.coefficients.T + self.intercepts
        if self.kind is Kind.CHOICE:
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            return np.asarray(odds / odds.sum(axis=1, keepdims=True))
        reached = np.minimum.accumulate(1.0 / (1.0 + np.exp(-logits)), axis=1)
        edges = np.hstack([np.ones((len(reached), 1)), reached, np.zeros((len(reached), 1))])
        return np.asarray(edges[:, :-1] - edges[:, 1:])

    def direction(self, value: str) -> Floats:
        """What a unit of each own column adds to the log-odds of a value, (n_columns,).

        For one of several: against the mean of all; for ordered values: of reaching this one.
        """
        place = self.values.index(value)
        own = self.coefficients[:, : self.columns.stop - self.columns.start]
        if self.kind is Kind.CHOICE:
            return np.asarray(own[place] - own.mean(axis=0))
        return np.asarray(own[place - 1] if place else -own[0])


@dataclass(frozen=True)
class Heads:
    """All heads, and the sentence scores that they share."""

    encoder: str
    """Name of the encoder they were fitted with, without the number type."""
    gram_weights: NDArray[np.float32]
    """(BUCKETS, n_outputs)."""
    vector_weights: NDArray[np.float32]
    """(dim, n_outputs)."""
    by_name: Mapping[NeedName, Head]
    known: KnownWords

    def score(self, corpus: Corpus, encoder: str) -> Floats:
        """z of every sentence, (n_sentences, n_outputs); vectors of another encoder than the heads' say nothing."""
        scores = corpus.grams.score(self.gram_weights) + SILENT
        if model_of(encoder) == self.encoder:
            scores += corpus.vectors @ self.vector_weights
        return np.asarray(scores, dtype=np.float64)


def model_of(encoder: str) -> str:
    """Name of an encoder without its number type: 16 and 32 bits give the same to within rounding."""
    return encoder.partition(":")[0]


def save_heads(heads: Heads, folder: Path, metadata: Mapping[str, Any]) -> None:
    """Write the heads as arrays and JSON; sentence weights as whole numbers of a scale by column."""
    arrays: dict[str, Any] = {"known": heads.known.bits}
    arrays["grams"], arrays["gram_scale"] = _pack(heads.gram_weights)
    arrays["vectors"] = heads.vector_weights.astype(np.float16)
    described = {}
    for name, head in heads.by_name.items():
        arrays[f"{name}_coefficients"], arrays[f"{name}_intercepts"] = head.coefficients, head.intercepts
        own = [head.columns.start, head.columns.stop]
        described[str(name)] = {"kind": str(head.kind), "values": list(head.values), "columns": own}
    np.savez_compressed(folder / ARRAYS, **arrays)
    text = json.dumps({"encoder": heads.encoder, "heads": described, **metadata}, indent=2)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


@lru_cache(maxsize=2)
def load_heads(folder: Path = SHIPPED) -> Heads:
    """The heads kept in a folder; those that are shipped unless another is named."""
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
        return Heads(
            encoder=described["encoder"],
            gram_weights=arrays["grams"].astype(np.float32) * arrays["gram_scale"],
            vector_weights=arrays["vectors"].astype(np.float32),
            by_name={
                NeedName(name): Head(
                    Kind(head["kind"]),
                    tuple(head["values"]),
                    slice(*head["columns"]),
                    arrays[f"{name}_coefficients"],
                    arrays[f"{name}_intercepts"],
                )
                for name, head in described["heads"].items()
            },
            known=KnownWords(arrays["known"]),
        )


def _pack(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as 8-bit whole numbers and the size of one step by column."""
    step = np.maximum(np.abs(weights).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.rint(weights / step).astype(np.int8), step
