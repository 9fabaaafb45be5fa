"""Rows of the relaxation, and what their duals charge every column, also those that it does not have.

Remaining is no column: whoever comes to no berth remains, so that presence at home is 1 less the columns by which
a person has left. A row therefore counts newcomers and leavers only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from medalloc.optimise.stays.problem import BedProblem, Costs, Ints, Mask

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


class Columns:
    """Columns (person, berth) in the order in which they came."""

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

    def __len__(self) -> int:
        return len(self.person)

    def add(self, person: Ints, berth: Ints, number: Ints) -> None:
        """Append columns."""
        self.person = np.concatenate([self.person, person])
        self.berth = np.concatenate([self.berth, berth])
        self.number = np.concatenate([self.number, number])
        self.start = self._problem.start[self.person, self.berth]
        self.end = self._problem.people.end[self.person]
        self.cell = self._problem.berths.cell[self.berth]
        self.bay = self._problem.bay_of[self.cell]


class Charges:
    """What rows charge columns: for every unit that a column counts in a row, the row's price."""

    def __init__(self, problem: BedProblem) -> None:
        self._problem = problem
        self._bay = problem.bay_of[problem.berths.cell]
        self.cells: Costs = np.zeros(problem.capacity.shape)
        """Of a newcomer, by cell and slot. (c, s)."""
        self.left: Costs = np.zeros((len(problem.people.first), problem.n_slots))
        """Of whoever has left home by a slot. (n, s)."""
        self._comes: dict[tuple[bytes, int], tuple[Ints, Costs]] = {}
        """Of cells and a slot: these cells, and what each newcomer is charged for being there then."""
        self._within: dict[tuple[int, int], Costs] = {}
        """Of a bay and a slot: what each leaver by then is charged, unless they come into another cell of it."""

    def add(self, row: Row, price: float) -> None:
        """Let a row charge a price, at least 0, per unit."""
        if price <= 0:
            return
        self.left[row.leavers, -1 if row.ever else row.slot] += row.gains * price
        n = len(self.left)
        if len(row.newcomers):
            _, charge = self._comes.setdefault((row.cells.tobytes(), row.slot), (row.cells, np.zeros(n)))
            charge[row.newcomers] += row.uses * price
        if row.bay >= 0 and len(row.leavers):
            last = self._problem.n_slots if row.ever else row.slot
            self._within.setdefault((row.bay, last), np.zeros(n))[row.leavers] += row.gains * price

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
        charges, where = self._shares()
        return np.asarray(total + charges.T @ where if len(charges) else total)

    def _leaving(self, total: Costs) -> None:
        """Whoever leaves in a slot has left by all later ones."""
        who = np.flatnonzero(self.left.any(axis=1))
        later = np.cumsum(self.left[who, ::-1], axis=1)[:, ::-1]
        for opens in np.unique(self._problem.berths.opens).tolist():
            since = np.maximum(self._problem.people.first[who], opens)
            berths = np.flatnonzero(self._problem.berths.opens == opens)
            total[np.ix_(who, berths)] += later[np.arange(len(who)), since][:, None]

    def _shares(self) -> tuple[Costs, Costs]:
        """What newcomers are charged, group by group, and which berths are in the group. (g, n), (g, m)."""
        people, berths, capacity = self._problem.people, self._problem.berths, self._problem.capacity
        charges, where = [], []
        for (_, slot), (cells, charge) in self._comes.items():
            inside = np.zeros(len(capacity), dtype=bool)
            inside[cells] = True
            charges.append(np.where((people.first <= slot) & (slot < people.end), charge, 0.0))
            where.append(inside[berths.cell] & (berths.opens <= slot))
        for (bay, last), charge in self._within.items():
            charges.append(np.where(people.first <= last, -charge, 0.0))
            where.append((self._bay == bay) & (berths.opens <= last))
        return np.array(charges), np.array(where, dtype=float)


def usual(problem: BedProblem) -> Mask:
    """Columns that can be in a best solution: allowed, and cheaper than to go on without a bed. (n, m)."""
    mask = np.isfinite(problem.berths.cost)
    bedless = problem.people.home < 0
    mask[bedless] &= problem.berths.cost[bedless] < problem.people.remaining[bedless, None]
    return np.asarray(mask)
