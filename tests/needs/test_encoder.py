import numpy as np
import pytest

from medalloc.needs.encoder import HashEncoder


def test_rows_are_of_unit_length() -> None:
    rows = HashEncoder(31).encode(["needs oxygen", "", "needs telemetry today"])
    assert rows.shape == (3, 31)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-6)


def test_equal_texts_have_equal_vectors_in_two_encoders() -> None:
    assert np.array_equal(HashEncoder(31).encode(["on 2 L"]), HashEncoder(31).encode(["on 2 L"]))


def test_sentences_that_share_words_are_nearer() -> None:
    oxygen, alike, other = HashEncoder().encode(["needs oxygen today", "needs oxygen now", "eats well alone"])
    assert oxygen @ alike > oxygen @ other


def test_no_text_no_rows() -> None:
    assert HashEncoder(31).encode([]).shape == (0, 31)
