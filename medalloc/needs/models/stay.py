"""How long the patients of wards will still stay: the shipped models.

A recorded date of discharge says so much that what little else is known would be misread where it is missing: those
who have one and those who have none are foretold by hazard models of their own (`stay_hazard`).
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

from medalloc.needs.models.stay_hazard import StayFit, StayModel, fit_stay
from medalloc.needs.models.tfidf import Floats

__all__ = ["StayFit", "StayModel", "WardStays", "fit_stay", "fit_ward_stays", "load_stays", "save_stays"]

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "stay.npz", "stay.json"
EDD = "edd_days"
"""The feature: days from now to the recorded date of discharge."""


@dataclass(frozen=True)
class WardStays:
    """The models of patients with and without a recorded date of discharge."""

    dated: StayModel
    undated: StayModel

    def quantiles(self, features: Floats, elapsed_days: Floats) -> Floats:
        """10, 50 and 90 % quantiles of the days that remain, (n, 3)."""
        return self._each("quantiles", features, elapsed_days)

    def survival(self, features: Floats, elapsed_days: Floats, days: Floats) -> Floats:
        """Probability to be still in after each of `days` from now, (n, n_days)."""
        return self._each("survival", features, elapsed_days, days)

    def _each(self, what: str, features: Floats, elapsed_days: Floats, *rest: Floats) -> Floats:
        dated = ~np.isnan(features[:, self.dated.names.index(EDD)])
        parts = [
            getattr(model, what)(features[mask], elapsed_days[mask], *rest)
            for model, mask in ((self.dated, dated), (self.undated, ~dated))
        ]
        order = np.argsort(np.concatenate([np.flatnonzero(dated), np.flatnonzero(~dated)]))
        return np.asarray(np.concatenate(parts)[order])


def fit_ward_stays(
    durations: Floats,
    ended: NDArray[np.bool_],
    features: Floats,
    elapsed_days: Floats,
    names: Sequence[str],
    how: StayFit | None = None,
) -> WardStays:
    """Both models; the one without a date learns from all patients, their dates withheld."""
    edd = names.index(EDD)
    dated = ~np.isnan(features[:, edd])
    withheld = features.copy()
    withheld[:, edd] = np.nan
    return WardStays(
        dated=fit_stay(durations[dated], ended[dated], features[dated], elapsed_days[dated], names, how),
        undated=fit_stay(durations, ended, withheld, elapsed_days, names, how),
    )


def save_stays(model: WardStays, folder: Path, metadata: Mapping[str, Any]) -> None:
    """Write the models as arrays, and what is to be known of them as JSON."""
    arrays: dict[str, Any] = model.dated.arrays("dated_") | model.undated.arrays("undated_")
    np.savez_compressed(folder / ARRAYS, **arrays)
    text = json.dumps({"features": list(model.dated.names), **metadata}, indent=2)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


@lru_cache(maxsize=2)
def load_stays(folder: Path = SHIPPED) -> WardStays:
    """The models kept in a folder; the shipped ones unless another is named."""
    names = json.loads((folder / METADATA).read_text(encoding="utf-8"))["features"]
    with np.load(folder / ARRAYS, allow_pickle=False) as kept:
        arrays = dict(kept)
    return WardStays(StayModel.from_arrays(arrays, names, "dated_"), StayModel.from_arrays(arrays, names, "undated_"))
