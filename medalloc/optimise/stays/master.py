"""The relaxation over some columns: its rows, as they come, and its dual prices."""

from __future__ import annotations

import math

import numpy as np

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.lots import Lot, lot_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.rows import NOBODY, Charges, Columns, Row
from medalloc.optimise.warm import Entries, GrowingProgram, joined

SURE = 1e-6
"""Values below are taken for 0."""


class Master:
    """A linear programme over columns (person, berth) that grows by columns and rows.

    A person without a column remains. Whoever must come but cannot, by the columns there are, does so at a price
    above every cost, so that there is always a solution.
    """

    def __init__(self, problem: BedProblem) -> None:
        n, (n_cells, n_slots) = len(problem.people.first), problem.capacity.shape
        self.problem = problem
        self.columns = Columns(problem)
        self.rows: list[tuple[Row, int]] = []
        self._program = GrowingProgram()
        self._new_rows: list[tuple[Row, int]] = []
        self._lots: list[Lot] = []
        self._pending: tuple[Ints, Ints] = (NOBODY, NOBODY)
        self._added = np.zeros(problem.berths.cost.shape, dtype=bool)
        self.must = ~np.isfinite(problem.people.remaining)
        self._remaining = np.where(self.must, 0.0, problem.people.remaining)
        self._costs: list[float] = []
        self._n_variables = 0
        self._cell_row = np.full((n_cells, n_slots), -1, dtype=int)
        present = np.arange(n_slots) < problem.people.end[:, None]
        self.at_home: Costs = np.zeros((n_cells, n_slots))
        """People whose home a cell is and who have not gone from the hospital. (c, s)."""
        lies = problem.people.home >= 0
        np.add.at(self.at_home, problem.people.home[lies], present[lies].astype(float))
        self._watched = ~np.isin(np.arange(n_cells), list(problem.crowded))
        self._found(n)

    def _found(self, n: int) -> None:
        """Rows that are there from the start: one place each, and the cap on moves."""
        finite = self.problem.berths.cost[np.isfinite(self.problem.berths.cost)]
        price = 10.0 * (1.0 + float(np.abs(finite).max(initial=0.0)) + float(np.abs(self._remaining).max(initial=0.0)))
        forced = np.flatnonzero(self.must)
        lower = np.where(self.must, 1.0, -np.inf)
        entries = Entries(forced, np.arange(len(forced)), np.ones(len(forced)))
        upper = np.append(np.ones(n), float(min(self.problem.most_moves, n)))
        self._n_variables, self._n_rows = len(forced), n + 1
        self._program.grow(np.full(len(forced), price), np.append(lower, -np.inf), upper, entries)

    @property
    def added(self) -> Mask:
        """Columns that are in the programme. (n, m)."""
        return self._added

    @property
    def value(self) -> float:
        """Of the last solution."""
        return float(self._program.value + self._remaining.sum())

    @property
    def primal(self) -> Costs:
        """Value of each of `columns`."""
        values = np.zeros(len(self.columns))
        values[:] = self._program.primal[self.columns.number]
        return values

    @property
    def used(self) -> Mask:
        """Columns that are in the last solution. (n, m)."""
        used = np.zeros_like(self._added)
        chosen = np.flatnonzero(self.primal > SURE)
        used[self.columns.person[chosen], self.columns.berth[chosen]] = True
        return used

    @property
    def settled(self) -> Ints:
        """Berth of everybody who has one whole in the last solution, REMAINS of those with none; else FREE. (n,)."""
        columns, value = self.columns, self.primal
        came = np.bincount(columns.person, value, len(self.must))
        settled = np.where(came < SURE, REMAINS, FREE)
        whole = np.flatnonzero(value > 1 - SURE)
        settled[columns.person[whole]] = columns.berth[whole]
        return np.where(self.must & (settled == REMAINS), FREE, settled)

    def value_of(self, variable: int) -> float:
        """Of one of the variables that are no columns; 0 before it has been solved for."""
        return float(self._program.primal[variable]) if variable < len(self._program.primal) else 0.0

    def reduced_of(self, variable: int) -> float:
        """Reduced cost of one of the variables that are no columns."""
        return float(max(0.0, self._program.reduced[variable]))

    def add_variable(self, cost: float) -> int:
        """A further variable, at least 0, for `Row.extra`."""
        self._costs.append(cost)
        self._n_variables += 1
        return self._n_variables - 1

    def add_row(self, row: Row) -> None:
        """Append a row, over all columns that are there or will come."""
        self._new_rows.append((row, self._n_rows))
        self._n_rows += 1

    def add_columns(self, mask: Mask) -> None:
        """Append columns. `mask` has the shape (n, m)."""
        person, berth = np.nonzero(mask & ~self._added)
        self._added |= mask
        self._pending = np.concatenate([self._pending[0], person]), np.concatenate([self._pending[1], berth])

    def solve(self, limits: Limits) -> bool:
        """Solve with all that was added; False where there is no optimum within the limits."""
        self._flush()
        return self._program.solve(limits)

    def reduced_costs(self) -> Costs:
        """Cost of every column less what it would earn by the duals of the rows that are there. (n, m)."""
        people, dual = self.problem.people, self._program.dual
        charges = Charges(self.problem)
        watched = self._cell_row >= 0
        charges.cells[watched] = np.maximum(0.0, -dual[self._cell_row[watched]])
        lies = np.flatnonzero(people.home >= 0)
        there = np.arange(self.problem.n_slots) < people.end[lies, None]
        charges.left[lies] -= np.where(there, charges.cells[people.home[lies]], 0.0)
        for row, number in self.rows:
            charges.add(row, -float(dual[number]))
        own = -self._remaining - dual[: len(people.first)] - np.where(people.capped, dual[len(people.first)], 0.0)
        return charges.charged(self.problem.berths.cost + own[:, None])

    def place_prices(self) -> Costs:
        """What each person's place costs: by how much the value would fall if they could remain free. (n,)."""
        return np.asarray(-self._program.dual[: len(self.problem.people.first)])

    def cell_prices(self) -> Costs:
        """By how much the value would fall with one more bed, by cell and slot. (c, s)."""
        prices = np.zeros(self._cell_row.shape)
        watched = self._cell_row >= 0
        prices[watched] = np.maximum(0.0, -self._program.dual[self._cell_row[watched]])
        return prices

    def _flush(self) -> None:
        since, (person, berth) = len(self.columns), self._pending
        first = self._n_variables
        self.columns.add(person, berth, np.arange(first, first + len(person)))
        self._n_variables += len(person)
        self._pending = (NOBODY, NOBODY)
        parts = [self._own_entries(since), *(lot.entries(self.columns, since) for lot in self._lots)]
        parts.append(self._cell_entries(self._cell_row, since))
        if self._new_rows:
            self._lots.append(lot_of(len(self.must), self.problem.n_slots, self._new_rows))
            parts += [self._lots[-1].entries(self.columns), _extra(self._new_rows)]
        new_cells, numbers = self._new_cell_rows(since)
        fresh = np.full_like(self._cell_row, -1)
        fresh[new_cells] = numbers
        self._cell_row[new_cells] = numbers
        parts.append(self._cell_entries(fresh, 0))
        most = np.concatenate([[row.most for row, _ in self._new_rows], self._free()[new_cells]])
        own = self.problem.berths.cost[person, berth] - self._remaining[person]
        self._program.grow(np.concatenate([self._costs, own]), np.full(len(most), -math.inf), most, joined(parts))
        self.rows += self._new_rows
        self._new_rows, self._costs = [], []

    def _free(self) -> Costs:
        """Beds that nobody at home takes. (c, s)."""
        return np.asarray(self.problem.capacity - self.at_home)

    def _new_cell_rows(self, since: int) -> tuple[tuple[Ints, Ints], Ints]:
        """Cells and slots that new columns come to, or where beds go, and that have no row yet."""
        wanted = np.zeros(self._cell_row.shape, dtype=bool)
        cells = self.columns.cell[since:]
        wanted[cells, self.columns.start[since:]] = True
        falls = np.zeros_like(wanted)
        falls[:, 1:] = self.problem.capacity[:, 1:] < self.problem.capacity[:, :-1]
        wanted[cells] |= falls[cells]
        wanted |= self._free() < 0
        at = np.nonzero(wanted & (self._cell_row < 0) & self._watched[:, None])
        numbers = np.arange(self._n_rows, self._n_rows + len(at[0]))
        self._n_rows += len(at[0])
        return (at[0], at[1]), numbers

    def _own_entries(self, since: int) -> Entries:
        """Of new columns in the rows of one place each and of the cap on moves."""
        columns, n = self.columns, len(self.problem.people.first)
        person, number = columns.person[since:], columns.number[since:]
        capped = np.flatnonzero(self.problem.people.capped[person])
        rows = np.concatenate([person, np.full(len(capped), n)])
        return Entries(rows, np.concatenate([number, number[capped]]), np.ones(len(rows)))

    def _cell_entries(self, row_of: Ints, since: int) -> Entries:
        """Of columns from a place on in the rows of cells; -1 where there is none. `row_of` has the shape (c, s)."""
        columns, parts = self.columns, []
        home = self.problem.people.home[columns.person[since:]]
        number, start, end = columns.number[since:], columns.start[since:], columns.end[since:]
        cell = columns.cell[since:]
        for t in np.flatnonzero((row_of >= 0).any(axis=0)).tolist():
            there = (start <= t) & (t < end) & (cell != home)
            for where, value in ((cell, 1.0), (home, -1.0)):
                at = np.flatnonzero(there & (where >= 0) & (row_of[where, t] >= 0))
                parts.append(Entries(row_of[where[at], t], number[at], np.full(len(at), value)))
        return joined(parts)


def _extra(rows: list[tuple[Row, int]]) -> Entries:
    """Of the further columns of rows."""
    found = [(number, column, value) for row, number in rows for column, value in row.extra]
    row, column, value = zip(*found, strict=True) if found else ((), (), ())
    return Entries(np.array(row, dtype=int), np.array(column, dtype=int), np.array(value, dtype=float))
