"""How long a stay will still last: a discrete-time hazard model, fitted on stays some of which go on.

The clock starts at the moment of the forecast (the landmark), and the days already spent are a feature. Each stay
gives one row for each interval of the clock that it reaches, with whether it ended there; a stay that goes on gives
rows as far as it was seen, the last one weighted by the share seen, so that it says "not yet" and no more (Cox 1972;
Singer and Willett 1993; landmarks: van Houwelingen 2007). The hazard's log-odds are the mean of a ridge logistic
model and of gradient-boosted trees. Shares are then corrected on stays that the fit has not seen: what is called 10 %
is where 10 % of them had left (quantile recalibration, Kuleshov 2018, by Kaplan and Meier where stays go on).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.needs.models.logistic import Logistic, Outcome, fit_logistic
from medalloc.needs.models.tfidf import Floats
from medalloc.needs.models.trees import Trees, export_trees

EDGES = np.asarray(
    [0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8.5, 10, 12, 14, 17, 20, 25, 30, 40, 50, 65, 90], dtype=float
)
"""Of the intervals of the clock [days]; after the last, its hazard goes on."""
PLAIN = ("edges", "centre", "spread", "said")
"""Fields that are arrays."""
LEVELS = (0.1, 0.5, 0.9)
LARGEST = 4.0
"""Features count up to so many standard deviations from the centre."""
LEAST = 1e-6
SHARES = np.linspace(0.0, 1.0, 21)
"""Shares left at which the distribution is corrected."""


@dataclass(frozen=True, slots=True)
class StayFit:
    """How to fit."""

    ridge: float = 10.0
    trees: int = 120
    learning_rate: float = 0.05
    leaves: int = 8
    rows_in_leaf: int = 60
    folds: int = 3
    """For the correction; 0: none."""
    seed: int = 0


@dataclass(frozen=True)
class StayModel:
    """Distribution of the days that remain."""

    names: tuple[str, ...]
    """Of the features, in order; days already spent are not among them."""
    edges: Floats
    """(n_intervals + 1,) [days]."""
    centre: Floats
    """Of features and log(1 + days spent), for those that are missing."""
    spread: Floats
    logistic: Logistic
    trees: Trees
    said: Floats
    """What the hazards say where each of `SHARES` has left, (n_shares,), rising from 0 to 1."""

    def arrays(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """As arrays for `np.savez`; names start with `prefix`, the features' names are not among them."""
        plain = {f"{prefix}{name}": getattr(self, name) for name in PLAIN}
        return plain | self.logistic.arrays(f"{prefix}logistic_") | self.trees.arrays(f"{prefix}trees_")

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], names: Sequence[str], prefix: str = "") -> StayModel:
        """What `arrays` gave."""
        logistic = Logistic.from_arrays(arrays, f"{prefix}logistic_")
        trees = Trees.from_arrays(arrays, f"{prefix}trees_")
        plain = {name: arrays[f"{prefix}{name}"] for name in PLAIN}
        return cls(names=tuple(names), logistic=logistic, trees=trees, **plain)

    def hazards(self, features: Floats, elapsed_days: Floats) -> Floats:
        """Probability to leave in each interval of those who reach it, (n, n_intervals).

        Parameters
        ----------
        features
            (n, n_features), NaN where not known.
        elapsed_days
            Days already spent, (n,).
        """
        n_intervals = len(self.edges) - 1
        known = with_elapsed(features, elapsed_days)
        rows = np.repeat(np.arange(len(known)), n_intervals)
        intervals = np.tile(np.arange(n_intervals), len(known))
        linear = self.logistic.logits(_columns(self.scaled(known)[rows], intervals, self.edges))
        grown = self.trees.raw(_tree_rows(known[rows], intervals, self.edges))
        odds = (linear + grown)[:, 0] / 2.0
        return np.clip(0.5 * (1.0 + np.tanh(0.5 * odds)), LEAST, 1.0 - LEAST).reshape(len(known), n_intervals)

    def survival(self, features: Floats, elapsed_days: Floats, days: Floats) -> Floats:
        """Probability to be still in after each of `days` from now, (n, n_days).

        Within an interval, and after the last, the rate is constant.
        """
        spent = _exposure(np.tile(days, (len(features), 1)), self.edges, self._rates(features, elapsed_days))
        return np.asarray(1.0 - np.interp(-np.expm1(-spent), self.said, SHARES))

    def left_by(self, features: Floats, elapsed_days: Floats, days: Floats) -> Floats:
        """What the hazards say of the share that has left by each one's own `days`, uncorrected, (n,)."""
        spent = _exposure(days[:, None], self.edges, self._rates(features, elapsed_days))
        return np.asarray(-np.expm1(-spent[:, 0]))

    def _rates(self, features: Floats, elapsed_days: Floats) -> Floats:
        return np.asarray(-np.log1p(-self.hazards(features, elapsed_days)) / np.diff(self.edges))

    def quantiles(self, features: Floats, elapsed_days: Floats, levels: Sequence[float] = LEVELS) -> Floats:
        """Days from now by which each share has left, (n, n_levels); they do not fall along the levels."""
        rates = self._rates(features, elapsed_days)
        reached = np.hstack([np.zeros((len(rates), 1)), np.cumsum(rates * np.diff(self.edges), axis=1)])
        wanted = -np.log1p(-np.interp(levels, SHARES, self.said))
        found = np.empty((len(rates), len(wanted)))
        for column, goal in enumerate(wanted):
            place = np.minimum((reached <= goal).sum(axis=1) - 1, rates.shape[1] - 1)
            row = np.arange(len(rates))
            found[:, column] = self.edges[place] + (goal - reached[row, place]) / rates[row, place]
        return found

    def scaled(self, known: Floats) -> Floats:
        """Features in standard deviations, 0 where missing, then 1 where missing."""
        missing = np.isnan(known)
        steps = (np.where(missing, self.centre, known) - self.centre) / self.spread
        return np.hstack([np.clip(steps, -LARGEST, LARGEST), missing])


def fit_stay(
    durations: Floats,
    ended: NDArray[np.bool_],
    features: Floats,
    elapsed_days: Floats,
    names: Sequence[str],
    how: StayFit | None = None,
) -> StayModel:
    """The model of stays.

    Parameters
    ----------
    durations
        Days from the landmark to the end of the stay, or as far as it was seen, (n,).
    ended
        False: the stay went on (censored), (n,).
    features
        (n, n_features), NaN where not known.
    elapsed_days
        Days spent before the landmark, (n,).
    """
    how = how or StayFit()
    model = _fit(durations, ended, features, elapsed_days, how)
    left = np.full(len(durations), np.nan)
    fold = np.random.default_rng(how.seed).permutation(len(durations)) % max(how.folds, 1)
    for held in (fold == one for one in range(how.folds)):
        part = _fit(durations[~held], ended[~held], features[~held], elapsed_days[~held], how)
        left[held] = part.left_by(features[held], elapsed_days[held], durations[held])
    said = _said(left, ended) if how.folds else SHARES
    return replace(model, names=tuple(names), said=said)


def _fit(
    durations: Floats, ended: NDArray[np.bool_], features: Floats, elapsed_days: Floats, how: StayFit
) -> StayModel:
    """The model before correction, its features unnamed."""
    known = with_elapsed(features, elapsed_days)
    centre, spread = centre_and_spread(known)
    rows, intervals, left, weights = person_periods(durations, ended, EDGES)
    trees = _grow(_tree_rows(splittable(known)[rows], intervals, EDGES), left, weights, how)
    empty = Logistic(Outcome.BINARY, np.zeros((1, 0)), np.zeros(1))
    model = StayModel((), EDGES, centre, spread, empty, trees, SHARES)
    columns = _columns(model.scaled(known)[rows], intervals, EDGES)
    return replace(model, logistic=fit_logistic(Outcome.BINARY, columns, left, ridge=how.ridge, weights=weights))


def centre_and_spread(known: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of what is known of each column; 0 and 1 where nothing is, 1 where nothing varies."""
    seen = ~np.isnan(known)
    count = np.maximum(seen.sum(axis=0), 1)
    centre = np.where(seen, known, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(seen, known - centre, 0.0) ** 2).sum(axis=0) / count)
    return centre, np.where(spread > LEAST, spread, 1.0)


def splittable(known: Floats) -> Floats:
    """The columns with 0 in those that nobody knows, which scikit-learn cannot bin."""
    return np.where(np.isnan(known).all(axis=0), 0.0, known)


def _said(left: Floats, ended: NDArray[np.bool_]) -> Floats:
    """The shares that the hazards call out where each of `SHARES` had left, by Kaplan and Meier."""
    order = np.argsort(left, kind="stable")
    at_risk = len(left) - np.arange(len(left))
    gone = 1.0 - np.cumprod(1.0 - ended[order] / at_risk)
    reach = gone[-1] >= SHARES if len(gone) else SHARES < 0
    inner = reach & (SHARES > 0.0) & (SHARES < 1.0)
    knots = np.concatenate([[0.0], left[order][np.searchsorted(gone, SHARES[inner])], [1.0]])
    found = np.interp(SHARES, np.concatenate([[0.0], SHARES[inner], [1.0]]), knots)
    rising = np.maximum.accumulate(found + np.arange(len(found)) * LEAST)
    return np.asarray(rising / rising[-1])


def person_periods(
    durations: Floats, ended: NDArray[np.bool_], edges: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Floats]:
    """A row for each interval that each stay reaches: its place, the interval, whether it ended there, its weight.

    >>> rows, intervals, left, weights = person_periods(np.array([1.5]), np.array([False]), np.array([0.0, 1, 2, 4]))
    >>> intervals.tolist(), left.tolist(), weights.tolist()
    ([0, 1], [0, 0], [1.0, 0.5])
    """
    last = np.clip(np.searchsorted(edges, durations, side="left") - 1, 0, len(edges) - 2)
    rows = np.repeat(np.arange(len(durations)), last + 1)
    intervals = np.concatenate([np.arange(n + 1) for n in last]) if len(last) else np.zeros(0, dtype=np.int64)
    is_last = intervals == last[rows]
    inside = ended & (durations <= edges[-1])
    left = (is_last & inside[rows]).astype(np.int64)
    share = np.clip((durations[rows] - edges[intervals]) / np.diff(edges)[intervals], 0.0, 1.0)
    weights = np.where(is_last & ~inside[rows], share, 1.0)
    return rows, intervals, left, weights


def with_elapsed(features: Floats, elapsed_days: Floats) -> Floats:
    """Features and, last, log(1 + days spent)."""
    return np.hstack([features, np.log1p(np.maximum(elapsed_days, 0.0))[:, None]])


def _exposure(days: Floats, edges: Floats, rates: Floats) -> Floats:
    """Rates times the time spent in each interval up to each of `days`, both (n, n_days)."""
    upper = np.append(edges[1:-1], np.inf)
    spent = np.clip(days[:, :, None] - edges[:-1], 0.0, upper - edges[:-1])
    return np.asarray((spent * rates[:, None, :]).sum(axis=2))


def _clock(intervals: NDArray[np.int64], edges: Floats) -> Floats:
    return np.asarray(np.log1p((edges[:-1] + edges[1:]) / 2.0)[intervals])


def _columns(scaled: Floats, intervals: NDArray[np.int64], edges: Floats) -> Floats:
    """What the logistic model sees: features, how their weight changes with the clock, the intervals."""
    clock = _clock(intervals, edges) - 1.5
    of_interval = 3.0 * np.eye(len(edges) - 1)[intervals]
    n_steps = scaled.shape[1] // 2
    return np.hstack([scaled, scaled[:, :n_steps] * clock[:, None], of_interval])


def _tree_rows(known: Floats, intervals: NDArray[np.int64], edges: Floats) -> Floats:
    return np.hstack([known, _clock(intervals, edges)[:, None]])


def _grow(rows: Floats, left: NDArray[np.int64], weights: Floats, how: StayFit) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    grown = HistGradientBoostingClassifier(
        learning_rate=how.learning_rate,
        max_iter=how.trees,
        max_leaf_nodes=how.leaves,
        min_samples_leaf=how.rows_in_leaf,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=how.seed,
    )
    return export_trees(grown.fit(rows, left, sample_weight=weights))
