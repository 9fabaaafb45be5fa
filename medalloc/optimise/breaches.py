"""Hard rules that are broken by patients where they lie now, and for how long.

A plan cannot undo at once whatever is wrong, so a patient may go on lying in a bed that breaks a rule. A plan
pays for each breach that it leaves standing; the Now page lists them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from medalloc.domain.people import Sex
from medalloc.domain.places import BedStatus, SexRule
from medalloc.domain.plan import Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.rules import COHORTED, Person, leaves_at, own_rules

Found = Iterator[tuple[Violation, list[Person]]]
"""Breaches, each with those without whom there would be none (empty: the bed itself is wrong)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A breach and how long it stands if nobody is moved."""

    violation: Violation
    with_ids: tuple[str, ...]
    """Patients who have to leave, all of them, for it to end; empty: the patient's own leaving alone ends it."""
    days: float
    """Within the horizon [days]."""


def standing_breaches(
    snapshot: HospitalSnapshot, lying: Iterable[Person], *, escalation: bool = False
) -> tuple[Violation, ...]:
    """Rules broken while just these people lie in their present beds; at most one per rule and patient.

    Of a mixed bay the smaller sex counts (the men of an even one): the fewest who would have to leave. A closed
    ward counts unless it may be opened (`escalation`).
    """
    return tuple(violation for violation, _ in _breaches(snapshot, lying, escalation))


def standing_days(
    snapshot: HospitalSnapshot, lying: Iterable[Person], horizon_days: int, *, escalation: bool = False
) -> tuple[Standing, ...]:
    """The same breaches with the days that each stands: the shorter of the patient's stay and the others' longest.

    Who the smaller sex of a bay is, is judged by those who lie there now; it is not judged anew as they leave.
    """
    people = list(lying)
    days = {person.patient_id: _days_in_bed(person, snapshot.at, horizon_days) for person in people}
    found = []
    for violation, others in _breaches(snapshot, people, escalation):
        ids = tuple(other.patient_id for other in others)
        together = max((days[patient_id] for patient_id in ids), default=horizon_days)
        found.append(Standing(violation, ids, min(days[violation.patient_id], together)))
    return tuple(found)


def _days_in_bed(person: Person, at: datetime, horizon_days: int) -> float:
    """How long somebody who is not moved lies in their bed within the horizon [days]."""
    leaves = leaves_at(person, at)
    return min(float(horizon_days), (leaves - at) / timedelta(days=1)) if leaves else float(horizon_days)


def _breaches(snapshot: HospitalSnapshot, lying: Iterable[Person], escalation: bool) -> Found:
    bays: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in lying:
        bed = snapshot.bed_of[person.bed_id]
        bays[bed.ward_id, bed.bay_id].append(person)
    for bay in bays.values():
        yield from _own(snapshot, bay, escalation)
        yield from _shared_beds(bay)
        if not snapshot.is_single_room(snapshot.bed_of[bay[0].bed_id]):
            yield from _mixed_sex(snapshot, bay)
            yield from _broken_cohort(bay)


def _own(snapshot: HospitalSnapshot, bay: list[Person], escalation: bool) -> Found:
    for person in bay:
        bed = snapshot.bed_of[person.bed_id]
        ward = snapshot.ward_of[bed.ward_id]
        if bed.status is BedStatus.CLOSED or not (ward.open or escalation):
            yield Violation(Rule.USABLE_BED, person.patient_id, bed.bed_id, "lies in a closed bed"), []
        for rule, detail in own_rules(person, bed, ward, single=snapshot.is_single_room(bed)).items():
            yield Violation(rule, person.patient_id, bed.bed_id, detail), []


def _shared_beds(bay: list[Person]) -> Found:
    first: dict[str, Person] = {}
    for person in bay:
        other = first.setdefault(person.bed_id, person)
        if other is not person:
            detail = f"shares the bed with {other.patient_id}"
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, person.bed_id, detail), [other]


def _mixed_sex(snapshot: HospitalSnapshot, bay: list[Person]) -> Found:
    bed = snapshot.bed_of[bay[0].bed_id]
    if snapshot.ward_of[bed.ward_id].sex_rule is not SexRule.SAME_BAY:
        return
    women = [person for person in bay if person.patient.sex is Sex.FEMALE]
    men = [person for person in bay if person.patient.sex is Sex.MALE]
    detail = f"bay {bed.bay_id} holds {len(women)} female and {len(men)} male"
    few, many = sorted((men, women), key=len)
    for person in few:
        yield Violation(Rule.BAY_SEX, person.patient_id, person.bed_id, detail), many


def _broken_cohort(bay: list[Person]) -> Found:
    for person in bay:
        organism = person.needs.organism
        if person.needs.isolation not in COHORTED or not organism:
            continue
        others = [mate for mate in bay if mate.needs.organism != organism]
        if others:
            detail = f"{person.needs.isolation} precautions, with {len(others)} in the bay without {organism}"
            yield Violation(Rule.ISOLATION, person.patient_id, person.bed_id, detail), others
