"""HiGHS under PuLP, with what PuLP leaves out: start solutions, cutoffs, the honest status."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress, Progress
from medalloc.errors import SolveError
from medalloc.optimise.engine import Limits, Outcome

try:
    import highspy
except ImportError:
    highspy = None  # type: ignore[assignment]

__all__ = ["held", "highspy", "run_held", "run_highs"]

Numbers = NDArray[np.float64]

UNSAFE = 1 << 14 | 1 << 16
"""Rules of the presolve of HiGHS 1.15.1 (sparsify, enumeration) that together take feasible models for infeasible."""


class _Highs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS with a start solution."""

    start: Mapping[pulp.LpVariable, float] | None = None

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        lp.solverModel.passModel(_packed(lp))

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        if self.start is not None:
            _begin(lp.solverModel, [self.start.get(variable, 0.0) for variable in lp.variables()])
        highspy.Highs.resetGlobalScheduler(True)  # else another number of threads than last time is an error
        lp.solverModel.run()

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:  # noqa: N802
        try:
            status: tuple[int, int] = super().findSolutionValues(lp)
        except KeyError:  # a status that PuLP does not know, such as a limit of nodes; the values are there
            status = pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound
        return status


def run_highs(
    model: pulp.LpProblem,
    limits: Limits,
    start: Mapping[pulp.LpVariable, float] | None,
    on_progress: OnProgress | None,
) -> Outcome:
    """Solve a model; its variables and rows then hold the values."""
    kind, listens = highspy.cb.HighsCallbackType, on_progress is not None or limits.checks is not None
    solver = _Highs(
        msg=False,
        threads=limits.threads,
        timeLimit=max(limits.time_limit_s, 0.01),
        gapRel=limits.gap,
        random_seed=limits.seed,
        presolve_rule_off=UNSAFE,
        callbackTuple=(_listener(limits, on_progress), None) if listens else None,
        callbacksToActivate=[kind.kCallbackMipInterrupt] if listens else None,
    )
    solver.start = start
    if limits.cutoff is not None:
        solver.optionsDict["objective_bound"] = limits.cutoff
    if limits.target is not None:
        solver.optionsDict["objective_target"] = limits.target
    if limits.nodes is not None:
        solver.optionsDict["mip_max_nodes"] = limits.nodes
    model.solve(solver)
    return _outcome(model.solverModel, any(variable.cat == pulp.LpInteger for variable in model.variables()))


def held(model: pulp.LpProblem, seed: int, options: Mapping[str, Any]) -> Any:
    """A model, its objective set, as HiGHS keeps it to be run again and again."""
    solver = _Highs(msg=False, threads=1, random_seed=seed, **({"presolve_rule_off": UNSAFE} | dict(options)))
    solver.createAndConfigureSolver(model)
    solver.buildSolverModel(model)
    return model.solverModel


def run_held(
    highs: Any,
    bounds: tuple[Numbers, Numbers],
    limits: Limits,
    start: Numbers | None = None,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Run a kept model within other bounds; a relaxation that costs the cutoff or more has it as its bound."""
    count = len(bounds[0])
    highs.changeColsBounds(count, np.arange(count, dtype=np.int32), *bounds)
    highs.setOptionValue("objective_bound", highspy.kHighsInf if limits.cutoff is None else limits.cutoff)
    before = highs.getRunTime() if start is None else 0.0  # HiGHS counts all relaxations, but each whole model anew
    highs.setOptionValue("time_limit", before + max(limits.time_limit_s, 0.01))
    highs.setOptionValue("mip_rel_gap", limits.gap)
    if limits.nodes is not None:
        highs.setOptionValue("mip_max_nodes", limits.nodes)
    if start is not None:
        _begin(highs, start.tolist())
        highs.setCallback(_listener(limits, on_progress), None)
        highs.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    highspy.Highs.resetGlobalScheduler(True)
    highs.run()
    return _outcome(highs, start is not None, limits.cutoff)


def _outcome(highs: Any, is_mip: bool, cutoff: float | None = None) -> Outcome:
    info, ended = highs.getInfo(), highs.getModelStatus()
    name = f"HiGHS {highs.version()} ({highs.modelStatusToString(ended)})"
    feasible = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    if ended == highspy.HighsModelStatus.kObjectiveBound and cutoff is not None:
        return Outcome(SolveStatus.INFEASIBLE, cutoff, name, info.simplex_iteration_count)
    status = _highs_status(ended, feasible=feasible)
    bound = info.objective_function_value if status is SolveStatus.OPTIMAL else -math.inf
    if is_mip:
        bound = info.mip_dual_bound
    return Outcome(status, bound, name, info.simplex_iteration_count, max(0, info.mip_node_count))


def _begin(highs: Any, values: list[float]) -> None:
    """Begin with a solution."""
    solution = highspy.HighsSolution()
    solution.col_value = values
    highs.setSolution(solution)


def _packed(lp: pulp.LpProblem) -> Any:
    """A model as HiGHS takes it in one piece; its variables and rows are numbered as PuLP expects."""
    variables, rows = lp.variables(), list(lp._constraints.values())
    for k, variable in enumerate(variables):
        variable.index = k
    index: list[int] = []
    value: list[float] = []
    start = [0]
    for k, row in enumerate(rows):
        row.index = k
        for variable, coefficient in row.items():
            if coefficient:
                index.append(variable.index)
                value.append(coefficient)
        start.append(len(index))
    packed = highspy.HighsLp()
    packed.num_col_, packed.num_row_ = len(variables), len(rows)
    packed.col_cost_ = np.array([lp.objective.get(variable, 0.0) for variable in variables])
    packed.col_lower_ = np.array([_or(variable.lowBound, -highspy.kHighsInf) for variable in variables])
    packed.col_upper_ = np.array([_or(variable.upBound, highspy.kHighsInf) for variable in variables])
    packed.row_lower_ = np.array([_or(row.getLb(), -highspy.kHighsInf) for row in rows])
    packed.row_upper_ = np.array([_or(row.getUb(), highspy.kHighsInf) for row in rows])
    packed.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    packed.a_matrix_.num_col_, packed.a_matrix_.num_row_ = len(variables), len(rows)
    packed.a_matrix_.start_ = np.array(start)
    packed.a_matrix_.index_ = np.array(index, dtype=np.int32)
    packed.a_matrix_.value_ = np.array(value, dtype=float)
    kinds = {pulp.LpInteger: highspy.HighsVarType.kInteger}
    packed.integrality_ = [kinds.get(variable.cat, highspy.HighsVarType.kContinuous) for variable in variables]
    return packed


def _or(limit: float | None, otherwise: float) -> float:
    return otherwise if limit is None else limit


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
        model_status.kObjectiveTarget,
        model_status.kInterrupt,
        model_status.kMemoryLimit,
    )
    if ended in stopped:
        return SolveStatus.FEASIBLE if feasible else SolveStatus.NO_PLAN
    raise SolveError(f"HiGHS ended with {ended.name}")


def _listener(limits: Limits, on_progress: OnProgress | None) -> Any:
    """A HiGHS callback that counts, and reports at most five times a second."""
    last, checks = -math.inf, 0

    def listen(kind: Any, message: str, seen: Any, answer: Any, data: Any) -> None:
        nonlocal last, checks
        checks += 1
        if limits.checks is not None and checks > limits.checks:
            answer.user_interrupt = True
        if on_progress is None or seen.running_time - last < 0.2:
            return
        last = seen.running_time
        incumbent = seen.mip_primal_bound if math.isfinite(seen.mip_primal_bound) else None
        bound = seen.mip_dual_bound if math.isfinite(seen.mip_dual_bound) else None
        share = min(1.0, seen.running_time / limits.time_limit_s)
        if not on_progress(Progress("solve", share, incumbent, bound)):
            answer.user_interrupt = True

    return listen
