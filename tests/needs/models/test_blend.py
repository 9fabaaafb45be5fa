import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from medalloc.needs.models.blend import Blend, Inputs
from medalloc.needs.models.logistic import Outcome, Scaling, fit_logistic
from medalloc.needs.models.trees import export_trees, stack_trees

RNG = np.random.default_rng(8)
ROWS = RNG.normal(size=(240, 4))
LEVELS = np.digitize(ROWS[:, 0] + ROWS[:, 3] ** 2 + RNG.normal(size=240), [0.3, 1.9])
COLUMNS = {"text": (slice(0, 1), slice(3, 4)), "age": (slice(1, 3),)}
INPUTS = Inputs(ROWS, ROWS, COLUMNS, COLUMNS)


@pytest.fixture(scope="module")
def blend():
    with threadpool_limits(1):
        grown = [
            HistGradientBoostingClassifier(max_iter=9, early_stopping=False).fit(ROWS, step < LEVELS) for step in (0, 1)
        ]
    trees = stack_trees([export_trees(model) for model in grown])
    return Blend(fit_logistic(Outcome.ORDERED, ROWS, LEVELS), trees, Scaling(0.8, np.asarray([0.1, -0.3])))


def test_parts_and_bias_sum_to_the_logits(blend):
    gap = sum(blend.parts(INPUTS).values()) + blend.bias - blend.logits(INPUTS)
    assert np.abs(gap).max() < 1e-9


def test_logits_are_the_scaled_mean(blend):
    mean = (blend.linear.logits(ROWS) + blend.trees.raw(ROWS)) / 2
    assert blend.logits(INPUTS) == pytest.approx(0.8 * mean + [0.1, -0.3])


def test_probabilities_are_those_of_three_levels(blend):
    chances = blend.probabilities(INPUTS)
    assert chances.shape == (240, 3)
    assert chances.sum(axis=1) == pytest.approx(1.0)


def test_arrays_give_the_same_blend(blend):
    again = Blend.from_arrays(blend.arrays("triage_"), "triage_")
    assert np.array_equal(again.logits(INPUTS), blend.logits(INPUTS))
