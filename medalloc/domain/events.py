"""Event times of the service process, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case."""

    case_id: str
    patient_id: str
    activity: str
    at: datetime
    ward_id: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    """Further columns of events.csv, as (name, value)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended."""

    case_id: str
    los_days: float
    readmitted_30d: bool | None = None
    died: bool | None = None
    expected_los_days: float | None = None
