"""PuLP models solved by HiGHS, or by CBC without HiGHS; it and its two engines alone know the solver.

PuLP says "Optimal" after a time limit and leaves numbers in the variables of an infeasible model. `Solve` is
honest: status and bound come from the solver itself, and a model without a solution has no values.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pulp

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress
from medalloc.errors import SolveError
from medalloc.optimise.cbc import run_cbc
from medalloc.optimise.engine import Limits, Outcome
from medalloc.optimise.highs import highspy, run_highs

__all__ = ["Limits", "Pairs", "Solve", "add_row", "chosen", "expression", "highspy", "minimise", "relax"]

Pairs = Iterable[tuple[pulp.LpVariable, float]]
"""A linear expression: a variable may come several times."""


@dataclass(frozen=True)
class Solve:
    """How a solve ended."""

    status: SolveStatus
    objective: float
    """Infinite where there is no solution."""
    bound: float
    """No solution of the model costs less; minus infinity where nothing is known."""
    runtime_s: float
    solver: str
    """Name, version, and the solver's own word for the end."""
    penalties: Mapping[str, float] = field(default_factory=dict)
    """Value by penalty; they sum to the objective."""
    iterations: int = 0
    """Iterations of the simplex method: work as it is the same on every machine."""
    nodes: int = 0
    """Nodes of the search tree."""

    @property
    def found(self) -> bool:
        """Whether there is a solution to read."""
        return self.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)

    @property
    def gap(self) -> float:
        """Share of the objective that a better solution could at most save."""
        if not self.found or self.objective <= 0:
            return 0.0 if self.found else math.inf
        return max(0.0, (self.objective - self.bound) / self.objective)


def chosen(variable: pulp.LpVariable) -> bool:
    """Whether a binary variable is 1 in the solution."""
    return (variable.varValue or 0.0) > 0.5


def expression(pairs: Pairs) -> pulp.LpAffineExpression:
    """The sum of coefficient × variable."""
    total: dict[pulp.LpVariable, float] = {}
    for variable, coefficient in pairs:
        total[variable] = total.get(variable, 0.0) + coefficient
    return pulp.LpAffineExpression(total)


def add_row(model: pulp.LpProblem, name: str, pairs: Pairs, sense: str, rhs: float) -> pulp.LpConstraint:
    """Add a row `pairs <= rhs`, `== rhs` or `>= rhs`; its dual is in `.pi` after `relax`."""
    senses = {"<=": pulp.LpConstraintLE, "==": pulp.LpConstraintEQ, ">=": pulp.LpConstraintGE}
    row = pulp.LpConstraint(expression(pairs), senses[sense], name, rhs)
    model.addConstraint(row)
    return row


def minimise(
    model: pulp.LpProblem,
    penalties: Mapping[str, Pairs],
    limits: Limits,
    start: Mapping[pulp.LpVariable, float] | None = None,
    on_progress: OnProgress | None = None,
) -> Solve:
    """Minimise the sum of the penalties over the rows of a model.

    `start` is a solution to begin with; `on_progress` hears of incumbent and bound, and stops the solve with
    the best found so far by returning False.

    Raises SolveError where no solver can be used, it crashed, or the model is unbounded.
    """
    parts = {name: tuple(pairs) for name, pairs in penalties.items()}
    model.setObjective(expression(pair for pairs in parts.values() for pair in pairs))
    run = run_highs if highspy is not None else run_cbc
    started = time.perf_counter()
    try:
        ended = run(model, limits, start, on_progress)
    except pulp.PulpSolverError as error:
        raise SolveError(f"the solver failed: {error}") from error
    runtime_s = time.perf_counter() - started
    if _reaches(ended, limits.cutoff, model):
        proved = ended.status is SolveStatus.OPTIMAL
        ended = replace(ended, status=SolveStatus.INFEASIBLE if proved else SolveStatus.NO_PLAN)
    if ended.status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        for variable in model.variables():
            variable.varValue = None
        bound = math.inf if ended.status is SolveStatus.INFEASIBLE else ended.bound
        bound = bound if limits.cutoff is None else min(bound, limits.cutoff)
        return Solve(ended.status, math.inf, bound, runtime_s, ended.solver, {}, ended.iterations, ended.nodes)
    values = {label: math.fsum(c * (v.varValue or 0.0) for v, c in pairs) for label, pairs in parts.items()}
    objective = math.fsum(values.values())
    bound = min(ended.bound, objective)
    return Solve(ended.status, objective, bound, runtime_s, ended.solver, values, ended.iterations, ended.nodes)


def _reaches(ended: Outcome, cutoff: float | None, model: pulp.LpProblem) -> bool:
    """Whether a solution costs the cutoff or more: HiGHS now and then returns one."""
    if cutoff is None or ended.status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        return False
    return float(model.objective.value() or 0.0) >= cutoff


def relax(model: pulp.LpProblem, penalties: Mapping[str, Pairs], limits: Limits) -> Solve:
    """Minimise with every variable continuous; the rows then hold their duals in `.pi`."""
    integers = [variable for variable in model.variables() if variable.cat == pulp.LpInteger]
    for variable in integers:
        variable.cat = pulp.LpContinuous
    try:
        return minimise(model, penalties, limits)
    finally:
        for variable in integers:
            variable.cat = pulp.LpInteger
