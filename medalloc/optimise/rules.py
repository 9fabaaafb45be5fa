"""The hard rules of a bed plan for one patient and one bed, in plain words and without a solver.

The model has its own vectorised form of the same rules (`optimise.beds.hard`); that the two agree is what the
checker is for.

====================  ==================================================================
usable_bed            `usable`: open ward, bed neither closed nor reserved, clean in time
level, age, features  `own_rules`
bay_sex, isolation    `own_rules` for the ward and the room, `bay_rules` for the company
====================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from medalloc.domain.needs import Needs, requirements_of
from medalloc.domain.people import Isolation, Patient, PatientStatus, Sex
from medalloc.domain.places import Bed, BedStatus, SexRule, Ward
from medalloc.domain.plan import Rule
from medalloc.domain.requirements import Requirements
from medalloc.domain.snapshot import HospitalSnapshot

HOLD_HOURS = 12.0
"""A bed that is being cleaned can be held this far ahead [hours]."""

EXPECTED_HOURS = 24.0
"""Beds are held for arrivals expected within this window [hours]."""

COHORTED = (Isolation.CONTACT, Isolation.DROPLET)
"""Precautions under which patients with the same organism may share a bay."""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient with what their bed must have, and the bed in which they lie."""

    patient: Patient
    needs: Requirements
    bed_id: str = ""
    """"" for none; an expected patient lies in none, whatever the record says."""

    @property
    def patient_id(self) -> str:
        """Of the patient."""
        return self.patient.patient_id


def people_of(snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> tuple[Person, ...]:
    """Everybody whom a plan must place, in the order of the snapshot."""
    return tuple(
        Person(patient, requirements_of(patient, needs), lies_in(snapshot, patient)) for patient in snapshot.patients
    )


def lies_in(snapshot: HospitalSnapshot, patient: Patient) -> str:
    """The bed in which a patient lies now; "" for none."""
    if patient.status is PatientStatus.EXPECTED or patient.bed_id not in snapshot.bed_of:
        return ""
    return patient.bed_id


def ready_at(bed: Bed, ward: Ward, at: datetime, *, occupied: bool) -> datetime | None:
    """When somebody new could lie in a bed, once its patient (if any) has left; None for never.

    A patient in the bed outranks a status of `available` or `occupied`; `occupied` without a known patient
    means that somebody lies there of whom we know nothing.
    """
    if not ward.open or bed.status in (BedStatus.CLOSED, BedStatus.RESERVED):
        return None
    if bed.status is BedStatus.CLEANING:
        return max(at, bed.available_at) if bed.available_at else None
    if bed.status is BedStatus.OCCUPIED and not occupied:
        return None
    return at


def hold_from(person: Person, at: datetime) -> datetime | None:
    """When a patient could first come into a bed; None where none is to be planned for them yet."""
    if person.patient.status is not PatientStatus.EXPECTED:
        return at
    expected = person.patient.expected_at
    if expected is None or expected > at + timedelta(hours=EXPECTED_HOURS):
        return None
    return max(at, expected)


def usable(person: Person, ready: datetime | None, at: datetime) -> str:
    """Why a patient cannot come into a bed that is ready then; "" if they can."""
    if ready is None:
        return "the bed cannot be used"
    first = hold_from(person, at)
    if first is None:
        return "the patient is not expected within the window"
    latest = at if person.bed_id else max(first, at + timedelta(hours=HOLD_HOURS))
    return "the bed is not ready in time" if ready > latest else ""


def own_rules(person: Person, bed: Bed, ward: Ward, *, single: bool) -> dict[Rule, str]:
    """Rules that a bed breaks for a patient whoever else lies in the bay, each with the detail."""
    found = {
        Rule.LEVEL: _level(person, ward),
        Rule.AGE: _age(person, ward),
        Rule.FEATURES: _features(person, bed),
        Rule.BAY_SEX: "" if single else _ward_sex(person, ward),
        Rule.ISOLATION: _room(person, bed, single=single),
    }
    return {rule: detail for rule, detail in found.items() if detail}


def bay_rules(person: Person, mates: Iterable[Person], ward: Ward) -> dict[Rule, str]:
    """Rules that a newcomer breaks by those with whom they share the bay."""
    bay = (person, *mates)
    found: dict[Rule, str] = {}
    sexes = {other.patient.sex for other in bay}
    if ward.sex_rule is not SexRule.MIXED and len(sexes) > 1:
        found[Rule.BAY_SEX] = f"the bay holds {' and '.join(sorted(sexes))}"
    if len(bay) > 1 and not _may_share(bay):
        found[Rule.ISOLATION] = "the bay holds an isolated patient with others who do not share the organism"
    return found


def _may_share(bay: tuple[Person, ...]) -> bool:
    precautions = {person.needs.isolation for person in bay} - {Isolation.NONE}
    if not precautions:
        return True
    organisms = {person.needs.organism for person in bay}
    return precautions <= set(COHORTED) and len(organisms) == 1 and "" not in organisms


def _level(person: Person, ward: Ward) -> str:
    if ward.level.rank >= person.needs.level.rank:
        return ""
    return f"needs {person.needs.level}, the ward gives {ward.level}"


def _age(person: Person, ward: Ward) -> str:
    if ward.min_age <= person.patient.age <= ward.max_age:
        return ""
    return f"aged {person.patient.age}, the ward takes {ward.min_age} to {ward.max_age}"


def _features(person: Person, bed: Bed) -> str:
    lacking = person.needs.features - bed.features
    return f"the bed lacks {', '.join(sorted(lacking))}" if lacking else ""


def _ward_sex(person: Person, ward: Ward) -> str:
    sex, rule = person.patient.sex, ward.sex_rule
    if rule is SexRule.MIXED or str(sex) == str(rule) or (rule is SexRule.SAME_BAY and sex is not Sex.OTHER):
        return ""
    return f"{sex} in a bay under the rule {rule}"


def _room(person: Person, bed: Bed, *, single: bool) -> str:
    isolation = person.needs.isolation
    if isolation is Isolation.AIRBORNE and not (single and "negative_pressure" in bed.features):
        return "airborne precautions need a single room with negative pressure"
    if isolation is Isolation.PROTECTIVE and not single:
        return "protective isolation needs a single room"
    if isolation in COHORTED and not single and not person.needs.organism:
        return f"{isolation} precautions for an unknown organism need a single room"
    return ""
