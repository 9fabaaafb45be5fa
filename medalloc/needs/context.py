"""Which words of a sentence say what is so, here and now, of this patient.

ConText-style rules over the cue lists of `cues`: a cue reaches forward or backward until a terminator, a
bracket, a semicolon or colon, or a comma after which a new statement starts. Sections count as well: what
stands under "PMH" is history, under "FHx" another person's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Flag, auto

from medalloc.needs import cues
from medalloc.needs.cues import Modifier
from medalloc.needs.sections import Section

TOKEN = re.compile(r"-ve\b|[a-z]+(?:[/'’][a-z]+)*|\d+(?:\.\d+)?|[^\w\s]", re.IGNORECASE)
_CUT = frozenset(".;:!?()[]→>|–—")
_MAX_BACK = 10
"""How many tokens a cue reaches backward."""
_BITS = {modifier: 1 << place for place, modifier in enumerate(Modifier)}
_OF_SECTION = {Section.HISTORY: _BITS[Modifier.HISTORICAL], Section.FAMILY: _BITS[Modifier.OTHER_PERSON]}


class _Role(Flag):
    FORWARD = auto()
    BACKWARD = auto()
    PSEUDO = auto()
    TERMINATOR = auto()


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    roles: _Role | None = None
    forward: int = 0
    backward: int = 0

    @property
    def turns(self) -> bool:
        """Whether a cue that turns something ends here or below."""
        return bool(self.forward | self.backward) or any(child.turns for child in self.children.values())

    def add(self, phrase: str, role: _Role, bit: int = 0) -> None:
        """Hang a cue below this root."""
        node = self
        for word in _words(phrase):
            node = node.children.setdefault(word, _Node())
        node.roles = role if node.roles is None else node.roles | role
        node.forward |= bit if role is _Role.FORWARD else 0
        node.backward |= bit if role is _Role.BACKWARD else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a sentence and, as bits, what turns each of them."""

    words: list[str]
    """In lower case."""
    spans: list[tuple[int, int]]
    """Offsets in the sentence; empty where nothing is turned and they are not needed."""
    masks: list[int]
    """Empty where nothing is turned."""


def _words(phrase: str) -> list[str]:
    return [word.lower() for word in TOKEN.findall(phrase)]


def _root() -> _Node:
    root = _Node()
    for modifier, bit in _BITS.items():
        for phrase in cues.FORWARD[modifier]:
            root.add(phrase, _Role.FORWARD, bit)
        for phrase in cues.BACKWARD[modifier]:
            root.add(phrase, _Role.BACKWARD, bit)
    for phrase in cues.PSEUDO:
        root.add(phrase, _Role.PSEUDO)
    for phrase in cues.TERMINATORS:
        root.add(phrase, _Role.TERMINATOR)
    return root


_ROOT = _root()
_FIRST = frozenset(word for word, node in _ROOT.children.items() if node.turns)
"""First words of cues that turn something; most sentences hold none and are done at once."""


def read(sentence: str, section: Section = Section.BODY) -> Reading:
    """The words of a sentence with what turns them."""
    words = [word.lower() for word in TOKEN.findall(sentence)]
    base = _OF_SECTION.get(section, 0)
    if _FIRST.isdisjoint(words) and not base:
        return Reading(words, [], [])
    spans = [match.span() for match in TOKEN.finditer(sentence)]
    masks = [base] * len(words)
    for first, last, bits in _scopes(words):
        for place in range(first, last):
            masks[place] |= bits
    return Reading(words, spans, masks) if any(masks) else Reading(words, [], [])


def modifiers(sentence: str, start: int, end: int, section: Section = Section.BODY) -> frozenset[Modifier]:
    """What turns the mention `sentence[start:end]`; empty where it is so, now, of this patient.

    >>> text = "No fever but needs oxygen"
    >>> modifiers(text, 3, 8), modifiers(text, 19, 25)
    (frozenset({<Modifier.NEGATED: 'negated'>}), frozenset())
    """
    bits = turned(read(sentence, section), start, end)
    return frozenset(modifier for modifier, bit in _BITS.items() if bits & bit)


def bit_of(modifier: Modifier) -> int:
    """The bit that stands for a modifier in the masks of a reading."""
    return _BITS[modifier]


def turned(reading: Reading, start: int, end: int) -> int:
    """What turns the words of a stretch of a sentence, as bits; 0 where nothing does."""
    bits = 0
    for (first, last), mask in zip(reading.spans, reading.masks, strict=True):
        if first < end and last > start:
            bits |= mask
    return bits


def asserted(sentence: str, reading: Reading) -> str:
    """The sentence without the words that are turned; "" where nothing is left.

    >>> asserted("No fever but needs oxygen", read("No fever but needs oxygen"))
    'needs oxygen'
    """
    if not reading.masks:
        return sentence
    parts: list[str] = []
    begin = None
    for place, mask in enumerate([*reading.masks, 1]):
        if not mask and begin is None:
            begin = place
        elif mask and begin is not None:
            parts.append(sentence[reading.spans[begin][0] : reading.spans[place - 1][1]])
            begin = None
    left = " ".join(part.strip(" ,;:.") for part in parts).strip()
    return re.sub(r"^(?:but|however|although|though|and|or|now)\b[\s,]*", "", left, flags=re.IGNORECASE)


def _scopes(words: list[str]) -> list[tuple[int, int, int]]:
    """(first, past last, bits) of every run of turned tokens."""
    found: list[tuple[int, int, _Node]] = []
    edges = {0, len(words)}
    place = 0
    while place < len(words):
        length, node = _longest(words, place)
        if node is not None and node.roles is not None:
            ends = _Role.TERMINATOR in node.roles and not node.roles & (_Role.FORWARD | _Role.BACKWARD)
            if ends or (words[place] == "without" and _undone(words, max(edges - {len(words)}), place)):
                edges.add(place)
            elif _Role.PSEUDO not in node.roles and not (words[place].isdigit() and _no_year(words, place)):
                found.append((place, place + length, node))
        elif words[place] in _CUT or _fresh(words, place):
            edges.add(place)
        place += max(length, 1)
    cuts = sorted(edges)
    return [scope for first, last, node in found for scope in _reach(words, cuts, first, last, node)]


def _undone(words: list[str], begin: int, place: int) -> bool:
    """Whether a negation undoes "without": "cannot stand without help", "without help she cannot stand"."""
    end = next((at for at in range(place, len(words)) if words[at] in _CUT or words[at] == ","), len(words))
    return not (cues.NEGATORS.isdisjoint(words[begin:place]) and cues.UNABLE.isdisjoint(words[place:end]))


def _no_year(words: list[str], place: int) -> bool:
    """Whether four digits are a time, a part of a date or a quantity, and not a year of the past."""
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    return before in cues.BEFORE_TIMES or after in cues.AFTER_TIMES


def _reach(words: list[str], cuts: list[int], first: int, last: int, node: _Node) -> list[tuple[int, int, int]]:
    """Where a cue reaches. A cue of both directions reaches forward where a statement follows it."""
    at = bisect_right(cuts, first) - 1
    begin, end = cuts[at], cuts[at + 1]
    end = max(end, last)
    if (
        begin
        and words[begin] == ":"
        and first == begin + 1
        and node.backward
        and (last == end or words[last] in cues.TRAILING)
    ):
        return [(cuts[at - 1], last, node.backward)]
    if node.forward == _BITS[Modifier.NEGATED] and _is_narrow(words, first):
        end = max(_comma(words, last, end), last)
    if not node.backward:
        return [(first, end, node.forward)]
    ahead = bool(node.forward) and last < end and (words[last] not in cues.TRAILING or begin == first)
    scopes = [(first, end, node.forward)] if ahead else []
    if not ahead or node.backward == _BITS[Modifier.HYPOTHETICAL]:
        if node.backward == _BITS[Modifier.NEGATED]:
            begin = _comma_before(words, begin, first)
        scopes.append((max(begin, first - _MAX_BACK), last, node.backward))
    return scopes


def _is_narrow(words: list[str], first: int) -> bool:
    """Whether a negation is of one statement and not of a list."""
    return words[first] in cues.NARROW or words[first : first + 2] == ["no", "longer"]


def _comma(words: list[str], last: int, end: int) -> int:
    """The first comma between two places, unless an "or" or "nor" follows it; else the later place."""
    rest = words[last:end]
    if "," not in rest or "or" in rest or "nor" in rest:
        return end
    return last + rest.index(",")


def _comma_before(words: list[str], begin: int, first: int) -> int:
    """The last comma between two places, unless an "and" or "or" joins what it parts; else the earlier place."""
    comma = next((at for at in range(first - 1, begin, -1) if words[at] == ","), begin)
    return begin if {"and", "or", "&"}.intersection(words[comma:first]) else comma


def _fresh(words: list[str], place: int) -> bool:
    """Whether a comma, dash or "and" opens a new statement here."""
    if words[place] not in (",", "-", "and", "&", "+"):
        return False
    return place + 1 < len(words) and words[place + 1] in cues.FRESH_STARTS


def _longest(words: list[str], place: int) -> tuple[int, _Node | None]:
    """The longest cue that starts here."""
    node, best, length = _ROOT, None, 0
    for step in range(place, len(words)):
        child = node.children.get(words[step])
        if child is None:
            break
        node = child
        if node.roles is not None:
            best, length = node, step - place + 1
    return length, best
