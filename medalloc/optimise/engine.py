"""What a solver is asked and what it answers, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass

from medalloc.domain.plan import SolveStatus


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
    target: float | None = None
    """A solution that costs no more is good enough. CBC knows no such thing."""
    nodes: int | None = None
    """Most nodes of the search tree; None: no limit. A measure of work that is the same on every machine."""
    checks: int | None = None
    """Most times that HiGHS asks whether to go on, some once in every round of cuts and node; None: no limit. As
    `nodes` the same on every machine, but it limits the work at the root as well. CBC takes no such limit."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver said at the end."""

    status: SolveStatus
    bound: float
    solver: str
    iterations: int = 0
    nodes: int = 0
