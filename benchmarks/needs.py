"""Measure the needs that notes give: `python -m benchmarks.needs DIR [DIR…] [--json]`.

Every DIR is a data folder with a truth.csv that the heads were not fitted on. The record's own clinical fields are
blanked first, so that all is read from notes and vital signs; "as recorded" beside it leaves them in.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score

from medalloc.domain.needs import FEATURE_NEEDS, Binding, Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load, read_folder
from medalloc.needs import CachedEncoder, Encoder, Heads, read_needs
from medalloc.needs.claims import DEFAULTS

Truth = Mapping[str, Mapping[str, str]]
BINS = 10


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
    }
    return replace(snapshot, patients=tuple(replace(patient, **blank) for patient in snapshot.patients))


def detection(name: NeedName, pairs: Sequence[tuple[Need, str]]) -> dict[str, float]:
    """Precision, recall and F1 of a need that is used with the right value, against the default."""
    default = DEFAULTS[name]
    used = [(need.value if need.binding is not Binding.NONE else default, truth) for need, truth in pairs]
    hits = sum(value == truth != default for value, truth in used)
    claimed = sum(value != default for value, _ in used)
    support = sum(truth != default for _, truth in used)
    precision, recall = hits / max(claimed, 1), hits / max(support, 1)
    hard = [need.value == truth for need, truth in pairs if need.binding is Binding.HARD]
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * hits / max(claimed + support, 1),
        "support": support,
        "hard": len(hard),
        "hard_precision": sum(hard) / max(len(hard), 1),
    }


def calibration_error(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten equal bins of probability."""
    chance, correct = np.asarray(chances), np.asarray(right, dtype=float)
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    gaps = [abs(chance[place == at].mean() - correct[place == at].mean()) * (place == at).mean() for at in set(place)]
    return float(sum(gaps))


def measure(pairs: Mapping[NeedName, Sequence[tuple[Need, str]]]) -> dict[str, Any]:
    """All measures of needs against the truth."""
    by_need = {str(name): detection(name, found) for name, found in pairs.items() if name in DEFAULTS}
    acuity = [(int(need.value), int(truth)) for need, truth in pairs[NeedName.ACUITY]]
    read, true = zip(*acuity, strict=True)
    specialty = [(need.value, truth) for need, truth in pairs[NeedName.SPECIALTY]]
    every = [(need, truth) for found in pairs.values() for need, truth in found]
    decided = [need.value == truth for need, truth in every if not need.abstained]
    from_notes = [(need, truth) for need, truth in every if need.source is NeedSource.NOTE and need.probability]
    return {
        "needs": by_need,
        "feature_macro_f1": float(np.mean([by_need[str(name)]["f1"] for name in FEATURE_NEEDS])),
        "specialty_macro_f1": f1_score(*zip(*((t, v) for v, t in specialty), strict=True), average="macro"),
        "acuity_qwk": cohen_kappa_score(true, read, weights="quadratic"),
        "acuity_exact": float(np.mean([a == b for a, b in acuity])),
        "acuity_under_triage": float(np.mean([a > b for a, b in acuity])),
        "abstained_share": sum(need.abstained for need, _ in every) / len(every),
        "accuracy_when_decided": sum(decided) / len(decided),
        "ece": calibration_error([n.probability for n, _ in from_notes], [n.value == t for n, t in from_notes]),
        "to_confirm": {str(kind): sum(need.confirm is kind for need, _ in every) for kind in Confirm},
    }


def paired(
    results: Sequence[tuple[Mapping[str, Needs], Truth]],
) -> dict[NeedName, list[tuple[Need, str]]]:
    """Each need that was read beside its truth."""
    return {
        name: [
            (needs[patient_id].by_name[name], row[str(name)])
            for needs, truth in results
            for patient_id, row in truth.items()
        ]
        for name in NeedName
    }


def measure_folders(folders: Sequence[Path], encoder: Encoder, heads: Heads | None = None) -> dict[str, Any]:
    """Measures from notes and vital signs alone, and with the record as it is."""
    alone, recorded = [], []
    for folder in folders:
        snapshot, truth = load(read_folder(folder)).snapshot, read_truth(folder)
        alone.append((read_needs(blanked(snapshot), encoder, heads=heads), truth))
        recorded.append((read_needs(snapshot, encoder, heads=heads), truth))
    return {"notes": measure(paired(alone)), "as_recorded": measure(paired(recorded))}


def timed(folder: Path, encoder: Encoder) -> tuple[float, float, int]:
    """Seconds to read a folder's needs cold (model loaded, nothing cached) and warm, and the number of notes."""
    snapshot = load(read_folder(folder)).snapshot
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        read_needs(snapshot, encoder)
        seconds.append(time.perf_counter() - started)
    return seconds[0], seconds[1], len(snapshot.notes)


def table(measured: Mapping[str, Any]) -> str:
    """The measures as text."""
    lines = [f"{'need':<12}{'precision':>10}{'recall':>8}{'f1':>7}{'support':>9}{'hard':>6}{'right':>7}"]
    for name, row in measured["needs"].items():
        lines.append(
            f"{name:<12}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>7.3f}{row['support']:>9}"
            f"{row['hard']:>6}{row['hard_precision']:>7.3f}"
        )
    lines.extend(f"{key:<24}{value:.3f}" for key, value in measured.items() if isinstance(value, float))
    lines.append(f"to confirm: {measured['to_confirm']}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    from medalloc.needs.embed import MiniLmEncoder

    parser = argparse.ArgumentParser(description="Measure the needs read from notes.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    encoder = CachedEncoder(MiniLmEncoder, Memory(), b"benchmarks")
    cold, warm, n_notes = timed(options.folders[0], encoder)
    measured = measure_folders(options.folders, encoder)
    measured["seconds"] = {"cold": cold, "warm": warm, "notes": n_notes}
    if options.json:
        print(json.dumps(measured))
        return
    print(f"from notes and vital signs alone\n{table(measured['notes'])}\n")
    print(f"with the record\n{table(measured['as_recorded'])}\n")
    print(f"{n_notes} notes: {cold:.1f} s cold, {warm:.2f} s warm")


if __name__ == "__main__":
    main()
