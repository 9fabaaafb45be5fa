"""Bed plans; what a plan proposes for each patient is a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from medalloc.domain.plan import Action, BedPlan, Placement, SolveStatus
from medalloc.domain.review import User
from medalloc.store import audit, snapshots
from medalloc.store.audit import Deed
from medalloc.store.plan_codec import dump_plan, load_plan, load_reasons, load_scarce, reason_fields, scarce_fields
from medalloc.store.records import AuditAction, PlanInfo, StoredPlan
from medalloc.store.tables import PlanRow, SuggestionRow


@dataclass(frozen=True, slots=True)
class Made:
    """What a solve has made, and of what."""

    plan: BedPlan
    before: BedPlan
    """The do-nothing plan."""
    asked: Mapping[str, str]
    made_with: Mapping[str, Any]
    """As `StoredPlan` has it."""


def save(session: Session, snapshot_id: int, made: Made, user: User, now: datetime) -> int:
    """Keep a plan beside the do-nothing plan; returns its number."""
    plan, head = made.plan, audit.lock(session)
    snapshots.touch(session, snapshot_id)
    row = PlanRow(
        snapshot_id=snapshot_id,
        at=plan.at,
        made_at=now,
        made_by=user.name,
        status=plan.status.value,
        objective=plan.objective,
        bound=plan.bound,
        runtime_s=plan.runtime_s,
        solver=plan.solver,
        seed=plan.seed,
        weights=dict(plan.weights),
        horizon_days=plan.horizon_days,
        scarce=[scarce_fields(scarce) for scarce in plan.scarce],
        before=dump_plan(made.before),
        asked=dict(made.asked),
        made_with=dict(made.made_with),
    )
    session.add(row)
    session.flush()
    session.add_all(_suggestion(row.id, n, placement) for n, placement in enumerate(plan.placements))
    detail = {"status": row.status, "objective": row.objective, "solver": row.solver, "seed": row.seed}
    detail |= {name: made.made_with[name] for name in ("set", "version") if name in made.made_with}
    audit.append(
        session,
        head,
        Deed(user, now, AuditAction.PLAN, snapshot_id=snapshot_id, plan_id=row.id, detail=detail),
    )
    return row.id


def latest(session: Session, snapshot_id: int) -> StoredPlan | None:
    """The plan that was made last; None where there is none."""
    query = select(PlanRow).where(PlanRow.snapshot_id == snapshot_id).order_by(PlanRow.id.desc()).limit(1)
    row = session.scalars(query).one_or_none()
    return None if row is None else _stored(session, row)


def load(session: Session, plan_id: int) -> StoredPlan | None:
    """A plan by its number; None where there is none."""
    row = session.get(PlanRow, plan_id)
    return None if row is None else _stored(session, row)


def listed(session: Session, snapshot_id: int) -> tuple[PlanInfo, ...]:
    """Heads of all plans of a snapshot, the latest first."""
    columns = (
        PlanRow.id,
        PlanRow.snapshot_id,
        PlanRow.made_at,
        PlanRow.made_by,
        PlanRow.status,
        PlanRow.objective,
        PlanRow.bound,
    )
    query = select(*columns).where(PlanRow.snapshot_id == snapshot_id).order_by(PlanRow.id.desc())
    return tuple(
        PlanInfo(plan_id, its_snapshot, made_at, made_by, SolveStatus(status), objective, bound)
        for plan_id, its_snapshot, made_at, made_by, status, objective, bound in session.execute(query)
    )


def suggestion(session: Session, snapshot_id: int, plan_id: int, patient_id: str) -> Placement | None:
    """What a plan of a snapshot proposes for a patient; None where it knows nothing of them."""
    query = (
        select(SuggestionRow)
        .join(PlanRow, PlanRow.id == SuggestionRow.plan_id)
        .where(PlanRow.snapshot_id == snapshot_id, PlanRow.id == plan_id)
        .where(SuggestionRow.patient_id == patient_id)
    )
    row = session.scalars(query).one_or_none()
    return None if row is None else _placement(row)


def _suggestion(plan_id: int, position: int, placement: Placement) -> SuggestionRow:
    return SuggestionRow(
        plan_id=plan_id,
        patient_id=placement.patient_id,
        position=position,
        action=placement.action.value,
        from_bed_id=placement.from_bed_id,
        to_bed_id=placement.to_bed_id,
        starts_at=placement.starts_at,
        ends_at=placement.ends_at,
        penalty=placement.penalty,
        terms=dict(placement.terms),
        reasons=reason_fields(placement.reasons),
    )


def _stored(session: Session, row: PlanRow) -> StoredPlan:
    query = select(SuggestionRow).where(SuggestionRow.plan_id == row.id).order_by(SuggestionRow.position)
    plan = BedPlan(
        at=row.at,
        placements=tuple(_placement(entry) for entry in session.scalars(query)),
        status=SolveStatus(row.status),
        bound=row.bound,
        runtime_s=row.runtime_s,
        solver=row.solver,
        seed=row.seed,
        weights=row.weights,
        horizon_days=row.horizon_days or 1,
        scarce=tuple(load_scarce(entry) for entry in row.scarce or ()),
    )
    return StoredPlan(
        plan_id=row.id,
        snapshot_id=row.snapshot_id,
        plan=plan,
        before=load_plan(row.before),
        made_at=row.made_at,
        made_by=row.made_by,
        asked=row.asked or {},
        made_with=row.made_with or {},
    )


def _placement(row: SuggestionRow) -> Placement:
    return Placement(
        patient_id=row.patient_id,
        action=Action(row.action),
        from_bed_id=row.from_bed_id,
        to_bed_id=row.to_bed_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        terms=row.terms,
        reasons=load_reasons(row.reasons),
    )
