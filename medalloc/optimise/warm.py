"""A linear programme that grows and is solved again from where it was: PuLP has no such thing.

PuLP builds and solves the first programme; later columns and rows are appended to the solver's own model of it.
Without HiGHS every solve builds it anew for CBC.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray

from medalloc.domain.plan import SolveStatus
from medalloc.optimise import solver
from medalloc.optimise.highs import highspy
from medalloc.optimise.solver import Limits, add_row, relax

PATIENCE = 1.5
"""Iterations of the simplex method per row from the last basis; beyond them interior points are quicker."""

Numbers = NDArray[np.float64]
Indices = NDArray[np.int_]


@dataclass(frozen=True)
class Entries:
    """Coefficients of a matrix; no place of it twice."""

    row: Indices
    column: Indices
    value: Numbers


NO_ENTRIES = Entries(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))


def joined(parts: list[Entries]) -> Entries:
    """Several lots of entries as one."""
    if not parts:
        return NO_ENTRIES
    return Entries(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.column for part in parts]),
        np.concatenate([part.value for part in parts]),
    )


class GrowingProgram:
    """Minimise cost @ x over lower <= A x <= upper, x >= 0, with columns and rows that come later."""

    def __init__(self) -> None:
        self.cost: Numbers = np.zeros(0)
        self.lower: Numbers = np.zeros(0)
        self.upper: Numbers = np.zeros(0)
        self.value = np.inf
        """Of the last solution."""
        self.primal: Numbers = np.zeros(0)
        """Of every column."""
        self.reduced: Numbers = np.zeros(0)
        """Reduced cost of every column."""
        self.dual: Numbers = np.zeros(0)
        """Of every row: what the value would grow by if its limits grew by one."""
        self._entries = [NO_ENTRIES]
        self._highs: Any = None

    def grow(self, cost: Numbers, lower: Numbers, upper: Numbers, entries: Entries) -> None:
        """Append columns, then rows. Entries are those of the new columns and of the new rows, all numbered as in
        the programme that has grown; old rows with old columns stay as they are."""
        n_columns, n_rows = len(self.cost), len(self.upper)
        self.cost = np.concatenate([self.cost, cost])
        self.lower = np.concatenate([self.lower, lower])
        self.upper = np.concatenate([self.upper, upper])
        if self._highs is None:
            self._entries.append(entries)
            return
        old = entries.row < n_rows
        if len(cost):
            start, index, value = _packed(entries, old, entries.column - n_columns, entries.row, len(cost))
            free = np.full(len(cost), highspy.kHighsInf)
            self._highs.addCols(len(cost), cost, np.zeros(len(cost)), free, len(value), start, index, value)
        if len(upper):
            start, index, value = _packed(entries, ~old, entries.row - n_rows, entries.column, len(upper))
            self._highs.addRows(len(upper), lower, upper, len(value), start, index, value)

    def solve(self, limits: Limits) -> bool:
        """Solve from the last basis; False where there is no optimum within the limits."""
        if self._highs is not None:
            return self._solve_again(limits)
        model = self._built()
        variables, rows = model.variables(), model.constraints()
        solve = relax(model, {"cost": zip(variables, self.cost.tolist(), strict=True)}, limits)
        if solve.status is not SolveStatus.OPTIMAL:
            return False
        self.value = solve.objective
        self.primal = np.array([variable.varValue or 0.0 for variable in variables])
        self.reduced = np.array([variable.dj or 0.0 for variable in variables])
        self.dual = np.array([row.pi or 0.0 for row in rows])
        if solver.highspy is not None:
            self._highs = model.solverModel
            self._entries = []
        return True

    def _built(self) -> pulp.LpProblem:
        model = pulp.LpProblem("relaxation", pulp.LpMinimize)
        variables = [model.add_variable(f"x{j:07d}", 0) for j in range(len(self.cost))]
        entries = joined(self._entries)
        members: defaultdict[int, list[tuple[pulp.LpVariable, float]]] = defaultdict(list)
        for i, j, value in zip(entries.row.tolist(), entries.column.tolist(), entries.value.tolist(), strict=True):
            members[i].append((variables[j], value))
        for i, (lower, upper) in enumerate(zip(self.lower.tolist(), self.upper.tolist(), strict=True)):
            sense = "==" if lower == upper else "<="
            add_row(model, f"r{i:07d}", members[i], sense, upper)
        return model

    def _solve_again(self, limits: Limits) -> bool:
        highs, ended = self._highs, highspy.HighsModelStatus
        highs.setOptionValue("time_limit", highs.getRunTime() + max(limits.time_limit_s, 0.01))
        highs.setOptionValue("simplex_iteration_limit", int(PATIENCE * len(self.upper)))
        highspy.Highs.resetGlobalScheduler(True)
        highs.run()
        if highs.getModelStatus() == ended.kIterationLimit:
            self._start_anew()
        if highs.getModelStatus() != ended.kOptimal:
            return False
        solution = highs.getSolution()
        self.value = float(highs.getInfo().objective_function_value)
        self.primal = np.array(solution.col_value)
        self.reduced = np.array(solution.col_dual)
        self.dual = np.array(solution.row_dual)
        return True

    def _start_anew(self) -> None:
        self._highs.clearSolver()
        self._highs.setOptionValue("simplex_iteration_limit", highspy.kHighsIInf)
        self._highs.setOptionValue("solver", "ipm")
        self._highs.run()
        self._highs.setOptionValue("solver", "choose")


def _packed(
    entries: Entries, mask: NDArray[np.bool_], major: Indices, minor: Indices, n: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], Numbers]:
    """Entries of a mask sorted by `major`, as starts, indices and values."""
    chosen = np.flatnonzero(mask)
    chosen = chosen[np.argsort(major[chosen], kind="stable")]
    start = np.searchsorted(major[chosen], np.arange(n))
    return start.astype(np.int32), minor[chosen].astype(np.int32), entries.value[chosen]
