from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.needs.effect import Retrieval, carried_over, retrieval
from tests.needs.small import heads


def unit(*rows: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    found = np.asarray(rows, dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def test_right_one_in_third_place_has_rank_three() -> None:
    """The first looks for the fourth, and finds two others nearer."""
    rows = unit([1, 0, 0], [0.9, 0.1, 0], [0.8, 0.3, 0], [0.5, 0.9, 0], [0, 0, 1])
    found = retrieval(rows, ["a", "b", "c", "a", "d"])
    assert found == Retrieval(2, pytest.approx((1 / 3 + 1 / 3) / 2), 1.0)  # type: ignore[arg-type]


def test_of_more_than_ten_right_ones_ten_are_asked_for() -> None:
    rows = unit(*[[1.0, place / 100, 0.0] for place in range(14)])
    assert retrieval(rows, ["a"] * 14) == Retrieval(14, 1.0, 1.0)


def test_right_ones_behind_the_tenth_place_are_not_recalled() -> None:
    rows = unit([1, 0, 0], *[[1.0, 0.01 * place, 0.0] for place in range(1, 12)], [-1, 0, 0])
    found = retrieval(rows, ["a", *[str(place) for place in range(11)], "a"])
    assert (found.n, found.mrr, found.recall_at_10) == (2, pytest.approx(1 / 12), 0.0)


def test_sentences_that_stand_alone_look_for_nothing() -> None:
    assert retrieval(unit([1, 0], [0, 1]), ["a", "b"]).n == 0


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=20), st.integers(0, 99))
def test_measures_are_shares(labels: list[str], seed: int) -> None:
    rows = unit(*np.random.default_rng(seed).normal(size=(len(labels), 4)).tolist())
    found = retrieval(rows, labels)
    assert not found.n or (0 < found.mrr <= 1 and 0 <= found.recall_at_10 <= 1)


def test_turned_vectors_give_the_same_scores() -> None:
    """Another encoder that says the same in another basis changes nothing."""
    random = np.random.default_rng(4)
    given_heads = replace(heads(), vector_weights=random.normal(size=heads().vector_weights.shape).astype(np.float32))
    theirs = unit(*random.normal(size=(4_000, 16)).tolist())
    turn = np.linalg.qr(random.normal(size=(16, 16)))[0].astype(np.float32)
    found = carried_over(given_heads, theirs, theirs @ turn, "other:bfloat16")
    assert found.encoder == "other"
    scores, expected = theirs @ turn @ found.vector_weights, theirs @ given_heads.vector_weights
    assert np.abs(scores - expected).max() < 0.02 * np.abs(expected).max()


def test_wider_vectors_are_read_too() -> None:
    theirs = unit(*np.random.default_rng(4).normal(size=(300, 16)).tolist())
    ours = np.hstack([theirs, theirs[:, :5]])
    assert carried_over(heads(), theirs, ours, "wide").vector_weights.shape == (21, heads().vector_weights.shape[1])
