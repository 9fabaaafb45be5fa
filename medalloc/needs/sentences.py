"""Sentences of clinical text, with the exact place of each in the note.

Clinical notes end sentences with newlines as often as with full stops, number their plans ("1. IV fluids
2. bloods"), start sentences in lower case and abbreviate with a stop ("Dr. Ames", "approx. 2 h"). Every
sentence is a verbatim slice: `text[start:end] == quote`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medalloc.needs.sections import Section, heading_of

MAX_CHARS = 400
"""Longer runs without a stop are cut at white space: the encoder reads 256 tokens at most."""

ABBREVIATIONS = frozenset(
    """
    dr mr mrs ms prof st vs approx eg ie etc al cf pt pts hx dx rx tx fx sx no nos fig dept wt ht resp
    temp min max tab tabs inj cap caps amp mg ml kg hr hrs yr yrs wk wks mth mths mon tue tues wed thu
    thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec od bd tds qds prn nocte stat
    sc im iv po pr neb sr jr ext ref esp incl lt rt bilat
    """.split()
)
LAST_WORDS = frozenset("od bd tds qds prn nocte stat im iv po sc pr neb ml mg kg hr hrs yrs wks min".split())
"""Abbreviations that also end sentences: they hold one together only before lower case or a digit."""

_STOP = re.compile(r"[.!?;]+[\"')\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"([A-Za-z]+(?:\.[A-Za-z]+)*|\d+)$")
_NUMBER_ITEM = re.compile(r"(?<!\S)(\d{1,2})[.)](?=\s+[A-Za-z])")
_BULLET = re.compile(r"\s*(?:[-*•>–]+\s+|\(?\d{1,2}[.)]\s+|\([a-z]\)\s+)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of a note."""

    start: int
    end: int
    text: str
    section: Section = Section.BODY


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a note, in order; white space, bullets and bare headings belong to none.

    >>> [s.text for s in split_sentences("Seen by Dr. Ames. Plan: 1. IV fluids 2. bloods at 14.30")]
    ['Seen by Dr. Ames.', 'IV fluids', 'bloods at 14.30']
    """
    sentences: list[Sentence] = []
    standing = Section.BODY
    for start, end in _paragraph_lines(text):
        if start == end:
            standing = Section.BODY
            continue
        section, bare = heading_of(text[start:end])
        if bare:
            standing = section or Section.BODY
            continue
        sentences.extend(_of_line(text, start, end, standing))
    return sentences


def _of_line(text: str, start: int, end: int, standing: Section) -> Iterator[Sentence]:
    """Sentences of a line. A heading holds to its end; a history within a line holds for its own sentence."""
    section = standing
    for first, last in _pieces(text, start, end):
        inner, bare = heading_of(text[first:last])
        if bare and text[last - 1] != ":":  # a list item may be a heading's word: "2. bloods"
            inner, bare = None, False
        if inner and (first == start or inner in (Section.PLAN, Section.BODY, Section.EXAMINATION)):
            section = inner
        if not bare:
            yield Sentence(first, last, text[first:last], inner or section)


def _paragraph_lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines without their ends, with hard-wrapped lines joined; an empty span stands for a blank line."""
    held: tuple[int, int] | None = None
    for match in _LINE.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if held and start < end and _continues(text, held, start):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _continues(text: str, line: tuple[int, int], start: int) -> bool:
    """Whether the next line goes on with a long line that was wrapped in mid-sentence."""
    return line[1] - line[0] > 60 and text[line[1] - 1] not in ".!?;:" and text[start].islower()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for cut in [*_cuts(text, start, end), end]:
        first, last = _trim(text, begin, cut)
        bullet = _BULLET.match(text, first, last)
        if bullet:
            first = bullet.end()
        if first < last:
            yield from _bounded(text, first, last)
        begin = cut


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets between sentences of one line."""
    cuts = {match.end() for match in _STOP.finditer(text, start, end) if _ends(text, start, match)}
    expected = 1
    for match in _NUMBER_ITEM.finditer(text, start, end):
        cuts.discard(match.end())
        if int(match[1]) == expected:
            cuts.add(match.start())
            expected += 1
    return sorted(cut for cut in cuts if start < cut < end)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop ends a sentence, and is not part of an abbreviation or of a list number."""
    if stop[0] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 20), stop.start())
    if before is None:
        return True
    word = before[1].lower()
    if word.isdigit():
        return before.start() > start
    after = text[stop.end() : stop.end() + 2].strip()[:1]
    if word in LAST_WORDS:
        return after.isupper() or after == ""
    if len(word) == 1:  # an initial ("J. Lee"), but not a unit ("on 2 L.")
        return text[start : before.start()].rstrip()[-1:].isdigit()
    return word not in ABBREVIATIONS and "." not in word


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CHARS:
        cut = text.rfind(" ", start + MAX_CHARS // 2, start + MAX_CHARS)
        cut = start + MAX_CHARS if cut < 0 else cut
        yield _trim(text, start, cut)
        start, end = _trim(text, cut, end)
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
