"""Measure the needs that notes give on simulated hospitals: `python -m benchmarks.sample_needs DIR [DIR…] [--json]`.

Every DIR is a data folder with a truth.csv that the heads were not fitted on. The record's own clinical fields are
blanked first, so that all is read from notes and vital signs; "as recorded" beside it leaves them in.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score

from medalloc.domain.needs import Confirm, NeedName, Needs
from medalloc.domain.people import Patient
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.governance.quality import (
    Pair,
    calibration_error,
    f1_interval,
    f1_of,
    grouped,
    need_quality,
    paired,
    reliability,
)
from medalloc.ingest import load, read_folder
from medalloc.needs import CachedEncoder, Encoder, Heads, read_needs
from medalloc.needs.claims import DEFAULTS

Truth = Mapping[str, Mapping[str, str]]
MIDDLE = "3"
"""Acuity that is taken where nothing is known."""
FEWEST_IN_GROUP = 30


class Memory:
    """Vectors kept in memory."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The entries found under the keys."""
        return {key: self.items[key] for key in keys if key in self.items}

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Keep entries by key."""
        self.items.update(items)


def read_truth(folder: Path) -> Truth:
    """What truth.csv says, by patient_id."""
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
        return {row["patient_id"]: row for row in csv.DictReader(file)}


def blanked(snapshot: HospitalSnapshot) -> HospitalSnapshot:
    """The snapshot without the clinical fields of the record."""
    blank: dict[str, Any] = {
        "specialty": "",
        "level": None,
        "isolation": None,
        "organism": "",
        "features": None,
        "readiness": None,
        "barrier": "",
    }
    return replace(snapshot, patients=tuple(replace(patient, **blank) for patient in snapshot.patients))


def default_of(name: NeedName) -> str:
    """The value of a need that asks for nothing."""
    return MIDDLE if name is NeedName.ACUITY else DEFAULTS.get(name, "no")


class Comparison:
    """Needs that were read in several hospitals, beside what is right; patient ids are made distinct."""

    def __init__(self) -> None:
        self.pairs: dict[NeedName, dict[str, Pair]] = {name: {} for name in NeedName}
        self.patient_of: dict[str, Patient] = {}

    def add(self, snapshot: HospitalSnapshot, needs: Mapping[str, Needs], truth: Truth) -> None:
        """Add a hospital."""
        place = f"{len(self.patient_of)}/"
        self.patient_of.update({place + patient.patient_id: patient for patient in snapshot.patients})
        found = paired({patient_id: one.by_name for patient_id, one in needs.items()}, truth)
        for name, pairs in found.items():
            self.pairs[name].update({place + patient_id: pair for patient_id, pair in pairs.items()})

    def measure(self) -> dict[str, Any]:
        """All measures, as `heads.json` keeps them."""
        needs = {str(name): self._of_need(name) for name in NeedName if self.pairs[name]}
        every = [pair for pairs in self.pairs.values() for pair in pairs.values()]
        decided = [need.value == truth for need, truth in every if not need.abstained]
        acuity = [(int(need.value), int(truth)) for need, truth in self.pairs[NeedName.ACUITY].values()]
        read, true = zip(*acuity, strict=True)
        known = [row["f1"] for row in needs.values() if row["f1"] is not None]
        return {
            "patients": len(self.patient_of),
            "needs": needs,
            "overall": {
                "macro_f1": float(np.mean(known)),
                "ece": calibration_error(reliability(every)),
                "abstained_share": 1.0 - len(decided) / len(every),
                "decided_accuracy": sum(decided) / len(decided),
                "acuity_qwk": float(cohen_kappa_score(true, read, weights="quadratic")),
                "acuity_under_triage": float(np.mean([a > b for a, b in acuity])),
            },
            "to_confirm": {str(kind): sum(need.confirm is kind for need, _ in every) for kind in Confirm},
        }

    def _of_need(self, name: NeedName) -> dict[str, Any]:
        pairs, default = self.pairs[name], default_of(name)
        listed = list(pairs.values())
        bins = reliability(listed)
        groups = {
            "sex": lambda patient_id: str(self.patient_of[patient_id].sex),
            "age": lambda patient_id: age_group(self.patient_of[patient_id].age),
            "ethnicity": lambda patient_id: self.patient_of[patient_id].ethnicity or "unknown",
        }
        measured: dict[str, Any] = _plain(
            asdict(need_quality(listed, default))
            | {
                "ece": calibration_error(bins),
                "reliability": [[one.probability, one.right_share, one.n] for one in bins],
                "groups": {
                    kind: {
                        group: [f1_of(found, default), len(found), *f1_interval(found, default)]
                        for group, found in grouped(pairs, of).items()
                        if len(found) >= FEWEST_IN_GROUP
                    }
                    for kind, of in groups.items()
                },
            }
        )
        return measured


def age_group(age: int) -> str:
    """Under 16, then by score of years that matter to a hospital."""
    return "0-15" if age < 16 else "16-64" if age < 65 else "65-79" if age < 80 else "80+"


def _plain(value: Any) -> Any:
    """The same with None for nan, which JSON does not know, and few digits."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value


def measure_folders(folders: Sequence[Path], encoder: Encoder, heads: Heads | None = None) -> dict[str, Any]:
    """Measures from notes and vital signs alone, and with the record as it is."""
    alone, recorded = Comparison(), Comparison()
    for folder in folders:
        snapshot, truth = load(read_folder(folder)).snapshot, read_truth(folder)
        alone.add(snapshot, read_needs(blanked(snapshot), encoder, heads=heads), truth)
        recorded.add(snapshot, read_needs(snapshot, encoder, heads=heads), truth)
    return {"notes": alone.measure(), "as_recorded": recorded.measure()}


def table(measured: Mapping[str, Any]) -> str:
    """The measures as text."""
    heads = (
        "precision recall f1 f1_low f1_high support abstained_share decided_accuracy ece hard hard_precision".split()
    )
    lines = [f"{'need':<18}" + "".join(f"{head[:9]:>10}" for head in heads)]
    for name, row in measured["needs"].items():
        lines.append(f"{name:<18}" + "".join(_cells(row[head] for head in heads)))
    lines.extend(f"{key:<24}{value:.3f}" for key, value in measured["overall"].items())
    lines.append(f"to confirm: {measured['to_confirm']}")
    return "\n".join(lines)


def _cells(values: Iterable[float | None]) -> list[str]:
    return [f"{'–' if value is None else value if isinstance(value, int) else f'{value:.3f}':>10}" for value in values]


def main() -> None:
    """Measure and print."""
    from medalloc.needs.embed import MiniLmEncoder

    parser = argparse.ArgumentParser(description="Measure the needs read from notes of simulated hospitals.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measured = measure_folders(options.folders, CachedEncoder(MiniLmEncoder, Memory(), b"benchmarks"))
    if options.json:
        print(json.dumps(measured))
        return
    print(f"from notes and vital signs alone\n{table(measured['notes'])}\n")
    print(f"with the record\n{table(measured['as_recorded'])}")


if __name__ == "__main__":
    main()
