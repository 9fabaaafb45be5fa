"""What stands against a patient coming to a bed while everybody else goes where a plan says.

================  ===========================================================================
`of_person`       fixed, locked, rejected, moves: what the record and people have decided
`of_bed`          level, age, features, bay_sex, isolation: what the bed and its ward are like
`of_use`          usable_bed: closed, reserved, not clean, in a closed ward
`of_others`       one_patient_per_bed, bay_sex, isolation: who is there in the plan
`of_staying`      the same for the bed that the patient would leave later than the plan says
================  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from medalloc.domain.people import Isolation
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Reason, Rule, Violation
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.gives import own_reasons, reason
from medalloc.optimise.rules import Person, bay_rules, moved_enough, moves_now, own_rules

OBSTACLES: Mapping[str, str] = MappingProxyType(
    {
        "fixed": "The record says not to move the patient.",
        "kept": "A person wants this patient to remain.",
        "locked": "A person has locked this patient to this bed. Values: bed_id.",
        "refused": "A person has refused this bed for the patient. Values: bed_id.",
        "kept_for": "A person keeps the bed for somebody else. Values: bed_id, patient_id.",
        "moved_enough": "The patient was moved too often in this stay to be moved again. Values: moves.",
        "transfers_used": "The plan moves as many inpatients as it may. Values: most.",
        "needs_level": "The ward gives less than the level of care needed. Values: level, given.",
        "takes_age": "The ward takes other ages. Values: age, min_age, max_age.",
        "lacks_features": "The bed lacks what is required. Values: features.",
        "ward_sex": "The ward's bays are for another sex. Values: ward_id, sex, rule.",
        "needs_room": "The precautions need another room. Values: isolation, room (single, negative_pressure).",
        "ward_closed": "The ward is closed. Values: ward_id.",
        "bed_closed": "The bed is closed. Values: bed_id.",
        "bed_reserved": "The bed is reserved. Values: bed_id.",
        "not_clean": "The bed is not clean in time. Values: bed_id, at (empty: not known).",
        "unknown_patient": "The record says occupied, but not by whom. Values: bed_id.",
        "not_in_time": "The bed is had too late, or not before the patient leaves. Values: bed_id, at.",
        "taken_by": "Others are in the bed by then. Values: bed_id, patient_ids.",
        "bay_holds": "The bay holds another sex. Values: bay_id, sex, patient_ids.",
        "bay_isolates": "Precautions keep the patient and others in the bay apart. "
        "Values: bay_id, organism (that all would have to share; empty: none would do), patient_ids.",
        "shares_bed": "Somebody else lies in the same bed. Values: bed_id, patient_id.",
        "bay_mixed": "Women and men lie in a bay for one sex. Values: bay_id, women, men.",
        "cohort_broken": "Others in the bay do not share the organism. Values: bay_id, isolation, organism, others.",
    }
)
"""Every code of a reason that names an obstacle, with its meaning."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that would have to give."""

    rule: Rule
    bed_id: str
    detail: str
    gives: Reason
    """What exactly would have to give."""

    def violation(self, patient_id: str) -> Violation:
        """The hard rule that the patient would break."""
        return Violation(self.rule, patient_id, self.bed_id, self.detail, self.gives)


def of_person(outcome: Outcome, i: int, bed_id: str) -> Iterator[Obstacle]:
    """What the record and people have decided about the patient and the bed."""
    situation, person = outcome.situation, outcome.situation.people[i]
    locks, own = situation.locks, person.patient_id
    if person.patient.fixed and person.bed_id:
        yield Obstacle(Rule.FIXED, bed_id, "is not to be moved", reason("fixed"))
    if own in locks.keep:
        yield Obstacle(Rule.LOCKED, bed_id, "is to stay, or to go on waiting", reason("kept"))
    pinned = locks.pins.get(own, bed_id)
    if pinned != bed_id:
        yield Obstacle(Rule.LOCKED, bed_id, f"is locked to bed {pinned}", reason("locked", bed_id=pinned))
    if (own, bed_id) in locks.forbidden:
        yield Obstacle(Rule.REJECTED, bed_id, "a person has refused this bed", reason("refused", bed_id=bed_id))
    holder = situation.cells[situation.cell_of[bed_id]].pinned
    if holder not in ("", own):
        kept = reason("kept_for", bed_id=bed_id, patient_id=holder)
        yield Obstacle(Rule.LOCKED, bed_id, f"the bed is kept for {holder}", kept)
    yield from _moves(outcome, i, bed_id)


def of_bed(outcome: Outcome, i: int, bed: Bed) -> Iterator[Obstacle]:
    """What the bed and its ward are like."""
    snapshot, person = outcome.situation.snapshot, outcome.situation.people[i]
    ward, single = snapshot.ward_of[bed.ward_id], snapshot.is_single_room(bed)
    gives = own_reasons(person, bed, ward)
    for rule, detail in own_rules(person, bed, ward, single=single).items():
        yield Obstacle(rule, bed.bed_id, detail, gives[rule])


def of_use(outcome: Outcome, bed: Bed) -> Iterator[Obstacle]:
    """Why a bed cannot be used by anybody new."""
    situation = outcome.situation
    ward, where = situation.snapshot.ward_of[bed.ward_id], bed.bed_id
    if np.isfinite(situation.cells[situation.cell_of[where]].ready_hours):
        return
    if not ward.open and (bed.status is BedStatus.AVAILABLE or not situation.settings.escalation):
        closed = reason("ward_closed", ward_id=ward.ward_id)
        yield Obstacle(Rule.USABLE_BED, where, "the ward is closed", closed)
    elif bed.status is BedStatus.CLOSED:
        yield Obstacle(Rule.USABLE_BED, where, "the bed is closed", reason("bed_closed", bed_id=where))
    elif bed.status is BedStatus.RESERVED:
        yield Obstacle(Rule.USABLE_BED, where, "the bed is reserved", reason("bed_reserved", bed_id=where))
    elif bed.status is BedStatus.CLEANING:
        yield not_clean(bed)
    else:
        unknown = reason("unknown_patient", bed_id=where)
        yield Obstacle(Rule.USABLE_BED, where, "somebody lies there who is not on record", unknown)


def not_clean(bed: Bed) -> Obstacle:
    """The bed is being cleaned for too long."""
    at = bed.available_at.isoformat() if bed.available_at else ""
    gives = reason("not_clean", bed_id=bed.bed_id, at=at)
    return Obstacle(Rule.USABLE_BED, bed.bed_id, "the bed is not clean in time", gives)


def of_others(outcome: Outcome, i: int, bed: Bed, since: int) -> Iterator[Obstacle]:
    """Who is in the bed, or in its bay, from a slot to the end of the patient's stay."""
    situation, until = outcome.situation, int(outcome.situation.end[i])
    inside = [s.row for s in outcome.in_bed.get(bed.bed_id, ()) if s.row != i and s.since < until and since < s.until]
    if inside:
        yield _taken(outcome, inside, bed)
    if not situation.snapshot.is_single_room(bed):
        mates = [k for k in outcome.mates(i, bed, since, until) if k not in inside]
        yield from of_company(outcome, i, mates, bed)


def of_staying(outcome: Outcome, i: int, until: int) -> Iterator[Obstacle]:
    """Who comes to the patient's present bed, or its bay, before the patient leaves it.

    Parameters
    ----------
    until : slot at whose beginning the patient leaves, later than the plan says.
    """
    situation, person = outcome.situation, outcome.situation.people[i]
    if i not in outcome.arrivals or not person.bed_id:
        return
    bed = situation.snapshot.bed_of[person.bed_id]
    since = int(situation.start[i, outcome.berth[i]])
    come = [s for s in outcome.in_bay(bed) if s.newly and s.row != i and s.since < until and since < s.until]
    inside = [span.row for span in come if span.bed_id == bed.bed_id]
    if inside:
        yield _taken(outcome, inside, bed)
    if not situation.snapshot.is_single_room(bed):
        yield from of_company(outcome, i, [span.row for span in come if span.bed_id != bed.bed_id], bed)


def of_company(outcome: Outcome, i: int, mates: Sequence[int], bed: Bed) -> Iterator[Obstacle]:
    """Rules of the bay that a patient would break beside some others."""
    situation, person = outcome.situation, outcome.situation.people[i]
    ward, others = situation.snapshot.ward_of[bed.ward_id], [situation.people[k] for k in mates]
    for rule, detail in bay_rules(person, others, ward).items():
        apart = [mate for mate in others if rule in bay_rules(person, [mate], ward)] or others
        who = ";".join(sorted({mate.patient_id for mate in apart}))
        if rule is Rule.BAY_SEX:
            sexes = ";".join(sorted({str(mate.patient.sex) for mate in apart}))
            gives = reason("bay_holds", bay_id=bed.bay_id, sex=sexes, patient_ids=who)
        else:
            gives = reason("bay_isolates", bay_id=bed.bay_id, organism=_shared(person, apart), patient_ids=who)
        yield Obstacle(rule, bed.bed_id, detail, gives)


def _moves(outcome: Outcome, i: int, bed_id: str) -> Iterator[Obstacle]:
    """How often the patient was moved in the stay, and how many inpatients the plan moves."""
    situation, person = outcome.situation, outcome.situation.people[i]
    if person.patient_id in situation.locks.pins:
        return
    often = moved_enough(person, situation.settings.max_moves)
    if often:
        yield Obstacle(Rule.MOVES, bed_id, often, reason("moved_enough", moves=str(person.patient.moves)))
    most = outcome.compiled.problem.most_moves
    moved = sum(moves_now(situation.people[k]) for k in outcome.arrivals)
    if moves_now(person) and i not in outcome.arrivals and moved >= most:
        used = reason("transfers_used", most=str(most))
        yield Obstacle(Rule.MOVES, bed_id, f"the plan makes {most} transfers already, and may make no more", used)


def _taken(outcome: Outcome, rows: Sequence[int], bed: Bed) -> Obstacle:
    who = sorted({outcome.situation.people[k].patient_id for k in rows})
    gives = reason("taken_by", bed_id=bed.bed_id, patient_ids=";".join(who))
    return Obstacle(Rule.ONE_PATIENT_PER_BED, bed.bed_id, f"the bed is taken by {', '.join(who)}", gives)


def _shared(person: Person, others: Sequence[Person]) -> str:
    """The organism of all who have one, if it is one; "" otherwise."""
    organisms = {each.needs.organism for each in (person, *others) if each.needs.isolation is not Isolation.NONE}
    return organisms.pop() if len(organisms) == 1 else ""
