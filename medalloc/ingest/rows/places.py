"""Rows of wards.csv and beds.csv."""

from __future__ import annotations

from medalloc.domain.places import BedStatus, Level, SexRule
from medalloc.ingest.fields import (
    BedStatusWord,
    LevelWord,
    Promise,
    SexRuleWord,
    Words,
    WordSet,
    number,
    whole,
)
from medalloc.ingest.rows.base import RowModel


class WardRow(RowModel):
    """A row of wards.csv."""

    ward_id: str
    name: str = ""
    site: str = ""
    specialties: Words = ()
    level: LevelWord = Level.WARD
    min_age: int = whole(0, 130, default=0, of="years")
    max_age: int = whole(0, 130, default=130, of="years")
    sex_rule: SexRuleWord = SexRule.SAME_BAY
    care_hours: float | None = number(default=None, of="hours per day")
    open: bool = True


class BedRow(RowModel):
    """A row of beds.csv."""

    bed_id: str
    ward_id: str
    bay_id: str = ""
    """Beds of a ward without one share one open bay: never taken for single rooms."""
    features: WordSet = frozenset()
    status: BedStatusWord = BedStatus.AVAILABLE
    available_at: Promise | None = None
