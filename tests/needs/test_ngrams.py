import numpy as np
import pytest

from medalloc.needs.ngrams import BUCKETS, grams, marked
from medalloc.needs.train import sparse

SENTENCES = [["needs", "oxygen"], [], ["oxygen", "via", "mask"], ["stable"]]


@pytest.fixture
def weights() -> np.ndarray:
    return np.random.default_rng(7).standard_normal((BUCKETS, 3)).astype(np.float32)


def test_scores_are_those_of_the_sparse_matrix(weights: np.ndarray) -> None:
    found = grams(SENTENCES)
    assert found.score(weights) == pytest.approx(sparse(found) @ weights, abs=1e-4)


def test_a_sentence_without_words_scores_0(weights: np.ndarray) -> None:
    assert grams(SENTENCES).score(weights)[1].tolist() == [0.0, 0.0, 0.0]


def test_a_sentence_scores_the_same_in_other_company(weights: np.ndarray) -> None:
    alone = grams([["oxygen", "via", "mask"]]).score(weights)[0]
    assert grams(SENTENCES).score(weights)[2] == pytest.approx(alone, abs=1e-5)


def test_the_order_of_words_counts(weights: np.ndarray) -> None:
    first, second = grams([["off", "oxygen", "now"], ["now", "oxygen", "off"]]).score(weights)
    assert not np.allclose(first, second)


def test_a_misspelt_word_shares_most_of_its_runs_of_characters() -> None:
    table = sparse(grams([["haemodialysis"], ["haemodialyis"], ["telemetry"]])).toarray() > 0
    assert (table[0] & table[1]).sum() > 3 * (table[0] & table[2]).sum()


def test_no_sentences_no_rows(weights: np.ndarray) -> None:
    assert grams([]).score(weights).shape == (0, 3)


def test_a_word_that_is_turned_is_another_word() -> None:
    assert marked(["no", "oxygen", ",", "stable"], [1, 1, 0, 0]) == ["\x011no", "\x011oxygen", "stable"]


def test_numbers_are_reduced_to_their_size() -> None:
    assert marked(["wt", "184", "kg", ".", "4.5", "l"], []) == ["wt", "#31", "kg", "#14", "l"]
