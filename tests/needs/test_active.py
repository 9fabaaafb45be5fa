from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medalloc.errors import EncoderError
from medalloc.needs import active
from medalloc.needs.active import POINTER, active_heads, active_version, heads_beside, put_aside, use, version_before
from medalloc.needs.heads import load_heads, save_heads
from tests.needs.small import heads

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
NIGHT = datetime(2026, 3, 5, 23, 59, 1, tzinfo=UTC)


def test_shipped_heads_are_used_until_there_are_others(tmp_path: Path) -> None:
    assert active_version(tmp_path / "heads") == ""
    assert active_heads(tmp_path / "heads", heads()) is heads()
    assert version_before(tmp_path / "heads") is None


def test_what_is_put_aside_is_not_used_before_it_is_named(tmp_path: Path) -> None:
    version = put_aside(tmp_path, heads(), NOON, {"trial": "good"})
    assert (version, active_version(tmp_path)) == ("20260305T120000", "")
    use(tmp_path, version)
    assert active_version(tmp_path) == version
    assert active_heads(tmp_path, heads()).version == version


def test_versions_are_gone_back_one_by_one(tmp_path: Path) -> None:
    first = put_aside(tmp_path, heads(), NOON, {})
    use(tmp_path, first)
    second = put_aside(tmp_path, heads(), NIGHT, {})
    use(tmp_path, second)
    assert version_before(tmp_path) == first
    use(tmp_path, first)
    assert version_before(tmp_path) == ""
    use(tmp_path, "")
    assert version_before(tmp_path) is None


def test_local_heads_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    use(tmp_path, put_aside(tmp_path, heads(), NOON, {}))
    other = replace(heads(), encoder="another")
    assert active_heads(tmp_path, other) is other


def test_local_heads_that_grew_from_other_shipped_ones_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(tmp_path, put_aside(tmp_path, heads(), NOON, {}))
    monkeypatch.setattr(active, "shipped_hash", lambda: "of the next release")
    assert active_version(tmp_path) == ""


def test_missing_version_is_told_and_can_be_left(tmp_path: Path) -> None:
    (tmp_path / POINTER).write_text("20260101T000000\n")
    with pytest.raises(EncoderError, match=r"20260101T000000 are missing.*--revert"):
        active_version(tmp_path)
    with pytest.raises(EncoderError, match="--revert"):
        put_aside(tmp_path, heads(), NOON, {})
    assert [path.name for path in tmp_path.iterdir()] == [POINTER]
    assert version_before(tmp_path) == ""


@pytest.mark.parametrize("name", ["../../elsewhere", "", "a/b"])
def test_pointer_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / POINTER).write_text(name)
    with pytest.raises(EncoderError, match="names no version"):
        active_version(tmp_path)


def test_heads_beside_an_encoder_are_read_with_it(tmp_path: Path) -> None:
    assert heads_beside(tmp_path).encoder == load_heads().encoder
    save_heads(replace(heads(), encoder="ours"), tmp_path, {"shipped": active.shipped_hash()})
    assert heads_beside(tmp_path).encoder == "ours"


def test_outdated_heads_beside_an_encoder_are_not(tmp_path: Path) -> None:
    save_heads(replace(heads(), encoder="ours"), tmp_path, {"shipped": "of the last release"})
    assert heads_beside(tmp_path).encoder == load_heads().encoder
