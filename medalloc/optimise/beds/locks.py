"""Whether the beds that people have locked can be had at all, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from medalloc.domain.plan import Rule, Violation
from medalloc.errors import DecisionError
from medalloc.optimise.beds.hard import in_time
from medalloc.optimise.beds.situation import Situation, stuck
from medalloc.optimise.rules import Person, bay_rules, own_rules
from medalloc.optimise.stays.problem import Mask


def check_locks(situation: Situation) -> None:
    """Raise DecisionError where a locked bed breaks a hard rule; a patient who has left is passed over."""
    found = broken_locks(situation)
    if found:
        refuse(found)


def broken_locks(situation: Situation) -> tuple[Violation, ...]:
    """The hard rules that locked beds break whatever is planned."""
    moves = _moves(situation)
    timely = in_time(situation) if moves else np.zeros((0, 0), dtype=bool)
    return tuple(violation for i, bed_id in moves for violation in _violations(situation, timely, i, bed_id))


def refuse(violations: tuple[Violation, ...]) -> None:
    """Raise DecisionError for locks that cannot be kept."""
    names = tuple(str(violation) for violation in violations)
    raise DecisionError(f"{len(names)} locked bed(s) cannot be kept: {'; '.join(names)}", violations=names)


def clashes(situation: Situation) -> tuple[Violation, ...]:
    """Locked moves into a bay in which others lie: what to name when the locks exclude each other."""
    found = []
    for i, bed_id in _moves(situation):
        person = situation.people[i]
        in_bay = [mate.patient_id for mate in _bay(situation, bed_id) if mate != person]
        detail = f"no place was found for those in the way, among {', '.join(in_bay)}"
        if in_bay:
            found.append(Violation(Rule.LOCKED, person.patient_id, bed_id, detail))
    return tuple(found)


def _moves(situation: Situation) -> list[tuple[int, str]]:
    """People, by row, who are locked to a bed in which they do not lie."""
    pins = situation.locks.pins
    return [(i, pins[p.patient_id]) for i, p in enumerate(situation.people) if situation.pin_elsewhere(p)]


def _violations(situation: Situation, timely: Mask, i: int, bed_id: str) -> Iterator[Violation]:
    person = situation.people[i]
    if bed_id not in situation.snapshot.bed_of:
        yield Violation(Rule.USABLE_BED, person.patient_id, bed_id, "there is no such bed")
        return
    for rule, detail in (*_by_others(situation, i, bed_id), *_by_bed(situation, timely, i, bed_id)):
        yield Violation(rule, person.patient_id, bed_id, detail)


def _by_others(situation: Situation, i: int, bed_id: str) -> Iterator[tuple[Rule, str]]:
    """What other decisions, and the record, stand against."""
    locks, person = situation.locks, situation.people[i]
    if person.patient.fixed and person.bed_id:
        yield Rule.FIXED, "is not to be moved"
    if person.patient_id in locks.keep:
        yield Rule.LOCKED, "is to stay, or to go on waiting"
    if (person.patient_id, bed_id) in locks.forbidden:
        yield Rule.REJECTED, "a person has refused this bed"
    rivals = [situation.people[k].patient_id for k, to in _moves(situation) if to == bed_id and k != i]
    if rivals:
        yield Rule.ONE_PATIENT_PER_BED, f"the bed is kept by {', '.join(rivals)}"


def _by_bed(situation: Situation, timely: Mask, i: int, bed_id: str) -> Iterator[tuple[Rule, str]]:
    """What the bed itself, and those who are certain to be in its bay, stand against."""
    snapshot, person = situation.snapshot, situation.people[i]
    bed = snapshot.bed_of[bed_id]
    ward = snapshot.ward_of[bed.ward_id]
    broken = own_rules(person, bed, ward, single=snapshot.is_single_room(bed))
    yield from broken.items()
    berths = np.flatnonzero(timely[i] & (situation.berth_cell == situation.cell_of[bed_id]))
    lying = [situation.people[k].patient_id for k in _kept(situation, i, {bed_id})]
    if not len(berths):
        detail = f"the bed is kept by {', '.join(lying)}" if lying else "the bed is not ready in time"
        yield Rule.ONE_PATIENT_PER_BED if lying else Rule.USABLE_BED, detail
        return
    bay = {other.bed_id for other in snapshot.bay_beds[bed.ward_id, bed.bay_id]} - {bed_id}
    clashing = [_company(situation, i, int(q), bay) for q in berths]
    if all(clashing):
        yield from ((rule, detail) for rule, detail in clashing[-1].items() if rule not in broken)


def _company(situation: Situation, i: int, q: int, bay: set[str]) -> dict[Rule, str]:
    """Rules broken by those who are certain to share the bay while somebody is in a berth."""
    since, until = situation.start[i, q], situation.end[i]
    mates = [k for k in _kept(situation, i, bay) if since < situation.end[k]]
    mates += [
        k
        for k, to in _moves(situation)
        if to in bay and k != i and situation.first[k] < until and since < situation.end[k]
    ]
    ward = situation.cells[situation.berths[q].cell].ward
    return bay_rules(situation.people[i], [situation.people[k] for k in mates], ward)


def _kept(situation: Situation, i: int, beds: set[str]) -> list[int]:
    """Rows of those, but for person i, who lie in some beds and are to stay there."""
    return [k for k, p in enumerate(situation.people) if k != i and p.bed_id in beds and stuck(situation.given, p)]


def _bay(situation: Situation, bed_id: str) -> list[Person]:
    """Those who lie in the bay of a bed now."""
    bed = situation.snapshot.bed_of[bed_id]
    beds = {other.bed_id for other in situation.snapshot.bay_beds[bed.ward_id, bed.bay_id]}
    return [person for person in situation.people if person.bed_id in beds]
