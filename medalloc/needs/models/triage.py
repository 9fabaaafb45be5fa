"""How urgent a patient at triage is, 1 (most) to 5, read from the complaint, the circumstances and vital signs.

Logits of reaching each less urgent level are the mean of a ridge model and of boosted trees; what every part adds
to "level 1 or 2" is exact. The level is the median of the probabilities, moved to 2 where level 1 or 2 is more
likely than a cut that inner folds have set.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from medalloc.needs.encoder import Encoder
from medalloc.needs.models.blend import Blend, Columns, Inputs
from medalloc.needs.models.complaints import spelt_out
from medalloc.needs.models.logistic import Outcome, probabilities_of
from medalloc.needs.models.tfidf import Floats, TfIdf
from medalloc.needs.models.triage_features import COLUMNS, N_NUMBERS, TriageCase, triage_numbers

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "triage.npz", "triage.json"
LEVELS = (1, 2, 3, 4, 5)
VERY_URGENT = 2
TEXT = "text"
FURTHEST = 4.0
"""Standardised numbers are held within this [standard deviations]."""
GRAM_WEIGHT, VECTOR_WEIGHT, NUMBER_WEIGHT = 0.5, 0.5, 0.5
"""Sizes of the linear model's blocks beside the complaint's groups: the smaller, the harder the ridge holds them."""


@dataclass(frozen=True)
class Frame:
    """How cases become the columns of both models."""

    tfidf: TfIdf
    encoder: str
    """Name of the encoder, without the number type; vectors of another say nothing."""
    mean_vector: Floats
    axes: Floats
    """Principal axes of the vectors, (n_axes, dim)."""
    means: Floats
    """Of the numbers, (N_NUMBERS,)."""
    scales: Floats
    """What standardised numbers are multiplied by."""

    def inputs(self, cases: Sequence[TriageCase], encoder: Encoder) -> Inputs:
        """The columns of cases: n-grams, vectors and numbers, and for the trees numbers and principal axes."""
        texts = [spelt_out(case.complaint) for case in cases]
        vectors = self._vectors(texts, encoder)
        numbers = triage_numbers(cases)
        linear = hstack(
            [self.tfidf.transform(texts) * GRAM_WEIGHT, np.nan_to_num(vectors) * VECTOR_WEIGHT, self._even(numbers)],
            format="csr",
        )
        boosted = np.hstack([numbers, (vectors - self.mean_vector) @ self.axes.T])
        ahead = self.tfidf.n_columns + len(self.mean_vector)
        return Inputs(csr_matrix(linear), boosted, *self._columns(ahead))

    def _columns(self, ahead: int) -> tuple[Columns, Columns]:
        """The columns of each part in the linear model, whose numbers stand after `ahead`, and in the trees."""
        linear: Columns = {name: (slice(ahead + own.start, ahead + own.stop),) for name, own in COLUMNS.items()}
        boosted: Columns = {name: (own,) for name, own in COLUMNS.items()}
        linear[TEXT] += (slice(0, ahead),)
        boosted[TEXT] += (slice(N_NUMBERS, N_NUMBERS + len(self.axes)),)
        return linear, boosted

    def _vectors(self, texts: Sequence[str], encoder: Encoder) -> Floats:
        if model_of(encoder.name) != self.encoder:
            return np.full((len(texts), len(self.mean_vector)), np.nan)
        distinct = sorted(set(texts))
        place_of = {text: place for place, text in enumerate(distinct)}
        return encoder.encode(distinct)[[place_of[text] for text in texts]].astype(np.float64)

    def _even(self, numbers: Floats) -> Floats:
        """Numbers of like size; 0 for what is not known."""
        furthest = FURTHEST * NUMBER_WEIGHT
        known = np.nan_to_num((numbers - self.means) * self.scales)
        groups = known[:, COLUMNS[TEXT]].copy()
        known = np.clip(known, -furthest, furthest)
        known[:, COLUMNS[TEXT]] = groups
        return known


@dataclass(frozen=True, slots=True)
class TriageReading:
    """What the model makes of one case."""

    chances: Mapping[int, float]
    """Probability of every level."""
    level: int
    score: float
    """Log-odds of level 1 or 2."""
    bias: float
    """Of the score, before anything is known."""
    parts: Mapping[str, float]
    """What text, age, each vital sign, … add to the score; with `bias` they sum to it."""


@dataclass(frozen=True)
class TriageModel:
    """A fitted model."""

    frame: Frame
    blend: Blend
    cut: float
    """From this probability of level 1 or 2 on, the level is at most 2."""

    def probabilities(self, cases: Sequence[TriageCase], encoder: Encoder) -> Floats:
        """Probability of levels 1 to 5, (n_cases, 5)."""
        return self.blend.probabilities(self.frame.inputs(cases, encoder))

    def read(self, cases: Sequence[TriageCase], encoder: Encoder) -> list[TriageReading]:
        """Chances, level, and what each part adds."""
        if not cases:
            return []
        inputs = self.frame.inputs(cases, encoder)
        logits = self.blend.logits(inputs)
        chances = probabilities_of(Outcome.ORDERED, logits)
        step = VERY_URGENT - 1
        parts = {name: -added[:, step] for name, added in self.blend.parts(inputs).items()}
        levels = decide(chances, self.cut)
        return [
            TriageReading(
                chances=dict(zip(LEVELS, map(float, chances[row]), strict=True)),
                level=int(levels[row]),
                score=-float(logits[row, step]),
                bias=-float(self.blend.bias[step]),
                parts={name: float(added[row]) for name, added in parts.items()},
            )
            for row in range(len(cases))
        ]


def read_triage(cases: Sequence[TriageCase], encoder: Encoder, model: TriageModel | None = None) -> list[TriageReading]:
    """How urgent cases are.

    Parameters
    ----------
    model
        None: the one that is shipped.

    Raises
    ------
    EncoderError
        The encoder is missing or altered.
    """
    return (model or load_triage()).read(cases, encoder)


def decide(chances: Floats, cut: float) -> NDArray[np.int64]:
    """The median level, moved to 2 where level 1 or 2 is more likely than the cut.

    >>> decide(np.asarray([[0.05, 0.25, 0.4, 0.2, 0.1], [0.0, 0.1, 0.2, 0.5, 0.2]]), 0.25)
    array([2, 4])
    """
    median = 1 + (np.cumsum(chances, axis=1)[:, :-1] < 0.5).sum(axis=1)
    urgent = chances[:, :VERY_URGENT].sum(axis=1) > cut
    return np.asarray(np.where(urgent, np.minimum(median, VERY_URGENT), median), dtype=np.int64)


def model_of(encoder: str) -> str:
    """Name of an encoder without its number type."""
    return encoder.partition(":")[0]


def save_triage(model: TriageModel, folder: Path, metadata: Mapping[str, Any]) -> None:
    """Write the model as arrays and JSON."""
    frame = model.frame
    arrays: dict[str, Any] = {
        **frame.tfidf.arrays("text_"),
        **model.blend.arrays(),
        "mean_vector": frame.mean_vector,
        "axes": frame.axes,
        "means": frame.means,
        "scales": frame.scales,
    }
    np.savez_compressed(folder / ARRAYS, **arrays)
    text = json.dumps({"encoder": frame.encoder, "cut": model.cut, **metadata}, indent=2)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


@lru_cache(maxsize=2)
def load_triage(folder: Path = SHIPPED) -> TriageModel:
    """The model kept in a folder; the one that is shipped unless another is named."""
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
        kept = dict(arrays)
    named = {name: kept[name] for name in ("mean_vector", "axes", "means", "scales")}
    frame = Frame(TfIdf.from_arrays(kept, "text_"), described["encoder"], **named)
    return TriageModel(frame, Blend.from_arrays(kept), float(described["cut"]))
