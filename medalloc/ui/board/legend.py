"""What the signs of the board mean, for the legend under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from medalloc.domain.review import Verdict
from medalloc.ui.board import words


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign and what it says."""

    kind: str
    """How it is drawn: "state", "badge", "move", "decision" or "breach"."""
    code: str
    """Which of its kind, e.g. "cleaning" or "isolation"."""
    sign: str
    words: str


def legend(translate: Callable[[str], str]) -> tuple[LegendEntry, ...]:
    """Every sign that the board can draw, in the reader's language."""
    return tuple(LegendEntry(kind, code, translate(sign.short), translate(sign.words)) for kind, code, sign in _signs())


def _signs() -> Iterator[tuple[str, str, words.Sign]]:
    for state, sign in words.STATES.items():
        yield "state", state, sign
    for sign in words.ISOLATION.values():
        yield "badge", "isolation", sign
    for sign in (*words.NEEDS_MORE.values(), *words.NEEDS_LESS.values()):
        yield "badge", "level", sign
    for sign in words.FEATURES.values():
        yield "badge", "feature", sign
    for sign in words.READINESS.values():
        yield "badge", "ready", sign
    yield "badge", "fixed", words.FIXED
    yield "badge", "unsure", words.UNSURE
    yield "move", "out", words.LEAVES
    yield "move", "in", words.ARRIVES
    yield "move", "held", words.HELD
    yield "move", "freed", words.FREED
    yield "move", "left", words.LEFT
    yield "badge", "chance", words.CHANCE
    for verdict in Verdict:
        yield "decision", verdict, words.VERDICTS[verdict]
    yield "breach", "breach", words.BREACH
