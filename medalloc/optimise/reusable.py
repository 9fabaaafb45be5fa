"""A model that is solved again and again with other bounds of its variables: PuLP builds it once.

HiGHS keeps it, and begins a relaxation where the last one ended; without HiGHS every solve is CBC's, from the start.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress
from medalloc.optimise import solver
from medalloc.optimise.highs import held, run_held
from medalloc.optimise.solver import Limits, Pairs, Solve, expression, minimise, relax

Numbers = NDArray[np.float64]

PLAIN = {
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_allow_restart": False,
}
"""Settings for many small models that begin with a good solution: what looks for a first one is left out."""


@dataclass(frozen=True)
class Relaxation:
    """The relaxation within some bounds."""

    value: float
    """The cutoff where it costs at least that; infinite where there is no solution, minus infinity where a limit
    came first."""
    reduced: Numbers | None
    """Reduced cost of each variable; None where it was cut off or has no solution."""
    iterations: int


class ReusableModel:
    """A model to be minimised within bounds that change; arrays are in the order of `variables`."""

    def __init__(self, model: pulp.LpProblem, penalties: Mapping[str, Pairs], seed: int = 0) -> None:
        self._model = model
        self._penalties = {name: tuple(pairs) for name, pairs in penalties.items()}
        model.setObjective(expression(pair for pairs in self._penalties.values() for pair in pairs))
        self.variables: list[pulp.LpVariable] = list(model.variables())
        self.index_of = {variable: k for k, variable in enumerate(self.variables)}
        self._cost = np.array([model.objective.get(variable, 0.0) for variable in self.variables])
        self._relaxed: Any = None
        self._whole: Any = None
        if solver.highspy is not None:
            self._relaxed = held(model, seed, {"solve_relaxation": True, "presolve": "off"})
            self._whole = held(model, seed, PLAIN)

    def relax(self, low: Numbers, high: Numbers, limits: Limits) -> Relaxation:
        """Minimise with every variable continuous."""
        if self._relaxed is None:
            self._set_bounds(low, high)
            solve = relax(self._model, self._penalties, replace(limits, cutoff=None))
            dj = [variable.dj or 0.0 for variable in self.variables] if solve.found else []
            return _judged(solve.status, solve.objective, np.array(dj), solve.iterations, limits)
        ended = run_held(self._relaxed, (low, high), limits)
        dj = self._relaxed.getSolution().col_dual if ended.status is SolveStatus.OPTIMAL else []
        return _judged(ended.status, ended.bound, np.array(dj), ended.iterations, limits)

    def price(self, extra: Numbers) -> None:
        """Let each variable cost so much more than the penalties say, until told otherwise."""
        cost = self._cost + extra
        if self._relaxed is None:
            self._penalties = {"points": tuple(zip(self.variables, cost.tolist(), strict=True))}
            return
        for highs in (self._relaxed, self._whole):
            highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)

    def minimise(
        self, low: Numbers, high: Numbers, start: Numbers, limits: Limits, on_progress: OnProgress | None = None
    ) -> tuple[Solve, Numbers]:
        """Minimise from a start; the values are the start's where nothing (below the cutoff) was found."""
        if self._whole is None:
            self._set_bounds(low, high)
            known = dict(zip(self.variables, start.tolist(), strict=True))
            solve = minimise(self._model, self._penalties, limits, known, on_progress)
            if not solve.found:
                return solve, start
            return solve, np.array([variable.varValue or 0.0 for variable in self.variables])
        ended = run_held(self._whole, (low, high), limits, start, on_progress)
        if ended.status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
            return Solve(ended.status, math.inf, ended.bound, 0.0, ended.solver, {}, ended.iterations), start
        values = np.array(self._whole.getSolution().col_value)
        objective = float(self._whole.getInfo().objective_function_value)
        if limits.cutoff is not None and objective >= limits.cutoff:  # the start itself
            bound = min(ended.bound, limits.cutoff)
            proved = ended.status is SolveStatus.OPTIMAL
            status = SolveStatus.INFEASIBLE if proved else SolveStatus.NO_PLAN
            return Solve(status, math.inf, bound, 0.0, ended.solver, {}, ended.iterations, ended.nodes), start
        solve = Solve(ended.status, objective, ended.bound, 0.0, ended.solver, {}, ended.iterations, ended.nodes)
        return solve, values

    def _set_bounds(self, low: Numbers, high: Numbers) -> None:
        for variable, least, most in zip(self.variables, low.tolist(), high.tolist(), strict=True):
            variable.lowBound, variable.upBound = least, None if math.isinf(most) else most


def _judged(status: SolveStatus, value: float, reduced: Numbers, iterations: int, limits: Limits) -> Relaxation:
    if status is SolveStatus.OPTIMAL and (limits.cutoff is None or value < limits.cutoff):
        return Relaxation(value, reduced, iterations)
    if status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE):
        return Relaxation(math.inf if limits.cutoff is None else limits.cutoff, None, iterations)
    return Relaxation(-math.inf, None, iterations)
