"""Improves a solution, neighbourhood by neighbourhood."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.around import mixed_bays
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.held import HeldStays
from medalloc.optimise.stays.neighbourhoods import Neighbourhood, Neighbourhoods
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask

MODEL_S = 2.0
"""Longest that one model is tried [s]."""

WORK = 3000
"""Iterations of the simplex method that a neighbourhood may take; sizes are adapted to it."""

EXPECTED_GAP = 0.02
"""Gap within which good solutions are expected; columns whose reduced cost takes up a quarter of it are left out."""

COLUMNS = 40
"""Most columns per person …"""

MOST_COLUMNS = 40_000
"""… and in all, …"""

FEW_COLUMNS = 8
"""… and how many per person there are at the least."""

GRAINS = (1.0, 0.5, 0.25, 0.2, 0.1, 0.05, 0.01)
"""Steps in which costs may come; the largest that fits all says how much better a better solution must be."""

NO_GRAIN = 1e-3
"""The same, where costs come in no such steps."""


@dataclass(frozen=True)
class Task:
    """What all lines of a search share."""

    problem: BedProblem
    reduced: Costs
    """Reduced costs; the last column is to remain. (n, m + 1)."""
    columns: Mask
    """Columns of the models. (n, m)."""
    most: float
    """Their largest reduced cost, but for known solutions."""
    mixed: Mask
    """Bays that may be mixed. (b,)."""
    seed: int


def task_of(problem: BedProblem, reduced: Costs, bound: float, begin: Ints, seed: int) -> Task:
    """A task over the columns of small reduced cost and those of the solution that it begins with.

    A column whose reduced cost takes up a good part of the gap is in no good solution.
    """
    own = reduced[:, :-1]
    n = max(1, len(own))
    ordered = np.sort(own[np.isfinite(own)])
    most = EXPECTED_GAP / 4 * abs(bound)
    if len(ordered):
        fewest, many = (min(int(k * n), len(ordered)) - 1 for k in (FEW_COLUMNS, min(COLUMNS, MOST_COLUMNS / n)))
        most = float(np.clip(most, ordered[max(0, min(fewest, many))], ordered[max(0, many)]))
    columns = own <= most
    rows = np.flatnonzero(begin != REMAINS)
    columns[rows, begin[rows]] = True
    return Task(problem, reduced, columns, most, mixed_bays(problem, begin), seed)


class Improver:
    """One line of search."""

    def __init__(self, task: Task, berth: Ints, number: int = 0) -> None:
        """`number`: of the line; each draws otherwise."""
        self._task, self._rng = task, np.random.default_rng([task.seed, number])
        self._held = HeldStays(task.problem, task.columns, task.reduced[:, :-1], task.mixed, task.seed + number)
        self._draws = Neighbourhoods(task.problem, task.reduced, self._rng)
        self._grain = grain(task.problem)
        self.berth, self.value = berth, evaluate(task.problem, berth).total
        self.work = 0
        """Iterations of the simplex method so far."""

    def step(self, until: float, on_progress: OnProgress | None = None) -> None:
        """Try one neighbourhood. `until`: time by the performance counter."""
        self._draws.until = until
        self._try(self._draws.draw(self._held, self.berth, self.value, self._task.most), until, on_progress)

    def meet(self, other: Ints, until: float, on_progress: OnProgress | None = None) -> None:
        """Go on from the better of the own and another solution, first with those who differ."""
        value, mine = evaluate(self._task.problem, other), self.berth
        if value.faults or not self._held.has(other):
            return
        if value.total < self.value:
            self.berth, self.value, other = other, value.total, mine
        self._draws.until = until
        drawn = self._draws.between(self._held, self.berth, self.value, other, self._task.most)
        if drawn is not None:
            self._try(drawn, until, on_progress)

    def _try(self, drawn: Neighbourhood, until: float, on_progress: OnProgress | None) -> None:
        """Solve a neighbourhood, if the relaxation promises anything."""
        self.work += drawn.work
        left_s = min(MODEL_S, until - time.perf_counter())
        if drawn.promised < self._grain / 2 or left_s <= 0:
            self._draws.learn(drawn, drawn.work / WORK, closed=True)
            return
        limits = Limits(left_s, cutoff=self.value - self._grain / 2)
        solve, berth = self._held.minimise(self.berth, drawn.freed, limits, on_progress)
        self.work += solve.iterations
        closed = solve.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE)
        self._draws.learn(drawn, (solve.iterations + drawn.work) / WORK, closed=closed)
        if solve.found:
            value = evaluate(self._task.problem, berth)
            if not value.faults and value.total < self.value:
                self.berth, self.value = berth, value.total


def grain(problem: BedProblem) -> float:
    """The least by which the costs of two solutions can differ, where costs come in steps; else next to nothing."""
    if problem.loads:
        return NO_GRAIN
    parts = [problem.berths.cost.ravel(), problem.people.remaining, np.array([problem.crowding])]
    parts += [np.array([bay.mixing, bay.flip]) for bay in problem.bays]
    parts += [np.array([clash.cost]) for clash in problem.clashes] + [pair.cost for pair in problem.mixed]
    costs = np.concatenate(parts)
    costs = np.unique(costs[np.isfinite(costs)])
    return next((step for step in GRAINS if np.allclose(costs / step, np.round(costs / step), atol=1e-6)), NO_GRAIN)
