"""Sections of a note, told by their headings."""

from __future__ import annotations

import re
from enum import StrEnum


class Section(StrEnum):
    """What a part of a note is about."""

    BODY = "body"
    HISTORY = "history"
    FAMILY = "family"
    SOCIAL = "social"
    DRUGS = "drugs"
    EXAMINATION = "examination"
    PLAN = "plan"


HEADINGS: dict[Section, tuple[str, ...]] = {
    Section.HISTORY: (
        "past medical history", "past medical hx", "past history", "previous medical history",
        "medical history", "past surgical history", "background history", "background",
        "previous admissions", "pmhx", "pmh", "psh", "bg",
    ),
    Section.FAMILY: (
        "family history", "family hx", "fhx", "fh", "famhx",
    ),
    Section.SOCIAL: (
        "social history", "social hx", "social", "shx", "sh", "lives",
    ),
    Section.DRUGS: (
        "drug history", "regular medications", "current medications", "medications", "medication",
        "meds", "drugs", "dhx", "dh", "allergies", "allergy", "nkda",
    ),
    Section.EXAMINATION: (
        "on examination", "examination", "exam", "o/e", "observations", "obs", "vital signs", "vitals",
        "investigations", "bloods", "imaging", "objective",
    ),
    Section.PLAN: (
        "management plan", "plan", "recommendations", "advice", "suggest", "actions", "to do",
        "imp/plan",
    ),
    Section.BODY: (
        "presenting complaint", "history of presenting complaint", "hpc", "hpi", "pc", "impression",
        "imp", "assessment", "diagnosis", "dx", "current issues", "issues", "progress", "subjective",
        "situation", "reason for admission", "ward round", "a/p",
    ),
}  # fmt: skip

_SECTION_OF = {heading: section for section, headings in HEADINGS.items() for heading in headings}
_HEADING = re.compile(
    r"(?:\W{0,3})(" + "|".join(re.escape(h) for h in sorted(_SECTION_OF, key=len, reverse=True)) + r")"
    r"\s*(?::|\s[-–—]\s|(?=[\W_]*$))",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:\W{0,3})(PMHx?|FHx?|PSH|SHx|DHx)\b[\s,-]")
"""Headings so plain in capitals that they need no colon ("PMH COPD, AF")."""


def heading_of(line: str) -> tuple[Section | None, bool]:
    """The section whose heading opens a line (None: no heading), and whether nothing else stands there."""
    match = _HEADING.match(line)
    if match is None:
        short = _SHORT.match(line)
        return (_SECTION_OF[short[1].lower()], False) if short else (None, False)
    rest = line[match.end() :]
    return _SECTION_OF[match[1].lower()], not any(mark.isalnum() for mark in rest)
