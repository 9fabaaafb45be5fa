"""The commands on the database as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medalloc import cli
from medalloc.settings import settings
from medalloc.store import Store, open_store
from tests.store.examples import loaded

pytestmark = pytest.mark.usefixtures("state_dir")


def test_a_new_database_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"status": "migrated"}


def test_what_was_backed_up_is_restored_elsewhere(
    state_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state_dir.mkdir(parents=True)
    with open_store(settings().url) as store:
        snapshot_id, plan_id = loaded(store)
    copy = str(tmp_path / "copy.zip")
    assert cli.main(["backup", copy]) == 0
    assert "plans: 1 rows" in capsys.readouterr().out
    assert cli.main(["backup", copy]) == 1
    assert "there is such a file already" in capsys.readouterr().err
    assert cli.main(["restore", copy]) == 1
    assert "The database is not empty" in capsys.readouterr().err
    monkeypatch.setenv("MEDALLOC_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")
    settings.cache_clear()
    assert cli.main(["restore", copy, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["plans"] == 1
    with Store(settings().url) as store:
        assert store.plan(plan_id) is not None
        assert store.latest_plan(snapshot_id) == store.plan(plan_id)
