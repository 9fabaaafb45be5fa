"""A note with its evidence marked, as HTML in which nothing of the note is markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

STYLE = (
    "<style>mark{background:rgba(255,184,28,.32);color:inherit;border-bottom:2px solid #b8860b;padding:0 1px}"
    "mark sup{font-size:.72em;font-weight:600;margin-left:2px}"
    "mark.now{background:#ffb81c;color:#10171d;border:2px solid #10171d;border-radius:3px;padding:0 3px}</style>"
)
"""Readable on a light and on a dark page; line and frame show in greyscale too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a note: `text[start:end]`, and what it proves."""

    start: int
    end: int
    label: str
    strong: bool = False
    """True: proves what is looked at now."""


def marked_html(text: str, marks: Iterable[Mark]) -> str:
    """HTML of a note with each marked piece in a `<mark>` that names what it proves.

    Pieces that overlap are joined, with all their labels.
    """
    parts, place = [], 0
    for start, end, labels, strong in _joined(marks, len(text)):
        parts.append(escape(text[place:start]))
        words, kind = escape(", ".join(labels)), ' class="now"' if strong else ""
        parts.append(f'<mark{kind} title="{words}">{escape(text[start:end])}<sup>{words}</sup></mark>')
        place = end
    parts.append(escape(text[place:]))
    return "".join(parts).replace("\n", "<br>")


def _joined(marks: Iterable[Mark], length: int) -> list[tuple[int, int, list[str], bool]]:
    """Marks in order, inside the text, overlapping ones as one."""
    joined: list[tuple[int, int, list[str], bool]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = max(0, mark.start), min(length, mark.end)
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            before, until, labels, strong = joined[-1]
            new = [] if mark.label in labels else [mark.label]
            joined[-1] = (before, max(until, end), labels + new, strong or mark.strong)
        else:
            joined.append((start, end, [mark.label], mark.strong))
    return joined
