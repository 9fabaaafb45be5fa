"""Decisions: at most one in force per patient and snapshot, each naming the one that it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from medalloc.domain.plan import Placement
from medalloc.domain.review import Decision, RejectReason, User, UserRole, Verdict
from medalloc.errors import DecisionError
from medalloc.store import audit, plans, snapshots
from medalloc.store.audit import Deed
from medalloc.store.records import AuditAction
from medalloc.store.tables import DecisionRow

_SAME = ("verdict", "bed_id", "reason", "comment", "decided_by", "plan_id")


def decide(session: Session, snapshot_id: int, wanted: Decision, saw: int) -> Decision:
    """Put a decision in force in place of the one that was seen, and write both down.

    The same decision by the same person again (a double click) changes nothing.

    Raises
    ------
    DecisionError
        Somebody has decided since (`changed` says who, when and what), or the plan does not know the patient.
    """
    head = audit.lock(session)
    present = _in_force(session, snapshot_id, wanted.patient_id)
    if present is not None and _same(_decision(present), wanted):
        return _decision(present)
    _require_seen(session, present, snapshot_id, wanted.patient_id, saw)
    proposed = plans.suggestion(session, snapshot_id, wanted.plan_id, wanted.patient_id)
    if proposed is None:
        raise DecisionError(f"Plan {wanted.plan_id} says nothing about this patient.")
    if present is not None:
        _end(present, wanted.decided_by, wanted.decided_at, undone=False)
        session.flush()  # the old one must have ended before the new one may begin
    last = _last_version(session, snapshot_id, wanted.patient_id)
    decision = replace(wanted, version=last + 1)
    session.add(_row(snapshot_id, decision))
    snapshots.touch(session, snapshot_id)
    audit.append(session, head, _deed(snapshot_id, decision, proposed))
    return decision


def undo(session: Session, snapshot_id: int, patient_id: str, saw: int, user: User, now: datetime) -> None:
    """Take the decision in force back: the patient is undecided again.

    Raises
    ------
    DecisionError
        Somebody has decided since, or there is nothing to take back.
    """
    head = audit.lock(session)
    present = _in_force(session, snapshot_id, patient_id)
    if present is None and _undone_by(session, snapshot_id, patient_id, saw, user.name):
        return
    _require_seen(session, present, snapshot_id, patient_id, saw)
    if present is None:
        raise DecisionError("There is no decision to take back.")
    _end(present, user.name, now, undone=True)
    snapshots.touch(session, snapshot_id)
    detail = {"verdict": present.verdict, "bed_id": present.bed_id, "version": present.version}
    deed = Deed(user, now, AuditAction.UNDO, snapshot_id, present.plan_id, patient_id, detail)
    audit.append(session, head, deed)


def in_force(session: Session, snapshot_id: int) -> dict[str, Decision]:
    """The decision in force by patient_id."""
    query = select(DecisionRow).where(DecisionRow.snapshot_id == snapshot_id, DecisionRow.ended_at.is_(None))
    return {row.patient_id: _decision(row) for row in session.scalars(query.order_by(DecisionRow.id))}


def standing(session: Session, snapshot_id: int) -> tuple[Decision, ...]:
    """Every decision that was not taken back, oldest first, those replaced by later ones included.

    Taking a patient's decision back takes the earlier ones back with it. This is what later plans must heed:
    somebody who refuses a second bed has not agreed to the first.
    """
    taken_back = (
        select(DecisionRow.patient_id, func.max(DecisionRow.version).label("version"))
        .where(DecisionRow.snapshot_id == snapshot_id, DecisionRow.undone)
        .group_by(DecisionRow.patient_id)
        .subquery()
    )
    query = (
        select(DecisionRow)
        .outerjoin(taken_back, taken_back.c.patient_id == DecisionRow.patient_id)
        .where(DecisionRow.snapshot_id == snapshot_id)
        .where(DecisionRow.version > func.coalesce(taken_back.c.version, 0))
        .order_by(DecisionRow.id)
    )
    return tuple(_decision(row) for row in session.scalars(query))


def _in_force(session: Session, snapshot_id: int, patient_id: str) -> DecisionRow | None:
    query = select(DecisionRow).where(
        DecisionRow.snapshot_id == snapshot_id,
        DecisionRow.patient_id == patient_id,
        DecisionRow.ended_at.is_(None),
    )
    return session.scalars(query).one_or_none()


def _last(session: Session, snapshot_id: int, patient_id: str) -> DecisionRow | None:
    query = (
        select(DecisionRow)
        .where(DecisionRow.snapshot_id == snapshot_id, DecisionRow.patient_id == patient_id)
        .order_by(DecisionRow.version.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _last_version(session: Session, snapshot_id: int, patient_id: str) -> int:
    last = _last(session, snapshot_id, patient_id)
    return 0 if last is None else last.version


def _undone_by(session: Session, snapshot_id: int, patient_id: str, version: int, user: str) -> bool:
    last = _last(session, snapshot_id, patient_id)
    return last is not None and last.undone and (last.version, last.ended_by) == (version, user)


def _require_seen(session: Session, present: DecisionRow | None, snapshot_id: int, patient_id: str, saw: int) -> None:
    """Refuse somebody who has not seen the decision in force (0: that there is none)."""
    if saw == (0 if present is None else present.version):
        return
    last = present or _last(session, snapshot_id, patient_id)
    changed = "The decision that you saw is not known here." if last is None else _what_changed(last)
    raise DecisionError("Somebody else has decided about this patient in the meantime.", changed=changed)


def _what_changed(row: DecisionRow) -> str:
    """By whom, when and what."""
    what = f"{row.verdict} {row.bed_id}" + (f" ({row.reason})" if row.reason else "")
    if row.ended_at is not None:
        return f"{row.ended_by} took back {what} at {row.ended_at:%Y-%m-%d %H:%M} UTC."
    return f"{row.decided_by} ({row.role}) chose {what} at {row.decided_at:%Y-%m-%d %H:%M} UTC."


def _end(row: DecisionRow, by: str, at: datetime, *, undone: bool) -> None:
    row.ended_by, row.ended_at, row.undone = by, at, undone


def _same(present: Decision, wanted: Decision) -> bool:
    return all(getattr(present, name) == getattr(wanted, name) for name in _SAME)


def _deed(snapshot_id: int, decision: Decision, proposed: Placement) -> Deed:
    detail = {
        "proposed": {"action": proposed.action, "from": proposed.from_bed_id, "to": proposed.to_bed_id},
        "bed_id": decision.bed_id,
        "reason": decision.reason,
        "comment": decision.comment,
        "version": decision.version,
    }
    user = User(decision.decided_by, decision.role)
    action = AuditAction(decision.verdict.value)
    return Deed(user, decision.decided_at, action, snapshot_id, decision.plan_id, decision.patient_id, detail)


def _row(snapshot_id: int, decision: Decision) -> DecisionRow:
    return DecisionRow(
        snapshot_id=snapshot_id,
        plan_id=decision.plan_id,
        patient_id=decision.patient_id,
        version=decision.version,
        verdict=decision.verdict.value,
        bed_id=decision.bed_id,
        reason=decision.reason.value if decision.reason else None,
        comment=decision.comment,
        decided_by=decision.decided_by,
        role=decision.role.value,
        decided_at=decision.decided_at,
    )


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        patient_id=row.patient_id,
        verdict=Verdict(row.verdict),
        bed_id=row.bed_id,
        reason=RejectReason(row.reason) if row.reason else None,
        comment=row.comment,
        decided_by=row.decided_by,
        role=UserRole(row.role),
        decided_at=row.decided_at,
        plan_id=row.plan_id,
        version=row.version,
    )
