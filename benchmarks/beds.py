"""Time the bed planner on sample hospitals, and check its plans: `python -m benchmarks.beds`.

Each hospital is planned in a process of its own, which says what it took of time and memory; a fit tells how that
grows with the beds. `--checker-seeds 1-20 --beds 120` plans and checks many hospitals of one size;
`--greedy-seeds 1-100 --beds 120` compares plans with placing patients one by one.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import duel
from benchmarks.growth import growth_of
from benchmarks.sample_beds import hospital, seeds
from medalloc.domain.needs import Needs
from medalloc.domain.people import PatientStatus
from medalloc.domain.plan import Action
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.check import check_bed_plan, current_breaches

SIZES = (40, 120, 300, 600, 1000, 2000)

GROWING = ("build_s", "plan_s", "cpu_s", "peak_mb")

HEAD = (
    "  beds  seed patients waiting breaches build_s plan_s   cpu_s peak_mb  objective      bound    gap    as it is "
    "moves holds no bed checker"
)


@dataclass(frozen=True)
class Run:
    """One hospital planned, or the medians of several."""

    beds: int
    seed: int | None
    """None: of several."""
    patients: float
    waiting: float
    breaches: float
    """Hard rules that the hospital breaks as it is."""
    build_s: float
    """Until the problem is arrays."""
    plan_s: float
    """All of planning, building again included."""
    cpu_s: float
    """Of all processes that planned."""
    peak_mb: float
    """Most memory that the planning process had, Python with its libraries included."""
    objective: float
    bound: float
    gap: float
    as_it_is: float
    """What it costs to do nothing."""
    moves: float
    holds: float
    no_bed: float
    broken: int
    """Hard rules that the plan breaks."""

    def line(self) -> str:
        """A row of the table."""
        seed = "-" if self.seed is None else self.seed
        return (
            f"{self.beds:6d} {seed:>5} {self.patients:8g} {self.waiting:7g} {self.breaches:8g} "
            f"{self.build_s:7.2f} {self.plan_s:6.2f} {self.cpu_s:7.2f} {self.peak_mb:7.0f} {self.objective:10.1f} "
            f"{self.bound:10.1f} {self.gap:6.2%} {self.as_it_is:11.1f} {self.moves:5g} {self.holds:5g} "
            f"{self.no_bed:6g} {'ok' if not self.broken else f'{self.broken} BROKEN'}"
        )


def run(beds: int, seed: int, settings: BedSettings) -> Run:
    """Plan and check one sample hospital, in a process of its own."""
    state = hospital(beds, seed)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        return replace(alone.submit(planned, *state, settings).result(), beds=beds, seed=seed)


def planned(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], settings: BedSettings) -> Run:
    """Plan a hospital in this process, and say what that took."""
    started = time.perf_counter()
    compile_situation(situation_of(snapshot, needs, Given(settings)))
    build_s = time.perf_counter() - started
    gc.collect()
    before_s = cpu_s()
    plan = plan_beds(snapshot, needs, settings)
    taken_s, peak = cpu_s() - before_s, peak_mb()
    return Run(
        beds=len(snapshot.beds),
        seed=settings.seed,
        patients=len(snapshot.patients),
        waiting=sum(patient.status is PatientStatus.WAITING for patient in snapshot.patients),
        breaches=len(current_breaches(snapshot, needs)),
        build_s=build_s,
        plan_s=plan.runtime_s,
        cpu_s=taken_s,
        peak_mb=peak,
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        as_it_is=keep_as_is(snapshot, needs, settings).objective,
        moves=sum(placement.action.moves for placement in plan.placements),
        holds=sum(placement.action is Action.HOLD for placement in plan.placements),
        no_bed=sum(not placement.to_bed_id for placement in plan.placements),
        broken=len(check_bed_plan(snapshot, needs, plan)),
    )


def cpu_s() -> float:
    """Processor seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_mb() -> float:
    """Most memory that this process ever had [10^6 bytes].

    `ru_maxrss` says the same, but on Linux a process begins with the peak of the one that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def medians(runs: Sequence[Run]) -> list[Run]:
    """The medians over the seeds of each size that has several; their broken rules add up."""
    found = []
    for beds in dict.fromkeys(each.beds for each in runs):
        alike = [each for each in runs if each.beds == beds]
        names = [name for name in Run.__dataclass_fields__ if name not in ("beds", "seed", "broken")]
        middle = {name: statistics.median(getattr(each, name) for each in alike) for name in names}
        if len(alike) > 1:
            found.append(Run(beds=beds, seed=None, broken=sum(each.broken for each in alike), **middle))
    return found


def growths(runs: Sequence[Run]) -> list[str]:
    """How time and memory grow with the beds, a line each; none with one size alone."""
    sizes = [each.beds for each in runs]
    if len(set(sizes)) < 2:
        return []
    return [growth_of(sizes, [getattr(each, name) for each in runs]).line(name, "beds") for name in GROWING]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 where the checker finds a fault, or placing one by one costs less."""
    options = _options(arguments)
    settings = BedSettings(
        time_limit_s=options.time_limit, gap=options.gap, threads=options.threads, processes=options.processes
    )
    if options.greedy_seeds:
        return duel.main(options.beds, options.greedy_seeds, settings)
    print(HEAD)
    runs = []
    for beds in options.beds:
        for seed in options.checker_seeds or options.seeds:
            runs.append(run(beds, seed, settings))
            print(runs[-1].line(), flush=True)
    middle = medians(runs)
    told = ["medians", *(each.line() for each in middle)] if middle else []
    for line in [*told, *growths(runs)]:
        print(line)
    return 1 if any(each.broken for each in runs) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beds", description=__doc__)
    parser.add_argument("--beds", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seeds", type=seeds, default=[1], help="one, or a range such as 1-3")
    parser.add_argument("--checker-seeds", type=seeds, help="seeds to plan and check, instead of --seeds")
    parser.add_argument("--greedy-seeds", type=seeds, help="seeds to compare with placing patients one by one")
    parser.add_argument("--time-limit", type=float, default=60.0, help="of each plan, in seconds")
    parser.add_argument("--gap", type=float, default=BedSettings().gap, help="at which a plan is good enough")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="that search side by side")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
