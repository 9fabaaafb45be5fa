"""Triage acuity on the public KTAS set, against experts' levels.

    python -m benchmarks.public.ktas DATA [--test DIR] [--json]   one table
    python -m benchmarks.public.ktas DATA --fit                   fit the model that is shipped, and write its card

`DATA` holds `ktas/ktas.csv` (Moon et al. 2019). Folds are grouped by complaint, so that every wording is new, and
random. Everything that is chosen (calibration, safety cut) is chosen on inner folds of the same kind.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.public.ktas_card import card
from benchmarks.public.ktas_measures import KtasSet, Predicted, read_ktas, scores
from medalloc.needs.embed import MiniLmEncoder
from medalloc.needs.encoder import Encoder
from medalloc.needs.models.triage import SHIPPED, decide, save_triage
from medalloc.needs.models.triage_fit import TriageFit, fit_triage, folds_of

FOLDS, SEEDS = 5, 3
CARD = Path(__file__).parents[2] / "docs" / "models" / "triage-acuity.md"


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
    grouped = mean_scores(known, [in_folds(known, encoder, seed, grouped=True) for seed in range(seeds)])
    random = mean_scores(known, [in_folds(known, encoder, seed, grouped=False) for seed in range(seeds)])
    return grouped | {f"{name}_random": value for name, value in random.items()}


def predict(known: KtasSet, unseen: KtasSet, encoder: Encoder, how: TriageFit) -> Predicted:
    """What a model of the known cases makes of others."""
    model = fit_triage(known.cases, known.levels, encoder, how)
    chances = model.probabilities(unseen.cases, encoder)
    return Predicted(chances, decide(chances, model.cut))


def in_folds(known: KtasSet, encoder: Encoder, seed: int, *, grouped: bool) -> Predicted:
    """What models of the other folds make of each fold."""
    how = TriageFit(seed=seed, new_wording=grouped)
    chances, levels = np.empty((len(known.cases), 5)), np.empty(len(known.cases), dtype=np.int64)
    for seen, unseen in folds_of(known.complaints, known.levels, FOLDS, seed, grouped=grouped):
        found = predict(known.part(seen), known.part(unseen), encoder, how)
        chances[unseen], levels[unseen] = found.chances, found.levels
    return Predicted(chances, levels)


def mean_scores(known: KtasSet, runs: Sequence[Predicted]) -> dict[str, float]:
    """Means of the measures over runs."""
    each = [scores(known.levels, run) for run in runs]
    return {name: float(np.mean([one[name] for one in each])) for name in each[0]}


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
        fit_shipped(asked.data, MiniLmEncoder(), SHIPPED, CARD, seeds=asked.seeds)
        return
    found = measure(asked.data, MiniLmEncoder(), asked.test, seeds=asked.seeds)
    if asked.json:
        print(json.dumps({"ktas": found}))
        return
    for name, value in found.items():
        print(f"{name:22} {value:.3f}")


def fit_shipped(data: Path, encoder: Encoder, folder: Path, card_file: Path, *, seeds: int = SEEDS) -> None:
    """Fit on all rows; keep arrays and metadata in a folder, and write the card."""
    known, encoder = read_ktas(data), RememberingEncoder(encoder)
    grouped = [in_folds(known, encoder, seed, grouped=True) for seed in range(seeds)]
    random = [in_folds(known, encoder, seed, grouped=False) for seed in range(seeds)]
    model = fit_triage(known.cases, known.levels, encoder)
    measured = mean_scores(known, grouped) | {f"{name}_random": x for name, x in mean_scores(known, random).items()}
    save_triage(model, folder, {"rows": len(known.cases), "measured": measured})
    card_file.write_text(card(known, model, grouped, random), encoding="utf-8")


if __name__ == "__main__":
    main()
