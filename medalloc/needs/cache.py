"""Sentences encoded once: vectors kept under a keyed hash of the text, never the text."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medalloc.needs.encoder import Encoder

STORED = np.float16
"""Number type of a kept vector."""


class EmbeddingCache(Protocol):
    """Where vectors are kept."""

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The entries found under the keys."""

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Keep entries by key."""


class CachedEncoder:
    """An encoder that asks a cache first.

    Equal sentences are encoded once, and the encoder's model is not touched when nothing is missing.

    Parameters
    ----------
    encoder_factory
        Makes the encoder; called once, when it is first needed. It should load its model on the first
        `encode`.
    cache
        Where vectors are kept.
    key
        Secret of the hash: without it, nobody can test whether a sentence is in the cache.
    """

    def __init__(self, encoder_factory: Callable[[], Encoder], cache: EmbeddingCache, key: bytes) -> None:
        self._factory = encoder_factory
        self._cache = cache
        self._key = key

    @cached_property
    def _encoder(self) -> Encoder:
        return self._factory()

    @property
    def name(self) -> str:
        """That of the encoder behind."""
        return self._encoder.name

    @property
    def dim(self) -> int:
        """That of the encoder behind."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, rows of unit length to within the precision of the cache."""
        key_of = {text: self._key_of(text) for text in dict.fromkeys(texts)}
        size = self.dim * np.dtype(STORED).itemsize
        kept = {k: raw for k, raw in self._cache.get_many(list(key_of.values())).items() if len(raw) == size}
        missing = [text for text, key in key_of.items() if key not in kept]
        if missing:
            fresh = self._encoder.encode(missing).astype(STORED)
            added = {key_of[text]: row.tobytes() for text, row in zip(missing, fresh, strict=True)}
            self._cache.put_many(added)
            kept.update(added)
        raw = b"".join([kept[key_of[text]] for text in texts])
        return np.frombuffer(raw, dtype=STORED).reshape(len(texts), self.dim).astype(np.float32)

    def _key_of(self, text: str) -> str:
        return hmac.digest(self._key, f"{self.name}\0{text}".encode(), "sha256").hex()
