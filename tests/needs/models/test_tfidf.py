import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from medalloc.needs.models.tfidf import TfIdf, Vocabulary, fit_tfidf, runs_of

TEXTS = ["chest pain, Rt", "abd. pain", "abd pain and fever", "fever", "chest pain at rest"]


def dense(tfidf, texts):
    return tfidf.transform(texts).toarray()


@pytest.mark.parametrize(
    ("block", "options"),
    [
        ("words", {"ngram_range": (1, 2), "token_pattern": r"\w+"}),
        ("runs", {"ngram_range": (2, 5), "analyzer": "char_wb", "preprocessor": lambda t: t.lower().translate(PLAIN)}),
    ],
)
def test_blocks_are_those_of_scikit_learn(block, options):
    tfidf = fit_tfidf(TEXTS, Vocabulary(min_texts=1))
    theirs = TfidfVectorizer(sublinear_tf=True, **options).fit(TEXTS)
    columns = slice(0, len(tfidf.words)) if block == "words" else slice(len(tfidf.words), None)
    ours = dict(zip(getattr(tfidf, block), dense(tfidf, TEXTS)[:, columns].T, strict=True))
    expected = dict(zip(theirs.get_feature_names_out(), theirs.transform(TEXTS).toarray().T, strict=True))
    assert ours.keys() == expected.keys()
    assert all(np.allclose(ours[gram], expected[gram], atol=1e-12) for gram in expected)


PLAIN = str.maketrans({",": " ", ".": " "})


def test_rare_grams_are_left_out():
    tfidf = fit_tfidf(TEXTS, Vocabulary(min_texts=2))
    assert "rest" not in tfidf.words
    assert "chest pain" in tfidf.words


def test_most_keeps_the_commonest():
    assert fit_tfidf(TEXTS, Vocabulary(min_texts=1, most=1)).words == ("pain",)


def test_unknown_text_is_a_row_of_zeros():
    assert not dense(fit_tfidf(TEXTS), ["腹痛", ""]).any()


def test_arrays_give_the_same_rows():
    tfidf = fit_tfidf([*TEXTS, "发热 39", "发热 3天"])
    again = TfIdf.from_arrays(tfidf.arrays("text_"), "text_")
    assert np.array_equal(dense(again, TEXTS), dense(tfidf, TEXTS))


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_each_block_has_unit_length_or_is_empty(texts):
    tfidf = fit_tfidf(texts, Vocabulary(min_texts=1))
    rows = dense(tfidf, texts)
    for block in (rows[:, : len(tfidf.words)], rows[:, len(tfidf.words) :]):
        norms = np.linalg.norm(block, axis=1)
        assert np.all(np.isclose(norms, 1) | (norms == 0))


@given(st.text())
def test_runs_stay_within_length(text):
    assert all(2 <= len(run) <= 5 for run in runs_of(text))
