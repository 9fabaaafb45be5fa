"""Reads what a sentence states outright of a patient's needs, by the rules of `lexicon`.

Rules come before the fitted heads where text predicts badly (falls, mobility, oxygen) or where nothing may be missed.
A sentence says something of a need where an entry matches and no cue turns it: "may need oxygen" says nothing,
"weaned off oxygen" says no. Of two entries of a need that overlap, the one that starts first holds, then the longer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from medalloc.domain.needs import Barrier, NeedName
from medalloc.needs.context import Reading, bit_of, read, turned
from medalloc.needs.lexicon import ENTRIES, SILENT, TERMS, Entry

_GAP = re.compile(r"<(\d)>")
_SPACE = re.compile(r" (\??)(?![^\[\]]*\])")
_NOTHING = frozenset({"", "-", "none", "nil", "no", "n/a", "na", "not applicable", "no barrier", "nil barrier"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence states of a need: `sentence[start:end]` says it."""

    name: NeedName
    value: str
    start: int
    end: int
    rule: str = ""
    """Of the lexicon: "falls.morse"."""


@dataclass(frozen=True, slots=True)
class _Rule:
    entry: Entry
    name: NeedName
    pattern: re.Pattern[str]
    beside: re.Pattern[str] | None
    ignored: int
    """Modifiers that do not turn it, as bits."""


def statements(text: str, reading: Reading) -> tuple[Statement, ...]:
    """What a sentence states outright, in the order of the text.

    Parameters
    ----------
    reading
        The same sentence as read by `context.read`.

    Examples
    --------
    >>> text = "Weaned off O2, Morse 55, may need hoist"
    >>> [(found.rule, found.value) for found in statements(text, read(text))]
    [('oxygen.none', 'no'), ('falls.morse', 'yes')]
    """
    words = reading.words if "/" not in text else [*reading.words, *_halves(reading.words)]
    if _RULES_OF.keys().isdisjoint(words):
        return ()
    numbers = sorted({number for word in words if word in _RULES_OF for number in _RULES_OF[word]})
    hits = [hit for number in numbers for hit in _hits(_RULES[number], text)]
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    found: list[Statement] = []
    reached: dict[NeedName, int] = {}
    for rule, start, end, value in hits:
        if start < reached.get(rule.name, 0):
            continue
        reached[rule.name] = end
        if value != SILENT and not _is_turned(rule, text, reading, (start, end)):
            found.append(Statement(rule.name, value, start, end, rule.entry.rule))
    return tuple(found)


def barrier_of(free_text: str) -> Barrier | None:
    """The barrier that the record's free-text field names first; None where the words are not known.

    >>> barrier_of("QDS POC, then transport")
    <Barrier.PACKAGE_OF_CARE: 'package_of_care'>
    """
    plain = free_text.strip().lower()
    if plain in _NOTHING:
        return Barrier.NONE
    code = re.sub(r"[\s-]+", "_", plain)
    if code in set(Barrier):
        return Barrier(code)
    named = ((match.start(), -match.end(), barrier) for barrier, p in _terms() if (match := p.search(plain)))
    return min(named, default=(0, 0, None))[2]


def _halves(words: list[str]) -> list[str]:
    """The words on both sides of a stroke: "intubated/oral"."""
    return [half for word in words if "/" in word for half in word.split("/")]


def _hits(rule: _Rule, text: str) -> Iterator[tuple[_Rule, int, int, str]]:
    if rule.beside is not None and rule.beside.search(text) is None:
        return
    for match in rule.pattern.finditer(text):
        yield rule, match.start(), match.end(), _value(rule.entry, match)


def _value(entry: Entry, match: re.Match[str]) -> str:
    """The entry's value, or what the number in the match means."""
    if not entry.bands or match["n"] is None:
        return entry.value
    band = bisect_right(entry.bands, float(match["n"]), key=lambda band: band[0])
    return entry.bands[band - 1][1] if band else SILENT


def _is_turned(rule: _Rule, text: str, reading: Reading, span: tuple[int, int]) -> bool:
    """Whether a cue outside the match turns it; the cues within ("not at risk of falls") belong to what is said."""
    if not reading.masks:
        return False
    bits = turned(reading, *span) & ~rule.ignored
    if not bits:
        return False
    own = 0
    for mask in read(text[slice(*span)]).masks:
        own |= mask
    return bool(bits & ~own)


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words, in which spaces stand for blanks and "<n>" for up to n words."""
    gapped = _GAP.sub(lambda match: rf"(?:[\w'’/+-]+ ){{0,{match[1]}}}?", pattern)
    spaced = _SPACE.sub(lambda match: r"\s*" if match[1] else r"\s+", gapped)
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


def _rule(entry: Entry) -> _Rule:
    beside = re.compile(entry.beside, re.IGNORECASE) if entry.beside else None
    ignored = sum(bit_of(modifier) for modifier in set(entry.ignores))
    return _Rule(entry, entry.name, _compile(entry.pattern), beside, ignored)


def _rules_of() -> dict[str, tuple[int, ...]]:
    """Numbers of the rules that each word may start."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(ENTRIES):
        for word in entry.triggers.split():
            numbers[word].append(number)
    return {word: tuple(of) for word, of in numbers.items()}


@cache
def _terms() -> tuple[tuple[Barrier, re.Pattern[str]], ...]:
    return tuple((barrier, _compile(term)) for barrier, term in TERMS.items())


_RULES = tuple(map(_rule, ENTRIES))
_RULES_OF = _rules_of()
