"""The KTAS set, and how predictions agree with the experts' levels."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.people import Consciousness, Sex
from medalloc.needs.models.triage_features import TriageCase

FILE = Path("ktas") / "ktas.csv"
BINS = 10
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
    """(n_cases, 5)."""
    levels: Levels

    def part(self, places: Levels) -> Predicted:
        """The cases at these places."""
        return Predicted(self.chances[places], self.levels[places])


def read_ktas(folder: Path) -> KtasSet:
    """The set in a folder; of its columns, only what was known before anybody judged the patient."""
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return KtasSet(tuple(map(_case, rows)), np.asarray([int(row[EXPERT]) for row in rows]))


def scores(expert: Levels, found: Predicted) -> dict[str, float]:
    """How well levels and probabilities agree with the experts'."""
    table = confusion(expert, found.levels)
    away = np.arange(5)[None, :] - np.arange(5)[:, None]
    urgent = table[:2].sum()
    right = np.diag(table)
    met = (table.sum(axis=0) + table.sum(axis=1)) > 0
    f1 = 2 * right[met] / (table.sum(axis=0) + table.sum(axis=1))[met]
    shares = table / table.sum()
    return {
        "qwk": quadratic_kappa(table),
        "recall_1_2": float(table[:2, :2].sum() / urgent) if urgent else 1.0,
        "under_triage": float(shares[away > 0].sum()),
        "over_triage": float(shares[away < 0].sum()),
        "accuracy": float(shares[away == 0].sum()),
        "macro_f1": float(f1.mean()),
        "within_one": float(shares[np.abs(away) <= 1].sum()),
        "ece": calibration_error(found.chances.max(axis=1), found.chances.argmax(axis=1) + 1 == expert),
    }


def confusion(expert: Levels, levels: Levels) -> Floats:
    """Cases by the experts' level (rows) and the model's (columns), (5, 5)."""
    return np.bincount((expert - 1) * 5 + levels - 1, minlength=25).reshape(5, 5).astype(np.float64)


def quadratic_kappa(table: Floats) -> float:
    """Cohen's kappa weighted by the square of the distance (Cohen 1968); 0 where all is of one level."""
    away = (np.arange(len(table))[None, :] - np.arange(len(table))[:, None]) ** 2
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    expected = float((away * by_chance).sum())
    return 1.0 - float((away * table).sum()) / expected if expected else 0.0


def calibration_error(chances: Floats, right: NDArray[np.bool_]) -> float:
    """Mean gap between what was said and what was so, over bins of equal width."""
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, weights=chances, minlength=BINS) - np.bincount(place, weights=right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(chances))


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
