"""Plans that hold beds in which somebody still lies: made by hand, from a plan that holds none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from medalloc.domain.people import PatientStatus
from medalloc.domain.plan import Action, BedPlan, Placement
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.rules import bed_ready_after

WITHIN = timedelta(hours=24)


def with_holds(snapshot: HospitalSnapshot, plan: BedPlan, most: int = 20) -> BedPlan:
    """The plan with beds held for up to so many of those who wait in it, each from when its patient has left.

    Bay, sex and level are not looked at: it is for the screen, not for a ward.
    """
    soon = iter(sorted(_leaving(snapshot, plan)))
    placements, found = [], 0
    for placement in plan.placements:
        free = next(soon, None) if placement.action is Action.WAIT and found < most else None
        if free is None:
            placements.append(placement)
            continue
        found += 1
        placements.append(_held(snapshot, placement, *free))
    return replace(plan, placements=tuple(placements), horizon_days=3)


def _leaving(snapshot: HospitalSnapshot, plan: BedPlan) -> Iterator[tuple[datetime, str]]:
    """When the beds are ready that somebody leaves within a day, for whom nobody is planned yet."""
    taken = {placement.to_bed_id for placement in plan.placements if placement.action.moves}
    for placement in plan.placements:
        here, ends_at = placement.to_bed_id, placement.ends_at
        stays = placement.action is Action.STAY and here not in taken
        if stays and ends_at and bed_ready_after(ends_at) <= snapshot.at + WITHIN:
            yield bed_ready_after(ends_at), here


def _held(snapshot: HospitalSnapshot, placement: Placement, ready_at: datetime, bed_id: str) -> Placement:
    patient = snapshot.patient_of[placement.patient_id]
    first = patient.expected_at if patient.status is PatientStatus.EXPECTED else None
    starts_at = max(ready_at, first or ready_at)
    return replace(
        placement,
        action=Action.HOLD,
        to_bed_id=bed_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=4, hours=3),
        terms={"waiting": 7.5},
    )
