"""What a patient's Chinese notes say of each need, in the form in which needs are fused."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from medalloc.domain.needs import Basis, Evidence, NeedName, NeedSource
from medalloc.domain.people import Note
from medalloc.needs.chinese import ChineseModel, ChineseReading, read_chinese
from medalloc.needs.chinese_rules import ChineseStatement
from medalloc.needs.claims import DEFAULTS, Claim, Cuts, claim_of, safer
from medalloc.needs.fuse import Voice
from medalloc.needs.layout import LAYOUT

ABSENT = 0.85
"""Probability that a need is absent of which the rules know how it is written and no sentence says it."""
RULE_CUTS = Cuts(hard=0.92, soft=0.50, near=0.25)
"""Orders, scales and what is named as such bind; findings sway."""
MOST_QUOTES = 3
_VALUES = {target.name: target.values for target in LAYOUT}
_ALWAYS = frozenset((NeedName.SPECIALTY, NeedName.ACUITY))
"""Needs that every patient has: silence says nothing of them."""

Voices = Mapping[NeedName, Voice]


def chinese_voices(model: ChineseModel, notes: Sequence[Note]) -> dict[NeedName, Voice]:
    """What the notes say of each need that is covered; nothing where they are silent on one that everybody has.

    The last note that speaks of a need counts, within it the safer of two values.
    """
    newest_first = sorted(notes, key=lambda note: note.written_at, reverse=True)
    found: dict[NeedName, Voice] = {}
    silent: set[NeedName] = set()
    for note in newest_first:
        reading = read_chinese(model, note.text)
        silent |= (reading.covered & _VALUES.keys()) - _ALWAYS
        for name, said in _safest(reading.statements).items():
            found.setdefault(name, _stated(note, reading, said))
        if reading.specialty:
            found.setdefault(NeedName.SPECIALTY, _specialty(note, reading))
    return {name: _silent(name) for name in silent} | found


def _safest(statements: Sequence[ChineseStatement]) -> dict[NeedName, ChineseStatement]:
    found: dict[NeedName, ChineseStatement] = {}
    for said in (said for said in statements if said.name in _VALUES):
        known = found.get(said.name)
        if known is None or safer(said.name, said.value, known.value):
            found[said.name] = said
    return found


def _stated(note: Note, reading: ChineseReading, said: ChineseStatement) -> Voice:
    values = _VALUES[said.name]
    rest = (1.0 - said.probability) / max(len(values) - 1, 1)
    chances = {value: said.probability if value == said.value else rest for value in values}
    if said.value not in values:
        chances[said.value] = said.probability
    quote = _quote(note, reading, said)
    return _voice(said.name, chances, {said.value: (quote,)}, Basis.RULE)


def _silent(name: NeedName) -> Voice:
    values = _VALUES[name]
    rest = (1.0 - ABSENT) / (len(values) - 1)
    chances = {value: ABSENT if value == DEFAULTS[name] else rest for value in values}
    return _voice(name, chances, {}, Basis.MODEL)


def _specialty(note: Note, reading: ChineseReading) -> Voice:
    """The specialty with the sentences that add most to the likeliest department."""
    best = int(np.argmax(reading.logits))
    added = reading.contributions[:, best]
    places = [int(place) for place in np.argsort(-added, kind="stable")[:MOST_QUOTES] if added[place] > 0]
    quotes = tuple(
        Evidence(note.note_id, one.start, one.end, one.text, float(added[place]))
        for place in places
        for one in [reading.sentences[place]]
    )
    return _voice(NeedName.SPECIALTY, dict(reading.chances), {reading.specialty: quotes}, Basis.MODEL)


def _quote(note: Note, reading: ChineseReading, said: ChineseStatement) -> Evidence:
    """The sentence in which a statement stands; what it adds are the log-odds of the rule alone."""
    start, end = said.start, said.end
    added = math.log(said.probability / (1.0 - said.probability))
    for one in reading.sentences:
        if one.start <= start and end <= one.end:
            return Evidence(note.note_id, one.start, one.end, one.text, added)
    return Evidence(note.note_id, start, end, note.text[start:end], added)


def _voice(
    name: NeedName, chances: Mapping[str, float], quotes: Mapping[str, tuple[Evidence, ...]], basis: Basis
) -> Voice:
    if name in DEFAULTS:
        claim = claim_of(name, chances, RULE_CUTS)
    else:
        value = max(chances, key=lambda value: chances[value])
        claim = Claim(value, chances[value], chances[value])
    return Voice(claim, chances, lambda value: quotes.get(value, ()), lambda _: (NeedSource.NOTE, basis), RULE_CUTS)
