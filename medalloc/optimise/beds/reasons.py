"""Why a plan says what it says: codes with values, put into words where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from medalloc.domain.people import Isolation
from medalloc.domain.places import Bed, Level
from medalloc.domain.plan import Action, Placement, Reason
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.soft_lying import specialty_rank
from medalloc.optimise.beds.waiting import Vacancies, why_waiting
from medalloc.optimise.rules import bay_rules, moved_enough

CODES: Mapping[str, str] = MappingProxyType(
    {
        "locked": "A person has locked this patient to this bed. Values: bed_id.",
        "isolation_met": "The room suits the precautions. Values: isolation.",
        "cohort": "The bay shares the organism. Values: organism.",
        "level_met": "The ward gives the level of care needed. Values: level.",
        "features_met": "The bed has what is required. Values: features.",
        "home_specialty": "The ward's own specialty is the patient's. Values: specialty.",
        "outlier": "The ward's own specialty is another. Values: specialty, rank.",
        "flips_bay": "The bay is given to the other sex than it holds now. Values: bay_id, sex.",
        "opens_ward": "A bed is opened in a ward that is closed. Values: ward_id.",
        "changed": "The last published plan said another bed. Values: bed_id.",
        "repairs": "A hard rule broken now is kept afterwards. Values: rule, patient_id.",
        "frees_bed": "Somebody else gets the bed left. Values: bed_id, patient_id.",
        "frees_bay": "Somebody enters the bay left who could not before. Values: bay_id, patient_id.",
        "held_until": "The bed is kept until then. Values: at.",
        "if_left": "The bed can be had if others have left by then, with this chance. Values: chance, patient_ids.",
        "breach_left": "A hard rule is broken now and stays so. Values: rule.",
        "fixed": "The record says not to move the patient.",
        "kept": "A person wants this patient to remain.",
        "moved_enough": "The patient was moved too often in this stay to be moved again. Values: moves.",
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
    vacancies = Vacancies(outcome)
    found = (tuple(_reasons(vacancies, i, line)) for i, line in enumerate(placements))
    return tuple(replace(line, reasons=reasons) for line, reasons in zip(placements, found, strict=True))


def _reasons(vacancies: Vacancies, i: int, line: Placement) -> Iterator[Reason]:
    outcome = vacancies.outcome
    person = outcome.situation.people[i]
    if outcome.situation.locks.pins.get(person.patient_id) == line.to_bed_id:
        yield Reason("locked", (("bed_id", line.to_bed_id),))
    if line.action.moves:
        yield from _met(outcome, i, line)
        yield from _unusual(outcome, i, line)
        yield from _repairs(outcome, i)
        yield from _makes_room(outcome, i)
        yield from _later(outcome, i, line)
        return
    yield from _remains(outcome, i)
    if line.action is Action.WAIT:
        yield from why_waiting(vacancies, i)


def _met(outcome: Outcome, i: int, line: Placement) -> Iterator[Reason]:
    """The rules that matter for this patient and that the bed meets."""
    situation, needs = outcome.situation, outcome.situation.people[i].needs
    bed = situation.snapshot.bed_of[line.to_bed_id]
    if needs.isolation is not Isolation.NONE:
        since, until = int(situation.start[i, outcome.berth[i]]), int(situation.end[i])
        yield Reason("isolation_met", (("isolation", str(needs.isolation)),))
        if outcome.mates(i, bed, since, until):
            yield Reason("cohort", (("organism", needs.organism),))
    if needs.level is not Level.WARD:
        yield Reason("level_met", (("level", str(needs.level)),))
    if needs.features:
        yield Reason("features_met", (("features", ";".join(sorted(needs.features))),))
    rank = specialty_rank(needs.specialty, situation.snapshot.ward_of[bed.ward_id])
    if rank:
        yield Reason("outlier", (("specialty", needs.specialty), ("rank", str(rank))))
    elif needs.specialty:
        yield Reason("home_specialty", (("specialty", needs.specialty),))


def _unusual(outcome: Outcome, i: int, line: Placement) -> Iterator[Reason]:
    """What the plan does that a hospital does not do every day."""
    situation = outcome.situation
    bed, person = situation.snapshot.bed_of[line.to_bed_id], situation.people[i]
    if "flip" in line.terms:
        yield Reason("flips_bay", (("bay_id", bed.bay_id), ("sex", str(person.patient.sex))))
    if not situation.snapshot.ward_of[bed.ward_id].open:
        yield Reason("opens_ward", (("ward_id", bed.ward_id),))
    if "change" in line.terms:
        yield Reason("changed", (("bed_id", situation.reference[person.patient_id]),))


def _repairs(outcome: Outcome, i: int) -> Iterator[Reason]:
    """Breaches in the bay left behind that are gone once the patient has left it."""
    person = outcome.situation.people[i]
    if not person.bed_id:
        return
    bay = _bay_beds(outcome, person.bed_id)
    left = {(violation.rule, violation.patient_id) for violation in outcome.breaches}
    for violation in outcome.breaches_now:
        if violation.bed_id in bay and (violation.rule, violation.patient_id) not in left:
            yield Reason("repairs", (("rule", str(violation.rule)), ("patient_id", violation.patient_id)))


def _makes_room(outcome: Outcome, i: int) -> Iterator[Reason]:
    """Who gets the bed left behind, and who enters its bay only because the patient has left."""
    situation, person = outcome.situation, outcome.situation.people[i]
    if not person.bed_id:
        return
    bed = situation.snapshot.bed_of[person.bed_id]
    ward = situation.snapshot.ward_of[bed.ward_id]
    for span in outcome.in_bay(bed):
        newcomer = situation.people[span.row]
        if not span.newly or span.row == i or span.since >= situation.end[i]:
            continue
        if span.bed_id == person.bed_id:
            yield Reason("frees_bed", (("bed_id", person.bed_id), ("patient_id", newcomer.patient_id)))
        elif bay_rules(newcomer, [person], ward):
            yield Reason("frees_bay", (("bay_id", bed.bay_id), ("patient_id", newcomer.patient_id)))


def _later(outcome: Outcome, i: int, line: Placement) -> Iterator[Reason]:
    """Until when a bed is held, and who is expected to leave before."""
    if line.action is not Action.HOLD or line.starts_at is None:
        return
    yield Reason("held_until", (("at", line.starts_at.isoformat()),))
    situation, q = outcome.situation, int(outcome.berth[i])
    if situation.chance[i, q] < 1:
        leaving = ";".join(situation.leave_before(i, q))
        yield Reason("if_left", (("chance", f"{situation.chance[i, q]:.2f}"), ("patient_ids", leaving)))


def _remains(outcome: Outcome, i: int) -> Iterator[Reason]:
    person, settings = outcome.situation.people[i], outcome.situation.settings
    if person.patient_id in outcome.situation.locks.keep:
        yield Reason("kept")
    if person.patient.fixed and person.bed_id:
        yield Reason("fixed")
    elif moved_enough(person, settings.max_moves):
        yield Reason("moved_enough", (("moves", str(person.patient.moves)),))
    for violation in outcome.breaches:
        if violation.patient_id == person.patient_id:
            yield Reason("breach_left", (("rule", str(violation.rule)),))


def _bay_beds(outcome: Outcome, bed_id: str) -> set[str]:
    snapshot = outcome.situation.snapshot
    bed: Bed = snapshot.bed_of[bed_id]
    return {other.bed_id for other in snapshot.bay_beds[bed.ward_id, bed.bay_id]}
