"""Sample hospitals for benchmarks of bed plans, with the needs that the generator knows to be true.

It is as if every note were read rightly: no encoder is timed, and nothing that was misread blurs a comparison.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS, Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import StayDays
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load, read_folder
from medalloc.needs.care import CareTable, care_hours, load_care_table
from sample_data.simulate import simulate

SPREAD = 3.0
"""The tenth and the ninetieth percentile of a stay are taken to be so many times shorter and longer than it is."""

NAMES = (
    *(NeedName.SPECIALTY, NeedName.ACUITY, NeedName.LEVEL, NeedName.ISOLATION, NeedName.ORGANISM),
    *(NeedName.COGNITION, NeedName.MOBILITY, *FEATURE_NEEDS, *CARE_NEEDS),
)


def hospital(beds: int, seed: int) -> tuple[HospitalSnapshot, Mapping[str, Needs]]:
    """A sample hospital and the needs of everybody in it, by patient_id."""
    table = load_care_table()
    with tempfile.TemporaryDirectory(prefix="medalloc-beds-") as folder:
        simulate(beds=beds, seed=seed).write(Path(folder))
        snapshot = load(read_folder(Path(folder))).snapshot
        with (Path(folder) / "truth.csv").open(encoding="utf-8", newline="") as file:
            needs = {row["patient_id"]: true_needs(row, table) for row in csv.DictReader(file)}
    return snapshot, needs


def true_needs(row: Mapping[str, str], table: CareTable) -> Needs:
    """What a patient needs by a row of truth.csv, all of it binding, with the rest of the stay and the care."""
    found = {name: _certain(name, row[name]) for name in NAMES if row.get(name)}
    left_days = max(0.0, float(row["remaining_los_days"]))
    stay = StayDays(left_days / SPREAD, left_days, left_days * SPREAD)
    needs = Needs(row["patient_id"], found, stay=stay)
    return replace(needs, care=care_hours(table, needs))


def _certain(name: NeedName, value: str) -> Need:
    return Need(name, value, 1.0, NeedSource.CLINICIAN, Binding.HARD)


def seeds(text: str) -> list[int]:
    """Seeds of `1-20` or `3`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))
