from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from medalloc import pipeline
from medalloc.domain.progress import Progress
from medalloc.errors import DecisionError
from medalloc.learn import encoder
from medalloc.learn.encoder import METRICS, adapt_encoder, sentences_of
from medalloc.needs.active import heads_beside
from medalloc.needs.adapt import Schedule
from medalloc.needs.embed import MiniLmEncoder
from medalloc.needs.heads import Heads, model_of
from medalloc.settings import Settings
from medalloc.store import Store
from tests.learn.conftest import keep, say
from tests.needs.small import heads
from tests.needs.tiny_encoder import tiny_encoder

SCHEDULE = Schedule(epochs=2, batch=2, every=2, threads=1)


@pytest.fixture
def tiny(options: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a tiny encoder, and heads that know it."""
    folder = tiny_encoder(tmp_path / "tiny")
    known: Heads = replace(heads(), encoder=model_of(MiniLmEncoder(folder, threads=1).name))
    monkeypatch.setattr(pipeline, "base_heads", lambda options: known)
    return options.model_copy(update={"encoder": str(folder), "threads": 1})


def test_each_sentence_counts_once_and_as_the_encoder_sees_it(store: Store) -> None:
    keep(store, 10)
    keep(store, 4, name="Other General")
    found = sentences_of(store, heads())
    assert "Slept well." in found
    assert "Wearing nasal cannulae 0 L." in found
    assert len(found) == len(set(found)) <= 4


def test_adapted_encoder_lies_beside_heads_that_read_it_and_its_metrics(
    store: Store, tiny: Settings, tmp_path: Path
) -> None:
    say(store, keep(store, 60), range(56), wrong=False)
    out = tmp_path / "adapted"
    found = adapt_encoder(store, out, SCHEDULE, tiny)
    assert json.loads((out / METRICS).read_text()) == json.loads(json.dumps(found))
    assert (found["steps"], found["heads"]["labels"]) == (SCHEDULE.steps(found["sentences"]), "corrections")
    assert found["heads"]["before"]["n"] == found["heads"]["after"]["n"] == 28
    carried = heads_beside(out)
    assert carried.encoder == model_of(MiniLmEncoder(out, threads=1).name)
    assert carried.vector_weights.shape == heads().vector_weights.shape
    assert np.isfinite(carried.vector_weights).all()


def test_without_corrections_the_heads_themselves_say_what_is_right(
    store: Store, tiny: Settings, tmp_path: Path
) -> None:
    keep(store, 30)
    found = adapt_encoder(store, tmp_path / "adapted", SCHEDULE, tiny)
    assert found["heads"]["labels"] == "shipped heads"
    assert found["heads"]["before"]["n"] > 30


def test_stopped_run_leaves_no_encoder_and_goes_on(store: Store, tiny: Settings, tmp_path: Path) -> None:
    keep(store, 10)
    out = tmp_path / "adapted"

    def stop(progress: Progress) -> bool:
        return False

    with pytest.raises(DecisionError, match="Stopped after 1 steps; the same command goes on"):
        adapt_encoder(store, out, SCHEDULE, tiny, stop)
    assert not (out / METRICS).exists()
    shares: list[float | None] = []
    adapt_encoder(store, out, SCHEDULE, tiny, lambda progress: not shares.append(progress.share))
    assert len(shares) == SCHEDULE.steps(len(sentences_of(store, heads()))) - 1


def test_metrics_hold_no_sentence(store: Store, tiny: Settings, tmp_path: Path) -> None:
    keep(store, 10)
    adapt_encoder(store, tmp_path / "adapted", SCHEDULE, tiny)
    text = (tmp_path / "adapted" / METRICS).read_text()
    assert not any(sentence in text for sentence in sentences_of(store, heads()))


def test_no_more_sentences_are_sought_than_can_be(
    store: Store, tiny: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, 30)
    known = pipeline.base_heads(tiny)
    monkeypatch.setattr(encoder, "MOST_SOUGHT", 1)
    assert len(encoder._sought(store, known, MiniLmEncoder(tiny.encoder, threads=1))) == 1
