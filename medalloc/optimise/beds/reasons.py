"""Why a plan says what it says: codes with values, put into words where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from medalloc.domain.people import Isolation
from medalloc.domain.places import Bed, Level
from medalloc.domain.plan import Action, Placement, Reason, Violation
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.soft import specialty_rank
from medalloc.optimise.beds.waiting import free_beds, why_waiting
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.rules import Person, bay_rules

CODES: Mapping[str, str] = MappingProxyType(
    {
        "locked": "A person has locked this patient to this bed. Values: bed_id.",
        "isolation_met": "The room suits the precautions. Values: isolation.",
        "cohort": "The bay shares the organism. Values: organism.",
        "level_met": "The ward gives the level of care needed. Values: level.",
        "features_met": "The bed has what is required. Values: features.",
        "home_specialty": "The ward's own specialty is the patient's. Values: specialty.",
        "outlier": "The ward's own specialty is another. Values: specialty, rank.",
        "repairs": "A hard rule broken now is kept afterwards. Values: rule, patient_id.",
        "frees_bed": "Somebody else gets the bed left. Values: bed_id, patient_id.",
        "frees_bay": "Somebody enters the bay left who could not before. Values: bay_id, patient_id.",
        "held_until": "The bed is kept until then. Values: at.",
        "breach_left": "A hard rule is broken now and stays so. Values: rule.",
        "fixed": "The record says not to move the patient.",
        "kept": "A person wants this patient to remain.",
        "not_yet": "Not expected within the window, or without a time: no bed is planned yet.",
        "no_free_bed": "Every usable bed is taken by the plan.",
        "taken": "Beds that would suit were given to others. Values: beds.",
        "blocked": "A rule blocks so many of the beds left free. Values: rule, beds.",
        "would_fit_if": "But for this one rule the bed could be had. Values: rule, bed_id.",
        "dearer": "The bed could be had, but it costs more than to wait. Values: bed_id, points.",
    }
)
"""Every code with its meaning; docs/rules.md lists the same."""


def explained(outcome: Outcome, placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """The same lines with their reasons."""
    people = outcome.problem.people
    now = standing_breaches(outcome.problem.snapshot, [person for person in people if person.bed_id])
    free = free_beds(outcome)
    found = (tuple(_reasons(outcome, i, line, now, free)) for i, line in enumerate(placements))
    return tuple(replace(line, reasons=reasons) for line, reasons in zip(placements, found, strict=True))


def _reasons(
    outcome: Outcome, i: int, line: Placement, now: Sequence[Violation], free: Sequence[Bed]
) -> Iterator[Reason]:
    person = outcome.problem.people[i]
    if outcome.problem.locks.pins.get(person.patient_id) == line.to_bed_id:
        yield Reason("locked", (("bed_id", line.to_bed_id),))
    if line.action.moves:
        yield from _met(outcome, person, line)
        yield from _repairs(outcome, person, now)
        yield from _makes_room(outcome, person)
        if line.action is Action.HOLD and line.starts_at is not None:
            yield Reason("held_until", (("at", line.starts_at.isoformat()),))
        return
    yield from _remains(outcome, person)
    if line.action is Action.WAIT:
        yield from why_waiting(outcome, i, free)


def _met(outcome: Outcome, person: Person, line: Placement) -> Iterator[Reason]:
    """The rules that matter for this patient and that the bed meets."""
    needs, snapshot = person.needs, outcome.problem.snapshot
    bed = snapshot.bed_of[line.to_bed_id]
    if needs.isolation is not Isolation.NONE:
        shared = bool(outcome.mates(person, bed))
        yield Reason("isolation_met", (("isolation", str(needs.isolation)),))
        if shared:
            yield Reason("cohort", (("organism", needs.organism),))
    if needs.level is not Level.WARD:
        yield Reason("level_met", (("level", str(needs.level)),))
    if needs.features:
        yield Reason("features_met", (("features", ";".join(sorted(needs.features))),))
    rank = specialty_rank(needs.specialty, snapshot.ward_of[bed.ward_id])
    if rank:
        yield Reason("outlier", (("specialty", needs.specialty), ("rank", str(rank))))
    elif needs.specialty:
        yield Reason("home_specialty", (("specialty", needs.specialty),))


def _repairs(outcome: Outcome, person: Person, now: Sequence[Violation]) -> Iterator[Reason]:
    """Breaches in the bay left behind that are gone once the patient has left it."""
    if not person.bed_id:
        return
    bay = _bay_beds(outcome, person.bed_id)
    left = {(violation.rule, violation.patient_id) for violation in outcome.breaches}
    for violation in now:
        if violation.bed_id in bay and (violation.rule, violation.patient_id) not in left:
            yield Reason("repairs", (("rule", str(violation.rule)), ("patient_id", violation.patient_id)))


def _makes_room(outcome: Outcome, person: Person) -> Iterator[Reason]:
    """Who gets the bed left behind, and who enters its bay only because the patient has left."""
    if not person.bed_id:
        return
    follower = outcome.in_bed.get(person.bed_id)
    if follower is not None:
        yield Reason("frees_bed", (("bed_id", person.bed_id), ("patient_id", follower.patient_id)))
    bed = outcome.problem.snapshot.bed_of[person.bed_id]
    ward = outcome.problem.snapshot.ward_of[bed.ward_id]
    for bed_id in sorted(_bay_beds(outcome, person.bed_id) - {person.bed_id}):
        newcomer = outcome.in_bed.get(bed_id)
        if newcomer is not None and newcomer.bed_id != bed_id and bay_rules(newcomer, [person], ward):
            yield Reason("frees_bay", (("bay_id", bed.bay_id), ("patient_id", newcomer.patient_id)))


def _remains(outcome: Outcome, person: Person) -> Iterator[Reason]:
    if person.patient_id in outcome.problem.locks.keep:
        yield Reason("kept")
    if person.patient.fixed and person.bed_id:
        yield Reason("fixed")
    for violation in outcome.breaches:
        if violation.patient_id == person.patient_id:
            yield Reason("breach_left", (("rule", str(violation.rule)),))


def _bay_beds(outcome: Outcome, bed_id: str) -> set[str]:
    snapshot = outcome.problem.snapshot
    bed = snapshot.bed_of[bed_id]
    return {other.bed_id for other in snapshot.bay_beds[bed.ward_id, bed.bay_id]}
