"""Why a patient waits: the rules that block, and the smallest relaxation that would place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.beds.hard import BED_RULES, in_time
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.situation import stuck
from medalloc.optimise.rules import bay_rules
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Mask

TRIED = 5
"""Beds of which the exact price is worked out."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A berth with beds that a plan leaves free for the whole stay of somebody who would come."""

    berth: int
    bed_ids: tuple[str, ...]
    broken: frozenset[Rule]
    """Hard rules that they would break by coming."""


@dataclass(frozen=True)
class Vacancies:
    """What a plan leaves free."""

    outcome: Outcome

    @cached_property
    def taken(self) -> Mapping[str, Mask]:
        """By bed, the slots in which somebody is in it. (s,)."""
        slots = np.arange(self.outcome.situation.slots.count)
        return {
            bed_id: np.any([(span.since <= slots) & (slots < span.until) for span in spans], axis=0)
            for bed_id, spans in self.outcome.in_bed.items()
        }

    @cached_property
    def kept(self) -> Mapping[Rule, Mask]:
        """By rule of the bed, whom each cell suits. (n, c)."""
        return {rule: suits(self.outcome.situation) for rule, suits in BED_RULES.items()}

    @cached_property
    def timely(self) -> Mask:
        """Who can come to which berth in time. (n, m)."""
        return in_time(self.outcome.situation)

    def of(self, i: int) -> tuple[Vacancy, ...]:
        """For each cell the first berth that has beds free for person i."""
        situation = self.outcome.situation
        found: dict[int, Vacancy] = {}
        order = np.argsort(situation.start[i], kind="stable")
        for q in order[situation.start[i, order] < situation.end[i]].tolist():
            cell = situation.berths[q].cell
            if cell not in found and cell != situation.home[i]:
                free = self._free(i, q)
                if free:
                    found[cell] = Vacancy(q, free, self._broken(i, q))
        return tuple(found.values())

    def suits(self, i: int, cell: int) -> bool:
        """Whether a cell suits person i, company apart, and can be had in time."""
        situation = self.outcome.situation
        berths = situation.berth_cell == cell
        return all(mask[i, cell] for mask in self.kept.values()) and bool((berths & self.timely[i]).any())

    def _free(self, i: int, q: int) -> tuple[str, ...]:
        situation = self.outcome.situation
        stay = slice(int(situation.start[i, q]), int(situation.end[i]))
        beds = situation.cells[situation.berths[q].cell].beds
        nobody = np.zeros(situation.slots.count, dtype=bool)
        return tuple(bed.bed_id for bed in beds if not self.taken.get(bed.bed_id, nobody)[stay].any())

    def _broken(self, i: int, q: int) -> frozenset[Rule]:
        """Hard rules that person i would break, with the company that the plan brings."""
        situation = self.outcome.situation
        person, cell = situation.people[i], situation.cells[situation.berths[q].cell]
        broken = {rule for rule, mask in self.kept.items() if not mask[i, situation.berths[q].cell]}
        if not self.timely[i, q]:
            broken.add(Rule.USABLE_BED)
        if person.patient_id in cell.refused:
            broken.add(Rule.REJECTED)
        if cell.pinned not in ("", person.patient_id):
            broken.add(Rule.LOCKED)
        if not cell.single:
            since, until = int(situation.start[i, q]), int(situation.end[i])
            mates = self.outcome.mates(i, cell.beds[0], since, until)
            broken |= set(bay_rules(person, [situation.people[k] for k in mates], cell.ward))
        return frozenset(broken)


def why_waiting(vacancies: Vacancies, i: int) -> Iterator[Reason]:
    """Reasons for a wait, judged by the beds left free; the rule that blocks most comes first."""
    outcome = vacancies.outcome
    situation = outcome.situation
    if stuck(situation.given, situation.people[i]):
        return
    if not isfinite(situation.first_hours[i]):
        yield Reason("not_yet")
        return
    free = vacancies.of(i)
    if not free:
        yield Reason("no_free_bed")
    counts: Counter[Rule] = Counter()
    for vacancy in free:
        counts.update(dict.fromkeys(vacancy.broken, len(vacancy.bed_ids)))
    for rule, beds in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Reason("blocked", (("rule", str(rule)), ("beds", str(beds))))
    taken = _taken(vacancies, i)
    if taken:
        yield Reason("taken", (("beds", str(taken)),))
    yield from _relaxations(outcome, i, free)
    yield from _dearer(outcome, i, [vacancy for vacancy in free if not vacancy.broken])


def _relaxations(outcome: Outcome, i: int, free: Sequence[Vacancy]) -> Iterator[Reason]:
    """For each rule that alone keeps the patient out of a bed, the cheapest such bed."""
    best: dict[Rule, tuple[float, str]] = {}
    for vacancy in free:
        if len(vacancy.broken) == 1:
            (rule,) = vacancy.broken
            price = (_points(outcome, i, vacancy.berth), vacancy.bed_ids[0])
            best[rule] = min(best.get(rule, (float("inf"), "")), price)
    for rule, (_, bed_id) in sorted(best.items(), key=lambda item: item[1]):
        yield Reason("would_fit_if", (("rule", str(rule)), ("bed_id", bed_id)))


def _taken(vacancies: Vacancies, i: int) -> int:
    """Beds empty now that would suit the patient, company apart, and went to others."""
    situation = vacancies.outcome.situation
    occupied = {person.bed_id for person in situation.people}
    given = [arrival for k, arrival in vacancies.outcome.arrivals.items() if k != i]
    empty = {arrival.bed_id for arrival in given} - occupied
    return sum(vacancies.suits(i, situation.cell_of[bed_id]) for bed_id in empty)


def _dearer(outcome: Outcome, i: int, free: Sequence[Vacancy]) -> Iterator[Reason]:
    """The cheapest bed that could be had, where to wait is cheaper still."""
    if not free:
        return
    likely = sorted(free, key=lambda vacancy: (_points(outcome, i, vacancy.berth), vacancy.bed_ids[0]))[:TRIED]
    shared = _shared(outcome, i, REMAINS)
    points, bed_id = min(
        (_points(outcome, i, vacancy.berth) + _shared(outcome, i, vacancy.berth) - shared, vacancy.bed_ids[0])
        for vacancy in likely
    )
    yield Reason("dearer", (("bed_id", bed_id), ("points", f"{points:.1f}")))


def _shared(outcome: Outcome, i: int, berth: int) -> float:
    """What everybody together costs beyond their places, with person i there."""
    tried = outcome.berth.copy()
    tried[i] = berth
    value = evaluate(outcome.compiled.problem, tried)
    return sum(points for name, points in value.parts.items() if name != "places")


def _points(outcome: Outcome, i: int, q: int) -> float:
    """What a berth would cost the patient more than remaining."""
    return float(outcome.compiled.prices.coming[i, q] - outcome.compiled.prices.remaining[i])
