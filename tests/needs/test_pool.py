import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from medalloc.needs.pool import pool, shares, spread

STARTS = np.array([0, 3, 3, 5])
SCORES = arrays(float, (5, 2), elements=st.floats(-30, 30))


def test_one_strong_sentence_decides() -> None:
    pooled = pool(np.array([[-2.0], [8.0], [-2.0]]), np.array([0, 3]))
    assert pooled[0, 0] == pytest.approx(8.0, abs=1e-3)


def test_no_sentence_no_score() -> None:
    assert pool(np.zeros((5, 2)), STARTS)[1].tolist() == [0.0, 0.0]


def test_no_patient_with_sentences() -> None:
    assert pool(np.zeros((0, 2)), np.array([0, 0])).tolist() == [[0.0, 0.0]]


@given(SCORES)
def test_it_is_the_logarithm_of_the_sum(scores: np.ndarray) -> None:
    expected = np.log(1 + np.exp(scores[:3]).sum(axis=0))
    assert pool(scores, STARTS)[0] == pytest.approx(expected, abs=1e-9)


@given(SCORES)
def test_parts_of_the_sentences_and_of_silence_sum_to_the_score(scores: np.ndarray) -> None:
    pooled = pool(scores, STARTS)
    parts = shares(scores, pooled, STARTS) * spread(pooled, STARTS)
    silent = np.exp(-pooled[2]) * pooled[2]
    assert parts[3:].sum(axis=0) + silent == pytest.approx(pooled[2], abs=1e-9)
