"""Why a patient waits: the rules that block, and the smallest relaxation that would place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from medalloc.domain.places import Bed
from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.beds.hard import stuck
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.rules import Person, bay_rules, hold_from, own_rules, usable


def free_beds(outcome: Outcome) -> tuple[Bed, ...]:
    """Usable beds in which nobody lies once the plan is carried out."""
    beds = outcome.problem.snapshot.beds
    return tuple(bed for bed in beds if bed.bed_id not in outcome.in_bed and outcome.ready(bed) is not None)


def why_waiting(outcome: Outcome, i: int, free: Sequence[Bed]) -> Iterator[Reason]:
    """Reasons for a wait, judged by the beds left free; the rule that blocks most comes first."""
    person = outcome.problem.people[i]
    if stuck(outcome.problem, person):
        return
    if hold_from(person, outcome.problem.at) is None:
        yield Reason("not_yet")
        return
    broken = {bed.bed_id: broken_rules(outcome, person, bed) for bed in free}
    if not broken:
        yield Reason("no_free_bed")
    counts = Counter(rule for rules in broken.values() for rule in rules)
    for rule, beds in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Reason("blocked", (("rule", str(rule)), ("beds", str(beds))))
    taken = _taken(outcome, person)
    if taken:
        yield Reason("taken", (("beds", str(taken)),))
    yield from _relaxations(outcome, i, broken)
    yield from _dearer(outcome, i, [bed_id for bed_id, rules in broken.items() if not rules])


def broken_rules(outcome: Outcome, person: Person, bed: Bed) -> frozenset[Rule]:
    """Hard rules that a bed left free would break for a patient, with the company that the plan brings."""
    snapshot = outcome.problem.snapshot
    ward = snapshot.ward_of[bed.ward_id]
    broken = set(own_rules(person, bed, ward, single=snapshot.is_single_room(bed)))
    broken |= set(bay_rules(person, outcome.mates(person, bed), ward))
    if usable(person, outcome.ready(bed), outcome.problem.at):
        broken.add(Rule.USABLE_BED)
    if (person.patient_id, bed.bed_id) in outcome.problem.locks.forbidden:
        broken.add(Rule.REJECTED)
    return frozenset(broken)


def _relaxations(outcome: Outcome, i: int, broken: dict[str, frozenset[Rule]]) -> Iterator[Reason]:
    """For each rule that alone keeps the patient out of a bed, the cheapest such bed."""
    best: dict[Rule, tuple[float, str]] = {}
    for bed_id, rules in broken.items():
        if len(rules) == 1:
            (rule,) = rules
            best[rule] = min(best.get(rule, (float("inf"), "")), (_points(outcome, i, bed_id), bed_id))
    for rule, (_, bed_id) in sorted(best.items(), key=lambda item: item[1]):
        yield Reason("would_fit_if", (("rule", str(rule)), ("bed_id", bed_id)))


def _taken(outcome: Outcome, person: Person) -> int:
    """Beds empty now that would suit the patient, company apart, and went to others."""
    snapshot = outcome.problem.snapshot
    given = (snapshot.bed_of[bed_id] for _, bed_id in outcome.newcomers.values())
    empty = [bed for bed in given if bed.bed_id not in outcome.occupied_now]
    return sum(
        not own_rules(person, bed, snapshot.ward_of[bed.ward_id], single=snapshot.is_single_room(bed))
        and not usable(person, outcome.ready(bed), outcome.problem.at)
        for bed in empty
    )


def _dearer(outcome: Outcome, i: int, bed_ids: Sequence[str]) -> Iterator[Reason]:
    """The cheapest bed that could be had, where to wait is cheaper still."""
    if bed_ids:
        points, bed_id = min((_points(outcome, i, bed_id), bed_id) for bed_id in bed_ids)
        yield Reason("dearer", (("bed_id", bed_id), ("points", f"{points:.1f}")))


def _points(outcome: Outcome, i: int, bed_id: str) -> float:
    """What the patient's bed would cost more than remaining."""
    cell = outcome.problem.cell_of[bed_id]
    return float(outcome.prices.coming[i, cell] - outcome.prices.remaining[i])
