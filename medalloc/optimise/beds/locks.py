"""Whether the beds that people have locked can be had at all, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

from medalloc.domain.plan import Rule, Violation
from medalloc.errors import DecisionError
from medalloc.optimise.beds.hard import stuck
from medalloc.optimise.beds.problem import BedProblem
from medalloc.optimise.rules import Person, bay_rules, own_rules, ready_at, usable


def check_locks(problem: BedProblem) -> None:
    """Raise DecisionError where a locked bed breaks a hard rule; a patient who has left is passed over."""
    found = tuple(_violations(problem))
    if found:
        refuse(found)


def refuse(violations: tuple[Violation, ...]) -> None:
    """Raise DecisionError for locks that cannot be kept."""
    names = tuple(str(violation) for violation in violations)
    raise DecisionError(f"{len(names)} locked bed(s) cannot be kept: {'; '.join(names)}", violations=names)


def clashes(problem: BedProblem) -> tuple[Violation, ...]:
    """Locked moves into a bay in which others lie: what to name when the locks exclude each other."""
    found = []
    for person, bed_id in _moves(problem):
        in_bay = [mate.patient_id for mate in _bay(problem, bed_id) if mate != person]
        if in_bay:
            detail = f"no place was found for those in the way, among {', '.join(in_bay)}"
            found.append(Violation(Rule.LOCKED, person.patient_id, bed_id, detail))
    return tuple(found)


def _moves(problem: BedProblem) -> list[tuple[Person, str]]:
    """People who are locked to a bed in which they do not lie."""
    pins = problem.locks.pins
    return [(p, pins[p.patient_id]) for p in problem.people if problem.pin_elsewhere(p)]


def _violations(problem: BedProblem) -> Iterator[Violation]:
    moves = _moves(problem)
    for person, bed_id in moves:
        if bed_id not in problem.snapshot.bed_of:
            yield Violation(Rule.USABLE_BED, person.patient_id, bed_id, "there is no such bed")
            continue
        for rule, detail in (*_by_others(problem, person, bed_id), *_by_bed(problem, person, bed_id)):
            yield Violation(rule, person.patient_id, bed_id, detail)


def _by_others(problem: BedProblem, person: Person, bed_id: str) -> Iterator[tuple[Rule, str]]:
    """What other decisions and those who must stay stand against."""
    locks = problem.locks
    if person.patient.fixed and person.bed_id:
        yield Rule.FIXED, "is not to be moved"
    if person.patient_id in locks.keep:
        yield Rule.LOCKED, "is to stay, or to go on waiting"
    if (person.patient_id, bed_id) in locks.forbidden:
        yield Rule.REJECTED, "a person has refused this bed"
    rivals = [mate.patient_id for mate, to in _certain(problem) if to == bed_id and mate != person]
    if rivals:
        yield Rule.ONE_PATIENT_PER_BED, f"the bed is kept by {', '.join(rivals)}"


def _by_bed(problem: BedProblem, person: Person, bed_id: str) -> Iterator[tuple[Rule, str]]:
    """What the bed itself, and those who are certain to be in its bay, stand against."""
    snapshot = problem.snapshot
    bed = snapshot.bed_of[bed_id]
    ward = snapshot.ward_of[bed.ward_id]
    occupied = any(other.bed_id == bed_id for other in problem.people)
    detail = usable(person, ready_at(bed, ward, problem.at, occupied=occupied), problem.at)
    if detail:
        yield Rule.USABLE_BED, detail
    bay = {other.bed_id for other in snapshot.bay_beds[bed.ward_id, bed.bay_id]} - {bed_id}
    mates = [mate for mate, to in _certain(problem) if to in bay and mate != person]
    broken = bay_rules(person, mates, ward)
    broken |= own_rules(person, bed, ward, single=snapshot.is_single_room(bed))
    yield from broken.items()


def _certain(problem: BedProblem) -> list[tuple[Person, str]]:
    """People whose bed no plan may change, with that bed."""
    staying = [(p, p.bed_id) for p in problem.people if p.bed_id and stuck(problem, p)]
    return [*_moves(problem), *(pair for pair in staying if not problem.pin_elsewhere(pair[0]))]


def _bay(problem: BedProblem, bed_id: str) -> list[Person]:
    """Those who lie in the bay of a bed now."""
    bed = problem.snapshot.bed_of[bed_id]
    beds = {other.bed_id for other in problem.snapshot.bay_beds[bed.ward_id, bed.bay_id]}
    return [person for person in problem.people if person.bed_id in beds]
