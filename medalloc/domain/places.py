"""Wards, bays and beds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FEATURES = frozenset(
    "oxygen suction telemetry negative_pressure positive_pressure bariatric visible ensuite ventilator dialysis".split()
)
"""Bed features with a meaning of their own; a hospital may add others."""

SPECIALTIES = tuple(
    "general_medicine acute_medicine respiratory cardiology gastroenterology renal endocrinology neurology stroke "
    "geriatrics haematology_oncology infectious_diseases general_surgery vascular urology orthopaedics ent "
    "gynaecology obstetrics paediatrics psychiatry critical_care".split()
)


class Level(StrEnum):
    """Level of care, from the lowest to the highest."""

    WARD = "ward"
    HDU = "hdu"
    ICU = "icu"

    @property
    def rank(self) -> int:
        """0 for a ward, 1 for high dependency, 2 for intensive care."""
        return list(Level).index(self)


class SexRule(StrEnum):
    """Who may share a bay."""

    SAME_BAY = "same_bay"
    FEMALE = "female"
    MALE = "male"
    MIXED = "mixed"


class BedStatus(StrEnum):
    """What the ward says of a bed."""

    AVAILABLE = "available"
    OCCUPIED = "occupied"
    CLEANING = "cleaning"
    RESERVED = "reserved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward and whom it takes."""

    ward_id: str
    name: str = ""
    site: str = ""
    specialties: tuple[str, ...] = ()
    """In order of preference; the first is the ward's own. Empty: any."""
    level: Level = Level.WARD
    min_age: int = 0
    max_age: int = 130
    """Both ends included [years]."""
    sex_rule: SexRule = SexRule.SAME_BAY
    care_hours: float | None = None
    """Staffed care hours per day."""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed in a bay; a bay with one bed is a single room."""

    bed_id: str
    ward_id: str
    bay_id: str
    features: frozenset[str] = frozenset()
    status: BedStatus = BedStatus.AVAILABLE
    available_at: datetime | None = None
    """When a bed that is being cleaned can be used."""
