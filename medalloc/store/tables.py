"""The tables. Rows never leave the package: its functions hand out frozen dataclasses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from medalloc.store.times import HospitalTime, Moment

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """Base of all rows; constraints have names, so that a later migration can drop them."""

    metadata = MetaData(naming_convention=_NAMES)


class SnapshotRow(Base):
    """A data folder that was loaded."""

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(HospitalTime)
    loaded_at: Mapped[datetime] = mapped_column(Moment)
    loaded_by: Mapped[str]
    source: Mapped[str] = mapped_column(String(16))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    turn: Mapped[int] = mapped_column(unique=True)
    """The snapshot with the highest turn is the current one."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes to its needs, plans and decisions."""


class NeedSetRow(Base):
    """Which model read the needs of a snapshot."""

    __tablename__ = "need_sets"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), primary_key=True)
    model: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)


class NeedsRow(Base):
    """The needs of one patient."""

    __tablename__ = "needs"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("need_sets.snapshot_id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[str] = mapped_column(Text)


class PlanRow(Base):
    """A bed plan, and the do-nothing plan it is compared with."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), index=True)
    at: Mapped[datetime] = mapped_column(HospitalTime)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    objective: Mapped[float] = mapped_column(Double)
    bound: Mapped[float] = mapped_column(Double)
    runtime_s: Mapped[float] = mapped_column(Double)
    solver: Mapped[str]
    seed: Mapped[int]
    weights: Mapped[dict[str, float]] = mapped_column(JSON)
    before: Mapped[str] = mapped_column(Text)
    asked: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """Digest of what each patient was taken to need, by patient_id."""
    made_with: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Name and version of the set of weights, and the limits."""
    horizon_days: Mapped[int | None]
    scarce: Mapped[list[Any] | None] = mapped_column(JSON)
    """Beds of which one more would make it cheaper."""


class SuggestionRow(Base):
    """What a plan proposes for one patient; staying and waiting count too."""

    __tablename__ = "suggestions"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    action: Mapped[str] = mapped_column(String(16), index=True)
    from_bed_id: Mapped[str]
    to_bed_id: Mapped[str]
    starts_at: Mapped[datetime | None] = mapped_column(HospitalTime)
    ends_at: Mapped[datetime | None] = mapped_column(HospitalTime)
    penalty: Mapped[float] = mapped_column(Double)
    terms: Mapped[dict[str, float]] = mapped_column(JSON)
    reasons: Mapped[list[Any]] = mapped_column(JSON)


class PublicationRow(Base):
    """A plan that was given out, for the other plans of its hospital to keep to until it is withdrawn."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("hospital", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    hospital: Mapped[str]
    number: Mapped[int]
    """From 1, without gaps; never given again."""
    published_by: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    published_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None]


class DecisionRow(Base):
    """A decision with its life: in force until it is replaced or undone."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "patient_id", "version"),
        Index(
            "uq_decisions_in_force",
            "snapshot_id",
            "patient_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    patient_id: Mapped[str]
    version: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(16))
    bed_id: Mapped[str]
    reason: Mapped[str | None] = mapped_column(String(32))
    comment: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    decided_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[str | None]
    undone: Mapped[bool] = mapped_column(default=False)
    """True: taken back; False with `ended_at`: replaced by a later decision."""


class CorrectionRow(Base):
    """A clinician's word on a need with its life; it belongs to a patient of a hospital, not to a snapshot."""

    __tablename__ = "corrections"
    __table_args__ = (
        UniqueConstraint("hospital", "patient_id", "need", "version"),
        Index(
            "uq_corrections_in_force",
            "hospital",
            "patient_id",
            "need",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    """The one that it was made on."""
    hospital: Mapped[str]
    patient_id: Mapped[str]
    need: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(Text)
    was: Mapped[str] = mapped_column(Text)
    probability: Mapped[float] = mapped_column(Double)
    reason: Mapped[str | None] = mapped_column(String(32))
    comment: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(HospitalTime)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[str | None]
    undone: Mapped[bool] = mapped_column(default=False)
    """True: taken back; False with `ended_at`: replaced by a later one."""


class DocumentRow(Base):
    """One version of a table or set of weights that people may edit; the highest one counts."""

    __tablename__ = "documents"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Moment)


class AuditRow(Base):
    """A line of the record; the database refuses to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_patient_id_action", "patient_id", "action"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    """Text, so that the hash does not hang on how a database rounds a time."""
    user: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(32))
    snapshot_id: Mapped[int | None]
    plan_id: Mapped[int | None]
    patient_id: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The end of the record: one row, and the lock that its writers take in turn."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class ReadingRow(Base):
    """The needs of a patient under a keyed hash of all they were read from."""

    __tablename__ = "readings"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class EmbeddingRow(Base):
    """A sentence vector under a keyed hash of its text."""

    __tablename__ = "embeddings"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
