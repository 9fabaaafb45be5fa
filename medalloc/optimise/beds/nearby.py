"""A solution near a given one, and a bound of the whole problem, in a second or two: for questions asked of a plan."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.closing import Closed, close
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.model import build, start_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Mask
from medalloc.optimise.stays.relaxation import Relaxed, relax_columns
from medalloc.optimise.stays.search import Found, SearchLimits

BOUND_SHARE = 0.7
"""Of the time, for the bound at most."""

COLUMNS = 2
"""Columns of least reduced cost, per person, over which a solution is looked for."""

LOOSE_COLUMNS = 400
"""Columns of those who have to make way together …"""

MOST_COLUMNS = 40
"""… and of each of them at most."""

CHANGE = 0.01
"""What it counts, in looking for a solution, that somebody is placed otherwise than in the given one [points]: enough
to leave people where they are who may as well stay."""

AGAIN = 3.0
"""The gap is closed further if so many times the time of the first model is left."""


def solve_nearby(problem: BedProblem, start: Ints, loose: Ints, limits: SearchLimits) -> Found:
    """The best solution found over the columns of a given one and those that the relaxation thinks best.

    Parameters
    ----------
    start : a solution that may break hard rules. (n,).
    loose : rows of those who have to make way in it.
    """
    return _Nearby(problem, limits).run(start, loose)


@dataclass
class _Nearby:
    problem: BedProblem
    limits: SearchLimits
    started: float = field(default_factory=time.perf_counter)

    def run(self, start: Ints, loose: Ints) -> Found:
        own = Limits(self.limits.time_limit_s * BOUND_SHARE, self.limits.gap, self.limits.seed)
        relaxed = relax_columns(self.problem, own)
        if math.isinf(relaxed.bound):
            return self._found(Closed(SolveStatus.INFEASIBLE, start, math.inf, math.inf), relaxed)
        before = time.perf_counter()
        columns = self._columns(relaxed, start, loose)
        best = self._better(self._as_given(start, relaxed.bound), start, columns)
        took_s = time.perf_counter() - before
        if best.gap > self.limits.gap and self._left_s > AGAIN * took_s:
            known = best.berth if math.isfinite(best.objective) else None
            closed = close(self.problem, relaxed, Limits(self._left_s, self.limits.gap, self.limits.seed), known)
            better = closed if closed.objective < best.objective else best
            best = replace(better, bound=max(closed.bound, best.bound), status=closed.status)
            best = self._better(best, start, _either(self.problem, start, best.berth))
        return self._found(best, relaxed)

    def _as_given(self, start: Ints, bound: float) -> Closed:
        """The start, if it is a solution."""
        value = evaluate(self.problem, start)
        return Closed(SolveStatus.NO_PLAN, start, math.inf if value.faults else value.total, bound)

    def _better(self, best: Closed, start: Ints, columns: Mask) -> Closed:
        """The best over some columns, as near to the start as can be, if it is as good as the best known.

        People without a column remain where they are.
        """
        steady = _steady(self.problem, start)
        model = build(steady, columns)
        known = start_of(model, best.berth) if math.isfinite(best.objective) else None
        solve = minimise(model.lp, model.penalties, Limits(max(0.01, self._left_s), 0.0, self.limits.seed), known)
        if not solve.found:
            return replace(best, solver=solve.solver)
        value = evaluate(self.problem, model.berths())
        if value.faults or value.total > best.objective + CHANGE:
            return replace(best, solver=solve.solver)
        return Closed(SolveStatus.FEASIBLE, model.berths(), value.total, best.bound, solve.solver)

    def _columns(self, relaxed: Relaxed, start: Ints, loose: Ints) -> Mask:
        reduced = relaxed.reduced[:, :-1]
        finite = np.isfinite(reduced)
        columns = _least(reduced, finite, COLUMNS * len(reduced))
        each = min(MOST_COLUMNS, LOOSE_COLUMNS // max(1, len(loose)))
        for i in loose.tolist():
            columns[i] |= _least(reduced[i], finite[i], each)
        comes = np.flatnonzero(start != REMAINS)
        columns[comes, start[comes]] = True
        return columns

    def _found(self, best: Closed, relaxed: Relaxed) -> Found:
        status = best.status
        if math.isfinite(best.objective):
            status = SolveStatus.OPTIMAL if best.gap <= self.limits.gap + 1e-9 else SolveStatus.FEASIBLE
        elif math.isinf(best.bound):
            status = SolveStatus.INFEASIBLE
        return Found(status, best.berth, best.objective, best.bound, best.solver, relaxed.capacity_duals)

    @property
    def _left_s(self) -> float:
        return self.limits.time_limit_s - (time.perf_counter() - self.started)


def _steady(problem: BedProblem, start: Ints) -> BedProblem:
    """The same problem, in which it costs a little to be placed otherwise than in a given solution."""
    cost, comes = problem.berths.cost + CHANGE, np.flatnonzero(start != REMAINS)
    cost[comes, start[comes]] -= CHANGE
    remaining = problem.people.remaining + np.where(start == REMAINS, 0.0, CHANGE)
    berths, people = replace(problem.berths, cost=cost), replace(problem.people, remaining=remaining)
    return replace(problem, berths=berths, people=people)


def _either(problem: BedProblem, one: Ints, other: Ints) -> Mask:
    """The columns of two solutions."""
    columns = np.zeros(problem.berths.cost.shape, dtype=bool)
    for berth in (one, other):
        comes = np.flatnonzero(berth != REMAINS)
        columns[comes, berth[comes]] = True
    return columns


def _least(values: np.typing.NDArray[np.float64], finite: Mask, most: int) -> Mask:
    """Which of the finite values are among so many of the least."""
    ordered = np.sort(values[finite])
    if not len(ordered):
        return np.zeros_like(finite)
    return np.asarray(finite & (values <= ordered[min(most, len(ordered)) - 1]))
