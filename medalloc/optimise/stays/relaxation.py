"""A bound of a whole bed problem, from a relaxation over the few columns and rows that matter.

The relaxation starts with the cheapest columns of each person, and without rows about company. Its duals price
all other columns, and those that could improve it are added; so are the rows about company that its solution
breaks. Every person takes one place, so lowering the dual of a person by the most negative reduced cost among
their columns makes the duals feasible for all columns: the bound is at any time the value less these.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from medalloc.domain.progress import OnProgress, Progress
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.around import all_free
from medalloc.optimise.stays.cuts import CompanyCuts
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.rows import usual
from medalloc.optimise.stays.spare import Budget, repaired
from medalloc.optimise.stays.standing_rows import add_standing_rows

ROUNDS = 40
"""Most rounds of pricing; the bound holds after any of them."""

FIRST_CALM = 2
"""Cheapest berths that somebody who has a bed gets to start with."""

FIRST_RESTLESS = 5
"""Cheapest berths that anybody else gets to start with …"""

KEENEST = 10
"""… beside those of which they are among the few who lose least by coming to them: so many of each, on average."""

PER_ROUND = 15
"""Most columns per person that a round of pricing adds …"""

BEST_CALM = 7
"""… and of those who have a bed only those that are among the best few of their berth: so many of each, on average …"""

AT_LEAST = 2
"""… beside so many whatever the berth."""

SLACK = 0.3
"""Share of the gap asked for by which the bound may fall short of the relaxation."""

NEARLY = 0.03
"""A bound that falls short of the relaxation by no more than this share is good enough to search by."""

STALLED = 1e-3
"""A round that changes the relaxation by less than this share closes in on the bound."""


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation proves."""

    bound: float
    """No solution costs less."""
    value: float
    """Of the relaxation over its columns and rows, the bound's limit; infinite where it has no solution."""
    reduced: Costs
    """A solution with this column costs at least `bound` plus this; the last column is to remain; infinite where
    forbidden. (n, m + 1)."""
    capacity_duals: Costs
    """What one more bed would save, by cell and slot. (c, s)."""
    columns: Mask
    """In the relaxation. (n, m)."""
    watched: Mask
    """Bays and slots whose company was broken before it had rows. (b, s)."""
    used: Mask
    """In a solution of the relaxation on the way. (n, m)."""
    settled: Ints
    """Berth of each person who has one whole in the last solution, `REMAINS` of those with none, else `FREE`. (n,)."""


def relax_columns(
    problem: BedProblem,
    limits: Limits,
    on_progress: OnProgress | None = None,
    soon_s: float | None = None,
    enough: float = math.inf,
) -> Relaxed:
    """Bound a problem; within the time limit as closely as the gap asks for.

    Where not even the first relaxation is solved in time, everything that is certain is that nobody pays less than
    in their cheapest place.

    Parameters
    ----------
    soon_s : seconds after which a bound that is nearly as high as the relaxation will do; None: the time limit.
    enough : a bound so high will do at once.
    """
    return _Relaxation(problem, limits, on_progress, soon_s, enough).run()


class _Relaxation:
    def __init__(
        self,
        problem: BedProblem,
        limits: Limits,
        on_progress: OnProgress | None,
        soon_s: float | None,
        enough: float,
    ) -> None:
        self._enough = enough
        self._soon_s = limits.time_limit_s if soon_s is None else soon_s
        self._problem, self._limits, self._on_progress = problem, limits, on_progress
        self._started = time.perf_counter()
        self._mask = usual(problem)
        self._master = Master(problem)
        self._cuts = CompanyCuts(self._master, self._mask)
        self._calm = (problem.people.home >= 0) & np.isfinite(problem.people.remaining)
        self._used = np.zeros_like(self._mask)
        self._settled = all_free(problem)

    def run(self) -> Relaxed:
        """Price until the bound is close to the value and no rows are broken."""
        add_standing_rows(self._master, self._mask)
        self._master.add_columns(_first_columns(self._problem, self._mask, self._calm))
        best, before = _cheapest_places(self._problem, self._mask), math.inf
        for _ in range(ROUNDS):
            far = math.isinf(before) or before - best.bound > NEARLY * abs(before)
            left_s = self._left_s if far else self._left_soon_s
            if left_s <= 0 or not self._master.solve(replace(self._limits, time_limit_s=left_s)):
                break
            self._used |= self._master.used
            self._settled = self._master.settled
            together, alone = self._reduced()
            relaxed = self._bounded(together)
            best = relaxed if relaxed.bound >= best.bound else replace(best, value=relaxed.value)
            value = relaxed.value
            if best.bound >= self._enough:
                break
            close = value - best.bound <= SLACK * self._limits.gap * abs(value) + 1e-6
            stalled = abs(value - before) <= STALLED * abs(value)
            changed = self._cuts.add(crowds=stalled)
            more = self._best(alone, ~self._master.added & (alone < -1e-6))
            if stalled or not more.any():
                more |= self._best(together, ~self._master.added & (together < -1e-6))
            done = close and (not changed or stalled)
            if done or not (changed or more.any()) or not self._tell(best.bound):
                break
            self._master.add_columns(more)
            before = value
        return replace(
            best, columns=self._master.added, watched=self._watched(), used=self._used, settled=self._settled
        )

    def _reduced(self) -> tuple[Costs, Costs]:
        """Reduced costs of all columns, that hold together and alone."""
        return repaired(self._problem, self._master.reduced_costs(), self._mask, self._budget())

    def _best(self, reduced: Costs, mask: Mask) -> Mask:
        """Columns to add of those in a mask, by their reduced cost."""
        few = _keenest(reduced, mask & self._calm[:, None], BEST_CALM) | ~self._calm[:, None]
        return np.asarray(few & _cheapest(reduced, mask, PER_ROUND) | _cheapest(reduced, mask, AT_LEAST))

    def _budget(self) -> Budget:
        problem = self._problem
        kinds = np.full((len(problem.bays), problem.n_slots, len(problem.takes)), np.inf)
        for number, bay in enumerate(problem.bays):
            kinds[number][:, list(bay.kinds)] = 0.0
        for (number, slot), opened in self._cuts.opened.items():
            for kind, variable in opened.kinds.items():
                kinds[number, slot, kind] = self._master.reduced_of(variable)
        flips = np.array([bay.flip for bay in problem.bays])
        for number, variable in self._cuts.flips.items():
            flips[number] = self._master.reduced_of(variable)
        return Budget(kinds, flips, self._cuts.flipped)

    def _watched(self) -> Mask:
        watched = np.zeros((len(self._problem.bays), self._problem.n_slots), dtype=bool)
        for number, slot in self._cuts.opened:
            watched[number, slot] = True
        return watched

    def _bounded(self, together: Costs) -> Relaxed:
        master = self._master
        slack = np.minimum(0.0, together.min(axis=1, initial=0.0))
        remain = np.where(master.must, np.inf, np.maximum(0.0, master.place_prices() - slack))
        reduced = np.column_stack([np.maximum(0.0, together - slack[:, None]), remain])
        bound = master.value + float(slack.sum())
        return Relaxed(
            bound, master.value, reduced, master.cell_prices(), master.added, self._watched(), self._used, self._settled
        )

    @property
    def _left_soon_s(self) -> float:
        return self._left_s - self._limits.time_limit_s + self._soon_s

    @property
    def _left_s(self) -> float:
        return self._limits.time_limit_s - (time.perf_counter() - self._started)

    def _tell(self, bound: float) -> bool:
        if self._on_progress is None:
            return True
        return self._on_progress(Progress("solve", 1 - self._left_s / self._limits.time_limit_s, None, bound))


def _first_columns(problem: BedProblem, mask: Mask, calm: Mask) -> Mask:
    """The cheapest few columns of each person, and the keenest few people of each berth."""
    cheapest = _cheapest(problem.berths.cost, mask, np.where(calm, FIRST_CALM, FIRST_RESTLESS)[:, None])
    restless = mask & ~calm[:, None]
    least: Costs = np.where(restless, problem.berths.cost, np.inf).min(axis=1, initial=np.inf)
    lost = problem.berths.cost - np.where(np.isfinite(least), least, 0.0)[:, None]
    return np.asarray(cheapest | _keenest(lost, restless, KEENEST))


def _keenest(costs: Costs, mask: Mask, average: int) -> Mask:
    """Of each column of a mask the cheapest few entries, so many in each row on average, of rows that have any."""
    rows, columns = int(mask.any(axis=1).sum()), int(mask.any(axis=0).sum())
    return _cheapest(costs.T, mask.T, -(-average * rows // max(1, columns))).T


def _cheapest(costs: Costs, mask: Mask, most: Ints | int) -> Mask:
    """Of each row of a mask the cheapest entries, at most so many. `most` has the shape (n, 1)."""
    row, column = np.nonzero(mask)
    order = np.lexsort((costs[row, column], row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    kept = rank < (most if isinstance(most, int) else most[row, 0])
    chosen = np.zeros(mask.shape, dtype=bool)
    chosen[row[kept], column[kept]] = True
    return chosen


def _cheapest_places(problem: BedProblem, mask: Mask) -> Relaxed:
    """The bound if nobody were in another's way."""
    cost = np.column_stack([np.where(mask, problem.berths.cost, np.inf), problem.people.remaining])
    least = cost.min(axis=1)
    reduced = np.where(np.isfinite(least)[:, None], cost - np.where(np.isfinite(least), least, 0.0)[:, None], cost)
    none, nowhere = np.zeros_like(mask), np.zeros((len(problem.bays), problem.n_slots), dtype=bool)
    duals, free = np.zeros(problem.capacity.shape), all_free(problem)
    return Relaxed(float(least.sum()), math.inf, reduced, duals, none, nowhere, none, free)
