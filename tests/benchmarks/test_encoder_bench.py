from pathlib import Path

import pytest

from benchmarks.encoder import RUNS, SAMPLE, measure, sentences_of
from medalloc.needs.encoder import HashEncoder

SMALL = SAMPLE.parent / "small"


def test_sentences_are_distinct_and_without_numbers() -> None:
    found = sentences_of(SMALL)
    assert len(found) == len(set(found)) > 100
    assert not any(mark in text for text in found for mark in "123456789")


def test_the_best_run_counts() -> None:
    ticks = iter([0.0, 4.0, 10.0, 12.0, 20.0, 25.0])
    found = measure(HashEncoder(4), ["one", "two", "three"], lambda: next(ticks))
    assert found["per_second"] == pytest.approx(3 / 2)
    assert (found["sentences"], RUNS) == (3, 3)


def test_the_sample_is_there() -> None:
    assert Path(SAMPLE / "notes.csv").exists()
