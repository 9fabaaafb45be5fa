"""The search for a solution: a bound of the whole problem, then the gap closed over the columns that matter."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress
from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.closing import close
from medalloc.optimise.stays.problem import BedProblem, Costs, Ints
from medalloc.optimise.stays.relaxation import relax_columns


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
        if self.objective <= self.bound or self.objective == 0:
            return 0.0
        return (self.objective - self.bound) / abs(self.objective) if math.isfinite(self.objective) else math.inf


def solve(
    problem: BedProblem, limits: SearchLimits, start: Ints | None = None, on_progress: OnProgress | None = None
) -> Found:
    """The best solution found within the limits, and what none can cost less than."""
    started = time.perf_counter()
    own = Limits(limits.time_limit_s, limits.gap, limits.seed)
    relaxed = relax_columns(problem, own, on_progress)
    left_s = max(0.01, limits.time_limit_s - (time.perf_counter() - started))
    closed = close(problem, relaxed, Limits(left_s, limits.gap, limits.seed), start, on_progress)
    return Found(closed.status, closed.berth, closed.objective, closed.bound, closed.solver, relaxed.capacity_duals)
