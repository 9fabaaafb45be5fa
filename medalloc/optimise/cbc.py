"""CBC under PuLP, for machines without HiGHS."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pulp
from pulp.apis.coin_api import COIN_CMD

from medalloc.domain.plan import SolveStatus
from medalloc.domain.progress import OnProgress
from medalloc.errors import SolveError
from medalloc.optimise.engine import Limits, Outcome


def run_cbc(
    model: pulp.LpProblem,
    limits: Limits,
    start: Mapping[pulp.LpVariable, float] | None,
    on_progress: OnProgress | None,
) -> Outcome:
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
    return _outcome(model, text)


def _outcome(model: pulp.LpProblem, log: str) -> Outcome:
    """Status and bound; CBC writes a lower bound into its log wherever it is not the objective."""
    work = (_last(log, "Total iterations:"), _last(log, "Enumerated nodes:"))
    if model.sol_status == pulp.LpSolutionInfeasible or _proved_infeasible(log):
        return Outcome(SolveStatus.INFEASIBLE, math.inf, "CBC (Infeasible)", *work)
    if model.sol_status == pulp.LpSolutionUnbounded:
        raise SolveError("CBC: the model is unbounded")
    bounds = [line.split(":")[1] for line in log.splitlines() if line.startswith("Lower bound:")]
    stopped = "Result - Stopped" in log
    if model.sol_status == pulp.LpSolutionNoSolutionFound:
        return Outcome(SolveStatus.NO_PLAN, float(bounds[-1]) if bounds else -math.inf, "CBC (Stopped)", *work)
    objective = model.objective.value() or 0.0
    bound = float(bounds[-1]) if bounds else (-math.inf if stopped else objective)
    status = SolveStatus.FEASIBLE if stopped else SolveStatus.OPTIMAL
    return Outcome(status, bound, "CBC (Stopped)" if stopped else "CBC (Optimal)", *work)


def _proved_infeasible(log: str) -> bool:
    """Whether the log says so where PuLP does not see it, as when a cutoff leaves nothing."""
    bounded = "Continuous objective value is" in log
    ends = ("Pre-processing says infeasible", "Result - Linear relaxation infeasible")
    return "Result - Problem proven infeasible" in log or (bounded and any(end in log for end in ends))


def _last(log: str, label: str) -> int:
    """The number behind the last label in a log; 0 without one."""
    numbers = [line.split(":")[1] for line in log.splitlines() if line.startswith(label)]
    return int(numbers[-1]) if numbers else 0
