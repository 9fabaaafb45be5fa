"""Word and character TF-IDF whose vocabulary and weights are plain arrays.

Words: single ones and pairs of neighbours. Characters: runs of two to five within a word, its edges marked by a
blank. The term frequency counts as 1 + log; words and characters each make rows of unit length, so that neither
drowns the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

Floats = NDArray[np.float64]
WORD = re.compile(r"\w+")
LONGEST_WORDS, SHORTEST_RUN, LONGEST_RUN = 2, 2, 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What to keep of the n-grams met."""

    min_texts: int = 2
    """Texts that an n-gram must stand in."""
    most: int | None = None
    """How many of each kind, the commonest first; None: all."""


@dataclass(frozen=True)
class TfIdf:
    """Turns texts into rows of n-gram weights: first the words' columns, then the characters'."""

    words: tuple[str, ...]
    runs: tuple[str, ...]
    idf: Floats
    """(n_columns,)."""

    @property
    def n_columns(self) -> int:
        """Width of a row."""
        return len(self.words) + len(self.runs)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Rows of the texts, (n_texts, n_columns) float64; a text without a known n-gram is a row of 0."""
        split = len(self.words)
        words = _unit_rows([word_grams(text) for text in texts], self._word_places, self.idf[:split])
        runs = _unit_rows([runs_of(text) for text in texts], self._run_places, self.idf[split:])
        return csr_matrix(hstack([words, runs], format="csr"))

    def arrays(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """As arrays for `np.savez`; names start with `prefix`."""
        return {
            f"{prefix}words": _packed(self.words),
            f"{prefix}runs": _packed(self.runs),
            f"{prefix}idf": self.idf,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> TfIdf:
        """What `arrays` gave."""
        idf = np.asarray(arrays[f"{prefix}idf"], dtype=np.float64)
        return cls(_unpacked(arrays[f"{prefix}words"]), _unpacked(arrays[f"{prefix}runs"]), idf)

    @cached_property
    def _word_places(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self.words)}

    @cached_property
    def _run_places(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self.runs)}


def fit_tfidf(texts: Sequence[str], vocabulary: Vocabulary | None = None) -> TfIdf:
    """TF-IDF of the n-grams that the texts hold; idf is log((1 + n_texts) / (1 + texts with it)) + 1."""
    keep = vocabulary or Vocabulary()
    words, word_idf = _kept([word_grams(text) for text in texts], keep)
    runs, run_idf = _kept([runs_of(text) for text in texts], keep)
    return TfIdf(words, runs, np.concatenate([word_idf, run_idf]))


def word_grams(text: str) -> list[str]:
    """The words of a text and its pairs of neighbours.

    >>> word_grams("Rt. flank pain")
    ['rt', 'flank', 'pain', 'rt flank', 'flank pain']
    """
    words = WORD.findall(text.lower())
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def runs_of(text: str) -> list[str]:
    """The runs of characters of a text's words.

    >>> runs_of("RUQ")
    [' r', 'ru', 'uq', 'q ', ' ru', 'ruq', 'uq ', ' ruq', 'ruq ', ' ruq ']
    """
    return [
        framed[at : at + size]
        for framed in (f" {word} " for word in WORD.findall(text.lower()))
        for size in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for at in range(len(framed) - size + 1)
    ]


def _kept(rows: Sequence[Iterable[str]], keep: Vocabulary) -> tuple[tuple[str, ...], Floats]:
    """The n-grams kept, in alphabetical order, and their idf."""
    texts_with = Counter(gram for row in rows for gram in set(row))
    common = [gram for gram, count in texts_with.items() if count >= keep.min_texts]
    common.sort(key=lambda gram: (-texts_with[gram], gram))
    grams = tuple(sorted(common[: keep.most]))
    counts = np.asarray([texts_with[gram] for gram in grams], dtype=np.float64)
    return grams, np.log((1.0 + len(rows)) / (1.0 + counts)) + 1.0


def _unit_rows(rows: Sequence[Iterable[str]], place_of: Mapping[str, int], idf: Floats) -> csr_matrix:
    places: list[int] = []
    counts: list[int] = []
    starts = [0]
    for row in rows:
        known = Counter(place_of[gram] for gram in row if gram in place_of)
        places.extend(known)
        counts.extend(known.values())
        starts.append(len(places))
    columns = np.asarray(places, dtype=np.int64)
    weights = (1.0 + np.log(np.asarray(counts, dtype=np.float64))) * idf[columns]
    lengths = np.diff(starts)
    row_of = np.repeat(np.arange(len(lengths)), lengths)
    norms = np.sqrt(np.bincount(row_of, weights=weights**2, minlength=len(lengths)))
    return csr_matrix((weights / norms[row_of], columns, starts), shape=(len(lengths), len(idf)))


def _packed(grams: Sequence[str]) -> NDArray[np.uint8]:
    """Texts as bytes, parted by line ends: an array that needs no pickle."""
    return np.frombuffer("\n".join(grams).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[Any]) -> tuple[str, ...]:
    text = packed.astype(np.uint8).tobytes().decode()
    return tuple(text.split("\n")) if text else ()
