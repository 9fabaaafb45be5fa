"""Staff, shifts, cover and duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Role(StrEnum):
    """Staff group."""

    NURSE = "nurse"
    HEALTHCARE_ASSISTANT = "healthcare_assistant"
    DOCTOR = "doctor"


class AvailabilityKind(StrEnum):
    """Why a person can or cannot work, or would rather."""

    LEAVE = "leave"
    UNAVAILABLE = "unavailable"
    REQUEST_OFF = "request_off"
    REQUEST_ON = "request_on"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person on the roster."""

    staff_id: str
    name: str = ""
    role: Role = Role.NURSE
    grade: str = ""
    skills: frozenset[str] = frozenset()
    home_ward: str = ""
    contract_hours: float | None = None
    """Per week."""
    max_consecutive: int | None = None
    """Duties in a row."""
    min_rest_hours: float | None = None
    max_weekends: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A worked period."""

    shift_id: str
    name: str
    start: time
    hours: float
    role: Role


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people with a skill a ward needs on a shift."""

    ward_id: str
    date: date
    shift_id: str
    skill: str
    minimum: int
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """Leave, unavailability or a request; `shift_id` "" means the whole day."""

    staff_id: str
    date: date
    shift_id: str
    kind: AvailabilityKind
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Duty:
    """One assignment of a person to a shift."""

    staff_id: str
    date: date
    shift_id: str
    ward_id: str = ""
