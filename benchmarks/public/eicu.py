"""Organ support and remaining stay on the eICU demo: `python -m benchmarks.public.eicu DIR [--test DIR] [--fit]`.

DIR holds the demo's tables as `*.csv.gz`. Without `--test`, hospitals are left out in turn; with it, the model is
fitted on DIR and tested on the hospitals of the other folder. `--fit` fits on all of DIR, writes the shipped model and
its card, whose numbers come from hospitals left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.public.eicu_card import write_card
from benchmarks.public.eicu_data import EicuStays, read_eicu
from benchmarks.public.eicu_stay import fit_remaining, foretell
from medalloc import __version__
from medalloc.needs.encoder import Encoder
from medalloc.needs.models.organ_support import SHIPPED, Support, load_organ_support, save_organ_support
from medalloc.needs.models.organ_support_fit import LabelledCases, fit_organ_support, hospital_folds
from medalloc.needs.models.stay_hazard import StayFit
from medalloc.needs.models.tfidf import Floats

FOLDS, SEED = 5, 1
BINS = 10
HOW_STAY = StayFit(trees=120)


@dataclass(frozen=True)
class Foretold:
    """What was foretold of stays whose hospitals the fit did not see."""

    stays: EicuStays
    supports: tuple[Support, ...]
    probabilities: Floats
    """(n_stays, n_supports)."""
    days: Floats
    """10, 50 and 90 % quantiles, (n_stays, 3)."""
    median_days: Floats
    """The median of the stays fitted on, (n_stays,)."""


def measure(data: Path, encoder: Encoder | None = None, test: Path | None = None) -> dict[str, float]:
    """Measures by name: on hospitals of `data` left out in turn, or on those of `test`.

    The encoder is not asked: words did as well without its vectors.
    """
    return measures_of(foretold(data, test))


def foretold(data: Path, test: Path | None = None) -> Foretold:
    """Fit and foretell, each stay by a fit without its hospital."""
    stays = read_eicu(data)
    if test is None:
        return _foretold(stays, hospital_folds(stays.cases.hospitals, FOLDS, SEED))
    others = read_eicu(test)
    first = np.arange(len(stays.remaining_days))
    second = len(first) + np.arange(len(others.remaining_days))
    return _part(_foretold(_joined(stays, others), iter([(first, second)])), second)


def _foretold(stays: EicuStays, folds: Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> Foretold:
    n, supports = len(stays.remaining_days), tuple(stays.cases.outcomes)
    probabilities, days, median = np.full((n, len(supports)), np.nan), np.full((n, 3), np.nan), np.full(n, np.nan)
    for fitted, others in folds:
        held = stays.cases.take(others)
        model = fit_organ_support(stays.cases.take(fitted))
        probabilities[others] = model.probabilities(held.texts, held.measures)
        days[others] = foretell(stays, others, fit_remaining(stays, fitted, HOW_STAY))
        median[others] = np.median(stays.remaining_days[fitted])
    return Foretold(stays, supports, probabilities, days, median)


def measures_of(found: Foretold) -> dict[str, float]:
    """Measures by name."""
    measures = {}
    for column, support in enumerate(found.supports):
        outcomes, chances = found.stays.cases.outcomes[support], found.probabilities[:, column]
        measures[f"auc_{support}"] = float(roc_auc_score(outcomes, chances))
        measures[f"ece_{support}"] = calibration_error(outcomes, chances)
    days, (low, middle, high) = found.stays.remaining_days, found.days.T
    return measures | {
        "los_mae": float(np.abs(days - middle).mean()),
        "los_mae_baseline": float(np.abs(days - found.median_days).mean()),
        "los_coverage": float(((low <= days) & (days <= high)).mean()),
        "los_width": float((high - low).mean()),
    }


def calibration_error(outcomes: NDArray[np.int64], chances: Floats) -> float:
    """Mean gap between foretold and met share over ten bins of equal size."""
    bins = np.array_split(np.argsort(chances, kind="stable"), BINS)
    return float(sum(abs(outcomes[one].mean() - chances[one].mean()) * len(one) for one in bins) / len(outcomes))


def _joined(first: EicuStays, second: EicuStays) -> EicuStays:
    def both(name: str) -> Floats:
        return np.concatenate([getattr(first, name), getattr(second, name)])

    one, other = first.cases, second.cases
    cases = LabelledCases(
        texts=one.texts + other.texts,
        measures=np.concatenate([one.measures, other.measures]),
        outcomes={name: np.concatenate([flags, other.outcomes[name]]) for name, flags in one.outcomes.items()},
        hospitals=np.concatenate([one.hospitals, other.hospitals]),
    )
    rest = {name: both(name) for name in EicuStays.__dataclass_fields__ if name != "cases"}
    return EicuStays(cases=cases, **rest)  # type: ignore[arg-type]


def _part(found: Foretold, rows: NDArray[np.int64]) -> Foretold:
    stays = found.stays
    rest = {name: getattr(stays, name)[rows] for name in EicuStays.__dataclass_fields__ if name != "cases"}
    part = EicuStays(cases=stays.cases.take(rows), **rest)
    return Foretold(part, found.supports, found.probabilities[rows], found.days[rows], found.median_days[rows])


def main() -> None:
    """Measure; with `--fit`, also write the model and its card."""
    parser = argparse.ArgumentParser(description="Organ support and remaining stay on the eICU demo.")
    parser.add_argument("data", type=Path, metavar="DIR")
    parser.add_argument("--test", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--card", type=Path, default=Path("docs/models/organ-support.md"))
    options = parser.parse_args()
    found = foretold(options.data, options.test)
    measures = measures_of(found)
    print(json.dumps(measures, indent=2))
    if options.fit:
        cases = read_eicu(options.data).cases
        described = {"version": __version__, "stays": len(cases.texts), "hospitals": len(set(cases.hospitals.tolist()))}
        save_organ_support(fit_organ_support(cases), options.out, described | {"measured": measures})
        load_organ_support.cache_clear()
        write_card(options.card, described, found.stays, found.probabilities)


if __name__ == "__main__":
    main()
