"""Measure all that is read from notes: `python -m benchmarks.needs --data DIR [--test DIR] [--only SET…] [--json]`.

DIR holds the public sets `ktas/`, `eicu-demo/` and `zh-questions/` (see docs/models). Without `--test`, folds of them
that keep a complaint, a hospital or a near-duplicate question together; with it, all of `--data` trains and the
same-named sets of `--test` are read once. The sets `context` (sentences of the tests), `sample` (two simulated
hospitals that no fit has seen) and `speed` need no data.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import context_cases
from benchmarks.public import eicu, ktas, zh
from benchmarks.sample_needs import Memory, measure_folders
from medalloc import pipeline
from medalloc.ingest import load, read_folder
from medalloc.needs import CachedEncoder, Encoder
from medalloc.needs.corpus import texts_to_encode
from medalloc.settings import settings
from medalloc.store import open_store
from sample_data.simulate import simulate

SEEDS = (961, 962)
"""Of the sample hospitals; no fit may see them."""
SPEED_SEED, SPEED_BEDS, SPEED_PATIENTS = 963, 800, 1000
Measures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Bound:
    """Between which values a measure should lie."""

    low: float = float("-inf")
    high: float = float("inf")

    def __str__(self) -> str:
        if self.high == float("inf"):
            return f"≥ {self.low:g}"
        return f"≤ {self.high:g}" if self.low == float("-inf") else f"{self.low:g}–{self.high:g}"

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high


BOUNDS: Mapping[str, Mapping[str, Bound]] = {
    "ktas": {
        "qwk": Bound(low=0.64),
        "recall_1_2": Bound(low=0.75),
        "under_triage": Bound(high=0.14),
        "qwk_random": Bound(low=0.72),
    },
    "eicu-demo": {
        "auc_ventilated": Bound(low=0.86),
        "auc_niv": Bound(low=0.83),
        "auc_vasopressor": Bound(low=0.81),
        "auc_dnr": Bound(low=0.81),
        "los_mae": Bound(high=3.35),
        "los_coverage": Bound(low=0.76, high=0.84),
    },
    "zh-questions": {"macro_f1": Bound(low=0.95)},
    "context": {"accuracy": Bound(low=0.97), "n_all": Bound(low=300)},
    "sample": {
        "macro_f1": Bound(low=0.90),
        "ece": Bound(high=0.05),
        "abstained_share": Bound(high=0.15),
        "decided_accuracy": Bound(low=0.95),
    },
    "speed": {
        "sentences_per_s": Bound(low=700),
        "patients_1000_cold_s": Bound(high=60),
        "patients_1000_warm_s": Bound(high=0.5),
    },
}


def public_sets(data: Path, test: Path | None, encoder: Encoder) -> dict[str, Callable[[], Measures]]:
    """What measures each public set that stands in a folder, and in the one to be tested on, if there is one."""

    def at(name: str) -> tuple[Path, Path | None]:
        return data / name, None if test is None else test / name

    found: dict[str, Callable[[], Measures]] = {
        "ktas": lambda: ktas.measure(data, encoder, test),
        "eicu-demo": lambda: eicu.measure(at("eicu-demo")[0], encoder, at("eicu-demo")[1]),
        "zh-questions": lambda: zh.measure(*at("zh-questions")),
    }
    return {name: run for name, run in found.items() if all(one is None or one.is_dir() for one in at(name))}


def sample(encoder: Encoder) -> Measures:
    """Needs of simulated hospitals, from notes and vital signs alone."""
    with tempfile.TemporaryDirectory() as folder:
        folders = [Path(folder) / str(seed) for seed in SEEDS]
        for seed, out in zip(SEEDS, folders, strict=True):
            simulate(beds=300, seed=seed).write(out)
        measured = measure_folders(folders, encoder)["notes"]
    by_need = {f"f1_{name}": row["f1"] for name, row in measured["needs"].items() if row["f1"] is not None}
    return {**measured["overall"], **by_need, "patients": measured["patients"]}


def speed() -> Measures:
    """Seconds to read about 1,000 patients as the app does, scaled to 1,000.

    Cold: an empty database, the encoder not loaded; warm: the same again, as after an upload in which nothing changed.
    """
    from medalloc.needs.embed import MiniLmEncoder

    with tempfile.TemporaryDirectory() as folder:
        simulate(beds=SPEED_BEDS, seed=SPEED_SEED).write(Path(folder) / "hospital")
        snapshot = load(read_folder(Path(folder) / "hospital")).snapshot
        os.environ["MEDALLOC_STATE_DIR"] = folder
        settings.cache_clear()
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            with open_store(f"sqlite:///{folder}/speed.sqlite3") as store:
                pipeline.read_all_needs(store, snapshot)
            seconds.append(time.perf_counter() - started)
    encoder = MiniLmEncoder()
    texts = list(dict.fromkeys(texts_to_encode(snapshot)))
    encoder.encode(texts[:64])
    started = time.perf_counter()
    encoder.encode(texts)
    scale = SPEED_PATIENTS / len(snapshot.patients)
    return {
        "sentences_per_s": len(texts) / (time.perf_counter() - started),
        "patients_1000_cold_s": seconds[0] * scale,
        "patients_1000_warm_s": min(seconds[1:]) * scale,
        "patients": len(snapshot.patients),
        "sentences": len(texts),
    }


def table(measured: Mapping[str, Measures]) -> str:
    """The measures as text, with what they should reach."""
    lines = [f"{'set':<14}{'measure':<24}{'value':>10}  {'should be':<12}"]
    for name, found in measured.items():
        for measure, value in found.items():
            bound = BOUNDS[name].get(measure)
            said = "" if bound is None else f"{bound!s:<12}{'reached' if bound.holds(value) else 'MISSED'}"
            lines.append(f"{name:<14}{measure:<24}{value:>10.3f}  {said}".rstrip())
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    from medalloc.needs.embed import MiniLmEncoder

    parser = argparse.ArgumentParser(description="Measure what is read from notes.")
    parser.add_argument("--data", type=Path, metavar="DIR", help="public sets to train on, or to cross-validate")
    parser.add_argument("--test", type=Path, metavar="DIR", help="the same sets, to be read once")
    parser.add_argument("--only", nargs="*", choices=sorted(BOUNDS), metavar="SET", help="measure these sets alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    encoder = CachedEncoder(MiniLmEncoder, Memory(), b"benchmarks")
    sets: dict[str, Callable[[], Measures]] = {
        "context": context_cases.measure,
        "sample": lambda: sample(encoder),
        "speed": speed,
    }
    if options.data is not None:
        sets = public_sets(options.data, options.test, encoder) | sets
    absent = ", ".join(sorted(set(options.only or BOUNDS) - set(sets)))
    if absent and (options.only or options.data is None):
        parser.error(f"not found: {absent}; the public sets need --data DIR that holds them")
    if absent:
        print(f"not found, so not measured: {absent}", file=sys.stderr)
    measured = {}
    for name in [name for name in BOUNDS if name in (options.only or sets)]:
        print(f"{name} …", file=sys.stderr, flush=True)
        measured[name] = sets[name]()
    print(json.dumps(measured) if options.json else table(measured))


if __name__ == "__main__":
    main()
