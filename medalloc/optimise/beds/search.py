"""The search for a plan: price columns until the bound holds for all, then solve over those that matter."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.optimise.beds.columns import Bound, bound_of, first_columns, improving, useful
from medalloc.optimise.beds.model import build_model, half_open
from medalloc.optimise.beds.problem import BedProblem, Mask
from medalloc.optimise.beds.soft import Prices
from medalloc.optimise.beds.start import start_of
from medalloc.optimise.solver import Limits, chosen, minimise, relax

ROUNDS = 15
"""Most rounds of pricing columns; the bound holds after any of them."""

COLUMNS = 8
"""Columns per person over which a plan is looked for first …"""

WIDER = (1, 3, 1000)
"""… and by how much more: at last over all that can be in a plan good enough."""

SLACK = 0.3
"""Share of the gap asked for by which the bound may fall short of the relaxation."""

DEAR = 1.7
"""Columns whose reduced cost is above so many transfers are dropped, which keeps the relaxation small …"""

STALLED = 1e-3
"""… as long as it improves by this share a round: else columns could come and go for ever."""


@dataclass(frozen=True)
class Found:
    """What a search ended with."""

    status: SolveStatus
    cell_of: Mapping[int, int]
    """Cell of each newcomer, by row; empty where nothing was found."""
    objective: float
    bound: float
    solver: str

    @property
    def gap(self) -> float:
        """Share of the objective that better plans could at most save; infinite where nothing was found."""
        if self.objective <= 0:
            return 0.0
        return (self.objective - self.bound) / self.objective if math.isfinite(self.objective) else math.inf


NOTHING = Found(SolveStatus.NO_PLAN, {}, math.inf, -math.inf, "none")
"""Before the first solve."""


class Search:
    """One search over a problem."""

    def __init__(self, problem: BedProblem, prices: Prices, on_progress: OnProgress | None = None) -> None:
        self._problem = problem
        self._prices = prices
        self._on_progress = on_progress
        self._going_on = True
        self._started = time.perf_counter()
        self._mask = useful(problem, prices)
        self._tight: set[int] = set()

    def run(self) -> Found:
        """Solve over all columns of a small problem, else over those that can be in a plan good enough."""
        columns = first_columns(self._problem, self._prices, self._mask)
        whole = np.array_equal(columns, self._mask)
        bound = None if whole else self._bound(columns)
        found = self._solve(self._mask, None) if bound is None else self._widening(bound)
        if found.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
            reached = found.gap <= self._problem.settings.gap + 1e-9
            return replace(found, status=SolveStatus.OPTIMAL if reached else SolveStatus.FEASIBLE)
        return found

    def _widening(self, bound: Bound) -> Found:
        """Solve over the columns of least reduced cost, then over more of them while the gap is missed."""
        found, gap = NOTHING, self._problem.settings.gap
        for factor in WIDER:
            wanted = factor * COLUMNS * len(self._problem.people)
            columns = self._best(bound, wanted, found.objective * (1 - gap) - bound.value)
            again = self._solve(columns, bound, found)
            better = again if again.objective <= found.objective else found
            found = replace(better, bound=max(again.bound, found.bound))
            whole = np.array_equal(columns, self._mask)
            if found.gap <= gap or whole or not self._going_on or self._left_s <= 0:
                break
        return found

    def _bound(self, columns: Mask) -> Bound | None:
        """Price columns in until none improves the relaxation; None where it has no solution."""
        best: Bound | None = None
        before, dear = math.inf, DEAR * self._problem.settings.weights.transfer
        for _ in range(ROUNDS):
            model = build_model(self._problem, self._prices, columns, self._tight)
            solve = relax(model.lp, model.penalties, self._limits)
            if solve.status is not SolveStatus.OPTIMAL:
                break
            bound = bound_of(self._problem, self._prices, model, solve.objective, self._mask)
            best = bound if best is None or bound.value > best.value else best
            stalled = solve.objective >= before * (1 - STALLED)
            more = improving(bound, columns, closing=stalled)
            halves = half_open(model) - self._tight if stalled else set()
            self._tight |= halves
            close = solve.objective - best.value <= SLACK * self._problem.settings.gap * solve.objective
            done = (close or not more.any()) and not halves
            if done or not self._tell(Progress("solve", None, None, best.value)):
                break
            if not stalled:
                columns = columns & (bound.alone < dear)
            before = solve.objective
            columns = columns | more
        return best

    def _best(self, bound: Bound, wanted: int, needed: float) -> Mask:
        """So many columns of least reduced cost, but none beyond those needed to prove the gap asked for.

        A plan that uses a column left out then costs at least the last plan less the gap.
        """
        reduced = np.sort(bound.reduced[self._mask])
        slack = reduced[min(wanted, len(reduced)) - 1]
        return np.asarray(self._mask & (bound.reduced <= min(slack, needed)))

    def _solve(self, columns: Mask, bound: Bound | None, known: Found = NOTHING) -> Found:
        model = build_model(self._problem, self._prices, columns, self._tight)
        listen = self._tell if self._on_progress else None
        start = start_of(model, self._problem, known.cell_of)
        solve = minimise(model.lp, model.penalties, self._limits, start, listen)
        cell_of = {i: j for (i, j), variable in model.come.items() if solve.found and chosen(variable)}
        floor = solve.bound
        if bound is not None:
            left_out = bound.reduced[self._mask & ~columns].min(initial=math.inf)
            floor = max(bound.value, min(floor, bound.value + left_out))
        return Found(solve.status, cell_of, solve.objective, floor, solve.solver)

    @property
    def _left_s(self) -> float:
        return self._problem.settings.time_limit_s - (time.perf_counter() - self._started)

    @property
    def _limits(self) -> Limits:
        settings = self._problem.settings
        return Limits(max(self._left_s, 0.01), settings.gap, settings.seed, settings.threads)

    def _tell(self, progress: Progress) -> bool:
        """Pass progress on, its share in terms of the whole time limit; False once a stop was asked for."""
        share = min(1.0, 1 - self._left_s / self._problem.settings.time_limit_s)
        if self._on_progress is not None and self._going_on:
            self._going_on = self._on_progress(replace(progress, share=share))
        return self._going_on
