"""How good the needs are that were read, against a truth file or clinicians' corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import Binding, Need, NeedName, NeedSource

BINS = 10
FEWEST = 5
"""Values with fewer patients do not count in the mean over a need's values."""
DRAWS = 400
LOW, HIGH = 2.5, 97.5
"""Percentiles of the bootstrap interval."""

Pair = tuple[Need, str]
"""A need that was read, and what is right."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NeedQuality:
    """How well one need is read."""

    precision: float
    """Of the values other than the default that are used: share that is right, 0–1; nan where none is used."""
    recall: float
    """Of the patients who have the need: share found with the right value; nan where none has it."""
    f1: float
    """Over values: of yes, or the mean over all values that `FEWEST` patients have."""
    f1_low: float
    f1_high: float
    """95 % interval of f1, from bootstrap samples of patients."""
    support: int
    """Patients who have the need."""
    n: int
    abstained_share: float
    decided_accuracy: float
    """Share right where it is not abstained."""
    hard: int
    """Needs that bind the plan."""
    hard_precision: float


def need_quality(pairs: Sequence[Pair], default: str, *, seed: int = 0) -> NeedQuality:
    """How well one need is read.

    Parameters
    ----------
    default
        The value that asks for nothing; a need that is abstained counts as it.
    """
    read, truth = _columns(pairs, default)
    abstained = np.array([need.abstained for need, _ in pairs], dtype=bool)
    hard = np.array([need.binding is Binding.HARD for need, _ in pairs], dtype=bool)
    same, claimed, has = read == truth, read != default, truth != default
    low, high = f1_interval(pairs, default, seed=seed)
    return NeedQuality(
        precision=_share(same, claimed),
        recall=_share(same, has),
        f1=f1_over_values(read, truth),
        f1_low=low,
        f1_high=high,
        support=int(has.sum()),
        n=len(pairs),
        abstained_share=float(abstained.mean()) if len(pairs) else 0.0,
        decided_accuracy=_share(same, ~abstained),
        hard=int(hard.sum()),
        hard_precision=_share(same, hard),
    )


def f1_interval(pairs: Sequence[Pair], default: str, *, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of `f1_of`, from bootstrap samples of patients; nan where F1 is."""
    read, truth = _columns(pairs, default)
    draws = np.random.default_rng(seed).integers(0, len(pairs), (DRAWS, len(pairs))) if pairs else np.empty((0, 0), int)
    spread = [f1_over_values(read[rows], truth[rows]) for rows in draws]
    return _percentile(spread, LOW), _percentile(spread, HIGH)


def _columns(pairs: Sequence[Pair], default: str) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """What was read, the default where it was abstained, and what is right."""
    read = np.array([default if need.abstained else need.value for need, _ in pairs], dtype=object)
    return read, np.array([truth for _, truth in pairs], dtype=object)


def f1_of(pairs: Sequence[Pair], default: str) -> float:
    """F1 of one need over its values; a need that is abstained counts as the default."""
    return f1_over_values(*_columns(pairs, default))


def _percentile(spread: Sequence[float], percent: float) -> float:
    """Of the values that are numbers; nan where none is."""
    known = [value for value in spread if not np.isnan(value)]
    return float(np.percentile(known, percent)) if known else float("nan")


def f1_over_values(read: NDArray[np.object_], truth: NDArray[np.object_]) -> float:
    """F1 of "yes" of a need with two values; of others the mean over all values that `FEWEST` patients have.

    nan where no value counts.
    """
    values, counts = np.unique(truth.astype(str), return_counts=True)
    listed = sorted({*values.tolist(), *map(str, read)})
    if set(listed) <= {"yes", "no"}:
        return _f1(read == "yes", truth == "yes")
    counted = [value for value, count in zip(values.tolist(), counts.tolist(), strict=True) if count >= FEWEST]
    scores = [_f1(read == value, truth == value) for value in counted]
    return float(np.mean(scores)) if scores else float("nan")


def _f1(read: Flags, truth: Flags) -> float:
    total = int(read.sum() + truth.sum())
    return 2.0 * float((read & truth).sum()) / total if total else float("nan")


def _share(right: Flags, of: Flags) -> float:
    return float(right[of].mean()) if of.any() else float("nan")


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Needs that were read with about the same probability."""

    probability: float
    """Mean of the bin, 0–1."""
    right_share: float
    n: int


def reliability(pairs: Sequence[Pair]) -> list[ReliabilityBin]:
    """Bins of equal width of what notes and vital signs gave a probability for; empty bins are left out."""
    read = [(need.probability, need.value == truth) for need, truth in pairs if _estimated(need)]
    if not read:
        return []
    chance, right = (np.array(column, dtype=float) for column in zip(*read, strict=True))
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    return [
        ReliabilityBin(float(chance[place == at].mean()), float(right[place == at].mean()), int((place == at).sum()))
        for at in range(BINS)
        if (place == at).any()
    ]


def _estimated(need: Need) -> bool:
    return need.source in (NeedSource.NOTE, NeedSource.VITALS) and need.probability > 0.0


def calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """Expected calibration error: mean distance of probability and share right, by size of the bin; nan of none."""
    total = sum(one.n for one in bins)
    if not total:
        return float("nan")
    return sum(abs(one.probability - one.right_share) * one.n for one in bins) / total


def grouped(pairs: Mapping[str, Pair], group_of: Callable[[str], str]) -> dict[str, list[Pair]]:
    """The pairs by group of patients, groups in order.

    Parameters
    ----------
    pairs
        By patient_id.
    """
    groups: dict[str, list[Pair]] = {}
    for patient_id, pair in pairs.items():
        groups.setdefault(group_of(patient_id), []).append(pair)
    return dict(sorted(groups.items()))


def paired(
    needs: Mapping[str, Mapping[NeedName, Need]], truth: Mapping[str, Mapping[str, str]]
) -> dict[NeedName, dict[str, Pair]]:
    """Every need that was read beside what is right, by need and patient_id; where the truth says nothing, left out."""
    return {
        name: {
            patient_id: (by_name[name], truth[patient_id][str(name)])
            for patient_id, by_name in needs.items()
            if name in by_name and str(name) in truth.get(patient_id, {})
        }
        for name in NeedName
    }
