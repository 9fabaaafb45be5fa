"""The signs of the bed board: each has a glyph or a code, and words; none relies on colour.

`N_` marks a text for the translators; it is translated where it is shown.
"""

from __future__ import annotations

from typing import NamedTuple

from medalloc.domain.people import Isolation, Readiness, Sex, Source
from medalloc.domain.places import BedStatus, Level, SexRule
from medalloc.domain.plan import Action, Rule
from medalloc.domain.review import Verdict

N_ = str


class Sign(NamedTuple):
    """A sign as drawn and as spoken."""

    short: str
    """On the tile."""
    words: str
    """In the legend, the tooltip and the accessible name."""


STATES = {
    BedStatus.AVAILABLE: Sign("○", N_("Free")),
    BedStatus.OCCUPIED: Sign("●", N_("Occupied")),
    BedStatus.CLEANING: Sign("≈", N_("Cleaning")),
    BedStatus.RESERVED: Sign("◇", N_("Reserved")),
    BedStatus.CLOSED: Sign("⊘", N_("Closed")),
}

SEXES = {
    Sex.FEMALE: Sign(N_("F"), N_("female")),
    Sex.MALE: Sign(N_("M"), N_("male")),
    Sex.OTHER: Sign(N_("O"), N_("other sex")),
}

SEX_RULES = {
    SexRule.SAME_BAY: N_("same-sex bays"),
    SexRule.FEMALE: N_("female ward"),
    SexRule.MALE: N_("male ward"),
    SexRule.MIXED: N_("mixed allowed"),
}

LEVELS = {Level.WARD: N_("ward"), Level.HDU: N_("HDU"), Level.ICU: N_("ICU")}
NEEDS_MORE = {
    Level.HDU: Sign(N_("↑HDU"), N_("needs high dependency, more than the ward gives")),
    Level.ICU: Sign(N_("↑ICU"), N_("needs intensive care, more than the ward gives")),
}
NEEDS_LESS = {
    Level.WARD: Sign(N_("↓WARD"), N_("needs ward care only, less than the ward gives")),
    Level.HDU: Sign(N_("↓HDU"), N_("needs high dependency only, less than the ward gives")),
}

ISOLATION = {
    Isolation.CONTACT: Sign(N_("◆CON"), N_("contact isolation")),
    Isolation.DROPLET: Sign(N_("◆DRP"), N_("droplet isolation")),
    Isolation.AIRBORNE: Sign(N_("◆AIR"), N_("airborne isolation")),
    Isolation.PROTECTIVE: Sign(N_("◆PRO"), N_("protective isolation")),
}

FEATURES = {
    "ventilator": Sign(N_("≋VENT"), N_("needs a ventilator")),
    "oxygen": Sign("O₂", N_("needs oxygen")),
    "visible": Sign(N_("◉VIS"), N_("must be in sight of the nurses' station")),
}
"""The features that a tile shows, the most pressing first."""

READINESS = {
    Readiness.READY: Sign(N_("⌂RDY"), N_("ready to leave")),
    Readiness.REVIEW: Sign(N_("⌂REV"), N_("may leave after review")),
}

FIXED = Sign(N_("■FIX"), N_("not to be moved"))
UNSURE = Sign("?", N_("after a badge: read from a note, not confirmed"))

ACTIONS = {
    Action.ADMIT: N_("admission"),
    Action.TRANSFER: N_("transfer"),
    Action.HOLD: N_("bed held"),
}

SOURCES = {
    Source.ED: N_("ED"),
    Source.ELECTIVE: N_("elective"),
    Source.TRANSFER: N_("other hospital"),
    Source.STEP_DOWN: N_("step-down"),
    Source.REPATRIATION: N_("repatriation"),
}

LEAVES = Sign("→", N_("is to move to this bed"))
ARRIVES = Sign("▲", N_("arrives"))
HELD = Sign("△", N_("bed held for an arrival"))
FREED = Sign("▽", N_("freed by a move"))
LEFT = Sign("⇗", N_("expected to have left the hospital by then"))
CHANCE = Sign("◐", N_("uncertain: how likely somebody has left by then"))

VERDICTS = {
    Verdict.ACCEPT: Sign("✓", N_("accepted")),
    Verdict.REJECT: Sign("✕", N_("rejected")),
    Verdict.LOCK: Sign("▣", N_("locked")),
}

BREACH = Sign("!", N_("breaks a rule"))

RULES = {
    Rule.ONE_PATIENT_PER_BED: N_("more than one patient in the bed"),
    Rule.USABLE_BED: N_("the bed cannot be used"),
    Rule.BAY_SEX: N_("mixed sexes in the bay"),
    Rule.ISOLATION: N_("isolation not met"),
    Rule.LEVEL: N_("level of care not met"),
    Rule.AGE: N_("outside the ward's age range"),
    Rule.FEATURES: N_("equipment missing"),
    Rule.FIXED: N_("a fixed patient is moved"),
    Rule.LOCKED: N_("a locked placement is changed"),
    Rule.REJECTED: N_("a refused placement"),
    Rule.MOVES: N_("moved too often"),
}
