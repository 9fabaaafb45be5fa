"""The bed problem as arrays: people by rows, cells of alike beds by columns.

Beds of one bay that have the same features, are ready at the same time and are refused or locked for the same
patients are interchangeable: they form a cell, and the exact bed is chosen after the solve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import Needs
from medalloc.domain.people import Isolation
from medalloc.domain.places import Bed, BedStatus, Ward
from medalloc.domain.plan import Locks
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.weights import BedSettings
from medalloc.optimise.rules import Person, hold_from, people_of, ready_at

Mask = NDArray[np.bool_]
"""(n_people, n_cells)."""

Costs = NDArray[np.float64]

NEVER = np.inf


@dataclass(frozen=True)
class Cell:
    """Interchangeable beds of one bay."""

    ward: Ward
    bay_id: str
    beds: tuple[Bed, ...]
    single: bool
    ready_hours: float
    """From `at` until somebody new could lie here [hours]; infinite for never."""
    refused: frozenset[str]
    """Patients for whom a person has refused these beds."""
    pinned: str
    """The patient for whom this bed is locked; "" for nobody."""
    crowded: bool
    """Whether two patients are on record for the (then only) bed."""

    @property
    def features(self) -> frozenset[str]:
        """Of each bed."""
        return self.beds[0].features


@dataclass(frozen=True)
class BedProblem:
    """Everything that a bed plan depends on."""

    snapshot: HospitalSnapshot
    people: tuple[Person, ...]
    cells: tuple[Cell, ...]
    settings: BedSettings
    locks: Locks

    @property
    def at(self) -> datetime:
        """The moment that the plan is for."""
        return self.snapshot.at

    @cached_property
    def cell_of(self) -> dict[str, int]:
        """Cell by bed_id."""
        return {bed.bed_id: j for j, cell in enumerate(self.cells) for bed in cell.beds}

    @cached_property
    def home(self) -> NDArray[np.int_]:
        """The cell in which each person lies; -1 for none. (n_people,)."""
        return np.array([self.cell_of.get(person.bed_id, -1) for person in self.people], dtype=int)

    @cached_property
    def bay(self) -> NDArray[np.int_]:
        """Number of the bay of each cell; -1 for single rooms, which have no company. (n_cells,)."""
        number: dict[tuple[str, str], int] = {}
        return np.array(
            [
                -1 if cell.single else number.setdefault((cell.ward.ward_id, cell.bay_id), len(number))
                for cell in self.cells
            ],
            dtype=int,
        )

    @cached_property
    def first_hours(self) -> Costs:
        """From `at` until each person could come into a bed [hours]; infinite for not yet. (n_people,)."""
        firsts = [hold_from(person, self.at) for person in self.people]
        return np.array([NEVER if first is None else _hours(first, self.at) for first in firsts])

    @cached_property
    def ready_hours(self) -> Costs:
        """From `at` until each cell is ready [hours]. (n_cells,)."""
        return np.array([cell.ready_hours for cell in self.cells], dtype=float)

    @cached_property
    def lies(self) -> NDArray[np.bool_]:
        """Whether each person lies in a bed. (n_people,)."""
        return self.home >= 0

    @cached_property
    def organisms(self) -> tuple[str, ...]:
        """Every organism for which somebody is isolated."""
        isolated = (p.needs for p in self.people if p.needs.isolation is not Isolation.NONE)
        return tuple(sorted({needs.organism for needs in isolated} - {""}))

    def pin_elsewhere(self, person: Person) -> bool:
        """Whether a person is locked to another bed than they lie in."""
        return self.locks.pins.get(person.patient_id, person.bed_id) != person.bed_id


def build(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], settings: BedSettings, locks: Locks) -> BedProblem:
    """The problem of one snapshot."""
    people = people_of(snapshot, needs)
    return BedProblem(snapshot, people, _cells(snapshot, people, locks), settings, locks)


def _cells(snapshot: HospitalSnapshot, people: tuple[Person, ...], locks: Locks) -> tuple[Cell, ...]:
    occupants: defaultdict[str, int] = defaultdict(int)
    for person in people:
        occupants[person.bed_id] += 1
    refused: defaultdict[str, set[str]] = defaultdict(set)
    for patient_id, bed_id in locks.forbidden:
        refused[bed_id].add(patient_id)
    known = {person.patient_id for person in people}
    pinned = {bed_id: patient_id for patient_id, bed_id in locks.pins.items() if patient_id in known}
    alike: defaultdict[tuple[object, ...], list[Bed]] = defaultdict(list)
    for bed in snapshot.beds:
        hours = _ready_hours(snapshot, bed, occupied=occupants[bed.bed_id] > 0)
        own = bed.bed_id if occupants[bed.bed_id] > 1 or bed.bed_id in pinned else ""
        closed = bed.status is BedStatus.CLOSED
        place = (bed.ward_id, bed.bay_id, bed.features, hours, closed, frozenset(refused[bed.bed_id]), own)
        alike[place].append(bed)
    return tuple(
        Cell(
            ward=snapshot.ward_of[beds[0].ward_id],
            bay_id=beds[0].bay_id,
            beds=tuple(beds),
            single=snapshot.is_single_room(beds[0]),
            ready_hours=_ready_hours(snapshot, beds[0], occupied=occupants[beds[0].bed_id] > 0),
            refused=frozenset(refused[beds[0].bed_id]),
            pinned=pinned.get(beds[0].bed_id, ""),
            crowded=occupants[beds[0].bed_id] > 1,
        )
        for beds in alike.values()
    )


def _ready_hours(snapshot: HospitalSnapshot, bed: Bed, *, occupied: bool) -> float:
    ready = ready_at(bed, snapshot.ward_of[bed.ward_id], snapshot.at, occupied=occupied)
    return NEVER if ready is None else _hours(ready, snapshot.at)


def _hours(moment: datetime, at: datetime) -> float:
    return (moment - at).total_seconds() / 3600
