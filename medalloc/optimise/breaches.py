"""Hard rules that are broken by patients where they lie now.

A plan cannot undo at once whatever is wrong, so a patient may go on lying in a bed that breaks a rule. A plan
pays for each breach that it leaves standing; the Now page lists them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from medalloc.domain.people import Sex
from medalloc.domain.places import BedStatus, SexRule
from medalloc.domain.plan import Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.gives import own_reasons, reason
from medalloc.optimise.rules import COHORTED, Person, own_rules


def standing_breaches(
    snapshot: HospitalSnapshot, lying: Iterable[Person], *, escalation: bool = False
) -> tuple[Violation, ...]:
    """Rules broken while just these people lie in their present beds; at most one per rule and patient.

    Of a mixed bay the smaller sex counts (the men of an even one): the fewest who would have to leave. A closed
    ward counts unless it may be opened (`escalation`).
    """
    return tuple(_breaches(snapshot, lying, escalation))


def _breaches(snapshot: HospitalSnapshot, lying: Iterable[Person], escalation: bool) -> Iterator[Violation]:
    bays: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in lying:
        bed = snapshot.bed_of[person.bed_id]
        bays[bed.ward_id, bed.bay_id].append(person)
    for bay in bays.values():
        yield from _own(snapshot, bay, escalation)
        yield from _shared_beds(bay)
        if not snapshot.is_single_room(snapshot.bed_of[bay[0].bed_id]):
            yield from _mixed_sex(snapshot, bay)
            yield from _broken_cohort(snapshot, bay)


def _own(snapshot: HospitalSnapshot, bay: list[Person], escalation: bool) -> Iterator[Violation]:
    for person in bay:
        bed = snapshot.bed_of[person.bed_id]
        ward = snapshot.ward_of[bed.ward_id]
        if bed.status is BedStatus.CLOSED or not (ward.open or escalation):
            closed = reason("bed_closed", bed_id=bed.bed_id)
            why = closed if ward.open or escalation else reason("ward_closed", ward_id=ward.ward_id)
            yield Violation(Rule.USABLE_BED, person.patient_id, bed.bed_id, "lies in a closed bed", why)
        gives = own_reasons(person, bed, ward)
        for rule, detail in own_rules(person, bed, ward, single=snapshot.is_single_room(bed)).items():
            yield Violation(rule, person.patient_id, bed.bed_id, detail, gives[rule])


def _shared_beds(bay: list[Person]) -> Iterator[Violation]:
    first: dict[str, str] = {}
    for person in bay:
        other = first.setdefault(person.bed_id, person.patient_id)
        if other != person.patient_id:
            detail, why = f"shares the bed with {other}", reason("shares_bed", bed_id=person.bed_id, patient_id=other)
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, person.bed_id, detail, why)


def _mixed_sex(snapshot: HospitalSnapshot, bay: list[Person]) -> Iterator[Violation]:
    bed = snapshot.bed_of[bay[0].bed_id]
    if snapshot.ward_of[bed.ward_id].sex_rule is not SexRule.SAME_BAY:
        return
    women = [person for person in bay if person.patient.sex is Sex.FEMALE]
    men = [person for person in bay if person.patient.sex is Sex.MALE]
    detail = f"bay {bed.bay_id} holds {len(women)} female and {len(men)} male"
    why = reason("bay_mixed", bay_id=bed.bay_id, women=str(len(women)), men=str(len(men)))
    for person in min(men, women, key=len):
        yield Violation(Rule.BAY_SEX, person.patient_id, person.bed_id, detail, why)


def _broken_cohort(snapshot: HospitalSnapshot, bay: list[Person]) -> Iterator[Violation]:
    bay_id = snapshot.bed_of[bay[0].bed_id].bay_id
    for person in bay:
        organism = person.needs.organism
        if person.needs.isolation not in COHORTED or not organism:
            continue
        others = [mate for mate in bay if mate.needs.organism != organism]
        if others:
            detail = f"{person.needs.isolation} precautions, with {len(others)} in the bay without {organism}"
            told = {"isolation": str(person.needs.isolation), "organism": organism, "others": str(len(others))}
            why = reason("cohort_broken", bay_id=bay_id, **told)
            yield Violation(Rule.ISOLATION, person.patient_id, person.bed_id, detail, why)
