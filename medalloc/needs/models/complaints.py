"""What a triage complaint is about: abbreviations spelt out, and groups of complaints with their usual urgency.

The groups follow the presenting complaints of the Canadian and Korean triage scales (CTAS, KTAS): what a nurse
hears first decides how ill a patient may be, whatever the vital signs. They are a lexicon of our own; the usual
level is a starting point that the fit may overrule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LEXICON = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ABBREVIATIONS: Mapping[str, str] = _LEXICON["abbreviations"]
"""What short words of triage notes stand for; "" for those that say nothing."""
WORD = re.compile(r"[^\W\d_]+")
UNKNOWN = "unknown"
UNGROUPED_LEVEL = 3.3
"""Taken for a complaint of no group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Complaints of one kind."""

    name: str
    level: float
    """Usual acuity, 1–5; halves where it is between two."""
    central: bool
    """Whether pain is central: the same pain score counts as more urgent than in a limb (CTAS)."""
    pattern: re.Pattern[str]


GROUPS = tuple(
    Group(said["name"], said["level"], said["central"], re.compile("|".join(said["words"])))
    for said in _LEXICON["groups"]
)


def spelt_out(complaint: str) -> str:
    """A complaint in lower case, its abbreviations spelt out and its marks gone.

    >>> spelt_out("Rt. flank pain"), spelt_out("c/o SOB"), spelt_out("??")
    ('right flank pain', 'shortness of breath', 'unknown')
    """
    words = (ABBREVIATIONS.get(word, word) for word in WORD.findall(complaint.lower()))
    return " ".join(word for word in words if word) or UNKNOWN


def groups_of(text: str) -> tuple[Group, ...]:
    """The groups that a complaint, spelt out, belongs to.

    >>> [group.name for group in groups_of("right chest wall pain")]
    ['chest_wall']
    """
    return tuple(group for group in GROUPS if group.pattern.search(text))


def usual_level(groups: Sequence[Group]) -> float:
    """The most urgent usual level of the groups."""
    return min((group.level for group in groups), default=UNGROUPED_LEVEL)
