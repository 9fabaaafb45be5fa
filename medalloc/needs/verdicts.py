"""What the reading rules make of all of a patient's notes: the last note that speaks of a need decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.domain.needs import NeedName
from medalloc.needs.claims import SAFETY
from medalloc.needs.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules found said of one need."""

    value: str
    places: tuple[int, ...]
    """Sentences that say so, by place in the corpus."""
    rule: str
    """Name of the rule that found the first of them."""
    is_last: bool
    """Whether it stands in the patient's last note."""


Verdicts = Mapping[NeedName, Verdict]


def verdicts(corpus: Corpus) -> tuple[Verdicts, ...]:
    """The verdicts of every patient.

    Of a patient's notes, the last one that speaks of a need counts (notes come newest first); within it the safer
    of two values.
    """
    found = []
    for first, last in zip(corpus.starts[:-1].tolist(), corpus.starts[1:].tolist(), strict=True):
        found.append(_verdicts(corpus, first, last))
    return tuple(found)


def _verdicts(corpus: Corpus, first: int, last: int) -> dict[NeedName, Verdict]:
    decided: dict[NeedName, Verdict] = {}
    note_of: dict[NeedName, str] = {}
    newest = corpus.pieces[first].note_id if first < last else ""
    for place in range(first, last):
        piece = corpus.pieces[place]
        for statement in piece.statements:
            name, value = statement.name, statement.value
            if note_of.setdefault(name, piece.note_id) != piece.note_id:
                continue
            known = decided.get(name)
            if known is None or _beats(name, value, known.value):
                decided[name] = Verdict(value, (place,), statement.rule, piece.note_id == newest)
            elif known.value == value and place not in known.places:
                decided[name] = Verdict(value, (*known.places, place), known.rule, known.is_last)
    return decided


def _beats(name: NeedName, value: str, than: str) -> bool:
    order = SAFETY.get(name, ())
    return value in order and than in order and order.index(value) > order.index(than)
