"""Plans that were given out: later plans of the hospital keep to the last one that was not withdrawn."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from medalloc.errors import DecisionError
from medalloc.store import audit, snapshots
from medalloc.store.audit import Actor, Deed
from medalloc.store.records import AuditAction, Publication
from medalloc.store.tables import AuditHeadRow, PlanRow, PublicationRow, SnapshotRow


def publish(session: Session, plan_id: int, saw: int, actor: Actor) -> Publication:
    """Give a plan the next number of its hospital; once more by the same person (a double click) changes nothing.

    Raises
    ------
    DecisionError
        There is no such plan, a newer one was made, or somebody has published since (`changed` says who and when).
    """
    head = audit.lock(session)
    plan = session.get(PlanRow, plan_id)
    if plan is None:
        raise DecisionError(f"There is no plan {plan_id}.")
    hospital = session.scalars(select(SnapshotRow.name).where(SnapshotRow.id == plan.snapshot_id)).one()
    present = _standing(session, hospital)
    if present is not None and (present.plan_id, present.published_by) == (plan_id, actor.user.name):
        return _publication(present)
    _require_latest(session, plan)
    _require_seen(present, saw)
    last = session.scalar(select(func.max(PublicationRow.number)).where(PublicationRow.hospital == hospital)) or 0
    row = PublicationRow(
        plan_id=plan_id,
        hospital=hospital,
        number=last + 1,
        published_by=actor.user.name,
        role=actor.user.role.value,
        published_at=actor.at,
    )
    session.add(row)
    _write_down(session, head, AuditAction.PUBLISH, row, plan.snapshot_id, actor)
    return _publication(row)


def withdraw(session: Session, hospital: str, number: int, actor: Actor) -> None:
    """Take a published plan back: the one before it stands again.

    Raises
    ------
    DecisionError
        It is not the one that stands: `changed` says what is.
    """
    head = audit.lock(session)
    present = _standing(session, hospital)
    if present is None or present.number != number:
        raise DecisionError(f"Plan No. {number} is not the one that is published.", changed=_told(present))
    present.withdrawn_at, present.withdrawn_by = actor.at, actor.user.name
    snapshot_id = session.scalars(select(PlanRow.snapshot_id).where(PlanRow.id == present.plan_id)).one()
    _write_down(session, head, AuditAction.WITHDRAW, present, snapshot_id, actor)


def standing(session: Session, hospital: str) -> Publication | None:
    """The last one of a hospital that was not withdrawn; None where there is none."""
    row = _standing(session, hospital)
    return None if row is None else _publication(row)


def listed(session: Session, hospital: str) -> tuple[Publication, ...]:
    """All of a hospital, the last one first."""
    query = select(PublicationRow).where(PublicationRow.hospital == hospital).order_by(PublicationRow.number.desc())
    return tuple(_publication(row) for row in session.scalars(query))


def _standing(session: Session, hospital: str) -> PublicationRow | None:
    query = (
        select(PublicationRow)
        .where(PublicationRow.hospital == hospital, PublicationRow.withdrawn_at.is_(None))
        .order_by(PublicationRow.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _require_latest(session: Session, plan: PlanRow) -> None:
    query = select(PlanRow).where(PlanRow.snapshot_id == plan.snapshot_id).order_by(PlanRow.id.desc()).limit(1)
    latest = session.scalars(query).one()
    if latest.id != plan.id:
        changed = f"{latest.made_by} made plan {latest.id} at {latest.made_at:%Y-%m-%d %H:%M} UTC."
        raise DecisionError(f"Plan {plan.id} is not the latest.", changed=changed)


def _require_seen(present: PublicationRow | None, saw: int) -> None:
    if (present.number if present else 0) != saw:
        raise DecisionError("Another plan was published or withdrawn since.", changed=_told(present))


def _told(present: PublicationRow | None) -> str:
    if present is None:
        return "No plan is published now."
    return f"{present.published_by} published plan No. {present.number} at {present.published_at:%Y-%m-%d %H:%M} UTC."


def _write_down(
    session: Session, head: AuditHeadRow, action: AuditAction, row: PublicationRow, snapshot_id: int, actor: Actor
) -> None:
    snapshots.touch(session, snapshot_id)
    detail = {"number": row.number, "hospital": row.hospital}
    audit.append(session, head, Deed(actor.user, actor.at, action, snapshot_id, row.plan_id, detail=detail))


def _publication(row: PublicationRow) -> Publication:
    return Publication(
        number=row.number,
        plan_id=row.plan_id,
        hospital=row.hospital,
        by=row.published_by,
        at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by or "",
    )
