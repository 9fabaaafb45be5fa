"""A bed plan played through hour by hour: the hard rules of docs/rules.md a second time, told by looking.

Every time must lie a whole number of hours from the moment of the plan, and actions must be well formed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from medalloc.domain.needs import requirements_of
from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.plan import BedPlan, Locks, Placement
from medalloc.domain.requirements import Requirements
from tests.optimise.random_hospital import Hospital

LEVELS = ("ward", "hdu", "icu")
Broken = tuple[str, str]
"""patient_id and rule."""


@dataclass(frozen=True)
class Film:
    """What a plan leads to, hour by hour."""

    made: Hospital
    plan: BedPlan
    locks: Locks = field(default_factory=Locks)
    horizon_days: int = 3
    escalation: bool = True
    max_transfers: int = 20
    max_moves: int = 5

    def broken(self) -> set[Broken]:
        """Every patient whom the plan moves against a rule, with the rule."""
        found = {pair for hour in range(self.length) for pair in self.clashes(hour)}
        for patient in self.new:
            found |= {(patient.patient_id, rule) for rule in self.wrong(patient)}
        return found | set(self.decided()) | set(self.too_many())

    def hour(self, moment: datetime) -> int:
        hours = (moment - self.made.snapshot.at).total_seconds() / 3600
        assert hours == int(hours), moment
        return int(hours)

    @cached_property
    def length(self) -> int:
        """Hours after which nothing changes."""
        ends = [hour for hour in self.leaves.values() if hour is not None]
        return 2 + max([0, *ends, *self.starts.values()])

    @cached_property
    def needs(self) -> dict[str, Requirements]:
        """What each patient's bed must have."""
        return {p.patient_id: requirements_of(p, self.made.needs) for p in self.made.snapshot.patients}

    @cached_property
    def leaves(self) -> dict[str, int | None]:
        """Hour in which each patient is gone."""
        return {patient.patient_id: self.leaving(patient) for patient in self.made.snapshot.patients}

    def leaving(self, patient: Patient) -> int | None:
        begins = 0
        if patient.status == "expected" and patient.expected_at:
            begins = max(0, self.hour(patient.expected_at))
        if patient.edd and self.hour(patient.edd) > begins:
            return self.hour(patient.edd)
        stay = self.needs[patient.patient_id].stay
        return begins + round(stay.p50 * 24) if stay else None

    def own(self, patient: Patient) -> str:
        known = patient.bed_id in self.made.snapshot.bed_of
        return patient.bed_id if patient.status != "expected" and known else ""

    def line(self, patient: Patient) -> Placement:
        return self.plan.placement_of[patient.patient_id]

    @cached_property
    def new(self) -> list[Patient]:
        """Whom the plan puts into another bed."""
        return [p for p in self.made.snapshot.patients if self.line(p).to_bed_id not in ("", self.own(p))]

    @cached_property
    def starts(self) -> dict[str, int]:
        """Hour in which each of them comes."""
        lines = (self.line(patient) for patient in self.new)
        return {line.patient_id: self.hour(line.starts_at) for line in lines if line.starts_at}

    @cached_property
    def bed_in(self) -> dict[str, list[str]]:
        """The bed of each patient in every hour; "" for none."""
        return {p.patient_id: [self.where(p, hour) for hour in range(self.length)] for p in self.made.snapshot.patients}

    def where(self, patient: Patient, hour: int) -> str:
        end = self.leaves[patient.patient_id]
        if end is not None and hour >= end:
            return ""
        came = hour >= self.starts.get(patient.patient_id, self.length + hour)
        return self.line(patient).to_bed_id if came else self.own(patient)

    def is_new(self, patient: Patient, hour: int) -> bool:
        return patient.patient_id in self.starts and hour >= self.starts[patient.patient_id]

    def clashes(self, hour: int) -> Iterator[Broken]:
        """Beds with two patients and bays in bad company, for those whom the plan has put there."""
        beds: defaultdict[str, list[Patient]] = defaultdict(list)
        for patient in self.made.snapshot.patients:
            beds[self.bed_in[patient.patient_id][hour]].append(patient)
        del beds[""]
        for people in beds.values():
            if len(people) > 1:
                yield from ((p.patient_id, "one_patient_per_bed") for p in people if self.is_new(p, hour))
        for bay in self.made.snapshot.bay_beds.values():
            people = [patient for bed in bay for patient in beds.get(bed.bed_id, [])]
            new = [patient for patient in people if self.is_new(patient, hour)]
            sex_rule = self.made.snapshot.ward_of[bay[0].ward_id].sex_rule
            for rule in self.company(people, sex_rule) if new and len(bay) > 1 else []:
                yield from ((patient.patient_id, rule) for patient in new)

    def company(self, people: list[Patient], sex_rule: str) -> list[str]:
        needs = [self.needs[patient.patient_id] for patient in people]
        mixed = sex_rule != "mixed" and len({patient.sex for patient in people}) > 1
        kinds = {str(need.isolation) for need in needs} - {"none"}
        organisms = {need.organism for need in needs}
        cohort = kinds <= {"contact", "droplet"} and len(organisms) == 1 and organisms != {""}
        return ["bay_sex"] * mixed + ["isolation"] * (len(people) > 1 and kinds != set() and not cohort)

    def wrong(self, patient: Patient) -> Iterator[str]:
        """Rules that the bed itself or the time breaks."""
        bed = self.made.snapshot.bed_of[self.line(patient).to_bed_id]
        ward, need = self.made.snapshot.ward_of[bed.ward_id], self.needs[patient.patient_id]
        single = len(self.made.snapshot.bay_beds[bed.ward_id, bed.bay_id]) == 1
        if LEVELS.index(ward.level) < LEVELS.index(need.level):
            yield "level"
        if not ward.min_age <= patient.age <= ward.max_age:
            yield "age"
        if any(feature not in bed.features for feature in need.features):
            yield "features"
        sexes = {"mixed": {"female", "male", "other"}, "same_bay": {"female", "male"}}
        if not single and patient.sex not in sexes.get(ward.sex_rule, {str(ward.sex_rule)}):
            yield "bay_sex"
        rooms = {"none": True, "airborne": single and "negative_pressure" in bed.features, "protective": single}
        if not rooms.get(need.isolation, single or need.organism != ""):
            yield "isolation"
        if not self.usable(patient, bed):
            yield "usable_bed"

    def usable(self, patient: Patient, bed: Bed) -> bool:
        start, line = self.starts[patient.patient_id], self.line(patient)
        end = self.leaves[patient.patient_id]
        if not self.in_service(bed) or self.dirty(bed, start) or (end is not None and start >= end):
            return False
        first = 0
        if patient.status == "expected":
            if not patient.expected_at or self.hour(patient.expected_at) >= 24 * self.horizon_days:
                return False
            first = max(0, self.hour(patient.expected_at))
        if line.action != "hold":
            return start == 0
        late = start > first + 24 or start > 24 * self.horizon_days
        return start >= first and not late and (start > 0 or patient.status == "expected")

    def in_service(self, bed: Bed) -> bool:
        lain_in = any(self.own(patient) == bed.bed_id for patient in self.made.snapshot.patients)
        if not self.made.snapshot.ward_of[bed.ward_id].open:
            return self.escalation and bed.status == "available"
        usable = {"available": True, "occupied": lain_in, "cleaning": bed.available_at is not None}
        return usable.get(bed.status, False)

    def dirty(self, bed: Bed, hour: int) -> bool:
        """Whether a bed is still being cleaned, or somebody has gone home from it in the last two hours."""
        if bed.status == "cleaning" and bed.available_at and hour < self.hour(bed.available_at):
            return True
        for patient in self.made.snapshot.patients:
            end = self.leaves[patient.patient_id]
            if end is not None and end <= hour < end + 2 and self.bed_in[patient.patient_id][end - 1] == bed.bed_id:
                return True
        return False

    def decided(self) -> Iterator[Broken]:
        """What people and the record have fixed."""
        for patient in self.made.snapshot.patients:
            patient_id, bed_id, own = patient.patient_id, self.line(patient).to_bed_id, self.own(patient)
            if patient_id in self.locks.pins and bed_id != self.locks.pins[patient_id]:
                yield patient_id, "locked"
            if patient_id in self.locks.keep and bed_id != own:
                yield patient_id, "locked"
            if bed_id != own and (patient_id, bed_id) in self.locks.forbidden:
                yield patient_id, "rejected"
            if patient.fixed and own and bed_id != own:
                yield patient_id, "fixed"

    def too_many(self) -> Iterator[Broken]:
        """Inpatients moved more than the stay or the plan allows, but for those whose bed is locked."""
        moved = [p for p in self.new if p.status == "inpatient" and self.own(p)]
        free = [p for p in moved if self.locks.pins.get(p.patient_id) != self.line(p).to_bed_id]
        room = max(self.max_transfers, len(moved) - len(free)) - (len(moved) - len(free))
        yield from ((p.patient_id, "moves") for k, p in enumerate(free) if k >= room or p.moves >= self.max_moves)
