"""The planner against placing patients one by one in order of arrival: `benchmarks.beds --greedy-seeds 1-100`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.greedy import greedy_plan
from benchmarks.sample_beds import hospital
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.optimise.check import check_bed_plan

HEAD = "  beds  seed    as it is one by one with holds       plan      bound  saved  saved of holds seconds checker"


@dataclass(frozen=True)
class Duel:
    """One hospital planned in both ways; all but seconds in points."""

    beds: int
    seed: int
    as_it_is: float
    greedy: float
    """One by one, each into a bed that is free at once, as the English pilot does."""
    holding: float
    """The same, but a bed may be held that is free later."""
    plan: float
    bound: float
    plan_s: float
    broken: tuple[int, int, int]
    """Hard rules that the checker finds broken: one by one, with holds, by the planner."""

    @property
    def lost(self) -> bool:
        """Whether the planner's plan costs more than either of the others."""
        return self.plan > min(self.greedy, self.holding) + 1e-6

    def line(self) -> str:
        """A row of the table."""
        checked = "ok" if not any(self.broken) else f"{' / '.join(map(str, self.broken))} BROKEN"
        return (
            f"{self.beds:6d} {self.seed:5d} {self.as_it_is:11.1f} {self.greedy:10.1f} {self.holding:10.1f} "
            f"{self.plan:10.1f} {self.bound:10.1f} {saved(self.greedy, self.plan):6.1%} "
            f"{saved(self.holding, self.plan):15.1%} {self.plan_s:7.2f} {checked}{' LOST' if self.lost else ''}"
        )


def compare(beds: int, seed: int, settings: BedSettings) -> Duel:
    """Plan one sample hospital in every way."""
    state = hospital(beds, seed)
    plans = [greedy_plan(*state, settings), greedy_plan(*state, settings, holds=True), plan_beds(*state, settings)]
    greedy, holding, plan = (each.objective for each in plans)
    faults = [len(check_bed_plan(*state, each)) for each in plans]
    return Duel(
        beds=beds,
        seed=seed,
        as_it_is=keep_as_is(*state, settings).objective,
        greedy=greedy,
        holding=holding,
        plan=plan,
        bound=plans[2].bound,
        plan_s=plans[2].runtime_s,
        broken=(faults[0], faults[1], faults[2]),
    )


def saved(baseline: float, plan: float) -> float:
    """Share of what the baseline costs that the plan does not; below 0 for a dearer plan.

    >>> saved(400.0, 300.0)
    0.25
    """
    return (baseline - plan) / baseline if baseline else 0.0


def summary(duels: Sequence[Duel]) -> str:
    """Savings over all hospitals, and how many were lost or broke a hard rule."""
    lines = []
    for name, each in (("one by one", "greedy"), ("one by one with holds", "holding")):
        shares = [saved(getattr(duel, each), duel.plan) for duel in duels]
        total = saved(sum(getattr(duel, each) for duel in duels), sum(duel.plan for duel in duels))
        told = f"total {total:.1%}, median {statistics.median(shares):.1%}, least {min(shares):.1%}"
        lines.append(f"saved of {name}: {told}; at least 25 % in {sum(s >= 0.25 for s in shares)} of {len(shares)}")
    broken = " / ".join(str(sum(duel.broken[which] for duel in duels)) for which in range(3))
    lines.append(f"plans dearer than another: {sum(duel.lost for duel in duels)}")
    lines.append(f"hard rules broken (one by one / with holds / plan): {broken}")
    return "\n".join(lines)


def main(sizes: Sequence[int], seeds: Sequence[int], settings: BedSettings) -> int:
    """Print the table; 1 where a plan is dearer than one made one by one, or breaks a hard rule."""
    print(HEAD)
    duels = []
    for beds in sizes:
        for seed in seeds:
            duels.append(compare(beds, seed, settings))
            print(duels[-1].line(), flush=True)
    print(summary(duels))
    return int(any(duel.lost or duel.broken[2] for duel in duels))
