"""What turns a sentence into numbers: the protocol, and an encoder for tests that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIM = 384
"""Width of all-MiniLM-L6-v2."""


class Encoder(Protocol):
    """Turns sentences into vectors."""

    @property
    def name(self) -> str:
        """Identifies model and number type: equal names mean equal vectors."""

    @property
    def dim(self) -> int:
        """Width of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts.

        Returns
        -------
        (n, dim) float32, rows of unit length.
        """


class HashEncoder:
    """Words hashed to random directions and summed: the same on every machine, and no torch.

    >>> HashEncoder(8).encode(["needs oxygen"]).shape
    (1, 8)
    """

    def __init__(self, dim: int = DIM) -> None:
        self.dim = dim
        self.name = f"hash-{dim}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, rows of unit length."""
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = sum((self._direction(word) for word in text.lower().split()), self._direction(""))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _direction(self, word: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
        return np.random.default_rng(seed).standard_normal(self.dim, dtype=np.float32)
