"""The situation that a bed plan is for, as arrays: people by rows, berths by columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np

from medalloc.domain.needs import Needs
from medalloc.domain.people import Isolation
from medalloc.domain.plan import BedPlan, Locks
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.berths import Berth, Strangers, Times, berths_of
from medalloc.optimise.beds.cells import NEVER, Cell, Known, cells_of
from medalloc.optimise.beds.leaving import Departures, left_share
from medalloc.optimise.beds.slots import Slots, slots_of
from medalloc.optimise.beds.weights import BedSettings
from medalloc.optimise.rules import (
    TURNAROUND_HOURS,
    Person,
    hold_from,
    leaves_at,
    moved_enough,
    moves_now,
    people_of,
)
from medalloc.optimise.stays.problem import Costs, Ints, Mask


@dataclass(frozen=True)
class Background:
    """What is known besides the hospital as it is."""

    reference: Mapping[str, str] = field(default_factory=dict)
    """bed_id by patient_id in the last published plan; "" for one who was to wait without a bed."""
    departures: Departures = field(default_factory=dict)
    """When patients leave, where a forecast says; it overrides the record's chances, not its dates."""
    start: BedPlan | None = None
    """A plan to start from; what of it no longer fits is passed over."""
    around: bool = False
    """Whether to look for a plan near that one alone: quicker, and perhaps dearer."""


@dataclass(frozen=True)
class Given:
    """What a plan is made with, besides the hospital."""

    settings: BedSettings = field(default_factory=BedSettings)
    locks: Locks = field(default_factory=Locks)
    background: Background = field(default_factory=Background)


@dataclass(frozen=True)
class Situation:
    """Everything that a bed plan depends on. Letters in shapes: n people, c cells, m berths."""

    snapshot: HospitalSnapshot
    people: tuple[Person, ...]
    cells: tuple[Cell, ...]
    berths: tuple[Berth, ...]
    slots: Slots
    times: Times
    care_hours: Costs
    """Hours of care that each person needs in a day; 0 where it is not known. (n,)."""
    given: Given

    @property
    def at(self) -> datetime:
        """The moment that the plan is for."""
        return self.snapshot.at

    @property
    def settings(self) -> BedSettings:
        """How to plan."""
        return self.given.settings

    @property
    def locks(self) -> Locks:
        """What people have fixed."""
        return self.given.locks

    @property
    def reference(self) -> Mapping[str, str]:
        """bed_id by patient_id in the last published plan."""
        return self.given.background.reference

    @property
    def first(self) -> Ints:
        """Slot in which each person can first come; 0 for those who come to no bed in this plan. (n,)."""
        return self.times.first

    @property
    def end(self) -> Ints:
        """Slot at whose beginning each person has left; the number of slots: beyond the horizon. (n,)."""
        return self.times.end

    @property
    def first_hours(self) -> Costs:
        """From `at` until each person could first come [hours]; infinite: not in this plan. (n,)."""
        return self.times.first_hours

    @property
    def leave_hours(self) -> Costs:
        """From `at` until each person is expected to leave the hospital [hours]; infinite: not known. (n,)."""
        return self.times.leave_hours

    @cached_property
    def cell_of(self) -> dict[str, int]:
        """Cell by bed_id."""
        return {bed.bed_id: j for j, cell in enumerate(self.cells) for bed in cell.beds}

    @cached_property
    def home(self) -> Ints:
        """The cell in which each person lies; -1 for none. (n,)."""
        return np.array([self.cell_of.get(person.bed_id, -1) for person in self.people], dtype=int)

    @cached_property
    def lies(self) -> Mask:
        """Whether each person lies in a bed. (n,)."""
        return self.home >= 0

    @cached_property
    def berth_cell(self) -> Ints:
        """Cell of each berth. (m,)."""
        return np.array([berth.cell for berth in self.berths], dtype=int)

    @cached_property
    def bay(self) -> Ints:
        """Number of the bay of each cell; -1 for single rooms, which have no company. (c,)."""
        number: dict[tuple[str, str], int] = {}
        return np.array(
            [
                -1 if cell.single else number.setdefault((cell.ward.ward_id, cell.bay_id), len(number))
                for cell in self.cells
            ],
            dtype=int,
        )

    @cached_property
    def opens(self) -> Ints:
        """Slot from which each berth can be come to. (m,)."""
        return np.array([berth.opens for berth in self.berths], dtype=int)

    @cached_property
    def start(self) -> Ints:
        """Slot in which each person would come to each berth. (n, m)."""
        return np.maximum(self.first[:, None], self.opens[None, :])

    @cached_property
    def start_hours(self) -> Costs:
        """From `at` until each person would come to each berth [hours]; infinite: not in this plan. (n, m)."""
        ready = np.array([berth.ready_hours for berth in self.berths], dtype=float)
        berth = np.maximum(self.slots.edges[self.opens], ready)
        return np.asarray(np.maximum(self.first_hours[:, None], berth[None, :]))

    @cached_property
    def days(self) -> Costs:
        """Days that each person would spend in each berth within the horizon. (n, m)."""
        until = np.minimum(self.leave_hours, self.slots.horizon_hours)
        return np.asarray(np.maximum(0.0, until[:, None] - self.start_hours) / 24)

    @cached_property
    def days_before(self) -> Costs:
        """Days that each person would go on spending in their present bed before they come to a berth. (n, m)."""
        until = np.minimum(self.leave_hours, self.slots.horizon_hours)
        before = np.minimum(until[:, None], self.start_hours)
        return np.asarray(np.where(self.lies[:, None], before, 0.0) / 24)

    @cached_property
    def home_days(self) -> Costs:
        """Days that each person spends in their present bed within the horizon if they remain. (n,)."""
        return np.where(self.lies, np.minimum(self.leave_hours, self.slots.horizon_hours), 0.0) / 24

    @cached_property
    def chance(self) -> Costs:
        """Probability that each berth is free when each person would come, 0–1.

        It is not certain where the bed's patient, or somebody with whom the person may not share the bay, is only
        expected to have left by then. (n, m).
        """
        chance = np.ones((len(self.people), len(self.berths)))
        rows = np.array([i for i, p in enumerate(self.people) if not moves_now(p)], dtype=int)
        rows = rows[np.isfinite(self.first_hours[rows])]
        row_of = {person.patient_id: i for i, person in enumerate(self.people)}
        for q, berth in enumerate(self.berths):
            for patient_id in berth.after:
                ready = self.start_hours[rows, q] - TURNAROUND_HOURS
                chance[rows, q] *= self._left(row_of[patient_id], ready)
        self._company_leaves(chance, rows)
        return chance

    def leave_before(self, i: int, q: int) -> tuple[str, ...]:
        """Who is expected to leave before person i can come to a berth, by patient_id."""
        berth, strangers = self.berths[q], Strangers(self.people)
        cell = self.cells[berth.cell]
        gone = np.flatnonzero(self.lies & (self.bay[self.home] == self.bay[berth.cell]) & ~cell.single)
        company = [
            self.people[k].patient_id
            for k in gone.tolist()
            if self.end[k] <= self.start[i, q] and self.home[k] != berth.cell and strangers.are(i, k, cell.ward)
        ]
        return (*berth.after, *company)

    @cached_property
    def organisms(self) -> tuple[str, ...]:
        """Every organism for which somebody is isolated."""
        isolated = (p.needs for p in self.people if p.needs.isolation is not Isolation.NONE)
        return tuple(sorted({needs.organism for needs in isolated} - {""}))

    def pin_elsewhere(self, person: Person) -> bool:
        """Whether a person is locked to another bed than they lie in."""
        return pin_elsewhere(self.locks, person)

    def _company_leaves(self, chance: Costs, rows: Ints) -> None:
        """Lower the chance of whoever may come to a bay only once strangers have left it."""
        strangers = Strangers(self.people)
        in_bay = self.bay[self.berth_cell]
        for k in np.flatnonzero(self.lies & (self.end < self.slots.count)).tolist():
            number = self.bay[self.home[k]]
            if number < 0:
                continue
            who = strangers.of(rows, k, self.cells[self.home[k]].ward)
            berths = np.flatnonzero((in_bay == number) & (self.berth_cell != self.home[k]))
            block = np.ix_(who, berths)
            left = self._left(k, self.start_hours[block])
            chance[block] *= np.where(self.start[block] >= self.end[k], left, 1.0)

    def _left(self, i: int, hours: Costs) -> Costs:
        return left_share(self.people[i], self.slots, hours, self.given.background.departures)


def situation_of(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], given: Given) -> Situation:
    """The situation of one snapshot."""
    people = people_of(snapshot, needs)
    care = np.array([_care(needs.get(person.patient_id)) for person in people], dtype=float)
    return situated(snapshot, people, care, given)


def situated(snapshot: HospitalSnapshot, people: tuple[Person, ...], care_hours: Costs, given: Given) -> Situation:
    """The situation of people whose needs are known.

    Parameters
    ----------
    people : every patient of the snapshot, in its order.
    care_hours : of care that each needs in a day; 0 where it is not known. (n,).
    """
    slots = slots_of(snapshot.at, given.settings.horizon_days)
    times = _times(people, slots, given.settings.horizon_days)
    leaving = frozenset(np.flatnonzero(times.end < slots.count).tolist())
    known = Known(people, leaving, given.locks, given.background.reference, given.settings.escalation)
    cells = cells_of(snapshot, known)
    held = np.array([stuck(given, person) for person in people], dtype=bool)
    berths = berths_of(cells, people, times, held, slots)
    return Situation(snapshot, people, cells, berths, slots, times, care_hours, given)


def stuck(given: Given, person: Person) -> bool:
    """Whether a person is to stay where they are, or to go on waiting."""
    if person.patient_id in given.locks.keep:
        return True
    if not person.bed_id or pin_elsewhere(given.locks, person):
        return False
    pinned = given.locks.pins.get(person.patient_id) == person.bed_id
    return pinned or person.patient.fixed or bool(moved_enough(person, given.settings.max_moves))


def pin_elsewhere(locks: Locks, person: Person) -> bool:
    """Whether a person is locked to another bed than they lie in."""
    return locks.pins.get(person.patient_id, person.bed_id) != person.bed_id


def _times(people: tuple[Person, ...], slots: Slots, horizon_days: int) -> Times:
    """When people come and go.

    Whoever comes newly is taken to keep the bed until it is clean again after them, so that the next can come at
    the beginning of a slot. Of those who lie in a bed, the berth that opens after them says when it is clean.
    """
    firsts = [hold_from(person, slots.at, horizon_days) for person in people]
    first_hours = np.array([NEVER if first is None else slots.hours(first) for first in firsts], dtype=float)
    leaves = [leaves_at(person, slots.at) for person in people]
    leave_hours = np.array([NEVER if leave is None else slots.hours(leave) for leave in leaves], dtype=float)
    lies = np.array([bool(person.bed_id) for person in people], dtype=bool)
    free_hours = np.where(lies, leave_hours, leave_hours + TURNAROUND_HOURS)
    comes = np.isfinite(first_hours)
    first = np.where(comes, slots.containing(np.where(comes, first_hours, 0.0)), 0)
    end = np.where(comes, slots.left_by(free_hours), slots.count)
    return Times(first_hours, leave_hours, first, np.maximum(end, first + 1))


def _care(needs: Needs | None) -> float:
    return needs.care.nurse + needs.care.assistant if needs and needs.care else 0.0
