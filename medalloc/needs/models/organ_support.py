"""How likely a patient of an intensive or high-dependency unit is to get organ support, or limits of treatment.

A ridge logistic model on words and measures and gradient-boosted trees on the telling words and measures are
averaged as log-odds and calibrated. What every word and measure adds to the log-odds is exact; with the bias the
parts sum to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from medalloc.domain.people import Consciousness, Sex, Vitals
from medalloc.needs.models.logistic import Logistic, Scaling
from medalloc.needs.models.tfidf import Floats, TfIdf
from medalloc.needs.models.trees import Trees

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "organ_support.npz", "organ_support.json"
LARGEST = 4.0
"""Measures count up to so many standard deviations from the centre."""
WEIGHT = 0.3
"""Of a measure's column beside the words', whose rows have unit length."""
GCS_OF = {
    Consciousness.ALERT: 15.0,
    Consciousness.CONFUSION: 14.0,
    Consciousness.VOICE: 13.0,
    Consciousness.PAIN: 8.0,
    Consciousness.UNRESPONSIVE: 3.0,
}
"""Median Glasgow Coma Scale by AVPU (McNarry and Goldhill 2004); new confusion costs a point of speech."""


class Support(StrEnum):
    """What is foretold, at any time in the stay in the unit."""

    VENTILATED = "ventilated"
    """Through a tube."""
    NIV = "niv"
    VASOPRESSOR = "vasopressor"
    DNR = "dnr"
    """No resuscitation, or another limit of treatment."""


class Measure(StrEnum):
    """A number about the patient; NaN where it is not known."""

    AGE = "age"
    FEMALE = "female"
    WEIGHT_KG = "weight_kg"
    GCS = "gcs"
    """Glasgow Coma Scale, 3–15; else from ACVPU."""
    PULSE = "pulse"
    PULSE_HIGHEST = "pulse_highest"
    SYSTOLIC_BP = "systolic_bp"
    SYSTOLIC_BP_LOWEST = "systolic_bp_lowest"
    RESP_RATE = "resp_rate"
    RESP_RATE_HIGHEST = "resp_rate_highest"
    SPO2 = "spo2"
    SPO2_LOWEST = "spo2_lowest"


MEASURES = tuple(Measure)


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a patient soon after admission."""

    text: str
    """Source, reason for admission, problems, history."""
    age: float
    """[years]."""
    sex: Sex
    vitals: tuple[Vitals, ...] = ()
    """In order of time."""
    weight_kg: float | None = None


@dataclass(frozen=True, slots=True)
class SupportReading:
    """The probability of one support, and what it is made of."""

    probability: float
    bias: float
    """Log-odds before anything is known."""
    parts: Mapping[str, float]
    """What every word, pair of neighbours and measure met adds to the log-odds; with `bias` they sum to them."""


@dataclass(frozen=True)
class SupportHead:
    """The model of one support."""

    logistic: Logistic
    """On words and scaled measures."""
    trees: Trees
    """On the presence of `words` and on measures as they are."""
    words: NDArray[np.int64]
    """Columns of the words that the trees know."""
    scaling: Scaling
    """Of the mean of both log-odds."""


@dataclass(frozen=True)
class OrganSupportModel:
    """Heads on the same words and measures."""

    tfidf: TfIdf
    """Words and pairs alone, so that each part can be shown in the text."""
    centre: Floats
    """Of each measure, for those that are missing."""
    spread: Floats
    heads: Mapping[Support, SupportHead]

    def probabilities(self, texts: Sequence[str], measures: Floats) -> Floats:
        """Probability of every support.

        Parameters
        ----------
        measures
            (n_cases, n_measures), NaN where not known.

        Returns
        -------
        (n_cases, n_supports) float64
        """
        words, columns = self.columns(texts, measures)
        logits = [self._logits(head, words, columns, measures) for head in self.heads.values()]
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.column_stack(logits))))

    def columns(self, texts: Sequence[str], measures: Floats) -> tuple[csr_matrix, csr_matrix]:
        """The words, and words beside scaled measures and marks of missing ones: what the logistic heads see."""
        words = self.tfidf.transform(texts)
        return words, csr_matrix(hstack([words, scaled(measures, self.centre, self.spread)], format="csr"))

    def _logits(self, head: SupportHead, words: csr_matrix, columns: csr_matrix, measures: Floats) -> Floats:
        trees = head.trees.raw(tree_rows(words, head.words, measures))
        return head.scaling.apply((head.logistic.logits(columns) + trees) / 2.0)[:, 0]

    def explain(self, text: str, measures: Floats, support: Support) -> SupportReading:
        """One probability with all its parts; `measures` is (1, n_measures)."""
        head, factor = self.heads[support], self.heads[support].scaling.factor
        words, columns = self.columns([text], measures)
        linear = (columns.multiply(head.logistic.coefficients[0])).toarray()[0]
        grown = head.trees.contributions(tree_rows(words, head.words, measures))[0, :, 0]
        n_words, n_measures = self.tfidf.n_columns, len(MEASURES)
        of_words = linear[:n_words].copy()
        of_words[head.words] += grown[: len(head.words)]
        of_measures = linear[n_words:].reshape(2, n_measures).sum(axis=0) + grown[len(head.words) :]
        named = dict(zip(self.tfidf.words, of_words, strict=True)) | dict(zip(MEASURES, of_measures, strict=True))
        parts = {str(name): float(value) * factor / 2.0 for name, value in named.items() if value}
        bias = float(head.scaling.apply((head.logistic.intercepts + head.trees.bias) / 2.0)[0])
        return SupportReading(float(0.5 * (1.0 + np.tanh(0.5 * (bias + sum(parts.values()))))), bias, parts)


def read_organ_support(model: OrganSupportModel, cases: Sequence[Case]) -> list[dict[Support, SupportReading]]:
    """What to expect of every patient, with the reasons."""
    rows = [measures_of(case)[None, :] for case in cases]
    return [
        {support: model.explain(case.text, row, support) for support in model.heads}
        for case, row in zip(cases, rows, strict=True)
    ]


def measures_of(case: Case) -> Floats:
    """A row of measures: the last value known, and the worst.

    >>> measures_of(Case("", 71, Sex.FEMALE))[:2].tolist()
    [71.0, 1.0]
    """
    found = dict.fromkeys(MEASURES, np.nan)
    found[Measure.AGE], found[Measure.FEMALE] = float(case.age), float(case.sex is Sex.FEMALE)
    found[Measure.WEIGHT_KG] = np.nan if case.weight_kg is None else case.weight_kg
    awake = [GCS_OF[one.consciousness] for one in case.vitals if one.consciousness is not None]
    found[Measure.GCS] = awake[-1] if awake else np.nan
    for last, worst, name, choose in (
        (Measure.PULSE, Measure.PULSE_HIGHEST, "pulse", max),
        (Measure.SYSTOLIC_BP, Measure.SYSTOLIC_BP_LOWEST, "systolic_bp", min),
        (Measure.RESP_RATE, Measure.RESP_RATE_HIGHEST, "resp_rate", max),
        (Measure.SPO2, Measure.SPO2_LOWEST, "spo2", min),
    ):
        taken = [float(value) for one in case.vitals if (value := getattr(one, name)) is not None]
        if taken:
            found[last], found[worst] = taken[-1], choose(taken)
    return np.asarray(list(found.values()))


def scaled(measures: Floats, centre: Floats, spread: Floats) -> Floats:
    """Measures in standard deviations (0 where missing), then 1 where missing, all times `WEIGHT`."""
    missing = np.isnan(measures)
    steps = np.clip((np.where(missing, centre, measures) - centre) / spread, -LARGEST, LARGEST)
    return np.asarray(WEIGHT * np.hstack([steps, missing]))


def tree_rows(words: csr_matrix, kept: NDArray[np.int64], measures: Floats) -> Floats:
    """What the trees see: whether each kept word is met, then the measures."""
    return np.hstack([(words[:, kept] > 0).toarray().astype(np.float64), measures])


def save_organ_support(model: OrganSupportModel, folder: Path, metadata: Mapping[str, Any]) -> None:
    """Write the model as arrays, and what is to be known of it as JSON."""
    arrays: dict[str, Any] = {"centre": model.centre, "spread": model.spread, **model.tfidf.arrays("tfidf_")}
    for support, head in model.heads.items():
        arrays |= head.logistic.arrays(f"{support}_logistic_") | head.trees.arrays(f"{support}_trees_")
        arrays[f"{support}_words"] = head.words
        arrays[f"{support}_scaling"] = np.asarray([head.scaling.factor, *head.scaling.shifts])
    np.savez_compressed(folder / ARRAYS, **arrays)
    described = {"supports": [str(support) for support in model.heads], "measures": [str(name) for name in MEASURES]}
    (folder / METADATA).write_text(json.dumps(described | dict(metadata), indent=2) + "\n", encoding="utf-8")


@lru_cache(maxsize=2)
def load_organ_support(folder: Path = SHIPPED) -> OrganSupportModel:
    """The model kept in a folder; the shipped one unless another is named."""
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS, allow_pickle=False) as kept:
        arrays = dict(kept)
    heads = {}
    for support in map(Support, described["supports"]):
        factor, *shifts = arrays[f"{support}_scaling"]
        heads[support] = SupportHead(
            Logistic.from_arrays(arrays, f"{support}_logistic_"),
            Trees.from_arrays(arrays, f"{support}_trees_"),
            arrays[f"{support}_words"],
            Scaling(float(factor), np.asarray(shifts)),
        )
    return OrganSupportModel(TfIdf.from_arrays(arrays, "tfidf_"), arrays["centre"], arrays["spread"], heads)
