"""Time the bed planner on sample hospitals, and check its plans: `python -m benchmarks.beds`.

Needs come from the generator's truth, as if every note were read rightly, so that no encoder is timed.
`--checker-seeds 1-20 --beds 120` plans and checks many hospitals of one size.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from medalloc.domain.needs import FEATURE_NEEDS, Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import PatientStatus
from medalloc.domain.plan import BedPlan
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load, read_folder
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.check import check_bed_plan, current_breaches
from sample_data.simulate import simulate

HEAD = (
    "  beds  seed patients waiting breaches build_s plan_s  objective      bound    gap    as it is moves "
    "no bed checker"
)


@dataclass(frozen=True)
class Run:
    """One hospital planned."""

    beds: int
    seed: int
    snapshot: HospitalSnapshot
    plan: BedPlan
    as_it_is: float
    build_s: float
    breaches: int
    broken: int

    def line(self) -> str:
        """A row of the table."""
        moves = sum(placement.action.moves for placement in self.plan.placements)
        waiting = sum(p.status is PatientStatus.WAITING for p in self.snapshot.patients)
        wait = sum(not placement.to_bed_id for placement in self.plan.placements)
        return (
            f"{self.beds:6d} {self.seed:5d} {len(self.snapshot.patients):8d} {waiting:7d} {self.breaches:8d} "
            f"{self.build_s:7.2f} {self.plan.runtime_s:6.2f} {self.plan.objective:10.1f} "
            f"{self.plan.bound:10.1f} {self.plan.gap:6.2%} {self.as_it_is:11.1f} {moves:5d} {wait:6d} "
            f"{'ok' if not self.broken else f'{self.broken} BROKEN'}"
        )


def run(beds: int, seed: int, settings: BedSettings) -> Run:
    """Plan and check one sample hospital."""
    snapshot, needs = hospital(beds, seed)
    started = time.perf_counter()
    compile_situation(situation_of(snapshot, needs, Given(settings)))
    build_s = time.perf_counter() - started
    plan = plan_beds(snapshot, needs, settings)
    as_it_is = keep_as_is(snapshot, needs, settings).objective
    broken = len(check_bed_plan(snapshot, needs, plan))
    return Run(beds, seed, snapshot, plan, as_it_is, build_s, len(current_breaches(snapshot, needs)), broken)


def hospital(beds: int, seed: int) -> tuple[HospitalSnapshot, Mapping[str, Needs]]:
    """A sample hospital with the needs that its truth gives."""
    with tempfile.TemporaryDirectory(prefix="medalloc-beds-") as folder:
        simulate(beds=beds, seed=seed).write(Path(folder))
        snapshot = load(read_folder(Path(folder))).snapshot
        with (Path(folder) / "truth.csv").open(encoding="utf-8", newline="") as file:
            needs = {row["patient_id"]: true_needs(row) for row in csv.DictReader(file)}
    return snapshot, needs


def true_needs(row: Mapping[str, str]) -> Needs:
    """What a patient needs by a row of truth.csv, all of it binding."""
    names = (NeedName.SPECIALTY, NeedName.ACUITY, NeedName.LEVEL, NeedName.ISOLATION, NeedName.ORGANISM)
    found = {name: row[name] for name in (*names, *FEATURE_NEEDS) if row[name]}
    return Needs(row["patient_id"], {name: _certain(name, value) for name, value in found.items()})


def _certain(name: NeedName, value: str) -> Need:
    return Need(name, value, 1.0, NeedSource.CLINICIAN, Binding.HARD)


def seeds(text: str) -> list[int]:
    """Seeds of `1-20` or `3`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 where the checker finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beds", type=int, nargs="+", default=[40, 120, 300, 600, 1000])
    parser.add_argument("--seeds", type=seeds, default=[1])
    parser.add_argument("--checker-seeds", type=seeds, help="seeds to plan and check, instead of --seeds")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--gap", type=float, default=BedSettings().gap)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args(arguments)
    settings = BedSettings(time_limit_s=options.time_limit, gap=options.gap, threads=options.threads)
    print(HEAD)
    broken = 0
    for beds in options.beds:
        for seed in options.checker_seeds or options.seeds:
            done = run(beds, seed, settings)
            broken += done.broken
            print(done.line(), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
