"""Bed plans that a checker has passed, and the plan that the next one begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Locks
from medalloc.domain.progress import OnProgress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import SolveError
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.situation import Background, Given
from medalloc.optimise.beds.solve import plan_beside_nothing
from medalloc.optimise.check import check_bed_plan
from medalloc.optimise.rules import PlanLimits
from medalloc.store import Store, StoredPlan

FOLLOWS = "follows"
"""Name, in `StoredPlan.made_with`, of the number of the plan that a plan kept to."""


@dataclass(frozen=True, slots=True)
class PlannedBeds:
    """A checked plan beside the cost of doing nothing."""

    plan: BedPlan
    before: BedPlan


def plan(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    options: BedSettings,
    locks: Locks | None = None,
    on_progress: OnProgress | None = None,
    background: Background | None = None,
) -> PlannedBeds:
    """A bed plan that an independent checker has passed, and the cost of doing nothing."""
    locks = locks or Locks()
    given = Given(options, locks, background or Background())
    made, before = plan_beside_nothing(snapshot, needs, given, on_progress)
    limits = PlanLimits(options.horizon_days, options.escalation, options.max_transfers, options.max_moves)
    broken = check_bed_plan(snapshot, needs, made, locks, limits)
    if broken:
        rules = ", ".join(sorted({violation.rule for violation in broken}))
        raise SolveError(f"The plan was thrown away: the checker found {len(broken)} broken hard rules ({rules}).")
    return PlannedBeds(made, before)


def last_plan(store: Store, snapshot_id: int, snapshot: HospitalSnapshot) -> StoredPlan | None:
    """The plan of the hospital that was made last and still looks ahead to this moment; None where there is none."""
    numbers = (info.snapshot_id for info in store.snapshots() if info.name == snapshot.name)
    for number in dict.fromkeys((snapshot_id, *numbers)):
        stored = store.latest_plan(number)
        if stored is not None:
            return stored if _looks_ahead(stored.plan, snapshot.at) else None
    return None


def plan_to_keep_to(store: Store, snapshot: HospitalSnapshot, last: StoredPlan | None) -> StoredPlan | None:
    """The published plan of the hospital, as far as it looks ahead to this moment; where there is none, the last."""
    published = store.published_plan(snapshot.name)
    stored = store.plan(published.plan_id) if published else None
    return stored if stored is not None and _looks_ahead(stored.plan, snapshot.at) else last


def background_of(last: BedPlan | None, kept: BedPlan | None = None, *, around: bool = False) -> Background:
    """What a plan is to begin with, and to keep to where that costs nothing.

    Parameters
    ----------
    last
        The plan before it, with which it begins.
    kept
        The plan that it keeps to; None: the one before it.
    around
        Whether to look near the plan before it alone, around what has changed.
    """
    if last is None:
        return Background()
    told = last if kept is None else kept
    return Background(reference={one.patient_id: one.to_bed_id for one in told.placements}, start=last, around=around)


def _looks_ahead(plan: BedPlan, at: datetime) -> bool:
    return plan.at <= at < plan.at + timedelta(days=plan.horizon_days)
