"""A solution near a given one, and a bound of the whole problem, in a second or two: for questions asked of a plan."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.closing import Closed, close
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.model import build, start_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.relaxation import Relaxed, relax_columns
from medalloc.optimise.stays.search import Found, SearchLimits

BOUND_SHARE = 0.9
"""Of the time that is left after the first solution, for the bound at most."""

BOUND_TIMES = 12.0
"""The bound is worked out if so many times the time of the first solution is left: cut short it says little."""

CHEAPEST = 80
"""Cheapest berths to which each of those who are placed anew first may come; fewer where those are many: …"""

FIRST_COLUMNS = 12_000
"""… so many columns in all."""

FIRST_LOOSE = 3000
"""The same of those who have to make way, together."""

FIRST_SHARE = 0.4
"""Of the time, for the first solution at most."""

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
"""A further, larger model is tried if so many times the time of the last one is left."""


def solve_nearby(
    problem: BedProblem, start: Ints, loose: Ints, limits: SearchLimits, *, bounded: bool = False
) -> Found:
    """The best solution found near a given one, and what no solution can cost less than.

    First those who have no bed, who come newly in the given solution, and who have to make way are placed anew among
    all others, which is a matter of a moment; then the whole problem is bounded; then, if the gap is open, everybody is
    placed anew over the columns of the given solution and those that the relaxation thinks best. Where the time is
    too short for that, the first solution is the best, and the bound is what everybody's cheapest place costs.

    Parameters
    ----------
    start : a solution that may break hard rules. (n,).
    loose : rows of those who have to make way in it.
    bounded : whether to bound the problem even if little time is left for it.
    """
    return _Nearby(problem, limits, bounded).run(start, loose)


@dataclass
class _Nearby:
    problem: BedProblem
    limits: SearchLimits
    bounded: bool = False
    started: float = field(default_factory=time.perf_counter)
    took_s: float = 0.0
    """By the last model."""

    def run(self, start: Ints, loose: Ints) -> Found:
        best = self._among_others(start, loose)
        enough = self.bounded or self._left_s > BOUND_TIMES * self.took_s
        own = self._own(BOUND_SHARE * self._left_s if enough else 0.0)
        relaxed = relax_columns(self.problem, own, enough=best.objective * (1 - self.limits.gap))
        if math.isinf(relaxed.bound):
            return self._found(Closed(SolveStatus.INFEASIBLE, start, math.inf, math.inf), relaxed)
        best = replace(best, bound=relaxed.bound)
        if enough and self._to_go_on(best):
            best = self._better(best, start, self._columns(relaxed, start, loose))
        if enough and self._to_go_on(best):
            known = best.berth if math.isfinite(best.objective) else None
            closed = close(self.problem, relaxed, self._own(self._left_s), known)
            better = closed if closed.objective < best.objective else best
            best = replace(better, bound=max(closed.bound, best.bound), status=closed.status)
            best = self._better(best, start, _either(self.problem, start, best.berth))
        return self._found(best, relaxed)

    def _among_others(self, start: Ints, loose: Ints) -> Closed:
        """The best with all who lie well where they are; the start where that is better, if it is a solution."""
        value = evaluate(self.problem, start)
        given = Closed(SolveStatus.NO_PLAN, start, math.inf if value.faults else value.total, -math.inf)
        people, cost = self.problem.people, self.problem.berths.cost
        free = (people.home < 0) | (start != REMAINS) | np.isinf(people.remaining)
        free[loose] = True
        most = np.where(free, min(CHEAPEST, FIRST_COLUMNS // max(1, int(free.sum()))), 0)
        most[loose] = max(CHEAPEST, FIRST_LOOSE // max(1, len(loose)))
        columns = _least_of_each(cost, most)
        return self._better(given, start, columns, np.where(free, FREE, start), FIRST_SHARE)

    def _better(
        self, best: Closed, start: Ints, columns: Mask, fixed: Ints | None = None, share: float = 1.0
    ) -> Closed:
        """The best over some columns, as near to the start as can be, if it is as good as the best known.

        Parameters
        ----------
        fixed : who is not to be placed anew, as for `build`; None: nobody. People without a column remain where they
            are. (n,).
        share : of the time that is left.
        """
        before = time.perf_counter()
        comes = np.flatnonzero(start != REMAINS)
        columns[comes, start[comes]] = True
        model = build(_steady(self.problem, start), columns, fixed)
        known = start_of(model, best.berth) if self._in(best, columns) else None
        limits = Limits(max(0.01, share * self._left_s), 0.0, self.limits.seed)
        solve = minimise(model.lp, model.penalties, limits, known)
        self.took_s = time.perf_counter() - before
        if not solve.found:
            return replace(best, solver=solve.solver)
        value = evaluate(self.problem, model.berths())
        if value.faults or value.total > best.objective + CHANGE:
            return replace(best, solver=solve.solver)
        return Closed(SolveStatus.FEASIBLE, model.berths(), value.total, best.bound, solve.solver)

    def _in(self, best: Closed, columns: Mask) -> bool:
        """Whether a solution is known, and all its columns are among some."""
        comes = np.flatnonzero(best.berth != REMAINS)
        return bool(math.isfinite(best.objective) and columns[comes, best.berth[comes]].all())

    def _columns(self, relaxed: Relaxed, start: Ints, loose: Ints) -> Mask:
        reduced = relaxed.reduced[:, :-1]
        finite = np.isfinite(reduced)
        columns = _least(reduced, finite, COLUMNS * len(reduced))
        each = min(MOST_COLUMNS, LOOSE_COLUMNS // max(1, len(loose)))
        for i in loose.tolist():
            columns[i] |= _least(reduced[i], finite[i], each)
        return columns

    def _found(self, best: Closed, relaxed: Relaxed) -> Found:
        status = best.status
        if math.isfinite(best.objective):
            status = SolveStatus.OPTIMAL if best.gap <= self.limits.gap + 1e-9 else SolveStatus.FEASIBLE
        elif math.isinf(best.bound):
            status = SolveStatus.INFEASIBLE
        return Found(status, best.berth, best.objective, best.bound, best.solver, relaxed.capacity_duals)

    def _to_go_on(self, best: Closed) -> bool:
        return best.gap > self.limits.gap and self._left_s > AGAIN * self.took_s

    def _own(self, seconds: float) -> Limits:
        return Limits(max(0.01, seconds), self.limits.gap, self.limits.seed)

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


def _least_of_each(cost: Costs, most: Ints) -> Mask:
    """The cheapest berths of each person, so many. `most` has the shape (n,)."""
    columns = np.zeros(cost.shape, dtype=bool)
    for i in np.flatnonzero(most).tolist():
        columns[i] = _least(cost[i], np.isfinite(cost[i]), int(most[i]))
    return columns


def _least(values: Costs, finite: Mask, most: int) -> Mask:
    """Which of the finite values are among so many of the least."""
    ordered = np.sort(values[finite])
    if not len(ordered):
        return np.zeros_like(finite)
    return np.asarray(finite & (values <= ordered[min(most, len(ordered)) - 1]))
