"""The needs that were read for a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from medalloc.domain.needs import Needs
from medalloc.store import snapshots
from medalloc.store.needs_codec import load_needs
from medalloc.store.tables import NeedSetRow, NeedsRow


def save(session: Session, snapshot_id: int, model: str, texts: Mapping[str, str], now: datetime) -> None:
    """Keep the needs of a snapshot, as `dump_needs` writes them, in place of those that were there."""
    snapshots.touch(session, snapshot_id)
    session.execute(delete(NeedsRow).where(NeedsRow.snapshot_id == snapshot_id))
    session.merge(NeedSetRow(snapshot_id=snapshot_id, model=model, made_at=now))
    session.flush()
    rows = [{"snapshot_id": snapshot_id, "patient_id": one, "data": text} for one, text in texts.items()]
    if rows:
        session.execute(insert(NeedsRow), rows)


def load(session: Session, snapshot_id: int) -> dict[str, Needs] | None:
    """Needs by patient_id; None where the notes of the snapshot were never read."""
    if model(session, snapshot_id) is None:
        return None
    columns = select(NeedsRow.patient_id, NeedsRow.data).order_by(NeedsRow.patient_id)
    query = columns.where(NeedsRow.snapshot_id == snapshot_id)
    return {patient_id: load_needs(data) for patient_id, data in session.execute(query)}


def model(session: Session, snapshot_id: int) -> str | None:
    """The model that read them; None where the notes of the snapshot were never read."""
    return session.scalar(select(NeedSetRow.model).where(NeedSetRow.snapshot_id == snapshot_id))
