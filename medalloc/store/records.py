"""What the store hands out: frozen dataclasses, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from medalloc.domain.plan import BedPlan, SolveStatus


class SnapshotSource(StrEnum):
    """Where a snapshot came from."""

    SAMPLE = "sample"
    UPLOAD = "upload"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A loaded data folder, without its data."""

    snapshot_id: int
    hash: str
    """SHA-256 over the names and contents of its files."""
    name: str
    at: datetime
    """The snapshot's moment, local to the hospital."""
    loaded_at: datetime
    """UTC."""
    loaded_by: str
    source: SnapshotSource


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """The head of a stored plan."""

    plan_id: int
    snapshot_id: int
    made_at: datetime
    """UTC."""
    made_by: str
    status: SolveStatus
    objective: float
    bound: float


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan with the do-nothing plan that it is compared with."""

    plan_id: int
    snapshot_id: int
    plan: BedPlan
    before: BedPlan
    made_at: datetime
    """UTC."""
    made_by: str


class AuditAction(StrEnum):
    """What the record tells of."""

    LOAD = "load"
    PLAN = "plan"
    ACCEPT = "accept"
    REJECT = "reject"
    LOCK = "lock"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the record."""

    seq: int
    """From 1, without gaps."""
    at: str
    """ISO 8601, UTC."""
    user: str
    role: str
    action: str
    snapshot_id: int | None
    plan_id: int | None
    patient_id: str
    detail: str
    """JSON with sorted keys."""
    prev: str
    """Hash of the line before."""
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """Where the record first contradicts itself."""

    seq: int
    problem: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the record; kept elsewhere, it proves that nothing was cut off."""

    seq: int
    hash: str
