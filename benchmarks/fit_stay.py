"""Fit the shipped stay model: `python -m benchmarks.fit_stay DIR… [--test DIR…] [--out medalloc/needs/models]`.

Every DIR is a data folder with a truth.csv. The needs are the record's and, where it is blank, the truth's, some of
them forgotten at random as a reader forgets that is too unsure. With `--test`, folders that the fit does not see, the
model card is written as well.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.stay_card import write_card
from medalloc import __version__
from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.ingest import load, read_folder
from medalloc.needs.models.stay import SHIPPED, StayFit, WardStays, fit_ward_stays, load_stays, save_stays
from medalloc.needs.models.stay_reader import NAMES, RANKS, elapsed_days, stay_features
from medalloc.needs.models.tfidf import Floats

FORGOTTEN_SHARE = 0.1
"""Of the needs, as a reader abstains."""
READ = (*RANKS, NeedName.ACUITY, NeedName.SPECIALTY, NeedName.ISOLATION, NeedName.BARRIER)
EDD = NAMES.index("edd_days")
HERE = NAMES.index("here")


@dataclass(frozen=True)
class Patients:
    """Patients of snapshots whose stays are known to the end."""

    features: Floats
    elapsed_days: Floats
    remaining_days: Floats
    folder: Floats
    """Which folder each comes from, (n,)."""

    def take(self, rows: Floats) -> Patients:
        """Those at the places, or where a mask is true."""
        return Patients(self.features[rows], self.elapsed_days[rows], self.remaining_days[rows], self.folder[rows])

    def without_edd(self) -> Patients:
        """The same, their recorded dates of discharge unknown."""
        features = self.features.copy()
        features[:, EDD] = np.nan
        return Patients(features, self.elapsed_days, self.remaining_days, self.folder)


def read_patients(folders: Sequence[Path]) -> Patients:
    """The patients of the folders."""
    parts = [_read(folder, place) for place, folder in enumerate(folders)]
    return Patients(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Patients.__dataclass_fields__)
    )


def _read(folder: Path, place: int) -> Patients:
    snapshot = load(read_folder(folder)).snapshot
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
        truth = {row["patient_id"]: row for row in csv.DictReader(file)}
    rng = Random(place)
    needs = {one.patient_id: needs_of(one.patient_id, truth[one.patient_id], rng) for one in snapshot.patients}
    return Patients(
        features=stay_features(snapshot, needs),
        elapsed_days=elapsed_days(snapshot.patients, snapshot.at),
        remaining_days=np.asarray([float(truth[one.patient_id]["remaining_los_days"]) for one in snapshot.patients]),
        folder=np.full(len(snapshot.patients), float(place)),
    )


def needs_of(patient_id: str, truth: dict[str, str], rng: Random) -> Needs:
    """The needs of a row of truth.csv, less those forgotten."""
    known = [name for name in READ if str(name) in truth and rng.random() >= FORGOTTEN_SHARE]
    return Needs(
        patient_id, {name: Need(name, truth[str(name)], 0.95, NeedSource.NOTE, Binding.SOFT) for name in known}
    )


def fit(patients: Patients, how: StayFit | None = None) -> WardStays:
    """The stay models of the patients; all stays are seen to their end."""
    ended = np.ones(len(patients.remaining_days), dtype=bool)
    return fit_ward_stays(patients.remaining_days, ended, patients.features, patients.elapsed_days, NAMES, how)


def measure(model: WardStays, patients: Patients, median: float) -> dict[str, float]:
    """How well the model foretells, beside a constant median."""
    days = patients.remaining_days
    low, middle, high = model.quantiles(patients.features, patients.elapsed_days).T
    return {
        "patients": float(len(days)),
        "mae": float(np.abs(days - middle).mean()),
        "mae_baseline": float(np.abs(days - median).mean()),
        "coverage": float(((low <= days) & (days <= high)).mean()),
        "below": float((days < low).mean()),
        "above": float((days > high).mean()),
        "width": float((high - low).mean()),
    }


def by_group(model: WardStays, patients: Patients, median: float) -> dict[str, dict[str, float]]:
    """Measures of all, of those to come, and by days already spent."""
    here, spent, edd = patients.features[:, HERE] > 0, patients.elapsed_days, ~np.isnan(patients.features[:, EDD])
    masks = {
        "all": np.ones(len(spent), dtype=bool),
        "still to come": ~here,
        "here, under 2 days": here & (spent < 2),
        "here, 2 to 7 days": here & (spent >= 2) & (spent < 7),
        "here, 7 to 14 days": here & (spent >= 7) & (spent < 14),
        "here, 14 days and more": here & (spent >= 14),
        "with a recorded date": edd,
        "without a recorded date": ~edd,
    }
    return {name: measure(model, patients.take(mask), median) for name, mask in masks.items() if mask.any()}


def validated(patients: Patients, how: StayFit | None = None) -> dict[str, dict[str, float]]:
    """Measures on thirds of the folders left out in turn, averaged: with recorded dates, and with them withheld."""
    found: dict[str, list[dict[str, float]]] = {"with": [], "without": []}
    for third in np.unique(patients.folder % 3):
        out = patients.folder % 3 == third
        held, rest = patients.take(out), patients.take(~out)
        model, median = fit(rest, how), float(np.median(rest.remaining_days))
        dated = held.take(~np.isnan(held.features[:, EDD]))
        found["with"].append(measure(model, dated, median))
        found["without"].append(measure(model, dated.without_edd(), median))
    return {
        which: {name: float(np.mean([row[name] for row in rows])) for name in rows[0]} for which, rows in found.items()
    }


def main() -> None:
    """Fit, save, and write the model card."""
    parser = argparse.ArgumentParser(description="Fit the model of remaining days.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--test", nargs="*", type=Path, default=[], metavar="DIR")
    parser.add_argument("--card", type=Path, default=Path("docs/models/length-of-stay.md"))
    options = parser.parse_args()
    patients = read_patients(options.folders)
    median = float(np.median(patients.remaining_days))
    described = {
        "version": __version__,
        "folders": [folder.name for folder in options.folders],
        "patients": len(patients.remaining_days),
        "median_days": median,
        "left_out_in_turn": validated(patients),
    }
    save_stays(fit(patients), options.out, described)
    load_stays.cache_clear()
    if options.test:
        groups = by_group(load_stays(options.out), read_patients(options.test), median)
        write_card(options.card, described, groups, [folder.name for folder in options.test])
        print(options.card.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
