"""Patient admission scheduling: `python -m benchmarks.pas --data DIR [--seconds 60] [--seeds 1-3] [--out DIR]`.

Every instance in the folder is solved with the product's own search, and the solution is written to `<instance>.sol`
in `--out` and scored by an independent scorer: `--scorer PATH`, else `../tools/score_pas.py` beside the data folder.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.pas_instance import Instance, bed_problem, read_instance, solution_lines
from medalloc.errors import DataError
from medalloc.optimise.stays.problem import REMAINS
from medalloc.optimise.stays.search import Found, SearchLimits, solve

OPTAPLANNER_60_S = {"01": 729.6, "03": 953.8, "05": 673.6, "07": 1528.0}
ANNEALING_300_S = {"01": 666.0, "03": 809.0, "05": 631.2, "07": 1280.4}
DUAL_BOUND = {"01": 646.4, "03": 741.0, "05": 621.3, "07": 1167.2}
"""Reference values by the number in the instance's name: OptaPlanner 9.37, annealing in C++, and bounds."""

HEAD = (
    f"{'instance':18s} {'seed':>4s} {'value':>9s} {'bound':>9s} {'gap':>6s} {'seconds':>7s} {'no room':>7s} "
    f"{'scorer':>14s} {'OptaPlanner':>11s} {'annealing':>9s} {'known bound':>11s}"
)


@dataclass(frozen=True)
class Run:
    """One instance solved once."""

    name: str
    seed: int
    found: Found
    seconds: float
    without_room: int
    score: str
    """What the scorer said; "" without one."""

    def line(self) -> str:
        """A row of the table."""
        found = self.found
        return (
            f"{self.name:18s} {self.seed:4d} {found.objective:9.1f} {found.bound:9.1f} {found.gap:6.2%} "
            f"{self.seconds:7.1f} {self.without_room:7d} {self.score or 'none':>14s} {references(self.name)}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where the scorer found a broken rule in a solution in which everybody has a room."""
    options = _options(arguments)
    try:
        instances = {path.stem: read_instance(path) for path in instance_paths(options.data, options.instances)}
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    scorer = options.scorer or options.data.resolve().parent.parent / "tools" / "score_pas.py"
    print(f"{options.seconds:g} s, {options.processes} processes, load {os.getloadavg()[0]:.1f}")
    print(HEAD)
    runs = []
    with tempfile.TemporaryDirectory(prefix="medalloc-pas-") as folder:
        out = options.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        for name, instance in instances.items():
            for seed in options.seeds:
                limits = SearchLimits(options.seconds, options.gap, seed, options.processes)
                runs.append(run(name, instance, limits, out, scorer if scorer.exists() else None, options.data))
                print(runs[-1].line(), flush=True)
    if len(options.seeds) > 1:
        print("\n".join(["medians", *medians(runs)]))
    return int(any("hard" in each.score and not each.without_room for each in runs))


def run(name: str, instance: Instance, limits: SearchLimits, out: Path, scorer: Path | None, data: Path) -> Run:
    """Solve an instance, write the solution and have it scored."""
    started = time.perf_counter()
    found = solve(bed_problem(instance), limits)
    seconds = time.perf_counter() - started
    path = out / f"{name}.sol"
    path.write_text("\n".join(solution_lines(instance, found.berth)) + "\n", encoding="utf-8")
    score = scored(scorer, data / f"{name}.txt", path) if scorer is not None else ""
    return Run(name, limits.seed, found, seconds, int(np.count_nonzero(found.berth == REMAINS)), score)


def scored(scorer: Path, instance: Path, solution: Path) -> str:
    """The cost that an independent scorer gives, with "hard" where it found a broken rule."""
    command = [sys.executable, str(scorer), str(instance), str(solution)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    cost = re.search(r"^cost (\S+)", ended.stdout, re.MULTILINE)
    if cost is None:
        return "failed"
    return cost[1] if ended.returncode == 0 else f"{cost[1]} hard"


def medians(runs: Sequence[Run]) -> list[str]:
    """Median value, bound and gap of each instance over its seeds."""
    lines = []
    for name in dict.fromkeys(each.name for each in runs):
        found = [each.found for each in runs if each.name == name]
        value, bound, gap = (
            statistics.median(getattr(each, what) for each in found) for what in ("objective", "bound", "gap")
        )
        lines.append(f"{name:18s} {len(found):4d} {value:9.1f} {bound:9.1f} {gap:6.2%} {references(name):>66s}")
    return lines


def references(name: str) -> str:
    """The reference columns of an instance."""
    number = re.sub(r"\D", "", name) if name.startswith("testdata") else ""
    columns = ((OPTAPLANNER_60_S, 11), (ANNEALING_300_S, 9), (DUAL_BOUND, 11))
    return " ".join(f"{known.get(number, '-'):>{width}}" for known, width in columns)


def instance_paths(data: Path, names: Sequence[str]) -> list[Path]:
    """The instance files of a folder, or those of the names.

    Raises DataError where there is none.
    """
    paths = sorted(path for path in data.glob("*.txt") if not names or path.stem in names)
    missing = sorted(set(names) - {path.stem for path in paths})
    if missing or not paths:
        raise DataError(f"{data} has no instance {', '.join(missing) or 'at all'}")
    return paths


def seeds(text: str) -> list[int]:
    """`3`, or `1-3`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pas", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of instances")
    parser.add_argument("--seconds", type=float, default=60, help="time limit of each run")
    parser.add_argument("--seeds", type=seeds, default=[1], help="one, or a range such as 1-3")
    parser.add_argument("--out", type=Path, help="folder for the solutions")
    parser.add_argument("--processes", type=int, default=2, help="that search side by side")
    parser.add_argument("--gap", type=float, default=0.0, help="at which a run may stop early")
    parser.add_argument("--instances", nargs="*", default=[], help="names without .txt; else all")
    parser.add_argument("--scorer", type=Path, help="program that scores INSTANCE SOLUTION")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
