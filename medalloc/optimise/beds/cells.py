"""Cells: the beds that a plan need not tell apart.

Beds of one bay that have the same features, are ready at the same time and are refused or locked for the same
patients are interchangeable; the exact bed is chosen after the solve. A bed whose patient is expected to leave
within the horizon stands alone, because its next patient waits for just that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from medalloc.domain.places import Bed, BedStatus, Ward
from medalloc.domain.plan import Locks
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.rules import Person, ready_at

NEVER = float(np.inf)


@dataclass(frozen=True)
class Cell:
    """Interchangeable beds of one bay."""

    ward: Ward
    bay_id: str
    beds: tuple[Bed, ...]
    single: bool
    ready_hours: float
    """From `at` until somebody new could lie here once whoever lies here has left [hours]; infinite: never."""
    refused: frozenset[str]
    """Patients for whom a person has refused these beds."""
    pinned: str
    """The patient for whom this bed is locked; "" for nobody."""
    lying: tuple[int, ...]
    """Rows of the people who lie here."""

    @property
    def features(self) -> frozenset[str]:
        """Of each bed."""
        return self.beds[0].features

    @property
    def crowded(self) -> bool:
        """Whether more patients than one are on record for the (then only) bed."""
        return len(self.lying) > len(self.beds)


@dataclass(frozen=True)
class Known:
    """What tells beds apart, besides the beds themselves."""

    people: tuple[Person, ...]
    leaving: frozenset[int]
    """Rows of those who are expected to leave within the horizon."""
    locks: Locks
    reference: Mapping[str, str]
    escalation: bool


def cells_of(snapshot: HospitalSnapshot, known: Known) -> tuple[Cell, ...]:
    """Every bed of the hospital, in cells."""
    lying = _lying(known.people)
    refused: defaultdict[str, set[str]] = defaultdict(set)
    for patient_id, bed_id in known.locks.forbidden:
        refused[bed_id].add(patient_id)
    patients = {person.patient_id for person in known.people}
    pinned = {bed_id: patient_id for patient_id, bed_id in known.locks.pins.items() if patient_id in patients}
    alone = pinned.keys() | _told_apart(lying, known)
    alike: defaultdict[tuple[object, ...], list[Bed]] = defaultdict(list)
    for bed in snapshot.beds:
        hours = _ready_hours(snapshot, bed, known.escalation, occupied=bool(lying[bed.bed_id]))
        own = bed.bed_id if bed.bed_id in alone else ""
        closed = bed.status is BedStatus.CLOSED
        alike[bed.ward_id, bed.bay_id, bed.features, hours, closed, frozenset(refused[bed.bed_id]), own].append(bed)
    return tuple(
        Cell(
            ward=snapshot.ward_of[beds[0].ward_id],
            bay_id=beds[0].bay_id,
            beds=tuple(beds),
            single=snapshot.is_single_room(beds[0]),
            ready_hours=_ready_hours(snapshot, beds[0], known.escalation, occupied=bool(lying[beds[0].bed_id])),
            refused=frozenset(refused[beds[0].bed_id]),
            pinned=pinned.get(beds[0].bed_id, ""),
            lying=tuple(sorted(i for bed in beds for i in lying[bed.bed_id])),
        )
        for beds in alike.values()
    )


def _lying(people: Iterable[Person]) -> defaultdict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        if person.bed_id:
            rows[person.bed_id].append(i)
    return rows


def _told_apart(lying: Mapping[str, list[int]], known: Known) -> set[str]:
    """Beds that two patients share, that somebody is to leave, or that the last plan gave to somebody else."""
    apart = {bed_id for bed_id, rows in lying.items() if len(rows) > 1 or known.leaving & set(rows)}
    own = {person.patient_id: person.bed_id for person in known.people}
    return apart | {bed_id for patient_id, bed_id in known.reference.items() if own.get(patient_id, bed_id) != bed_id}


def _ready_hours(snapshot: HospitalSnapshot, bed: Bed, escalation: bool, *, occupied: bool) -> float:
    ward, at = snapshot.ward_of[bed.ward_id], snapshot.at
    ready = ready_at(bed, ward, at, occupied=occupied, escalation=escalation)
    return NEVER if ready is None else _hours(ready, at)


def _hours(moment: datetime, at: datetime) -> float:
    return (moment - at).total_seconds() / 3600
