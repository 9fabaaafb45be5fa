"""What the store hands out: frozen dataclasses, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from medalloc.domain.corrections import Correction
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
    asked: Mapping[str, str] = field(default_factory=dict)
    """What the plan took each patient to need, as a digest by patient_id; empty for plans of old."""
    made_with: Mapping[str, Any] = field(default_factory=dict)
    """`set` and `version` of the weights, and the `limits` by name; empty for plans of old."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A plan that was given out."""

    number: int
    """Within its hospital, from 1."""
    plan_id: int
    hospital: str
    by: str
    at: datetime
    """UTC."""
    withdrawn_at: datetime | None = None
    """UTC; None: it stands."""
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction with its life: what heads learn from."""

    snapshot_id: int
    """The snapshot that it was made on."""
    hospital: str
    correction: Correction
    ended_at: datetime | None = None
    """UTC; None: in force."""
    undone: bool = False
    """True: taken back; False with `ended_at`: replaced by a later one."""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a named table or set of weights that people may edit."""

    kind: str
    name: str
    content: Any
    """As JSON has it."""
    version: int
    """From 1."""
    by: str
    made_at: datetime
    """UTC."""


class AuditAction(StrEnum):
    """What the record tells of."""

    LOAD = "load"
    PLAN = "plan"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    REJECT = "reject"
    LOCK = "lock"
    UNDO = "undo"
    CONFIRM_NEED = "confirm_need"
    CHANGE_NEED = "change_need"
    REMOVE_NEED = "remove_need"
    UNDO_CORRECTION = "undo_correction"
    SAVE_DOCUMENT = "save_document"
    USE_HEADS = "use_heads"
    """Other heads read the notes from here on."""


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
