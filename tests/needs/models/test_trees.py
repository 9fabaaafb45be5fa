import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from medalloc.needs.models.trees import Trees, export_trees, join_trees, stack_trees

RNG = np.random.default_rng(11)
ROWS = RNG.normal(size=(300, 4))
SIGNAL = ROWS[:, 0] + np.abs(ROWS[:, 2]) + 0.3 * RNG.normal(size=300)
ROWS[::7, 1] = np.nan
ROWS[::5, 2] = np.nan
NEW = np.vstack([RNG.normal(size=(60, 4)), np.full((1, 4), np.nan)])
NEW[::4, 0] = np.nan


@pytest.fixture(autouse=True)
def one_thread():
    """So few rows are grown many times faster by one thread than by threads that wait for one another."""
    with threadpool_limits(1):
        yield


def fitted(kind):
    options = {"max_iter": 17, "max_leaf_nodes": 7, "early_stopping": False, "random_state": 3}
    if kind in ("squared_error", "quantile"):
        quantile = 0.8 if kind == "quantile" else None
        return HistGradientBoostingRegressor(loss=kind, quantile=quantile, **options).fit(ROWS, SIGNAL)
    edges = {"binary": [0.5], "multiclass": [0.0, 0.7, 1.6]}[kind]
    return HistGradientBoostingClassifier(**options).fit(ROWS, np.digitize(SIGNAL, edges))


KINDS = ["squared_error", "quantile", "binary", "multiclass"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [ROWS, NEW], ids=["seen", "new"])
def test_predicts_as_scikit_learn(kind, rows):
    model = fitted(kind)
    expected = model.predict_proba(rows) if hasattr(model, "classes_") else model.predict(rows)
    assert np.abs(export_trees(model).predict(rows) - expected).max() < 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_contributions_and_bias_sum_to_the_raw_score(kind):
    trees = export_trees(fitted(kind))
    gap = trees.contributions(NEW).sum(axis=1) + trees.bias - trees.raw(NEW)
    assert np.abs(gap).max() < 1e-9


def test_a_feature_that_says_nothing_contributes_nothing():
    rows = np.column_stack([ROWS[:, 0], np.zeros(300)])
    model = HistGradientBoostingRegressor(max_iter=5, early_stopping=False).fit(rows, ROWS[:, 0])
    contributions = export_trees(model).contributions(rows)
    assert contributions[:, 0].any()
    assert not contributions[:, 1].any()


def test_bias_is_the_mean_raw_score_of_the_fit():
    trees = export_trees(fitted("multiclass"))
    assert trees.bias == pytest.approx(trees.raw(ROWS).mean(axis=0), abs=1e-9)


@pytest.mark.parametrize("kind", ["quantile", "multiclass"])
def test_arrays_give_the_same_trees(kind):
    trees = export_trees(fitted(kind))
    again = Trees.from_arrays(trees.arrays("boosted_"), "boosted_")
    assert np.array_equal(again.predict(NEW), trees.predict(NEW))


def test_stacked_trees_give_the_scores_side_by_side():
    one, other = export_trees(fitted("binary")), export_trees(fitted("multiclass"))
    stacked = stack_trees([one, other, one])
    assert np.array_equal(stacked.raw(NEW), np.hstack([one.raw(NEW), other.raw(NEW), one.raw(NEW)]))
    assert np.abs(stacked.contributions(NEW).sum(axis=1) + stacked.bias - stacked.raw(NEW)).max() < 1e-9


def test_joined_trees_give_the_mean_score():
    one, other = export_trees(fitted("multiclass")), export_trees(fitted("multiclass"))
    other = Trees(**{**vars(other), "baseline": other.baseline + 3.0})
    joined = join_trees([one, one, other])
    assert np.abs(joined.raw(NEW) - (one.raw(NEW) + 1.0)).max() < 1e-9


def test_other_links_are_refused():
    model = HistGradientBoostingRegressor(loss="poisson", max_iter=2).fit(ROWS, np.abs(SIGNAL))
    with pytest.raises(ValueError, match="poisson"):
        export_trees(model)
