from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import numpy as np
import pytest

from medalloc.domain.progress import Progress
from medalloc.errors import EncoderError
from medalloc.needs.adapt import CHECKPOINT, Schedule, adapt
from medalloc.needs.embed import MiniLmEncoder
from tests.needs.tiny_encoder import WORDS, tiny_encoder

TEXTS = [" ".join(words) for words in itertools.islice(itertools.combinations(WORDS, 3), 0, 600, 15)]
SCHEDULE = Schedule(epochs=3, batch=8, rate=1e-2, every=4, threads=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_encoder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def whole(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was never stopped."""
    out = tmp_path_factory.mktemp("whole")
    assert adapt(base, TEXTS, out, SCHEDULE) == 15
    return out


def vectors(folder: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return MiniLmEncoder(folder, threads=1).encode(TEXTS[:9])


def stop_after(number: int) -> object:
    told = itertools.count(1)
    return lambda progress: next(told) < number


def test_steps_are_whole_batches_of_each_epoch() -> None:
    assert (len(TEXTS), SCHEDULE.steps(len(TEXTS))) == (40, 15)
    assert Schedule(epochs=2, batch=32).steps(100) == 6


def test_adapted_model_is_an_encoder_with_a_name_of_its_own(base: Path, whole: Path) -> None:
    assert MiniLmEncoder(whole, threads=1).name != MiniLmEncoder(base, threads=1).name
    assert vectors(whole).shape == (9, 16)
    assert np.abs(vectors(whole) - vectors(base)).max() > 0.01


def test_adapted_model_keeps_its_words_and_no_checkpoint(whole: Path) -> None:
    assert MiniLmEncoder(whole, threads=1).words() == frozenset(WORDS)
    assert not (whole / CHECKPOINT).exists()


@pytest.mark.parametrize("killed_at", [1, 6, 11])
def test_run_taken_up_again_ends_as_if_never_stopped(base: Path, whole: Path, tmp_path: Path, killed_at: int) -> None:
    assert adapt(base, TEXTS, tmp_path, SCHEDULE, stop_after(killed_at)) == killed_at  # type: ignore[arg-type]
    assert (tmp_path / CHECKPOINT).exists()
    assert not (tmp_path / "model.safetensors").exists()
    assert adapt(base, TEXTS, tmp_path, SCHEDULE) == 15
    np.testing.assert_allclose(vectors(tmp_path), vectors(whole), atol=1e-6)


class _Killed(BaseException):
    """The process ends without a word."""


def test_killed_run_goes_on_from_its_last_checkpoint(base: Path, whole: Path, tmp_path: Path) -> None:
    told = itertools.count(1)

    def kill(progress: Progress) -> bool:
        if next(told) == 10:
            raise _Killed
        return True

    with pytest.raises(_Killed):
        adapt(base, TEXTS, tmp_path, SCHEDULE, kill)
    shares: list[float] = []
    adapt(base, TEXTS, tmp_path, SCHEDULE, lambda progress: not shares.append(progress.share or 0.0))
    assert shares[0] == pytest.approx(9 / 15)  # eight were kept
    np.testing.assert_allclose(vectors(tmp_path), vectors(whole), atol=1e-6)


def test_checkpoint_of_other_sentences_is_not_taken_up(base: Path, tmp_path: Path) -> None:
    adapt(base, TEXTS, tmp_path, SCHEDULE, stop_after(5))  # type: ignore[arg-type]
    with pytest.raises(EncoderError, match="another run"):
        adapt(base, [*TEXTS[:-1], "help"], tmp_path, SCHEDULE)


def test_checkpoint_holds_no_sentence(base: Path, tmp_path: Path) -> None:
    adapt(base, TEXTS, tmp_path, SCHEDULE, stop_after(5))  # type: ignore[arg-type]
    raw = (tmp_path / CHECKPOINT).read_bytes()
    assert not any(text.encode() in raw for text in TEXTS)


def test_same_sentence_twice_counts_once(base: Path, whole: Path, tmp_path: Path) -> None:
    assert adapt(base, [*TEXTS, *TEXTS[:7]], tmp_path, SCHEDULE) == 15
    assert _weights(tmp_path) == _weights(whole)


def _weights(folder: Path) -> str:
    return hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()


def test_sentence_is_told_better_from_others_than_before(base: Path, whole: Path) -> None:
    def spread(folder: Path) -> float:
        found = vectors(folder)
        return float((found @ found.T)[~np.eye(len(found), dtype=bool)].mean())

    assert spread(whole) < spread(base)


def test_too_few_sentences_are_refused(base: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="there are 5 sentences to learn from; 8 are needed"):
        adapt(base, TEXTS[:5], tmp_path, SCHEDULE)


def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderError, match="no sentence-transformers model"):
        adapt(tmp_path / "empty", TEXTS, tmp_path / "out", SCHEDULE)


def test_encoder_is_never_trained_over_itself(tmp_path: Path) -> None:
    folder = tiny_encoder(tmp_path / "tiny")
    name = MiniLmEncoder(folder, threads=1).name
    with pytest.raises(EncoderError, match="name another folder"):
        adapt(folder, TEXTS, tmp_path / "else" / ".." / "tiny", SCHEDULE)
    assert MiniLmEncoder(folder, threads=1).name == name
