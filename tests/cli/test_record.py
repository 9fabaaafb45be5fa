"""The commands on the record: what they find, and with which status they end."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from medalloc import cli
from medalloc.settings import settings
from medalloc.store import AuditEntry, Store, open_store
from medalloc.store.audit import chained_hash
from tests.store.examples import ADA, AT, decision, loaded

pytestmark = pytest.mark.usefixtures("state_dir")


@pytest.fixture
def store(state_dir: Path) -> Store:
    """A database with a plan and a decision, at the end of a record of three lines."""
    state_dir.mkdir(parents=True)
    store = open_store(settings().url)
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id, comment="=cmd|' /C calc'!A0"), saw=0)
    return store


def _tamper(state_dir: Path, statement: str) -> None:
    """What somebody could do who has the file, and takes the triggers away."""
    (path,) = state_dir.glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    connection.close()


def test_a_whole_record_ends_with_0(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "The record is whole: 3 lines.\n"
    assert cli.main(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"status": "whole", "seq": 3, "hash": store.audit_head().hash}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET user = 'Eve' WHERE seq = 2", "line 2: altered"),
        ("DELETE FROM audit WHERE seq = 2", "line 2: missing"),
        ("DELETE FROM audit WHERE seq = 3", "line 3: missing"),
    ],
)
def test_what_was_done_to_the_record_is_found(
    store: Store, state_dir: Path, capsys: pytest.CaptureFixture[str], statement: str, told: str
) -> None:
    store.close()
    _tamper(state_dir, statement)
    assert cli.main(["audit", "verify"]) == 1
    assert capsys.readouterr().err == f"The record is not whole: {told}.\n"


def test_an_anchor_finds_a_record_that_was_cut_off_or_written_anew(
    store: Store, state_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "anchor.json"
    assert cli.main(["audit", "anchor", "--out", str(kept)]) == 0
    store.save_snapshot(b"more", name="Tiny General", at=AT, source="sample", user=ADA)
    assert cli.main(["audit", "verify", "--anchor", str(kept)]) == 0, "it has only grown"
    lines = store.audit_rows()
    store.close()
    _tamper(state_dir, "DELETE FROM audit WHERE seq > 2")
    _tamper(state_dir, f"UPDATE audit_head SET seq = 2, hash = '{lines[1].hash}'")
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 0, "the chain alone cannot know"
    assert cli.main(["audit", "verify", "--anchor", str(kept)]) == 1
    assert "it ends at line 2, and had 3 when it was anchored" in capsys.readouterr().err
    kept.write_text(json.dumps({"seq": 2, "hash": "0" * 64}))
    assert cli.main(["audit", "verify", "--anchor", str(kept)]) == 1
    assert "line 2 is not the one that was anchored" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", '{"seq": "x", "hash": ""}', '{"seq": 3}'])
def test_what_is_no_anchor_is_refused(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (tmp_path / "anchor.json").write_text(content)
    assert cli.main(["audit", "verify", "--anchor", str(tmp_path / "anchor.json")]) == 1
    assert "no anchor of a record" in capsys.readouterr().err


def test_the_record_is_exported_line_by_line(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "new" / "audit.csv"
    assert cli.main(["audit", "export", "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["seq"], row["action"], row["user"]) for row in rows] == [
        *(("1", "load", "Ada"), ("2", "plan", "Ada"), ("3", "accept", "Ada")),
    ]
    assert json.loads(rows[2]["detail"])["comment"] == "=cmd|' /C calc'!A0"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    entry = store.audit_rows()[2]
    assert rows[2]["hash"] == entry.hash == chained_hash(AuditEntry(**{**_plain(entry), "hash": ""}))


def _plain(entry: AuditEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in AuditEntry.__slots__}
