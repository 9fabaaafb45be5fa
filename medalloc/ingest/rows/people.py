"""Rows of patients.csv, notes.csv and vitals.csv."""

from __future__ import annotations

from medalloc.domain.people import NoteKind, PatientStatus, Sex
from medalloc.ingest.fields import (
    ConsciousnessWord,
    IsolationWord,
    LevelWord,
    Moment,
    NoteKindWord,
    PatientStatusWord,
    Promise,
    ReadinessWord,
    SexWord,
    SourceWord,
    Word,
    WordSet,
    reading,
    whole,
)
from medalloc.ingest.rows.base import RowModel


class PatientRow(RowModel):
    """A row of patients.csv."""

    patient_id: str
    name: str = ""
    sex: SexWord = Sex.OTHER
    age: int = whole(0, 130, default=0, of="years")
    status: PatientStatusWord = PatientStatus.INPATIENT
    bed_id: str = ""
    source: SourceWord | None = None
    waiting_since: Moment | None = None
    expected_at: Promise | None = None
    admitted_at: Moment | None = None
    edd: Promise | None = None
    readiness: ReadinessWord | None = None
    barrier: str = ""
    specialty: Word = ""
    level: LevelWord | None = None
    isolation: IsolationWord | None = None
    organism: str = ""
    features: WordSet | None = None
    moves: int = whole(0, 1_000, default=0, of="moves")
    fixed: bool = False
    ethnicity: str = ""
    deprivation: int | None = whole(1, 5, default=None)


class NoteRow(RowModel):
    """A row of notes.csv."""

    note_id: str
    patient_id: str
    written_at: Moment
    kind: NoteKindWord = NoteKind.WARD_ROUND
    text: str


class VitalsRow(RowModel):
    """A row of vitals.csv; the numbers are bounded by `rules.people`, which drops a value and not the set."""

    patient_id: str
    taken_at: Moment
    resp_rate: float | None = reading()
    spo2: float | None = reading()
    scale2: bool = False
    on_oxygen: bool = False
    systolic_bp: float | None = reading()
    pulse: float | None = reading()
    consciousness: ConsciousnessWord | None = None
    temperature: float | None = reading()
