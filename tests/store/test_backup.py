from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from medalloc.errors import DataError
from medalloc.store import Store, backup, migrate, open_store, restore
from medalloc.store.engine import make_engine
from medalloc.store.migrate import alembic_config
from tests.store.examples import ADA, AT, BO, before, decision, loaded, plan, refusal


def filled(url: str) -> tuple[int, int]:
    with open_store(url) as store:
        snapshot_id, plan_id = loaded(store, bytes(range(256)))
        store.publish_plan(plan_id, saw=0, user=ADA)
        store.decide(snapshot_id, decision(plan_id, comment="床 7, “quiet”"), saw=0)
        store.decide(snapshot_id, refusal(plan_id, "P5", by=BO), saw=0)
        store.undo(snapshot_id, "P5", saw=1, user=BO)
        store.embeddings.put_many({"key": b"\x00\xff\n"})
    return snapshot_id, plan_id


def other(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'other.sqlite3'}"


def emptied(url: str, tmp_path: Path) -> str:
    """A database of the same kind without even a table."""
    if url.startswith("sqlite"):
        return other(tmp_path)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()
    return url


def test_what_is_restored_is_all_that_was_there(url: str, tmp_path: Path) -> None:
    snapshot_id, plan_id = filled(url)
    kept = tmp_path / "copies" / "monday.zip"
    counts = backup(url, kept)
    assert (counts["snapshots"], counts["plans"], counts["decisions"], counts["audit"]) == (1, 1, 2, 6)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600, "it holds notes"
    assert restore(other(tmp_path), kept) == counts
    with Store(url) as was, Store(other(tmp_path)) as now:
        assert now.snapshot_data(snapshot_id) == was.snapshot_data(snapshot_id)
        assert now.plan(plan_id) == was.plan(plan_id)
        assert now.decisions(snapshot_id) == was.decisions(snapshot_id)
        assert now.published_plan("Tiny General") == was.published_plan("Tiny General")
        assert now.audit_rows() == was.audit_rows()
        assert now.verify_audit() is None
        assert now.embeddings.get_many(["key"]) == {"key": b"\x00\xff\n"}


def test_a_restored_database_goes_on(url: str, tmp_path: Path) -> None:
    snapshot_id, _ = filled(url)
    backup(url, tmp_path / "copy.zip")
    fresh = emptied(url, tmp_path)
    restore(fresh, tmp_path / "copy.zip")
    with Store(fresh) as store:
        again = store.save_plan(snapshot_id, plan(), before(), user=BO)
        assert store.publish_plan(again, saw=1, user=BO).number == 2
        store.decide(snapshot_id, decision(again, "P7", by=BO), saw=0)
        assert store.save_snapshot(b"2", name="Tiny General", at=AT, source="sample", user=ADA) > snapshot_id
        assert store.verify_audit() is None


def test_a_copy_of_old_tables_is_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    snapshot_id, _ = filled(url)
    engine = make_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0004")
    engine.dispose()
    assert "publications" not in backup(url, tmp_path / "old.zip")
    restore(other(tmp_path), tmp_path / "old.zip")
    with Store(other(tmp_path)) as store:
        assert list(store.decisions(snapshot_id)) == ["P3"]
        assert store.published_plans("Tiny General") == ()


def test_nothing_is_replaced(url: str, tmp_path: Path) -> None:
    filled(url)
    backup(url, tmp_path / "copy.zip")
    with pytest.raises(DataError, match="not empty"):
        restore(url, tmp_path / "copy.zip")
    with Store(url) as store:
        assert store.audit_head().seq == 6
    migrate(other(tmp_path))
    assert restore(other(tmp_path), tmp_path / "copy.zip")["audit"] == 6, "an empty database may be there already"


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    for name, content in {"absent.zip": None, "text.zip": b"text"}.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match="no backup"):
            restore(other(tmp_path), tmp_path / name)
    with zipfile.ZipFile(tmp_path / "half.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps({"revision": "0006"}))
    with pytest.raises(DataError, match="no backup"):
        restore(other(tmp_path), tmp_path / "half.zip")
    with open_store(other(tmp_path)) as store:
        assert store.current_snapshot() is None


def test_a_record_that_was_changed_in_the_copy_is_not_restored(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.sqlite3'}"
    filled(url)
    backup(url, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive, zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged:
        for name in archive.namelist():
            content = archive.read(name)
            forged.writestr(name, content.replace(b'"Bo"', b'"Al"') if name == "audit.jsonl" else content)
    with pytest.raises(DataError, match="not whole: line 5, altered"):
        restore(other(tmp_path), tmp_path / "forged.zip")
    with open_store(other(tmp_path)) as store:
        assert (store.current_snapshot(), store.audit_head().seq) == (None, 0)
