"""Patients, their notes and their vital signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from medalloc.domain.places import Level


class Sex(StrEnum):
    """Sex as the hospital records it for placement."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class PatientStatus(StrEnum):
    """Where a stay stands."""

    INPATIENT = "inpatient"
    WAITING = "waiting"
    EXPECTED = "expected"


class Source(StrEnum):
    """Where a patient comes from."""

    ED = "ed"
    ELECTIVE = "elective"
    TRANSFER = "transfer"
    STEP_DOWN = "step_down"
    REPATRIATION = "repatriation"


class Isolation(StrEnum):
    """Transmission-based precautions (CDC 2007), and protective isolation."""

    NONE = "none"
    CONTACT = "contact"
    DROPLET = "droplet"
    AIRBORNE = "airborne"
    PROTECTIVE = "protective"


class Readiness(StrEnum):
    """Whether the ward thinks that a patient can leave."""

    NOT_READY = "not_ready"
    REVIEW = "review"
    READY = "ready"


class NoteKind(StrEnum):
    """Kind of clinical note."""

    TRIAGE = "triage"
    CLERKING = "clerking"
    NURSING = "nursing"
    WARD_ROUND = "ward_round"
    CONSULTATION = "consultation"


class Consciousness(StrEnum):
    """ACVPU: alert, new confusion, voice, pain, unresponsive."""

    ALERT = "A"
    CONFUSION = "C"
    VOICE = "V"
    PAIN = "P"
    UNRESPONSIVE = "U"


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as the record has them; None or "" means that the record does not say."""

    patient_id: str
    name: str = ""
    sex: Sex = Sex.OTHER
    age: int = 0
    """[years], 0–130."""
    status: PatientStatus = PatientStatus.INPATIENT
    bed_id: str = ""
    """The bed they lie in now; "" for none. A waiting patient may have one (a step-down)."""
    source: Source | None = None
    waiting_since: datetime | None = None
    expected_at: datetime | None = None
    admitted_at: datetime | None = None
    edd: datetime | None = None
    """Expected date of discharge."""
    readiness: Readiness | None = None
    barrier: str = ""
    specialty: str = ""
    level: Level | None = None
    isolation: Isolation | None = None
    organism: str = ""
    features: frozenset[str] | None = None
    """Features that the bed must have; None: the record does not say."""
    moves: int = 0
    """Bed moves so far this stay."""
    fixed: bool = False
    """True: do not move."""
    ethnicity: str = ""
    deprivation: int | None = None
    """Deprivation quintile, 1 (most deprived) to 5."""


@dataclass(frozen=True, slots=True)
class Note:
    """A clinical note."""

    note_id: str
    patient_id: str
    written_at: datetime
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Vitals:
    """One set of vital signs; None where it was not taken."""

    patient_id: str
    taken_at: datetime
    resp_rate: float | None = None
    """[breaths/min]."""
    spo2: float | None = None
    """[%]."""
    scale2: bool = False
    """True: SpO2 scale 2 of NEWS2 (target 88–92 %)."""
    on_oxygen: bool = False
    systolic_bp: float | None = None
    """[mmHg]."""
    pulse: float | None = None
    """[beats/min]."""
    consciousness: Consciousness | None = None
    temperature: float | None = None
    """[°C]."""
