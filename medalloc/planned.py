"""Bed plans that a checker has passed, and the plan that the next one begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

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
"""Name, in `StoredPlan.made_with`, of the number of the plan that a plan began with and kept to."""


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
            ends_at = stored.plan.at + timedelta(days=stored.plan.horizon_days)
            return stored if stored.plan.at <= snapshot.at < ends_at else None
    return None


def background_of(last: BedPlan | None, *, around: bool = False) -> Background:
    """What a plan is to begin with, and to keep to where that costs nothing: the plan before it.

    Parameters
    ----------
    around
        Whether to look near that plan alone, around what has changed.
    """
    if last is None:
        return Background()
    return Background(reference={one.patient_id: one.to_bed_id for one in last.placements}, start=last, around=around)
