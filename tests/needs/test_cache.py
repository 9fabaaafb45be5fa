from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from medalloc.needs.cache import CachedEncoder
from medalloc.needs.encoder import HashEncoder


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.items[key] for key in keys if key in self.items}

    def put_many(self, items: Mapping[str, bytes]) -> None:
        self.items.update(items)


class Counting(HashEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__(16)
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().encode(texts)


@pytest.fixture
def inner() -> Counting:
    return Counting()


@pytest.fixture
def kept() -> Kept:
    return Kept()


def test_equal_sentences_are_encoded_once(inner: Counting, kept: Kept) -> None:
    rows = CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L", "stable", "on 2 L"])
    assert inner.asked == [["on 2 L", "stable"]]
    assert np.array_equal(rows[0], rows[2])


def test_only_what_is_missing_is_encoded(inner: Counting, kept: Kept) -> None:
    CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L", "stable"])
    CachedEncoder(lambda: inner, kept, b"k").encode(["stable", "falls risk", "on 2 L"])
    assert inner.asked == [["on 2 L", "stable"], ["falls risk"]]


def test_a_warm_run_does_not_encode_and_gives_the_same(inner: Counting, kept: Kept) -> None:
    cold = CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L", "stable", "falls risk"])
    warm = CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L", "stable", "falls risk"])
    assert len(inner.asked) == 1
    assert np.array_equal(cold, warm)


def test_vectors_are_those_of_the_encoder(inner: Counting, kept: Kept) -> None:
    rows = CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L", "stable"])
    assert rows == pytest.approx(HashEncoder(16).encode(["on 2 L", "stable"]), abs=1e-3)


def test_neither_key_nor_entry_holds_the_text(inner: Counting, kept: Kept) -> None:
    CachedEncoder(lambda: inner, kept, b"k").encode(["Mrs Ames has MRSA"])
    [(key, entry)] = kept.items.items()
    assert len(key) == 64
    assert int(key, 16) > 0
    assert b"MRSA" not in entry


def test_another_secret_finds_nothing(inner: Counting, kept: Kept) -> None:
    CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L"])
    CachedEncoder(lambda: inner, kept, b"other").encode(["on 2 L"])
    assert len(kept.items) == 2


def test_another_encoder_finds_nothing(kept: Kept) -> None:
    CachedEncoder(lambda: HashEncoder(16), kept, b"k").encode(["on 2 L"])
    CachedEncoder(lambda: HashEncoder(24), kept, b"k").encode(["on 2 L"])
    assert sorted(map(len, kept.items.values())) == [32, 48]


def test_a_damaged_entry_is_encoded_again(inner: Counting, kept: Kept) -> None:
    CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L"])
    kept.items = {key: entry[:-3] for key, entry in kept.items.items()}
    rows = CachedEncoder(lambda: inner, kept, b"k").encode(["on 2 L"])
    assert len(inner.asked) == 2
    assert rows.shape == (1, 16)


def test_the_encoder_is_made_when_it_is_needed() -> None:
    def fail() -> HashEncoder:
        raise AssertionError("made too early")

    assert CachedEncoder(fail, Kept(), b"k") is not None
