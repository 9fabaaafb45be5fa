"""Snapshots: data folders that were loaded."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from medalloc.domain.review import User
from medalloc.errors import DataError
from medalloc.store import audit
from medalloc.store.audit import Deed
from medalloc.store.records import AuditAction, SnapshotInfo, SnapshotSource
from medalloc.store.tables import SnapshotRow


@dataclass(frozen=True, slots=True)
class Upload:
    """A data folder, as a zip, with what is known of it."""

    data: bytes
    hash: str
    """As `content_hash` gives it: found before the transaction begins, for it takes a while."""
    name: str
    at: datetime
    source: SnapshotSource


def content_hash(data: bytes) -> str:
    """SHA-256 over names and contents; the same folder, zipped twice, has the same hash."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def save(session: Session, upload: Upload, user: User, now: datetime) -> int:
    """Keep a snapshot and make it the current one; the same data keeps its id, plans and decisions."""
    head = audit.lock(session)
    turn = (session.scalar(select(func.max(SnapshotRow.turn))) or 0) + 1
    row = session.scalars(select(SnapshotRow).where(SnapshotRow.hash == upload.hash)).one_or_none()
    if row is None:
        row = SnapshotRow(hash=upload.hash, name=upload.name, at=upload.at, data=upload.data, revision=0)
        session.add(row)
    row.loaded_at, row.loaded_by, row.source = now, user.name, upload.source.value
    row.turn = turn
    session.flush()
    detail = {"hash": row.hash, "name": row.name, "source": row.source}
    audit.append(session, head, Deed(user, now, AuditAction.LOAD, snapshot_id=row.id, detail=detail))
    return row.id


def current(session: Session) -> SnapshotInfo | None:
    """The snapshot that was loaded last."""
    row = session.scalars(select(SnapshotRow).order_by(SnapshotRow.turn.desc()).limit(1)).one_or_none()
    return None if row is None else _info(row)


def listed(session: Session) -> tuple[SnapshotInfo, ...]:
    """All snapshots, the one loaded last first."""
    return tuple(_info(row) for row in session.scalars(select(SnapshotRow).order_by(SnapshotRow.turn.desc())))


def data(session: Session, snapshot_id: int) -> bytes:
    """The zip of the data folder.

    Raises
    ------
    DataError
        There is no such snapshot.
    """
    found = session.scalar(select(SnapshotRow.data).where(SnapshotRow.id == snapshot_id))
    if found is None:
        raise _unknown(snapshot_id)
    return found


def revision(session: Session, snapshot_id: int) -> int:
    """A number that grows with every change to the needs, plans, decisions or corrections; 0 for no such snapshot."""
    return session.scalar(select(SnapshotRow.revision).where(SnapshotRow.id == snapshot_id)) or 0


def touch(session: Session, snapshot_id: int) -> None:
    """Count a change to what belongs to a snapshot, and hold its row until the transaction ends.

    Raises
    ------
    DataError
        There is no such snapshot.
    """
    changed = session.execute(
        update(SnapshotRow)
        .where(SnapshotRow.id == snapshot_id)
        .values(revision=SnapshotRow.revision + 1)
        .returning(SnapshotRow.id)
    )
    if changed.first() is None:
        raise _unknown(snapshot_id)


def touch_hospital(session: Session, hospital: str) -> None:
    """Count a change to what belongs to every snapshot of a hospital."""
    mine = SnapshotRow.name == hospital
    session.execute(update(SnapshotRow).where(mine).values(revision=SnapshotRow.revision + 1))


def touch_all(session: Session) -> None:
    """Count a change to what every snapshot is calculated with."""
    session.execute(update(SnapshotRow).values(revision=SnapshotRow.revision + 1))


def head_of(session: Session, snapshot_id: int) -> SnapshotInfo:
    """A snapshot without its data.

    Raises
    ------
    DataError
        There is no such snapshot.
    """
    row = session.get(SnapshotRow, snapshot_id)
    if row is None:
        raise _unknown(snapshot_id)
    return _info(row)


def _info(row: SnapshotRow) -> SnapshotInfo:
    return SnapshotInfo(
        snapshot_id=row.id,
        hash=row.hash,
        name=row.name,
        at=row.at,
        loaded_at=row.loaded_at,
        loaded_by=row.loaded_by,
        source=SnapshotSource(row.source),
    )


def _unknown(snapshot_id: int) -> DataError:
    return DataError(f"There is no snapshot {snapshot_id} in the database.")
