"""Triage acuity on the public KTAS set, against experts' levels.

    python -m benchmarks.public.ktas DATA [--test DIR] [--json]   one table
    python -m benchmarks.public.ktas DATA --fit                   fit the model that is shipped, and write its card

`DATA` holds `ktas/ktas.csv` (Moon et al. 2019). Folds are grouped by complaint, so that every wording is new, and
random. Everything that is chosen (calibration, safety cut) is chosen on inner folds of the same kind.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score

from medalloc.domain.people import Consciousness, Sex
from medalloc.needs.embed import MiniLmEncoder
from medalloc.needs.encoder import Encoder
from medalloc.needs.models.triage import SHIPPED, decide, save_triage
from medalloc.needs.models.triage_features import TriageCase
from medalloc.needs.models.triage_fit import TriageFit, fit_triage, folds_of

FILE = Path("ktas") / "ktas.csv"
FOLDS, SEEDS, BINS = 5, 3, 10
EXPERT, COMPLAINT = "KTAS_expert", "Chief_complain"
AMBULANCES, WALKING = {"2", "4"}, "1"
MENTAL = {"1": Consciousness.ALERT, "2": Consciousness.VOICE, "3": Consciousness.PAIN, "4": Consciousness.UNRESPONSIVE}
SEXES = {"1": Sex.FEMALE, "2": Sex.MALE}
Levels = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class KtasSet:
    """The set: what was known at triage, and the level that experts gave afterwards."""

    cases: tuple[TriageCase, ...]
    levels: Levels

    @property
    def complaints(self) -> list[str]:
        """What folds are grouped by."""
        return [" ".join(case.complaint.lower().split()) for case in self.cases]

    def part(self, places: Iterable[int]) -> KtasSet:
        """The rows at these places."""
        chosen = list(places)
        return KtasSet(tuple(self.cases[place] for place in chosen), self.levels[chosen])


@dataclass(frozen=True)
class Predicted:
    """What models that had not seen a case made of it."""

    chances: Floats
    levels: Levels
    cuts: tuple[float, ...]


class RememberingEncoder:
    """An encoder that encodes every text once: folds ask for the same ones again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.name, self.dim = encoder.name, encoder.dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts."""
        new = sorted(set(texts) - self._known.keys())
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.asarray([self._known[text] for text in texts], dtype=np.float32)


def read_ktas(folder: Path) -> KtasSet:
    """The set in a folder; of its columns, only what was known before anybody judged the patient."""
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return KtasSet(tuple(map(_case, rows)), np.asarray([int(row[EXPERT]) for row in rows]))


def measure(data: Path, encoder: Encoder, test: Path | None = None, *, seeds: int = SEEDS) -> dict[str, float]:
    """Agreement with the experts.

    Parameters
    ----------
    test
        None: means over folds grouped by complaint, and with the ending `_random` over random folds. Else a model
        of all of `data` is measured on the set in this folder.
    """
    known, encoder = read_ktas(data), RememberingEncoder(encoder)
    if test is not None:
        unseen = read_ktas(test)
        return scores(unseen.levels, predict(known, unseen, encoder, TriageFit()))
    grouped = [scores(known.levels, in_folds(known, encoder, seed, grouped=True)) for seed in range(seeds)]
    random = [scores(known.levels, in_folds(known, encoder, seed, grouped=False)) for seed in range(seeds)]
    return _means(grouped) | {f"{name}_random": value for name, value in _means(random).items()}


def predict(known: KtasSet, unseen: KtasSet, encoder: Encoder, how: TriageFit) -> Predicted:
    """What a model of the known cases makes of others."""
    model = fit_triage(known.cases, known.levels, encoder, how)
    chances = model.probabilities(unseen.cases, encoder)
    return Predicted(chances, decide(chances, model.cut), (model.cut,))


def in_folds(known: KtasSet, encoder: Encoder, seed: int, *, grouped: bool) -> Predicted:
    """What models of the other folds make of each fold."""
    how = TriageFit(seed=seed, new_wording=grouped)
    chances, levels = np.empty((len(known.cases), 5)), np.empty(len(known.cases), dtype=np.int64)
    cuts: list[float] = []
    for seen, unseen in folds_of(known.complaints, known.levels, FOLDS, seed, grouped=grouped):
        found = predict(known.part(seen), known.part(unseen), encoder, how)
        chances[unseen], levels[unseen] = found.chances, found.levels
        cuts.extend(found.cuts)
    return Predicted(chances, levels, tuple(cuts))


def scores(expert: Levels, found: Predicted) -> dict[str, float]:
    """How well levels and probabilities agree with the experts'."""
    urgent = expert <= 2
    return {
        "qwk": float(cohen_kappa_score(expert, found.levels, weights="quadratic")),
        "recall_1_2": float((found.levels[urgent] <= 2).mean()),
        "under_triage": float((found.levels > expert).mean()),
        "over_triage": float((found.levels < expert).mean()),
        "accuracy": float(accuracy_score(expert, found.levels)),
        "macro_f1": float(f1_score(expert, found.levels, average="macro", zero_division=0)),
        "within_one": float((np.abs(found.levels - expert) <= 1).mean()),
        "ece": calibration_error(found.chances.max(axis=1), found.chances.argmax(axis=1) + 1 == expert),
    }


def calibration_error(chances: Floats, right: NDArray[np.bool_]) -> float:
    """Mean gap between what was said and what was so, over bins of equal width."""
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, weights=chances, minlength=BINS) - np.bincount(place, weights=right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(chances))


def _means(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([run[name] for run in runs])) for name in runs[0]}


def _case(row: dict[str, str]) -> TriageCase:
    pain = _number(row["NRS_pain"]) if row["Pain"] == "1" else 0.0
    return TriageCase(
        complaint=row[COMPLAINT],
        age=_number(row["Age"]),
        sex=SEXES.get(row["Sex"], Sex.OTHER),
        by_ambulance=row["Arrival mode"] in AMBULANCES,
        walked_in=row["Arrival mode"] == WALKING,
        injury=row["Injury"] == "2",
        consciousness=MENTAL.get(row["Mental"]),
        pain_score=pain,
        systolic_bp=_number(row["SBP"]),
        pulse=_number(row["HR"]),
        resp_rate=_number(row["RR"]),
        temperature=_number(row["BT"]),
        spo2=_number(row["Saturation"]),
    )


def _number(said: str) -> float | None:
    """A number with a point or a comma; None for the set's junk (`??`, `#BOÞ!`)."""
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, or fit what is shipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args(argv)
    if asked.fit:
        fit_shipped(asked.data)
        return
    found = measure(asked.data, MiniLmEncoder(), asked.test, seeds=asked.seeds)
    if asked.json:
        print(json.dumps({"ktas": found}))
        return
    for name, value in found.items():
        print(f"{name:22} {value:.3f}")


def fit_shipped(data: Path) -> None:
    """Fit on all rows, and keep arrays and metadata with the package."""
    known, encoder = read_ktas(data), RememberingEncoder(MiniLmEncoder())
    model = fit_triage(known.cases, known.levels, encoder)
    save_triage(model, SHIPPED, {"rows": len(known.cases)})


if __name__ == "__main__":
    main()
