"""What Chinese sentences state outright: rules, and the words that turn them.

The modifiers are those of the English context rules. Here a clause ends at a comma, and a cue reaches to the end of
its clause; conditions, what is past and what is another's reach to the end of the sentence, or up to a word that
comes back to the patient and the present.

Nursing grades (护理分级, WS/T 431) are orders: special (特级) is life support, grade one (一级) an unstable patient or
strict bed rest, grade two (二级) a stable one who needs help, grade three (三级) a stable one with little or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medalloc.domain.needs import NeedName
from medalloc.needs.chinese_lexicon import ENTRIES, MORSE_HIGH, Cue, Entry
from medalloc.needs.cues import Modifier
from medalloc.needs.sentences import Sentence

NEGATED_CHANCE = 0.9
"""That a need is absent where it is said to be."""
_NO = {NeedName.ISOLATION: "none"}
_NEVER_DENIED = frozenset(
    (NeedName.SPECIALTY, NeedName.ORGANISM, NeedName.ACUITY, NeedName.LEVEL, NeedName.COGNITION, NeedName.MOBILITY)
)
"""Needs of which a denied value does not say which other one is right."""
RULED = frozenset(entry.name for entry in ENTRIES)

_CLAUSE = re.compile(r"[，,。；;：:！？!?（）()\n]")


@dataclass(frozen=True, slots=True)
class ChineseStatement:
    """What a note states of a need: `note[start:end]` says it."""

    name: NeedName
    value: str
    start: int
    end: int
    probability: float
    """A constant of the kind of rule."""


def statements(sentence: Sentence) -> Iterator[ChineseStatement]:
    """What a sentence states, with offsets in its note."""
    taken: list[tuple[int, int, NeedName]] = []
    for entry in ENTRIES:
        for match in entry.pattern.finditer(sentence.text):
            first, last = match.span()
            if any(first < end and last > start and name is entry.name for start, end, name in taken):
                continue
            taken.append((first, last, entry.name))
            said = _said(entry, match, turned(sentence.text, first, last) - entry.ignores)
            if said is not None:
                value, chance = said
                yield ChineseStatement(entry.name, value, sentence.start + first, sentence.start + last, chance)


def turned(text: str, start: int, end: int) -> frozenset[Modifier]:
    """What turns the mention `text[start:end]`; empty where it is so, now, of this patient.

    >>> turned("未吸氧", 1, 3), turned("停呼吸机，改鼻导管吸氧", 9, 11)
    (frozenset({<Modifier.NEGATED: 'negated'>}), frozenset())
    """
    return frozenset(cue.modifier for cue in Cue if _reaches(cue, text, start, end))


def _said(entry: Entry, match: re.Match[str], by: frozenset[Modifier]) -> tuple[str, float] | None:
    """Value and probability that a match states; None where it states nothing."""
    value = entry.value
    if entry.is_score:
        value = "yes" if int(match[1]) >= MORSE_HIGH else "no"
    if not by:
        return value, entry.kind.chance
    if by != {Modifier.NEGATED} or entry.name in _NEVER_DENIED or value in ("no", "none"):
        return None
    return _NO.get(entry.name, "no"), NEGATED_CHANCE


def _reaches(cue: Cue, text: str, start: int, end: int) -> bool:
    """Whether a cue turns the mention."""
    begin = max((stop.end() for stop in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    finish = stop.start() if stop else len(text)
    if cue.after is not None and cue.after.search(text, end, finish):
        return True
    if cue.behind is not None and cue.behind.match(text, end):
        return True
    cues = cue.before.finditer(text, 0 if cue.to_end else begin, start)
    return any(not cue.back.search(text, match.end(), start) for match in cues)
