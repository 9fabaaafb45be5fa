"""Rows of the relaxation, and what their duals charge every column, also those that it does not have.

Remaining is no column: whoever comes to no berth remains, so that presence at home is 1 less the columns by which
a person has left. A row therefore counts newcomers and leavers only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from medalloc.optimise.stays.problem import BedProblem, Costs, Ints, Mask
from medalloc.optimise.warm import Entries

NOBODY: Ints = np.zeros(0, dtype=int)
NOTHING: Costs = np.zeros(0)


def _nobody() -> Ints:
    return NOBODY


def _nothing() -> Costs:
    return NOTHING


@dataclass(frozen=True)
class Row:
    """Newcomers present in a slot, and leavers who have left by it, at most so many."""

    slot: int
    most: float
    cells: Ints = field(default_factory=_nobody)
    """Where newcomers count. (p,)."""
    newcomers: Ints = field(default_factory=_nobody)
    """Who counts as a newcomer. (q,)."""
    uses: Costs = field(default_factory=_nothing)
    """What each newcomer counts. (q,)."""
    leavers: Ints = field(default_factory=_nobody)
    """Who counts as a leaver: they are still there in the slot unless they leave. (r,)."""
    gains: Costs = field(default_factory=_nothing)
    """What each leaver counts. (r,)."""
    ever: bool = False
    """Whether leavers count whenever they leave."""
    bay: int = -1
    """Those who come into another cell of this bay have not left."""
    extra: tuple[tuple[int, float], ...] = ()
    """Further columns of the programme, with coefficients."""

    def touches(self, people: Mask, cells: Mask) -> bool:
        """Whether columns of some people into some cells can count in it. (n,), (c,)."""
        comes = people[self.newcomers].any() and cells[self.cells].any()
        return bool(comes or people[self.leavers].any())


class Columns:
    """Columns (person, berth) in the order in which they came, with an index by person."""

    def __init__(self, problem: BedProblem) -> None:
        self._problem = problem
        self.person: Ints = NOBODY
        self.berth: Ints = NOBODY
        self.number: Ints = NOBODY
        """In the programme."""
        self.start: Ints = NOBODY
        self.end: Ints = NOBODY
        self.cell: Ints = NOBODY
        self.bay: Ints = NOBODY
        self._of: defaultdict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self.person)

    def add(self, person: Ints, berth: Ints, number: Ints) -> None:
        """Append columns."""
        for at, i in enumerate(person.tolist(), start=len(self.person)):
            self._of[i].append(at)
        self.person = np.concatenate([self.person, person])
        self.berth = np.concatenate([self.berth, berth])
        self.number = np.concatenate([self.number, number])
        self.start = self._problem.start[self.person, self.berth]
        self.end = self._problem.people.end[self.person]
        self.cell = self._problem.berths.cell[self.berth]
        self.bay = self._problem.bay_of[self.cell]

    def of(self, people: Iterable[int]) -> Ints:
        """Places of the columns of some people."""
        return np.array([at for i in people for at in self._of[i]], dtype=int)

    def entries(self, row: Row, number: int, since: int = 0) -> Entries:
        """Coefficients in a row of the columns from the place `since` on."""
        n, few = len(self._problem.people.first), len(row.newcomers) + len(row.leavers) <= 12
        at = self.of({*row.newcomers.tolist(), *row.leavers.tolist()}) if few else np.arange(since, len(self))
        last = self._problem.n_slots if row.ever else row.slot
        at = at[(at >= since) & (self.start[at] <= last)] if few else at[self.start[since:] <= last]
        use, gain, inside = np.zeros(n), np.zeros(n), np.zeros(len(self._problem.capacity), dtype=bool)
        use[row.newcomers], gain[row.leavers], inside[row.cells] = row.uses, row.gains, True
        person = self.person[at]
        there = (self.start[at] <= row.slot) & (row.slot < self.end[at])
        value = np.where(inside[self.cell[at]] & there, use[person], 0.0)
        value += np.where((row.bay < 0) | (self.bay[at] != row.bay), gain[person], 0.0)
        kept = np.flatnonzero(value)
        return Entries(np.full(len(kept), number), self.number[at[kept]], value[kept])


class Charges:
    """What rows charge columns: for every unit that a column counts in a row, the row's price."""

    def __init__(self, problem: BedProblem) -> None:
        self._problem = problem
        self.cells: Costs = np.zeros(problem.capacity.shape)
        """Of a newcomer, by cell and slot. (c, s)."""
        self.left: Costs = np.zeros((len(problem.people.first), problem.n_slots))
        """Of whoever has left home by a slot. (n, s)."""
        self._rows: list[tuple[Row, float]] = []
        self._bay_berths = [np.flatnonzero(problem.bay_of[problem.berths.cell] == b) for b in range(len(problem.bays))]

    def add(self, row: Row, price: float) -> None:
        """Let a row charge a price, at least 0, per unit."""
        if price <= 0:
            return
        self.left[row.leavers, -1 if row.ever else row.slot] += row.gains * price
        if len(row.newcomers) or (row.bay >= 0 and len(row.leavers)):
            self._rows.append((row, price))

    def charged(self, cost: Costs) -> Costs:
        """Costs of all columns plus what rows charge them. (n, m)."""
        problem, (s, cell) = self._problem, (self._problem.n_slots, self._problem.berths.cell)
        until = np.zeros((s + 1, len(cell)))
        until[1:] = np.cumsum(self.cells, axis=1)[cell].T
        since = np.maximum(np.arange(s)[:, None], problem.berths.opens)
        before = np.take_along_axis(until, since, axis=0)
        total = cost + until[problem.people.end]
        total -= before[problem.people.first]
        self._leaving(total)
        for row, price in self._rows:
            self._newcomers(total, row, price)
            self._within(total, row, price)
        return np.asarray(total)

    def _leaving(self, total: Costs) -> None:
        """Whoever leaves in a slot has left by all later ones."""
        who = np.flatnonzero(self.left.any(axis=1))
        later = np.cumsum(self.left[who, ::-1], axis=1)[:, ::-1]
        for opens in np.unique(self._problem.berths.opens).tolist():
            since = np.maximum(self._problem.people.first[who], opens)
            berths = np.flatnonzero(self._problem.berths.opens == opens)
            total[np.ix_(who, berths)] += later[np.arange(len(who)), since][:, None]

    def _newcomers(self, total: Costs, row: Row, price: float) -> None:
        people = self._problem.people
        there = (people.first[row.newcomers] <= row.slot) & (row.slot < people.end[row.newcomers])
        if there.any():
            berths = self._berths_of(row.cells)
            berths = berths[self._problem.berths.opens[berths] <= row.slot]
            total[np.ix_(row.newcomers[there], berths)] += (price * row.uses[there])[:, None]

    def _within(self, total: Costs, row: Row, price: float) -> None:
        """Give back what was charged those for leaving who come into another cell of the bay."""
        if row.bay < 0 or not len(row.leavers):
            return
        berths, last = self._bay_berths[row.bay], self._problem.n_slots if row.ever else row.slot
        berths = berths[self._problem.berths.opens[berths] <= last]
        there = self._problem.people.first[row.leavers] <= last
        total[np.ix_(row.leavers[there], berths)] -= (price * row.gains[there])[:, None]

    def _berths_of(self, cells: Ints) -> Ints:
        inside = np.zeros(len(self._problem.capacity), dtype=bool)
        inside[cells] = True
        return np.flatnonzero(inside[self._problem.berths.cell])


def usual(problem: BedProblem) -> Mask:
    """Columns that can be in a best solution: allowed, and cheaper than to go on without a bed. (n, m)."""
    mask = np.isfinite(problem.berths.cost)
    bedless = problem.people.home < 0
    mask[bedless] &= problem.berths.cost[bedless] < problem.people.remaining[bedless, None]
    return np.asarray(mask)
