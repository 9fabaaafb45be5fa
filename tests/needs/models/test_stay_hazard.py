"""The stay model: what censoring does to a naive model, and not to this one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.needs.models.stay_hazard import (
    EDGES,
    StayFit,
    StayModel,
    fit_stay,
    person_periods,
)

QUICK = StayFit(trees=60, learning_rate=0.15)


def simulated(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Days and one feature: the mean stay is 4 days where it is 0, and 10 where it is 1."""
    rng = np.random.default_rng(seed)
    slow = (rng.random(n) < 0.3).astype(float)
    return rng.exponential(np.where(slow > 0, 10.0, 4.0)), slow[:, None]


@pytest.fixture(scope="module")
def censored() -> tuple[StayModel, float]:
    """A model of stays of which half were cut short, and the naive median of those seen to their end."""
    days, features = simulated(3000, seed=11)
    cut = np.random.default_rng(12).uniform(0.5, 9.0, len(days))
    ended = days <= cut
    model = fit_stay(np.minimum(days, cut), ended, features, np.zeros(len(days)), ("slow",), QUICK)
    naive = float(np.median(days[ended & (features[:, 0] > 0)]))
    return model, naive


@pytest.fixture(scope="module")
def complete() -> StayModel:
    """A model of stays that are all seen to their end; the days spent make the rest longer."""
    rng = np.random.default_rng(5)
    spent = rng.choice([0.0, 12.0], 2500)
    days = rng.exponential(np.where(spent > 0, 9.0, 3.0))
    return fit_stay(days, np.ones(2500, dtype=bool), rng.random((2500, 1)), spent, ("noise",), QUICK)


def test_the_median_is_right_where_the_naive_one_is_biased(censored: tuple[StayModel, float]) -> None:
    model, naive = censored
    true = 10.0 * np.log(2.0)
    found = model.quantiles(np.array([[1.0]]), np.zeros(1))[0, 1]
    assert naive < 0.65 * true
    assert found == pytest.approx(true, rel=0.15)


def test_survival_is_right_within_what_was_seen(censored: tuple[StayModel, float]) -> None:
    model, _ = censored
    days = np.array([1.0, 3.0, 7.0])
    found = model.survival(np.array([[0.0], [1.0]]), np.zeros(2), days)
    assert found[0] == pytest.approx(np.exp(-days / 4.0), abs=0.05)
    assert found[1] == pytest.approx(np.exp(-days / 10.0), abs=0.05)


def test_the_interval_holds_four_of_five_unseen_stays(complete: StayModel) -> None:
    rng = np.random.default_rng(6)
    days = rng.exponential(9.0, 4000)
    low, _, high = complete.quantiles(rng.random((4000, 1)), np.full(4000, 12.0)).T
    assert ((low <= days) & (days <= high)).mean() == pytest.approx(0.80, abs=0.03)


def test_days_already_spent_count(complete: StayModel) -> None:
    new, old = complete.quantiles(np.full((2, 1), 0.5), np.array([0.0, 12.0]))[:, 1]
    assert old > 2.0 * new


def test_survival_at_a_quantile_is_what_is_left(complete: StayModel) -> None:
    features, spent = np.array([[0.2], [0.9]]), np.array([0.0, 12.0])
    found = complete.quantiles(features, spent, (0.1, 0.5, 0.9, 0.999))
    for row, days in enumerate(found):
        left = complete.survival(features, spent, days)[row]
        assert left == pytest.approx([0.9, 0.5, 0.1, 0.001], abs=1e-9)


def test_a_missing_feature_is_allowed(complete: StayModel) -> None:
    found = complete.quantiles(np.array([[np.nan]]), np.array([0.0]))
    assert np.isfinite(found).all()


@settings(max_examples=25, deadline=None)
@given(feature=st.floats(-50, 50), spent=st.floats(0, 400))
def test_quantiles_rise_and_survival_falls(complete: StayModel, feature: float, spent: float) -> None:
    features, elapsed = np.array([[feature]]), np.array([spent])
    assert (np.diff(complete.quantiles(features, elapsed)[0]) > 0).all()
    left = complete.survival(features, elapsed, np.array([0.0, 0.3, 4.0, 89.0, 90.0, 400.0]))[0]
    assert left[0] == 1.0
    assert (np.diff(left) < 0).all()


def test_person_periods_of_an_ended_and_a_censored_stay() -> None:
    edges = np.array([0.0, 1.0, 2.0, 4.0])
    rows, intervals, left, weights = person_periods(np.array([1.0, 3.5]), np.array([True, False]), edges)
    assert rows.tolist() == [0, 1, 1, 1]
    assert intervals.tolist() == [0, 0, 1, 2]
    assert left.tolist() == [1, 0, 0, 0]
    assert weights.tolist() == [1.0, 1.0, 1.0, 0.75]


def test_a_stay_beyond_the_last_edge_is_not_an_end() -> None:
    _, intervals, left, weights = person_periods(np.array([200.0]), np.array([True]), EDGES)
    assert len(intervals) == len(EDGES) - 1
    assert left.sum() == 0
    assert weights[-1] == 1.0


def test_as_arrays_and_back_it_foretells_the_same(complete: StayModel) -> None:
    again = StayModel.from_arrays(complete.arrays("a_"), ("noise",), "a_")
    features, spent = np.array([[0.4], [np.nan]]), np.array([2.0, 12.0])
    assert again.quantiles(features, spent).tolist() == complete.quantiles(features, spent).tolist()
