"""PuLP models solved by HiGHS, or by CBC without HiGHS; the only place that knows the solver.

PuLP says "Optimal" after a time limit and leaves numbers in the variables of an infeasible model. `Solve` is
honest: status and bound come from the solver itself, and a model without a solution has no values.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulp
from pulp.apis.coin_api import COIN_CMD

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.errors import SolveError

try:
    import highspy
except ImportError:
    highspy = None  # type: ignore[assignment]

Pairs = Iterable[tuple[pulp.LpVariable, float]]
"""A linear expression: a variable may come several times."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how closely to solve."""

    time_limit_s: float
    gap: float = 0.0
    """Relative."""
    seed: int = 0
    threads: int = 1
    cutoff: float | None = None
    """Only solutions that cost less are looked for; without one, the status is INFEASIBLE and the bound the cutoff."""
    nodes: int | None = None
    """Most nodes of the search tree; None: no limit. A measure of work that is the same on every machine."""


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
    run = _run_highs if highspy is not None else _run_cbc
    started = time.perf_counter()
    try:
        ended = run(model, limits, start, on_progress)
    except pulp.PulpSolverError as error:
        raise SolveError(f"the solver failed: {error}") from error
    runtime_s = time.perf_counter() - started
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a solver said at the end."""

    status: SolveStatus
    bound: float
    solver: str
    iterations: int = 0
    nodes: int = 0


class _Highs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS with a start solution."""

    start: Mapping[pulp.LpVariable, float] | None = None

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        if self.start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = [self.start.get(variable, 0.0) for variable in lp.variables()]
            lp.solverModel.setSolution(solution)
        highspy.Highs.resetGlobalScheduler(True)  # else another number of threads than last time is an error
        lp.solverModel.run()

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:  # noqa: N802
        try:
            status: tuple[int, int] = super().findSolutionValues(lp)
        except KeyError:  # a status that PuLP does not know, such as a limit of nodes; the values are there
            status = pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound
        return status


def _run_highs(
    model: pulp.LpProblem,
    limits: Limits,
    start: Mapping[pulp.LpVariable, float] | None,
    on_progress: OnProgress | None,
) -> _Outcome:
    kind = highspy.cb.HighsCallbackType
    solver = _Highs(
        msg=False,
        threads=limits.threads,
        timeLimit=max(limits.time_limit_s, 0.01),
        gapRel=limits.gap,
        random_seed=limits.seed,
        callbackTuple=(_listener(limits, on_progress), None) if on_progress else None,
        callbacksToActivate=[kind.kCallbackMipInterrupt] if on_progress else None,
    )
    solver.start = start
    if limits.cutoff is not None:
        solver.optionsDict["objective_bound"] = limits.cutoff
    if limits.nodes is not None:
        solver.optionsDict["mip_max_nodes"] = limits.nodes
    model.solve(solver)
    highs = model.solverModel
    info, ended = highs.getInfo(), highs.getModelStatus()
    name = f"HiGHS {highs.version()} ({highs.modelStatusToString(ended)})"
    is_mip = any(variable.cat == pulp.LpInteger for variable in model.variables())
    feasible = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    status = _highs_status(ended, feasible=feasible)
    bound = info.objective_function_value if status is SolveStatus.OPTIMAL else -math.inf
    if is_mip:
        bound = info.mip_dual_bound
    return _Outcome(status, bound, name, info.simplex_iteration_count, max(0, info.mip_node_count))


def _highs_status(ended: Any, *, feasible: bool) -> SolveStatus:
    """What the model status of HiGHS means; SolveError where it means a crash or an unbounded model."""
    model_status = highspy.HighsModelStatus
    if ended in (model_status.kOptimal, model_status.kModelEmpty):
        return SolveStatus.OPTIMAL
    if ended == model_status.kInfeasible:
        return SolveStatus.INFEASIBLE
    stopped = (
        model_status.kTimeLimit,
        model_status.kIterationLimit,
        model_status.kSolutionLimit,
        model_status.kInterrupt,
        model_status.kMemoryLimit,
    )
    if ended in stopped:
        return SolveStatus.FEASIBLE if feasible else SolveStatus.NO_PLAN
    raise SolveError(f"HiGHS ended with {ended.name}")


def _listener(limits: Limits, on_progress: OnProgress) -> Any:
    """A HiGHS callback that reports at most five times a second."""
    last = -1.0

    def listen(kind: Any, message: str, seen: Any, answer: Any, data: Any) -> None:
        nonlocal last
        if seen.running_time - last < 0.2:
            return
        last = seen.running_time
        incumbent = seen.mip_primal_bound if math.isfinite(seen.mip_primal_bound) else None
        bound = seen.mip_dual_bound if math.isfinite(seen.mip_dual_bound) else None
        share = min(1.0, seen.running_time / limits.time_limit_s)
        if not on_progress(Progress("solve", share, incumbent, bound)):
            answer.user_interrupt = True

    return listen


def _run_cbc(
    model: pulp.LpProblem,
    limits: Limits,
    start: Mapping[pulp.LpVariable, float] | None,
    on_progress: OnProgress | None,
) -> _Outcome:
    """The CBC that PuLP carries, or one on the path; `on_progress` is not called, CBC tells nothing."""
    bundled = COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False)
    path = bundled.path if bundled.available() else None
    for variable in model.variables() if start is not None else ():
        variable.setInitialValue(start.get(variable, 0.0) if start is not None else 0.0)
    options = [f"randomCbcSeed {limits.seed}"]
    options += [f"cutoff {limits.cutoff}"] if limits.cutoff is not None else []
    options += [f"maxNodes {limits.nodes}"] if limits.nodes is not None else []
    with tempfile.TemporaryDirectory(prefix="medalloc-cbc-") as folder:
        log = Path(folder) / "log"
        solver = COIN_CMD(
            path=path,
            msg=False,
            logPath=str(log),
            threads=limits.threads,
            timeLimit=limits.time_limit_s,
            gapRel=limits.gap,
            warmStart=start is not None,
            options=options,
        )
        if not solver.available():
            raise SolveError("neither HiGHS (pip install highspy) nor CBC can be found")
        model.solve(solver)
        text = log.read_text(encoding="utf-8", errors="replace")
    return _cbc_outcome(model, text)


def _cbc_outcome(model: pulp.LpProblem, log: str) -> _Outcome:
    """Status and bound; CBC writes a lower bound into its log wherever it is not the objective."""
    work = (_last(log, "Total iterations:"), _last(log, "Enumerated nodes:"))
    if model.sol_status == pulp.LpSolutionInfeasible or "Result - Problem proven infeasible" in log:
        return _Outcome(SolveStatus.INFEASIBLE, math.inf, "CBC (Infeasible)", *work)
    if model.sol_status == pulp.LpSolutionUnbounded:
        raise SolveError("CBC: the model is unbounded")
    bounds = [line.split(":")[1] for line in log.splitlines() if line.startswith("Lower bound:")]
    stopped = "Result - Stopped" in log
    if model.sol_status == pulp.LpSolutionNoSolutionFound:
        return _Outcome(SolveStatus.NO_PLAN, float(bounds[-1]) if bounds else -math.inf, "CBC (Stopped)", *work)
    objective = model.objective.value() or 0.0
    bound = float(bounds[-1]) if bounds else (-math.inf if stopped else objective)
    status = SolveStatus.FEASIBLE if stopped else SolveStatus.OPTIMAL
    return _Outcome(status, bound, "CBC (Stopped)" if stopped else "CBC (Optimal)", *work)


def _last(log: str, label: str) -> int:
    """The number behind the last label in a log; 0 without one."""
    numbers = [line.split(":")[1] for line in log.splitlines() if line.startswith(label)]
    return int(numbers[-1]) if numbers else 0
