"""People, and what they decide about a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UserRole(StrEnum):
    """What a person may do; see `review.permissions`."""

    VIEWER = "viewer"
    BED_MANAGER = "bed_manager"
    CLINICIAN = "clinician"
    ROSTER_PLANNER = "roster_planner"
    PHARMACIST = "pharmacist"
    PLANNER = "planner"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """Who acts, and in which role."""

    name: str
    role: UserRole


class Verdict(StrEnum):
    """What a person says to a suggestion."""

    ACCEPT = "accept"
    REJECT = "reject"
    LOCK = "lock"
    """The patient keeps this bed in every later plan, whether or not the move is agreed yet."""


class RejectReason(StrEnum):
    """Why a suggestion was refused; it says what later plans may not do."""

    NOT_THIS_BED = "not_this_bed"
    """Forbids the bay (all its beds are alike to the patient)."""
    NOT_THIS_WARD = "not_this_ward"
    """Forbids the ward."""
    DO_NOT_MOVE = "do_not_move"
    """Keeps the patient where they are; a waiting patient goes on waiting."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one patient; there is at most one in force per patient and snapshot."""

    patient_id: str
    verdict: Verdict
    bed_id: str
    """The bed that was proposed."""
    reason: RejectReason | None
    comment: str
    decided_by: str
    role: UserRole
    decided_at: datetime
    plan_id: int
    version: int
    """Counts the decisions about this patient, from 1; a decision must name the one it saw (0: none)."""
