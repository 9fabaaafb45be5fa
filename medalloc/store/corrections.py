"""Corrections: at most one in force per need of a patient of a hospital, each naming the one that it replaces.

They belong to the hospital that a snapshot names, so that they outlast the snapshot and never reach a patient of
another hospital who happens to have the same id.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.domain.review import User, UserRole
from medalloc.errors import DecisionError
from medalloc.store import audit, snapshots
from medalloc.store.audit import Deed
from medalloc.store.records import AuditAction, KeptCorrection, SnapshotInfo
from medalloc.store.tables import CorrectionRow, NeedsRow

_SAME = ("kind", "value", "was", "reason", "comment", "by", "role")
_ACTIONS = {
    CorrectionKind.CONFIRM: AuditAction.CONFIRM_NEED,
    CorrectionKind.CHANGE: AuditAction.CHANGE_NEED,
    CorrectionKind.REMOVE: AuditAction.REMOVE_NEED,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """One need of one patient of one hospital."""

    hospital: str
    patient_id: str
    name: NeedName


def correct(session: Session, snapshot_id: int, wanted: Correction, saw: int) -> Correction:
    """Put a correction in force in place of the one that was seen, and write both down.

    The same correction of the same snapshot by the same person again (a double click) changes nothing.

    Raises
    ------
    DecisionError
        Somebody has corrected the need since (`changed` says who, when and what), or nothing is known of the patient.
    """
    head = audit.lock(session)
    snapshot = snapshots.head_of(session, snapshot_id)
    place = _Place(snapshot.name, wanted.patient_id, wanted.name)
    present = _in_force(session, place)
    wanted = replace(wanted, at=snapshot.at)
    if present is not None and present.snapshot_id == snapshot_id and _same(_correction(present), wanted):
        return _correction(present)
    _require_seen(session, present, place, saw)
    if session.get(NeedsRow, (snapshot_id, wanted.patient_id)) is None:
        raise DecisionError("No needs of this patient were read, so there is none to correct.")
    if present is not None:
        _end(present, wanted.by, wanted.made_at, undone=False)
        session.flush()  # the old one must have ended before the new one may begin
    correction = replace(wanted, version=_last_version(session, place) + 1)
    session.add(_row(snapshot, correction))
    snapshots.touch_hospital(session, snapshot.name)
    audit.append(session, head, _deed(snapshot_id, correction))
    return correction


def undo(session: Session, snapshot_id: int, patient_id: str, name: NeedName, saw: int, by: audit.Actor) -> None:
    """Take the correction in force back: the need is again what is read.

    Raises
    ------
    DecisionError
        Somebody has corrected the need since, or there is nothing to take back.
    """
    head = audit.lock(session)
    place = _Place(snapshots.head_of(session, snapshot_id).name, patient_id, name)
    present = _in_force(session, place)
    if present is None and _undone_by(session, place, saw, by.user.name):
        return
    _require_seen(session, present, place, saw)
    if present is None:
        raise DecisionError("There is no correction to take back.")
    _end(present, by.user.name, by.at, undone=True)
    snapshots.touch_hospital(session, place.hospital)
    detail = {"need": name, "kind": present.kind, "value": present.value, "version": present.version}
    deed = Deed(by.user, by.at, AuditAction.UNDO_CORRECTION, snapshot_id, None, patient_id, detail)
    audit.append(session, head, deed)


def in_force(
    session: Session, hospital: str, patient_ids: Collection[str] | None = None
) -> dict[str, dict[NeedName, Correction]]:
    """The corrections in force by patient_id and need; of all patients unless some are named."""
    query = select(CorrectionRow).where(CorrectionRow.hospital == hospital, CorrectionRow.ended_at.is_(None))
    if patient_ids is not None:
        query = query.where(CorrectionRow.patient_id.in_(patient_ids))
    found: dict[str, dict[NeedName, Correction]] = {}
    for row in session.scalars(query.order_by(CorrectionRow.id)):
        found.setdefault(row.patient_id, {})[NeedName(row.need)] = _correction(row)
    return found


def history(session: Session) -> tuple[KeptCorrection, ...]:
    """Every correction that was ever made, oldest first."""
    query = select(CorrectionRow).order_by(CorrectionRow.id)
    return tuple(
        KeptCorrection(row.snapshot_id, row.hospital, _correction(row), row.ended_at, row.undone)
        for row in session.scalars(query)
    )


def _rows(place: _Place) -> Select[CorrectionRow]:
    return select(CorrectionRow).where(
        CorrectionRow.hospital == place.hospital,
        CorrectionRow.patient_id == place.patient_id,
        CorrectionRow.need == place.name.value,
    )


def _in_force(session: Session, place: _Place) -> CorrectionRow | None:
    return session.scalars(_rows(place).where(CorrectionRow.ended_at.is_(None))).one_or_none()


def _last(session: Session, place: _Place) -> CorrectionRow | None:
    return session.scalars(_rows(place).order_by(CorrectionRow.version.desc()).limit(1)).one_or_none()


def _last_version(session: Session, place: _Place) -> int:
    last = _last(session, place)
    return 0 if last is None else last.version


def _undone_by(session: Session, place: _Place, version: int, user: str) -> bool:
    last = _last(session, place)
    return last is not None and last.undone and (last.version, last.ended_by) == (version, user)


def _require_seen(session: Session, present: CorrectionRow | None, place: _Place, saw: int) -> None:
    """Refuse somebody who has not seen the correction in force (0: that there is none)."""
    if saw == (0 if present is None else present.version):
        return
    last = present or _last(session, place)
    changed = "The correction that you saw is not known here." if last is None else _what_changed(last)
    raise DecisionError("Somebody else has corrected this need in the meantime.", changed=changed)


def _what_changed(row: CorrectionRow) -> str:
    """By whom, when and what."""
    what = f"{row.need}: {row.kind} {row.value or '(none)'}"
    if row.ended_at is not None:
        return f"{row.ended_by} took back {what} at {row.ended_at:%Y-%m-%d %H:%M} UTC."
    return f"{row.made_by} ({row.role}) said {what} at {row.made_at:%Y-%m-%d %H:%M} UTC."


def _end(row: CorrectionRow, by: str, at: datetime, *, undone: bool) -> None:
    row.ended_by, row.ended_at, row.undone = by, at, undone


def _same(present: Correction, wanted: Correction) -> bool:
    return all(getattr(present, name) == getattr(wanted, name) for name in _SAME)


def _deed(snapshot_id: int, correction: Correction) -> Deed:
    detail = {
        "need": correction.name,
        "was": correction.was,
        "probability": correction.probability,
        "value": correction.value,
        "reason": correction.reason,
        "comment": correction.comment,
        "version": correction.version,
    }
    user, action = User(correction.by, correction.role), _ACTIONS[correction.kind]
    return Deed(user, correction.made_at, action, snapshot_id, None, correction.patient_id, detail)


def _row(snapshot: SnapshotInfo, correction: Correction) -> CorrectionRow:
    return CorrectionRow(
        snapshot_id=snapshot.snapshot_id,
        hospital=snapshot.name,
        patient_id=correction.patient_id,
        need=correction.name.value,
        version=correction.version,
        kind=correction.kind.value,
        value=correction.value,
        was=correction.was,
        probability=correction.probability,
        reason=correction.reason.value if correction.reason else None,
        comment=correction.comment,
        made_by=correction.by,
        role=correction.role.value,
        made_at=correction.made_at,
        at=correction.at,
    )


def _correction(row: CorrectionRow) -> Correction:
    return Correction(
        patient_id=row.patient_id,
        name=NeedName(row.need),
        kind=CorrectionKind(row.kind),
        value=row.value,
        was=row.was,
        probability=row.probability,
        reason=CorrectionReason(row.reason) if row.reason else None,
        comment=row.comment,
        by=row.made_by,
        role=UserRole(row.role),
        made_at=row.made_at,
        at=row.at,
        version=row.version,
    )
