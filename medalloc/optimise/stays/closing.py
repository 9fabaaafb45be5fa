"""The gap closed: a model over the columns that can be in a solution good enough, and a proof for the rest."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.around import FREE, mixed_bays
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.model import Build, build, start_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Mask
from medalloc.optimise.stays.relaxation import Relaxed

COLUMNS = 2
"""Columns per person, beside those that the relaxation uses, over which a solution is looked for first …"""

WIDER = (1, 8, 1000)
"""… and by how much more: at last over all that can be in a solution good enough."""

PROVING = 6
"""Where no more columns per person than these are needed for the proof, they are taken at once."""

CLOSER = 4.0
"""So many times closer models over some columns are solved than the gap asks, unless what they find is good enough."""


@dataclass(frozen=True)
class Closed:
    """What closing the gap ended with."""

    status: SolveStatus
    berth: Ints
    """Of each person; meaningless where nothing was found. (n,)."""
    objective: float
    """Infinite where nothing was found."""
    bound: float
    """No solution of the whole problem costs less."""
    solver: str = "none"

    @property
    def gap(self) -> float:
        """Share of the objective that a better solution could at most save; infinite where nothing was found."""
        if not math.isfinite(self.objective):
            return math.inf
        return max(0.0, self.objective - self.bound) / abs(self.objective) if self.objective else 0.0


def close(
    problem: BedProblem,
    relaxed: Relaxed,
    limits: Limits,
    start: Ints | None = None,
    on_progress: OnProgress | None = None,
) -> Closed:
    """Solve over the columns of least reduced cost, then over more of them while the gap is missed."""
    return _Closing(problem, relaxed, limits, on_progress).run(start)


class _Closing:
    def __init__(self, problem: BedProblem, relaxed: Relaxed, limits: Limits, on_progress: OnProgress | None) -> None:
        self._problem, self._relaxed, self._limits, self._on_progress = problem, relaxed, limits, on_progress
        self._started = time.perf_counter()
        self._going_on = True
        self._reduced = relaxed.reduced[:, :-1]
        self._mask = np.isfinite(self._reduced)

    def run(self, start: Ints | None) -> Closed:
        """Widen until the gap is reached."""
        nobody = np.full(len(self._problem.people.first), REMAINS)
        found = Closed(SolveStatus.NO_PLAN, nobody, math.inf, self._relaxed.bound)
        if self._relaxed.bound == math.inf:
            return replace(found, status=SolveStatus.INFEASIBLE)
        if start is not None:
            value = evaluate(self._problem, start)
            if not value.faults:
                found = Closed(SolveStatus.FEASIBLE, start, value.total, self._relaxed.bound)
        found, whole = self._rounded(found), False
        for factor in WIDER:
            if found.gap <= self._limits.gap + 1e-9 or whole or not self._going_on or self._left_s <= 0:
                break
            columns = self._columns(found, factor)
            again = self._solve(columns, found)
            better = again if again.objective < found.objective else found
            found = replace(better, bound=max(again.bound, found.bound), solver=again.solver)
            whole = bool((columns | ~self._mask).all())
        return self._judged(found, whole=whole)

    def _rounded(self, found: Closed) -> Closed:
        """What the relaxation leaves undecided, decided around the rest: soon done, and mostly good."""
        settled = settled_apart(self._problem, self._relaxed.settled)
        if (settled == FREE).all() or not (settled == FREE).any() or self._left_s <= 0:
            return found
        rounded = self._solve(self._columns(found, 1), replace(found, objective=math.inf), settled)
        return rounded if rounded.objective < found.objective else found

    def _judged(self, found: Closed, *, whole: bool) -> Closed:
        if math.isfinite(found.objective):
            reached = found.gap <= self._limits.gap + 1e-9
            return replace(found, status=SolveStatus.OPTIMAL if reached else SolveStatus.FEASIBLE)
        none_at_all = whole and found.bound == math.inf
        return replace(found, status=SolveStatus.INFEASIBLE if none_at_all else SolveStatus.NO_PLAN)

    def _columns(self, found: Closed, factor: int) -> Mask:
        """So many columns of least reduced cost, or those needed to prove the gap asked for, where they are few.

        A solution with another column costs at least the best known less the gap.
        """
        reduced, n = np.sort(self._reduced[self._mask]), len(self._reduced)
        needed = self._needed(found)
        few = np.searchsorted(reduced, needed, side="right") <= PROVING * n
        wanted = factor * COLUMNS * n
        most = reduced[min(wanted, len(reduced)) - 1] if len(reduced) and not few else needed
        columns = self._mask & (self._reduced <= min(most, needed)) | self._relaxed.used
        rows = np.flatnonzero(found.berth != REMAINS)
        columns[rows, found.berth[rows]] = True
        return np.asarray(columns)

    def _needed(self, found: Closed) -> float:
        """Reduced cost beyond which columns are in no solution that is better by more than the gap."""
        return found.objective * (1 - self._limits.gap) - self._relaxed.bound

    def _solve(self, columns: Mask, known: Closed, settled: Ints | None = None) -> Closed:
        """The best over some columns; around those who are settled, whose bound is none of the whole problem."""
        model = build(self._problem, columns, settled, Build(tight=self._relaxed.watched))
        start = start_of(model, known.berth) if math.isfinite(known.objective) else None
        left_out = self._reduced[self._mask & ~columns].min(initial=math.inf)
        limits = self._own_limits(known.bound, proving=settled is not None or left_out >= self._needed(known))
        listen = self._tell if self._on_progress is not None else None
        solve = minimise(model.lp, model.penalties, limits, start, listen)
        bound = known.bound
        if settled is None:
            bound = max(bound, min(solve.bound, self._relaxed.bound + float(left_out)))
        if not solve.found:
            return replace(known, status=solve.status, objective=math.inf, bound=bound, solver=solve.solver)
        berth = model.berths()
        value = evaluate(self._problem, berth)
        return Closed(solve.status, berth, value.total if not value.faults else math.inf, bound, solve.solver)

    def _own_limits(self, bound: float, *, proving: bool) -> Limits:
        """A solution good enough for the whole problem is enough; over some columns alone no bound helps."""
        limits, gap = replace(self._limits, time_limit_s=max(self._left_s, 0.01)), self._limits.gap
        if proving or not 0 < bound < math.inf or gap >= 1:
            return limits
        return replace(limits, gap=gap / CLOSER, target=bound / (1 - gap))

    @property
    def _left_s(self) -> float:
        return self._limits.time_limit_s - (time.perf_counter() - self._started)

    def _tell(self, progress: Progress) -> bool:
        """Pass progress on, its share in terms of the whole time limit; False once a stop was asked for."""
        share = min(1.0, 1 - self._left_s / self._limits.time_limit_s)
        if self._on_progress is not None and self._going_on:
            self._going_on = self._on_progress(replace(progress, share=share))
        return self._going_on


def settled_apart(problem: BedProblem, settled: Ints) -> Ints:
    """The same without those in bays whose company would be of no common kind: rows may be missing there. (n,)."""
    mixed = np.append(mixed_bays(problem, settled), False)
    bay_of_home = np.where(problem.people.home >= 0, problem.bay_of[problem.people.home], -1)
    bay, come = np.full(len(settled), -1), np.flatnonzero(settled >= 0)
    bay[come] = problem.bay_of[problem.berths.cell[settled[come]]]
    return np.where(mixed[bay_of_home] | mixed[bay], FREE, settled)
