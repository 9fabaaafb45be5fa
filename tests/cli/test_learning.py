"""`python -m medalloc train`: what it prints, and when it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from medalloc import cli, pipeline
from medalloc.needs.active import HOME, active_version
from medalloc.needs.embed import MiniLmEncoder
from medalloc.settings import settings
from medalloc.store import Store, open_store
from tests.learn.conftest import keep, say
from tests.needs.small import ENCODER, heads
from tests.needs.tiny_encoder import tiny_encoder

pytestmark = pytest.mark.usefixtures("small_heads")


@pytest.fixture
def small_heads(state_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads and an encoder that need no model."""
    monkeypatch.setattr(pipeline, "base_heads", lambda options: heads())
    monkeypatch.setattr(pipeline, "encoder", lambda store, options=None: ENCODER)


@pytest.fixture
def store(small_heads: None) -> Iterator[Store]:
    with open_store(settings().url) as opened:
        yield opened


def _misread(store: Store, patients: int) -> None:
    say(store, keep(store, patients), range(patients - 4), wrong=True)


def test_without_corrections_it_says_so_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train"]) == 1
    assert capsys.readouterr().err == "There are no corrections to learn from: nothing was changed.\n"


def test_dry_run_compares_and_changes_nothing(
    store: Store, state_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _misread(store, 60)
    assert cli.main(["train", "--dry-run"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("28 patients")
    assert [line.split()[:2] for line in out[2:4]] == [["oxygen", "28"], ["all", "28"]]
    assert out[-1] == "status: dry run"
    assert not (state_dir / HOME).exists()


def test_better_heads_are_put_in_use_and_can_be_left_again(
    store: Store, state_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _misread(store, 60)
    assert cli.main(["train", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["refusal"]) == ("in use", "")
    assert active_version(state_dir / HOME) == said["version"]
    assert cli.main(["train", "--revert"]) == 0
    assert active_version(state_dir / HOME) == ""
    assert cli.main(["train", "--revert"]) == 1


def test_refused_heads_are_told_in_one_line_and_end_with_1(
    store: Store, state_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _misread(store, 24)
    assert cli.main(["train", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["status"] == "refused"
    assert said.err == ("Not put in use: there are 10 corrections to learn from; 20 are needed. Nothing was changed.\n")
    assert not (state_dir / HOME).exists()


def test_too_few_sentences_to_adapt_to_are_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDALLOC_ENCODER", str(tiny_encoder(tmp_path / "tiny")))
    settings.cache_clear()
    keep(store, 10)
    capsys.readouterr()  # what the library says of the tiny encoder
    assert cli.main(["train", "--adapt", "--out", str(tmp_path / "adapted")]) == 1
    assert capsys.readouterr().err.endswith(" sentences to learn from; 32 are needed\n")
    assert MiniLmEncoder(threads=1).folder == tmp_path / "tiny"


@pytest.mark.parametrize(
    "arguments", [["--adapt"], ["--dry-run", "--revert"], ["--adapt", "--out", "x", "--epochs", "0"], ["--every", "x"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        cli.main(["train", *arguments])
    assert ending.value.code == 2
