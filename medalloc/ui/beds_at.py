"""Who lies in each bed at a moment: as things stand, or as the plan would have it.

Where stays end is expected, not known: `left_share` says how likely somebody has left by a moment. A bed that is
held for somebody is taken by its present patient until they leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from medalloc.domain.needs import Needs
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Action, BedPlan, Placement
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.leaving import left_share as shares_left
from medalloc.optimise.beds.slots import Slots, slots_of
from medalloc.optimise.rules import TURNAROUND_HOURS, Person, bed_ready_after, leaves_at, people_of, slot_edges

HORIZON_DAYS = 3
"""How far ahead is shown where there is no plan."""
UNSURE_FROM, UNSURE_TO = 0.1, 0.9
"""Between these chances it is called uncertain whether somebody has left."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A patient in a bed for a time."""

    patient_id: str
    bed_id: str
    starts_at: datetime
    ends_at: datetime | None
    """When they are expected to leave the bed; None: nothing is known of it."""
    action: Action = Action.STAY
    """What brings them into the bed; `stay` for whoever lies there now."""
    to_bed_id: str = ""
    """The bed that they leave it for; "" where they leave the hospital."""

    def covers(self, moment: datetime) -> bool:
        """Whether the patient lies there at a moment."""
        return self.starts_at <= moment and not self.ended(moment)

    def ended(self, moment: datetime) -> bool:
        """Whether the patient has left the bed by a moment."""
        return self.ends_at is not None and self.ends_at <= moment


@dataclass(frozen=True, slots=True)
class BedAt:
    """What is expected of a bed at a moment."""

    state: BedStatus
    lying: tuple[Stay, ...] = ()
    left: Stay | None = None
    """Of those who have left it by then, the last."""
    coming: tuple[Stay, ...] = ()
    """For whom it is held from later on, the first first."""
    ready_at: datetime | None = None
    """When cleaning ends; None where it is not being cleaned, or nobody says."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A bed that is kept for somebody from later on."""

    patient_id: str
    bed_id: str
    starts_at: datetime
    after: Stay | None
    """Whoever lies in it before; None for a bed in which nobody lies."""
    if_left: tuple[str, ...]
    """patient_id of all who are to have left by then, from the bed or its bay."""
    free_share: float | None
    """Probability that they have, and that it is clean, 0–1; None where nothing is known of who lies there."""


@dataclass(frozen=True)
class BedTimes:
    """Everybody's stays in beds, from the snapshot's moment on."""

    snapshot: HospitalSnapshot
    needs: Mapping[str, Needs]
    plan: BedPlan | None
    proposed: bool
    """False: nobody is moved and nobody comes."""

    @property
    def at(self) -> datetime:
        """The snapshot's moment."""
        return self.snapshot.at

    @property
    def horizon_days(self) -> int:
        """How far the plan looks [days]."""
        return self.plan.horizon_days if self.plan else HORIZON_DAYS

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """Now and the edges of the plan's time slots."""
        return tuple(sorted({self.at, *slot_edges(self.at, self.horizon_days)}))

    @cached_property
    def people(self) -> dict[str, Person]:
        """Patients with the beds in which they lie, by patient_id."""
        return {person.patient_id: person for person in people_of(self.snapshot, self.needs)}

    @cached_property
    def stays_in(self) -> dict[str, tuple[Stay, ...]]:
        """Stays by bed_id in order of their start; whoever leaves a bed goes before whoever comes to it."""
        beds: defaultdict[str, list[Stay]] = defaultdict(list)
        for stay in self._stays():
            beds[stay.bed_id].append(stay)
        return {bed_id: tuple(sorted(stays, key=_order)) for bed_id, stays in beds.items()}

    def _stays(self) -> Iterator[Stay]:
        for patient_id, person in self.people.items():
            if patient_id in self._placements:
                yield from _planned(self._placements[patient_id], person, self.at)
            elif person.bed_id:
                yield Stay(patient_id, person.bed_id, self.at, leaves_at(person, self.at))

    def at_moment(self, moment: datetime) -> dict[str, BedAt]:
        """What is expected of every bed at a moment, by bed_id."""
        stays_in = self.stays_in
        return {bed.bed_id: self._bed(bed, moment, stays_in.get(bed.bed_id, ())) for bed in self.snapshot.beds}

    def _bed(self, bed: Bed, moment: datetime, stays: Sequence[Stay]) -> BedAt:
        lying: list[Stay] = []
        coming: list[Stay] = []
        left: Stay | None = None
        for stay in stays:
            if stay.ended(moment):
                left = stay
            elif stay.covers(moment) and not (lying and stay.action is Action.HOLD):
                lying.append(stay)
            else:
                coming.append(stay)
        state, ready_at = self._state(bed, moment, left, taken=bool(lying))
        return BedAt(state, tuple(lying), left, tuple(coming), ready_at)

    def _state(
        self, bed: Bed, moment: datetime, left: Stay | None, *, taken: bool
    ) -> tuple[BedStatus, datetime | None]:
        """State of a bed, and until when it is being cleaned; whoever lies in it counts for more than its status."""
        if taken:
            return BedStatus.OCCUPIED, None
        if not self.snapshot.ward_of[bed.ward_id].open:
            return BedStatus.CLOSED, None
        if bed.status is BedStatus.CLEANING:
            clean = bed.available_at is not None and self.at < moment and bed.available_at <= moment
            return (BedStatus.AVAILABLE, None) if clean else (BedStatus.CLEANING, bed.available_at)
        if left is None or bed.status in (BedStatus.RESERVED, BedStatus.CLOSED):
            return bed.status, None
        ready_at = bed_ready_after(left.ends_at or moment)
        return (BedStatus.CLEANING, ready_at) if self.at < moment < ready_at else (BedStatus.AVAILABLE, None)

    def left_share(self, patient_id: str, moment: datetime) -> float | None:
        """Probability that a patient has left the hospital by a moment, 0–1; None where nothing is known of it."""
        known = self._shares.setdefault(patient_id, {})
        if moment not in known:  # all moments of the slider at once, then whatever else is asked
            asked = self.moments if moment in self.moments else (moment,)
            known.update(zip(asked, self._left_shares(self.people[patient_id], asked), strict=True))
        return known[moment]

    def _left_shares(self, person: Person, moments: Sequence[datetime]) -> list[float | None]:
        if leaves_at(person, self.at) is None:
            return [None] * len(moments)
        hours = np.array([self._slots.hours(moment) for moment in moments])
        return [float(share) for share in shares_left(person, self._slots, hours, {})]

    def unsure(self, stay: Stay, moment: datetime) -> float | None:
        """How likely a patient has left by a moment, where neither is nearly sure; else None."""
        share = None if stay.to_bed_id else self.left_share(stay.patient_id, moment)
        return share if share is not None and UNSURE_FROM <= share <= UNSURE_TO else None

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """Beds that are held, the first to be taken first."""
        found = [
            self._hold(stay, stays[:place])
            for stays in self.stays_in.values()
            for place, stay in enumerate(stays)
            if stay.action is Action.HOLD
        ]
        return tuple(sorted(found, key=lambda hold: (hold.starts_at, hold.patient_id)))

    def _hold(self, stay: Stay, before: tuple[Stay, ...]) -> Hold:
        """A hold with the chance that the plan counts on; where it names none, that the bed's patient has left."""
        after = before[-1] if before else None
        found = Hold(stay.patient_id, stay.bed_id, stay.starts_at, after, (), 1.0)
        for reason in self._placements[stay.patient_id].reasons:
            if reason.code == "if_left":
                said = dict(reason.values)
                return replace(found, if_left=tuple(said["patient_ids"].split(";")), free_share=float(said["chance"]))
        if after is None or after.to_bed_id:
            return found
        share = self.left_share(after.patient_id, stay.starts_at - timedelta(hours=TURNAROUND_HOURS))
        return replace(found, if_left=(after.patient_id,), free_share=share)

    @cached_property
    def _placements(self) -> dict[str, Placement]:
        return self.plan.placement_of if self.plan and self.proposed else {}

    @cached_property
    def _shares(self) -> dict[str, dict[datetime, float | None]]:
        return {}

    @cached_property
    def _slots(self) -> Slots:
        return slots_of(self.at, self.horizon_days)


def _order(stay: Stay) -> tuple[datetime, bool]:
    return stay.starts_at, stay.action.moves


def _planned(placement: Placement, person: Person, at: datetime) -> Iterator[Stay]:
    """Where a plan puts a patient: first the bed they lie in, if any, then the one they come to."""
    who, here, there = placement.patient_id, placement.from_bed_id, placement.to_bed_id
    comes_at = (placement.starts_at or at) if placement.action is Action.HOLD else at
    if not placement.action.moves:
        if here or there:
            yield Stay(who, here or there, at, placement.ends_at or leaves_at(person, at))
        return
    if here:
        yield Stay(who, here, at, comes_at, to_bed_id=there)
    yield Stay(who, there, comes_at, placement.ends_at, placement.action)
