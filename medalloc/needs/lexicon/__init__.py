"""How notes speak of needs: the entries of the reading rules (data only)."""

from medalloc.needs.lexicon.breathing import NIV, OXYGEN, SUCTION, VENTILATOR
from medalloc.needs.lexicon.daily import END_OF_LIFE, FEEDING, INTERPRETER, MOBILITY
from medalloc.needs.lexicon.discharge import BARRIER, READINESS, TERMS
from medalloc.needs.lexicon.entry import SILENT, Entry
from medalloc.needs.lexicon.equipment import ACUITY, LEVEL, ORGANS
from medalloc.needs.lexicon.infection import ISOLATION, ORGANISM
from medalloc.needs.lexicon.safety import COGNITION, FALLS, ONE_TO_ONE

ENTRIES: tuple[Entry, ...] = (
    *OXYGEN, *NIV, *VENTILATOR, *SUCTION, *ORGANS, *LEVEL, *ACUITY, *FALLS, *COGNITION, *ONE_TO_ONE, *MOBILITY,
    *FEEDING, *INTERPRETER, *END_OF_LIFE, *READINESS, *BARRIER, *ISOLATION, *ORGANISM,
)  # fmt: skip

__all__ = ["ENTRIES", "SILENT", "TERMS", "Entry"]
