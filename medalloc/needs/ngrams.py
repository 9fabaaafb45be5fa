"""Word and character n-grams of sentences, hashed: no vocabulary is kept, so coefficients stay small.

A sentence has one feature for each word, each pair of neighbours and each run of three to five characters of
a word. A word that a cue turns ("no fever") counts as another word. All features of a sentence are divided by
the square root of its number of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
SHORTEST, LONGEST = 3, 5
TURNED, TAG, NUMBER = "\x01", "\x02", "#"
"""Marks of words that a cue turns, of words that say where a sentence stands, and of numbers."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Grams:
    """Hashed n-grams of sentences, each distinct word's own kept once."""

    words: NDArray[np.int64]
    """Place in the vocabulary of every word of every sentence, one sentence after another, (n_words,)."""
    starts: NDArray[np.int64]
    """Where each sentence starts in `words`, and the end, (n_sentences + 1,)."""
    pairs: NDArray[np.int64]
    """Bucket of each word with the next; -1 at the end of a sentence, (n_words,)."""
    own: NDArray[np.int64]
    """Buckets of the vocabulary's words, one word after another."""
    own_starts: NDArray[np.int64]
    """Where each word of the vocabulary starts in `own`, and the end."""

    def score(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Weighted sums of the sentences' features.

        Parameters
        ----------
        weights
            (BUCKETS, n_outputs)

        Returns
        -------
        (n_sentences, n_outputs) float32
        """
        table = _sums(weights[self.own], self.own_starts)
        rows = table[self.words]
        inner = self.pairs >= 0
        rows[inner] += weights[self.pairs[inner]]
        found = _sums(rows, self.starts)
        found *= self.scale[:, None]
        return found

    @property
    def scale(self) -> NDArray[np.float32]:
        """What each sentence's features are multiplied by, (n_sentences,)."""
        lengths = np.maximum(np.diff(self.starts), 1)
        return (1.0 / np.sqrt(lengths)).astype(np.float32)


def grams(sentences: Sequence[Sequence[str]]) -> Grams:
    """The n-grams of sentences given as words; a word that starts with a mark has no inner n-grams."""
    place_of: dict[str, int] = {}
    words = [place_of.setdefault(word, len(place_of)) for words in sentences for word in words]
    starts = np.cumsum([0, *map(len, sentences)])
    own = [_buckets(word) for word in place_of]
    places = np.asarray(words, dtype=np.int64)
    return Grams(
        words=places,
        starts=starts,
        pairs=_pairs(np.asarray([buckets[0] for buckets in own], dtype=np.uint64), places, starts),
        own=np.asarray([bucket % BUCKETS for buckets in own for bucket in buckets], dtype=np.int64),
        own_starts=np.cumsum([0, *map(len, own)]),
    )


def marked(words: Sequence[str], masks: Sequence[int]) -> list[str]:
    """The words, numbers reduced to size and those that a cue turns marked as others."""
    if not masks:
        return [_number(word) for word in words if word[0].isalnum()]
    return [
        f"{TURNED}{mask}{_number(word)}" if mask else _number(word)
        for word, mask in zip(words, masks, strict=True)
        if word[0].isalnum()
    ]


def _number(word: str) -> str:
    """A number by its length and first digit: 184 and 130 are alike, 84 is not; a word as it is.

    >>> _number("184"), _number("2.5"), _number("oxygen")
    ('#31', '#12', 'oxygen')
    """
    if not word[0].isdigit():
        return word
    whole = word.split(".")[0]
    return f"{NUMBER}{len(whole)}{whole[0]}"


@lru_cache(maxsize=1 << 16)
def _buckets(word: str) -> tuple[int, ...]:
    """Hashes of a word (first) and of its inner n-grams."""
    found = [crc32(word.encode())]
    if word[0] in (TURNED, TAG, NUMBER):
        return tuple(found)
    framed = f"<{word}>"
    for size in range(SHORTEST, min(LONGEST, len(framed) - 1) + 1):
        found.extend(crc32(f"\x03{framed[at : at + size]}".encode()) for at in range(len(framed) - size + 1))
    return tuple(found)


def _pairs(hashes: NDArray[np.uint64], words: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    found = np.full(len(words), -1, dtype=np.int64)
    if len(words) < 2:
        return found
    row = hashes[words]
    mixed = (row[:-1] * np.uint64(3) + row[1:]) * _MIX
    found[:-1] = (mixed >> np.uint64(40)).astype(np.int64) % BUCKETS
    ends = starts[1:] - 1
    found[ends[ends >= 0]] = -1
    return found


def _sums(rows: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Sums of consecutive rows; an empty stretch sums to 0."""
    total = np.zeros((len(starts) - 1, rows.shape[1]), dtype=np.float32)
    filled = np.diff(starts) > 0
    if filled.any():
        total[filled] = np.add.reduceat(rows, starts[:-1][filled], axis=0)
    return total
