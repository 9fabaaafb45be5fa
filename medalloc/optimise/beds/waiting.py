"""Why a patient waits: the rules that block, and the smallest relaxation that would place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.beds.hard import BED_RULES, in_time
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.situation import stuck
from medalloc.optimise.rules import bay_rules
from medalloc.optimise.stays.problem import Costs, Ints, Mask


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
    _known: dict[tuple[Hashable, ...], frozenset[Rule]] = field(default_factory=dict)
    """Rules broken by beds and company of a sort, as far as they have been asked for."""

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
        start, end = situation.start[i], int(situation.end[i])
        could = (start < end) & (situation.berth_cell != situation.home[i])
        berth, bed = (numbers[could[self._beds_of[0]]] for numbers in self._beds_of)
        free = self._taken[bed, end] == self._taken[bed, start[berth]]
        berth, bed = berth[free], bed[free]
        _, where = np.unique(situation.berth_cell[berth], return_index=True)
        found = {int(q): [bed_id] for q, bed_id in zip(berth[where], self._bed_ids[bed[where]], strict=True)}
        for q, bed_id in zip(berth.tolist(), self._bed_ids[bed], strict=True):
            if q in found and bed_id != found[q][0]:
                found[q].append(bed_id)
        rules = self._broken(i, list(found))
        return tuple(Vacancy(q, tuple(ids), broken) for (q, ids), broken in zip(found.items(), rules, strict=True))

    def suits(self, i: int, cell: int) -> bool:
        """Whether a cell suits person i, company apart, and can be had in time."""
        situation = self.outcome.situation
        berths = situation.berth_cell == cell
        return all(mask[i, cell] for mask in self.kept.values()) and bool((berths & self.timely[i]).any())

    @cached_property
    def _bed_ids(self) -> NDArray[np.object_]:
        return np.array([bed.bed_id for cell in self.outcome.situation.cells for bed in cell.beds], dtype=object)

    @cached_property
    def _taken(self) -> Ints:
        """Slots before each in which somebody is in each bed. (beds, s + 1)."""
        number = {bed_id: k for k, bed_id in enumerate(self._bed_ids)}
        inside = np.zeros((len(number), self.outcome.situation.slots.count), dtype=bool)
        for span in self.outcome.spans:
            inside[number[span.bed_id], span.since : span.until] = True
        return np.concatenate([np.zeros((len(number), 1), dtype=int), inside.cumsum(axis=1)], axis=1)

    @cached_property
    def _beds_of(self) -> tuple[Ints, Ints]:
        """Every berth with each of its beds, in order of berths, which is one of slots in each cell."""
        situation = self.outcome.situation
        sizes = np.array([len(cell.beds) for cell in situation.cells], dtype=int)
        before = np.concatenate([[0], sizes.cumsum()])
        pairs = [(q, k) for q, j in enumerate(situation.berth_cell.tolist()) for k in range(before[j], before[j + 1])]
        berth, bed = np.array(pairs, dtype=int).reshape(-1, 2).T
        return berth, bed

    def _broken(self, i: int, berths: Sequence[int]) -> list[frozenset[Rule]]:
        """Hard rules that person i would break in each berth, with the company that the plan brings."""
        situation = self.outcome.situation
        cells = situation.berth_cell[berths]
        bits = self._unkept[i, cells] | ~self.timely[i, berths] * self._late
        patient_id = situation.people[i].patient_id
        broken = []
        for q, j, bit in zip(berths, cells.tolist(), bits.tolist(), strict=True):
            cell = situation.cells[j]
            by_itself = (bit, patient_id in cell.refused, cell.pinned not in ("", patient_id))
            if by_itself not in self._known:
                self._known[by_itself] = frozenset(self._rules(*by_itself))
            rules = self._known[by_itself]
            broken.append(rules if cell.single else rules | self._among(i, q))
        return broken

    def _rules(self, bits: int, refused: bool, pinned: bool) -> Iterator[Rule]:
        """Rules that a number stands for, and those of locks."""
        yield from (rule for number, rule in enumerate(self.kept) if bits >> number & 1)
        others = ((Rule.USABLE_BED, bits & self._late), (Rule.REJECTED, refused), (Rule.LOCKED, pinned))
        yield from (rule for rule, broken in others if broken)

    @cached_property
    def _late(self) -> int:
        """The bit of a berth that cannot be had in time."""
        return 1 << len(self.kept)

    @cached_property
    def _unkept(self) -> Ints:
        """Rules of the bed that each cell breaks for each person, as the bits of a number. (n, c)."""
        return np.asarray(sum(~mask * (1 << number) for number, mask in enumerate(self.kept.values())))

    def _among(self, i: int, q: int) -> frozenset[Rule]:
        """Rules that person i would break by those with whom they would share the bay."""
        situation, j = self.outcome.situation, self.outcome.situation.berths[q].cell
        person, cell = situation.people[i], situation.cells[j]
        since, until = int(situation.start[i, q]), int(situation.end[i])
        kind = (person.patient.sex, person.needs.isolation, person.needs.organism, i if person.bed_id else -1)
        known = (int(situation.bay[j]), since, until, *kind)
        if known not in self._known:
            mates = self.outcome.mates(i, cell.beds[0], since, until)
            self._known[known] = frozenset(bay_rules(person, [situation.people[k] for k in mates], cell.ward))
        return self._known[known]


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
    points = _points(outcome, i)
    yield from _relaxations(points, free)
    yield from _dearer(points, [vacancy for vacancy in free if not vacancy.broken])


def _relaxations(points: Costs, free: Sequence[Vacancy]) -> Iterator[Reason]:
    """For each rule that alone keeps the patient out of a bed, the cheapest such bed. `points`: by berth."""
    best: dict[Rule, tuple[float, str]] = {}
    for vacancy in free:
        if len(vacancy.broken) == 1:
            (rule,) = vacancy.broken
            price = (float(points[vacancy.berth]), vacancy.bed_ids[0])
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


def _dearer(points: Costs, free: Sequence[Vacancy]) -> Iterator[Reason]:
    """The cheapest bed that could be had, where to wait is cheaper still. `points`: by berth."""
    if free:
        least, bed_id = min((float(points[vacancy.berth]), vacancy.bed_ids[0]) for vacancy in free)
        yield Reason("dearer", (("bed_id", bed_id), ("points", f"{least:.1f}")))


def _points(outcome: Outcome, i: int) -> Costs:
    """What each berth would cost more than remaining, the care that its ward would lack included. (m,)."""
    compiled, situation = outcome.compiled, outcome.situation
    points = compiled.prices.coming[i] - compiled.prices.remaining[i]
    start, end = np.minimum(situation.start[i], situation.end[i]), int(situation.end[i])
    for load, used in zip(compiled.problem.loads, outcome.used, strict=True):
        if load.use[i]:
            more = np.maximum(0.0, used + load.use[i] - load.supply) - np.maximum(0.0, used - load.supply)
            lacking = np.concatenate([[0.0], np.cumsum(more * load.cost)])
            inside = np.isin(situation.berth_cell, list(load.cells))
            points[inside] += lacking[end] - lacking[start[inside]]
    return np.asarray(points)
