"""Fitting organ support."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from medalloc.needs.models.organ_support import Support
from medalloc.needs.models.organ_support_fit import hospital_folds, telling
from tests.needs.models.support_cases import fitted, some_cases


def test_no_hospital_stands_on_both_sides() -> None:
    hospitals = np.array([4, 4, 9, 9, 9, 2, 7, 7])
    met = []
    for fitted_on, others in hospital_folds(hospitals, 3, seed=1):
        assert not set(hospitals[fitted_on]) & set(hospitals[others])
        met.extend(others.tolist())
    assert sorted(met) == list(range(8))


def test_words_that_differ_by_outcome_are_kept() -> None:
    words = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 0], [1, 0, 1], [1, 0, 0]], dtype=float))
    assert telling(words, np.array([1, 1, 0, 0, 0]), most=1).tolist() == [1]


def test_probabilities_meet_the_shares_on_unseen_cases() -> None:
    cases = some_cases(2000, seed=21)
    chances = fitted().probabilities(cases.texts, cases.measures)[:, 0]
    outcomes = cases.outcomes[Support.VENTILATED]
    ill = np.array(["shock" in text for text in cases.texts])
    assert chances[ill].mean() == pytest.approx(outcomes[ill].mean(), abs=0.08)
    assert chances[~ill].mean() == pytest.approx(outcomes[~ill].mean(), abs=0.08)
