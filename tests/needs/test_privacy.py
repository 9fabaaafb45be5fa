"""What a note says stands in the needs' evidence and nowhere else: not in logs, output, errors or cache keys."""

import logging
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from medalloc.errors import EncoderError
from medalloc.needs import CachedEncoder
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.reader import read_needs
from tests.needs.small import heads, hospital, note, patient, vitals

SECRET = "zanzibar"
TEXT = f"Wearing nasal cannulae 2 L in {SECRET}. Slept well. Ate breakfast. \x00Family updated by phone."


class Kept:
    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.items[key] for key in keys if key in self.items}

    def put_many(self, items: Mapping[str, bytes]) -> None:
        self.items.update(items)


class Failing(HashEncoder):
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise EncoderError("the model is missing")


def snapshot():
    notes = [note("a", TEXT), note("a", f"患者来自{SECRET}，需要吸氧，一级护理。", 4), note("b", SECRET * 500, 2)]
    return hospital([patient("a"), patient("b")], notes, [vitals("a")])


def test_nothing_is_logged_or_printed(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        found = read_needs(snapshot(), HashEncoder(16), heads=heads())
    assert any(SECRET in piece.quote for need in found["a"].by_name.values() for piece in need.evidence)
    output = capfd.readouterr()
    assert SECRET not in caplog.text.lower() + output.out.lower() + output.err.lower()


def test_an_error_holds_no_text() -> None:
    with pytest.raises(EncoderError) as failed:
        read_needs(snapshot(), Failing(16), heads=heads())
    assert SECRET not in repr(failed.value).lower()


def test_the_cache_holds_no_text() -> None:
    cache = Kept()
    read_needs(snapshot(), CachedEncoder(lambda: HashEncoder(16), cache, b"secret"), heads=heads())
    assert cache.items
    assert all(SECRET not in key and SECRET.encode() not in value for key, value in cache.items.items())
