"""The hard rules of a bed plan for one patient and one bed, in plain words and without a solver.

The model has its own vectorised form of the same rules (`optimise.beds.hard`); that the two agree is what the
checker is for.

====================  ===========================================================================
usable_bed            `ready_at`, `usable`: open ward or escalation, bed neither closed nor
                      reserved, clean in time
level, age, features  `own_rules`
bay_sex, isolation    `own_rules` for the ward and the room, `bay_rules` for the company
moves                 `moved_enough`
====================  ===========================================================================

Time: a plan looks ahead in slots (`slot_edges`). A patient lies in a bed until `leaves_at`; the next can come once
it is clean (`bed_ready_after`), but not before `hold_from` and not after `hold_until`.
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

HORIZON_DAYS = 3
"""How far a plan looks ahead unless it is told otherwise [days]."""

WINDOW_HOURS = 24.0
"""Beds are held that are ready up to this long after the patient could come [hours]."""

TURNAROUND_HOURS = 2.0
"""A bed is clean this long after its patient has gone home [hours]."""

FIRST_DAY_HOURS = (0, 4, 8, 12, 16, 20)
"""Where the slots of the first day begin [hours from the moment of the plan]."""

MINUTES_PER_DAY = 1440

COHORTED = (Isolation.CONTACT, Isolation.DROPLET)
"""Precautions under which patients with the same organism may share a bay."""


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """What a plan may do at most."""

    horizon_days: int = HORIZON_DAYS
    escalation: bool = True
    """Whether available beds of closed wards may be opened."""
    max_transfers: int | None = 20
    """Most inpatients whom it moves, more only where more are locked; None: any number."""
    max_moves: int | None = 5
    """Most moves of an inpatient in a stay, this one included, but for locked ones; None: any number."""


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


def slot_edges(at: datetime, horizon_days: int) -> tuple[datetime, ...]:
    """Where slots begin, and where the last one ends: six of four hours, then one a day.

    >>> [edge.strftime("%d. %H:%M") for edge in slot_edges(datetime(2026, 3, 5, 10), 3)[5:]]
    ['06. 06:00', '06. 10:00', '07. 10:00', '08. 10:00']
    """
    hours = (*FIRST_DAY_HOURS, *(24 * day for day in range(1, horizon_days + 1)))
    return tuple(at + timedelta(hours=hour) for hour in hours)


def leaves_at(person: Person, at: datetime) -> datetime | None:
    """The expected end of a stay, always after its start; None where nothing is known of it.

    The record's expected date of discharge; where it has passed or is blank, half of such patients have left
    (the median stay, counted from `at` or the expected arrival, to the minute and at least one).
    """
    patient, stay = person.patient, person.needs.stay
    start = at
    if patient.status is PatientStatus.EXPECTED and patient.expected_at is not None:
        start = max(at, patient.expected_at)
    if patient.edd is not None and patient.edd > start:
        return patient.edd
    if stay is None:
        return None
    minute = start.replace(second=0, microsecond=0)
    return minute + timedelta(minutes=max(1, round(stay.p50 * MINUTES_PER_DAY)))


def bed_ready_after(leaves: datetime) -> datetime:
    """When a bed is clean whose patient leaves the hospital then."""
    return leaves + timedelta(hours=TURNAROUND_HOURS)


def ready_at(bed: Bed, ward: Ward, at: datetime, *, occupied: bool, escalation: bool = False) -> datetime | None:
    """When somebody new could lie in a bed, once its patient (if any) has left; None for never.

    A patient in the bed outranks a status of `available` or `occupied`; `occupied` without a known patient
    means that somebody lies there of whom we know nothing. Where escalation is allowed, beds of a closed ward
    can be opened if they are `available`.
    """
    if bed.status in (BedStatus.CLOSED, BedStatus.RESERVED):
        return None
    if not ward.open:
        return at if escalation and bed.status is BedStatus.AVAILABLE else None
    if bed.status is BedStatus.CLEANING:
        return max(at, bed.available_at) if bed.available_at else None
    if bed.status is BedStatus.OCCUPIED and not occupied:
        return None
    return at


def hold_from(person: Person, at: datetime, horizon_days: int = HORIZON_DAYS) -> datetime | None:
    """When a patient could first come into a bed; None where none is to be planned for them yet."""
    if person.patient.status is not PatientStatus.EXPECTED:
        return at
    expected = person.patient.expected_at
    if expected is None or expected >= at + timedelta(days=horizon_days):
        return None
    return max(at, expected)


def hold_until(person: Person, at: datetime, horizon_days: int = HORIZON_DAYS) -> datetime | None:
    """When a patient could last come into a bed by this plan; None where none is to be planned for them yet."""
    first = hold_from(person, at, horizon_days)
    if first is None or moves_now(person):
        return first
    return min(first + timedelta(hours=WINDOW_HOURS), at + timedelta(days=horizon_days))


def moves_now(person: Person) -> bool:
    """Whether a patient is moved at once or not at all: no bed is held for an inpatient."""
    return bool(person.bed_id) and person.patient.status is PatientStatus.INPATIENT


def usable(person: Person, ready: datetime | None, at: datetime, horizon_days: int = HORIZON_DAYS) -> str:
    """Why a patient cannot come into a bed that is ready then; "" if they can."""
    if ready is None:
        return "the bed cannot be used"
    latest = hold_until(person, at, horizon_days)
    if latest is None:
        return "the patient is not expected within the horizon"
    return "the bed is not ready in time" if ready > latest else ""


def moved_enough(person: Person, max_moves: int) -> str:
    """Why an inpatient is not to be moved once more; "" if they may be. Who waits for a move is excepted."""
    if not moves_now(person) or person.patient.moves < max_moves:
        return ""
    return f"was moved {person.patient.moves} times in this stay, and at most {max_moves} moves are allowed"


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
