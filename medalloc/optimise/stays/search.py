"""The search for a solution: a bound of the whole problem, one model over the columns that matter, neighbourhoods."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.optimise import solver
from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.closing import close
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.greedy import first_solution
from medalloc.optimise.stays.improver import Improver, task_of
from medalloc.optimise.stays.model import build, start_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.relaxation import Relaxed, relax_columns
from medalloc.optimise.stays.workers import Worker, run_round, workers

MANY = 300
"""People without a bed above which the bound and the one model are cut short, for neighbourhoods will be needed."""

BOUND_SHARE = {True: (0.2, 0.5), False: (0.5, 0.85)}
"""Of the time, for the bound, where there are many and where not; the second only as long as it is a poor one."""

MODEL_SHARE = (0.85, 0.4)
"""Of the time that is left, for the one model; where there are many."""

ALIKE = 4.0
"""Columns per person that cost next to nothing to the relaxation: where there are more, too many solutions look
alike to it for one model to close the gap."""

NEXT_TO_NOTHING = 1e-3
"""Share of the bound."""

MUST = 10.0
"""Times the dearest berth: what it costs, in a search for a first solution, that somebody has none who must."""


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """How long and how closely to search."""

    time_limit_s: float
    gap: float = 0.005
    """Relative."""
    seed: int = 0
    processes: int = 1


@dataclass(frozen=True)
class Found:
    """What a search ended with."""

    status: SolveStatus
    berth: Ints
    """Of each person, `REMAINS` for none; meaningless where nothing was found. (n,)."""
    objective: float
    """Infinite where nothing was found."""
    bound: float
    """No solution costs less."""
    solver: str = "none"
    capacity_duals: Costs | None = None
    """What one more bed would save in the relaxation, by cell and slot. (c, s)."""

    @property
    def gap(self) -> float:
        """Share of the objective that a better solution could at most save; infinite where nothing was found."""
        if not math.isfinite(self.objective):
            return math.inf
        return max(0.0, self.objective - self.bound) / abs(self.objective) if self.objective else 0.0


def solve(
    problem: BedProblem, limits: SearchLimits, start: Ints | None = None, on_progress: OnProgress | None = None
) -> Found:
    """The best solution found within the limits, and what none can cost less than.

    One model over the columns that matter closes the gap where the relaxation tells solutions apart. Where it does
    not, or the gap stays open, a solution is improved neighbourhood by neighbourhood.
    """
    return _Search(problem, limits, on_progress).run(start)


class _Search:
    def __init__(self, problem: BedProblem, limits: SearchLimits, on_progress: OnProgress | None) -> None:
        self._problem, self._limits, self._on_progress = problem, limits, on_progress
        self._started = time.perf_counter()
        self._going_on = True
        self._many = bool(np.count_nonzero(problem.people.home < 0) > MANY)
        nobody = np.full(len(problem.people.first), REMAINS)
        self._found = Found(SolveStatus.NO_PLAN, nobody, math.inf, -math.inf)

    def run(self, start: Ints | None) -> Found:
        """Bound, close, improve."""
        self._consider(start)
        if self._many:
            self._consider(first_solution(self._problem, self._problem.berths.cost, self._limits.seed))
        soon, late = BOUND_SHARE[self._many]
        left_s = self._left_s
        relaxed = relax_columns(self._problem, self._own(late * left_s), self._listener, soon * left_s)
        infeasible = math.isinf(relaxed.bound) and relaxed.bound > 0
        status = SolveStatus.INFEASIBLE if infeasible else self._found.status
        self._found = replace(self._found, status=status, bound=relaxed.bound, capacity_duals=relaxed.capacity_duals)
        self._consider(self._found.berth)
        if self._open and not (self._many and alike(relaxed)):
            self._close(relaxed)
        if self._open:
            self._consider(first_solution(self._problem, relaxed.reduced[:, :-1], self._limits.seed))
            self._improve(relaxed)
        return self._found

    def _close(self, relaxed: Relaxed) -> None:
        """Try one model over the columns that matter."""
        share = MODEL_SHARE[int(self._many)]
        known = self._found.berth if math.isfinite(self._found.objective) else None
        closed = close(self._problem, relaxed, self._own(share * self._left_s), known, self._listener)
        self._found = replace(
            self._found,
            status=closed.status,
            berth=closed.berth,
            objective=closed.objective,
            bound=max(closed.bound, relaxed.bound),
            solver=closed.solver,
        )

    def _improve(self, relaxed: Relaxed) -> None:
        """Improve the solution, neighbourhood by neighbourhood, until the time is up or the gap is reached."""
        problem, begin = self._problem, self._found.berth
        if not math.isfinite(self._found.objective):
            problem = softened(problem)
            begin = first_solution(problem, relaxed.reduced[:, :-1], self._limits.seed)
        until = self._started + self._limits.time_limit_s
        task = task_of(problem, relaxed.reduced, relaxed.bound, begin, self._limits.seed)
        with workers(task, begin, max(0, self._limits.processes - 1)) as others:
            improver = Improver(task, begin)
            while self._open:
                self._round(improver, others, until)
        self._found = replace(self._found, solver=f"{'CBC' if solver.highspy is None else 'HiGHS'}, neighbourhoods")

    def _round(self, improver: Improver, others: list[Worker], until: float) -> None:
        """Work side by side, then exchange."""
        for other in others:
            other.begin(improver.berth, max(0.0, until - time.perf_counter()))
        for _ in run_round(improver, until, self._listener):
            self._consider(improver.berth)
            if not (self._still() and self._open):
                return
        for other in others:
            berth = other.result(until, self._still)
            self._consider(berth)
            if berth is not None and self._open:
                improver.meet(berth, until, self._listener)
                self._consider(improver.berth)

    def _consider(self, berth: Ints | None) -> None:
        """Keep a solution if it is the best so far."""
        value = evaluate(self._problem, berth) if berth is not None else None
        if berth is not None and value is not None and not value.faults and value.total < self._found.objective:
            self._found = replace(self._found, status=SolveStatus.FEASIBLE, berth=berth, objective=value.total)
            self._still()
        if math.isfinite(self._found.objective) and self._found.gap <= self._limits.gap + 1e-9:
            self._found = replace(self._found, status=SolveStatus.OPTIMAL)

    @property
    def _open(self) -> bool:
        """Whether the search is to go on."""
        ended = self._found.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE)
        return self._going_on and self._left_s > 0 and not ended

    def _own(self, seconds: float) -> Limits:
        return Limits(max(0.01, seconds), self._limits.gap, self._limits.seed)

    @property
    def _left_s(self) -> float:
        return self._limits.time_limit_s - (time.perf_counter() - self._started)

    def _still(self) -> bool:
        """Tell how far the search is; False once it is to end."""
        return self._tell(Progress("solve")) and self._left_s > 0

    @property
    def _listener(self) -> OnProgress | None:
        return self._tell if self._on_progress is not None else None

    def _tell(self, progress: Progress) -> bool:
        """Pass progress on, in terms of the whole search; False once a stop was asked for."""
        if self._on_progress is None or not self._going_on:
            return self._going_on
        best = min(self._found.objective, math.inf if progress.incumbent is None else progress.incumbent)
        bound = self._found.bound if math.isfinite(self._found.bound) else progress.bound
        share = min(1.0, 1 - self._left_s / self._limits.time_limit_s)
        incumbent = best if math.isfinite(best) else None
        self._going_on = self._on_progress(replace(progress, share=share, incumbent=incumbent, bound=bound))
        return self._going_on


def reoptimise(problem: BedProblem, start: Ints, free: Mask, limits: SearchLimits) -> Found:
    """The best solution in which only some people are placed otherwise than in a given one.

    The bound is one of such solutions alone.

    Parameters
    ----------
    start : a solution. (n,).
    free : who may be placed anew. (n,).
    """
    model = build(problem, np.isfinite(problem.berths.cost), np.where(free, FREE, start))
    known = evaluate(problem, start)
    values = None if known.faults else start_of(model, start)
    solve = minimise(model.lp, model.penalties, Limits(limits.time_limit_s, limits.gap, limits.seed), values)
    if not solve.found:
        return Found(solve.status, start, math.inf, solve.bound, solve.solver)
    berth = model.berths()
    value = evaluate(problem, berth).total
    bound = value - (solve.objective - solve.bound)
    return Found(solve.status, berth, value, bound, solve.solver)


def softened(problem: BedProblem) -> BedProblem:
    """The problem in which those who must come may remain, at a price above any other."""
    people, cost = problem.people, problem.berths.cost
    finite = [*cost[np.isfinite(cost)], *people.remaining[np.isfinite(people.remaining)]]
    price = MUST * (1.0 + max(finite, default=0.0))
    remaining = np.where(np.isinf(people.remaining), price, people.remaining)
    return replace(problem, people=replace(people, remaining=remaining))


def alike(relaxed: Relaxed) -> bool:
    """Whether so many solutions look alike to a relaxation that one model of the whole will not close the gap."""
    cheap = relaxed.reduced[:, :-1] <= NEXT_TO_NOTHING * abs(relaxed.bound)
    return bool(np.count_nonzero(cheap) > ALIKE * len(cheap))
