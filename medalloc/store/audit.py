"""The record: append-only, each line hashed together with the one before.

A flipped byte, a removed line or a swapped pair breaks the chain where it happened. Lines cut off at the end
leave it whole and are found by the head, which is best kept elsewhere too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from medalloc.domain.review import User
from medalloc.store.records import AuditAction, AuditEntry, AuditHead, BrokenRow
from medalloc.store.tables import AuditHeadRow, AuditRow

GENESIS = "0" * 64
"""What the first line takes for the hash of the line before."""

_COLUMNS = tuple(
    AuditRow.__table__.c[name]
    for name in "seq at user role action snapshot_id plan_id patient_id detail prev hash".split()
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and when."""

    user: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done and is to be written down."""

    user: User
    at: datetime
    action: AuditAction
    snapshot_id: int | None = None
    plan_id: int | None = None
    patient_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def lock(session: Session) -> AuditHeadRow:
    """The head of the record, locked until the transaction ends.

    Every transaction that writes to the record starts with this, so that such transactions run one after
    another on PostgreSQL as they do on SQLite, where the write lock of the file is already held.
    """
    return session.scalars(select(AuditHeadRow).with_for_update()).one()


def append(session: Session, head: AuditHeadRow, deed: Deed) -> None:
    """Write a deed down behind the head, in the caller's transaction."""
    entry = AuditEntry(
        seq=head.seq + 1,
        at=deed.at.astimezone(UTC).isoformat(),
        user=deed.user.name,
        role=deed.user.role.value,
        action=deed.action.value,
        snapshot_id=deed.snapshot_id,
        plan_id=deed.plan_id,
        patient_id=deed.patient_id,
        detail=json.dumps(deed.detail, sort_keys=True),
        prev=head.hash,
        hash="",
    )
    entry = replace(entry, hash=chained_hash(entry))
    session.add(AuditRow(**{column.name: getattr(entry, column.name) for column in _COLUMNS}))
    head.seq, head.hash = entry.seq, entry.hash


def chained_hash(entry: AuditEntry) -> str:
    """SHA-256 over the hash of the line before and the canonical JSON of this one."""
    line = [
        entry.seq,
        entry.at,
        entry.user,
        entry.role,
        entry.action,
        entry.snapshot_id,
        entry.plan_id,
        entry.patient_id,
        entry.detail,
    ]
    return hashlib.sha256((entry.prev + json.dumps(line, separators=(",", ":"))).encode()).hexdigest()


def rows(session: Session, *, after: int, limit: int, patient_id: str | None) -> tuple[AuditEntry, ...]:
    """Lines behind `after`, oldest first."""
    query = _entries().where(AuditRow.seq > after).limit(limit)
    if patient_id is not None:
        query = query.where(AuditRow.patient_id == patient_id)
    return tuple(AuditEntry(*row) for row in session.execute(query))


def head(session: Session) -> AuditHead:
    """Number and hash of the last line."""
    row = session.scalars(select(AuditHeadRow)).one()
    return AuditHead(row.seq, row.hash)


def verify(session: Session) -> BrokenRow | None:
    """The first line at which the record contradicts itself; None where it is whole."""
    end = head(session)
    with session.connection().execution_options(yield_per=5_000).execute(_entries()) as lines:
        return first_break((AuditEntry(*row) for row in lines), end)


def first_break(entries: Iterable[AuditEntry], end: AuditHead) -> BrokenRow | None:
    """The first line of a record that does not follow from the one before."""
    seq, prev = 0, GENESIS
    for entry in entries:
        if entry.seq != seq + 1:
            return BrokenRow(seq + 1, "missing")
        if entry.prev != prev:
            return BrokenRow(entry.seq, "does not follow the line before")
        if entry.hash != chained_hash(entry):
            return BrokenRow(entry.seq, "altered")
        seq, prev = entry.seq, entry.hash
    if (seq, prev) != (end.seq, end.hash):
        return BrokenRow(seq + 1, "missing")
    return None


def _entries() -> Select[Sequence[Any]]:
    return select(*_COLUMNS).order_by(AuditRow.seq)
