"""Whether a note is one that the heads can read: Latin script, and mostly words that they know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SLOTS = 1 << 18
MOST_FOREIGN = 0.2
"""Largest share of letters of another script."""
LEAST_KNOWN = 0.5
"""Smallest share of known words."""
FEWEST_WORDS = 4
"""Below that, the share of known words says nothing."""
_LAST_LATIN = "\u024f"
_NOT_LATIN = re.compile(rf"[^\x00-{_LAST_LATIN}]")


@dataclass(frozen=True)
class KnownWords:
    """A set of words kept as hash bits: about one unknown word in eight passes, no known one is missed."""

    bits: NDArray[np.uint8]
    """(SLOTS / 8,)."""

    @classmethod
    def of(cls, words: Iterable[str]) -> KnownWords:
        """The set of the words, in lower case."""
        flags = np.zeros(SLOTS, dtype=bool)
        flags[[_slot(word) for word in words]] = True
        return cls(np.packbits(flags))

    def __contains__(self, word: str) -> bool:
        return self._flags[_slot(word)] == 1

    @cached_property
    def _flags(self) -> bytes:
        return np.unpackbits(self.bits).tobytes()

    def share(self, words: Iterable[str]) -> float:
        """Share of words of two letters or more that are known; 1 where there are too few to tell."""
        known = [word in self for word in words if len(word) > 1 and word[0].isalpha()]
        return sum(known) / len(known) if len(known) >= FEWEST_WORDS else 1.0


@lru_cache(maxsize=SLOTS)
def _slot(word: str) -> int:
    return crc32(word.encode()) % SLOTS


def foreign_share(text: str) -> float:
    """Share of letters that are not Latin.

    >>> foreign_share("CT 正常")
    0.5
    """
    if text.isascii() or not any(mark.isalpha() for mark in _NOT_LATIN.findall(text)):
        return 0.0
    letters = [mark for mark in text if mark.isalpha()]
    return sum(mark > _LAST_LATIN for mark in letters) / len(letters) if letters else 0.0
