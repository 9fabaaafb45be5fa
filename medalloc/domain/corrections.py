"""What clinicians say of needs that were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from medalloc.domain.needs import NeedName
from medalloc.domain.review import UserRole


class CorrectionKind(StrEnum):
    """What a clinician does with a need."""

    CONFIRM = "confirm"
    CHANGE = "change"
    REMOVE = "remove"
    """The patient does not have it: its value is the default."""


class CorrectionReason(StrEnum):
    """Why; the model learns from all of them, the governance page counts them."""

    SEEN = "seen"
    """Seen at the bedside, or said by the team."""
    MISREAD = "misread"
    """The note does not say so."""
    OUT_OF_DATE = "out_of_date"
    """True once, no longer."""
    OTHER_PERSON = "other_person"
    """The sentence is about somebody else."""
    RECORD_WRONG = "record_wrong"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Correction:
    """A clinician's word on one need of one patient; it outranks record, notes and vital signs.

    There is at most one in force for each patient and need; it stays in force in later snapshots.
    """

    patient_id: str
    name: NeedName
    kind: CorrectionKind
    value: str
    """What is right."""
    was: str
    """The value that was shown."""
    probability: float
    """Of the value that was shown, 0–1."""
    reason: CorrectionReason | None
    """None only where a need is confirmed."""
    comment: str
    by: str
    role: UserRole
    made_at: datetime
    """With its zone."""
    at: datetime
    """Moment of the snapshot that the clinician saw, local to the hospital."""
    version: int = 1
    """Counts the corrections of this need of this patient, from 1."""
