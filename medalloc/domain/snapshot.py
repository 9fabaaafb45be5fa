"""Everything that the hospital knows at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from medalloc.domain.events import Event, Outcome
from medalloc.domain.people import Note, Patient, Vitals
from medalloc.domain.places import Bed, Ward
from medalloc.domain.staff import Availability, Cover, Duty, Shift, StaffMember
from medalloc.domain.stock import Drug, Lot, Order, Regimen, Substitute, Usage

T = TypeVar("T")


def _group(rows: Iterable[T], key: str) -> dict[str, tuple[T, ...]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return {name: tuple(members) for name, members in groups.items()}


@dataclass(frozen=True)
class HospitalSnapshot:
    """The state of a hospital at `at`: the input of every forecast and plan. Times are local to the hospital."""

    name: str
    at: datetime
    timezone: str
    wards: tuple[Ward, ...]
    beds: tuple[Bed, ...]
    patients: tuple[Patient, ...]
    notes: tuple[Note, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    shifts: tuple[Shift, ...] = ()
    cover: tuple[Cover, ...] = ()
    availability: tuple[Availability, ...] = ()
    roster: tuple[Duty, ...] = ()
    drugs: tuple[Drug, ...] = ()
    lots: tuple[Lot, ...] = ()
    usage: tuple[Usage, ...] = ()
    orders: tuple[Order, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    events: tuple[Event, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every file it came from, by file name."""

    @cached_property
    def ward_of(self) -> dict[str, Ward]:
        """Ward by ward_id."""
        return {ward.ward_id: ward for ward in self.wards}

    @cached_property
    def bed_of(self) -> dict[str, Bed]:
        """Bed by bed_id."""
        return {bed.bed_id: bed for bed in self.beds}

    @cached_property
    def patient_of(self) -> dict[str, Patient]:
        """Patient by patient_id."""
        return {patient.patient_id: patient for patient in self.patients}

    @cached_property
    def bay_beds(self) -> dict[tuple[str, str], tuple[Bed, ...]]:
        """Beds of a bay by (ward_id, bay_id)."""
        bays: defaultdict[tuple[str, str], list[Bed]] = defaultdict(list)
        for bed in self.beds:
            bays[bed.ward_id, bed.bay_id].append(bed)
        return {bay: tuple(beds) for bay, beds in bays.items()}

    @cached_property
    def occupant_of(self) -> dict[str, Patient]:
        """Patient by the bed_id in which they lie now."""
        return {patient.bed_id: patient for patient in self.patients if patient.bed_id}

    @cached_property
    def notes_of(self) -> dict[str, tuple[Note, ...]]:
        """Notes by patient_id, in file order."""
        return _group(self.notes, "patient_id")

    @cached_property
    def vitals_of(self) -> dict[str, tuple[Vitals, ...]]:
        """Vital signs by patient_id, in file order."""
        return _group(self.vitals, "patient_id")

    def is_single_room(self, bed: Bed) -> bool:
        """Whether the bed stands alone in its bay."""
        return len(self.bay_beds[bed.ward_id, bed.bay_id]) == 1
