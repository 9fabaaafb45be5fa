from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from medalloc.store import Store, migrate, open_store
from medalloc.store.engine import make_engine
from medalloc.store.migrate import alembic_config
from medalloc.store.tables import Base
from tests.store.examples import ADA, AT, before, decision, loaded, plan


def test_migrated_tables_are_those_of_the_code(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_there_is_one_line_of_revisions() -> None:
    engine = make_engine("sqlite://")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        assert len(scripts.get_heads()) == 1
        assert [script.revision for script in scripts.walk_revisions()][-1] == "0001"


def test_upgrade_from_the_first_revision_keeps_what_is_there(url: str) -> None:
    with Store(url) as store:
        snapshot_id, plan_id = loaded(store)
        store.decide(snapshot_id, decision(plan_id), saw=0)
    engine = make_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
    assert {"corrections", "documents", "publications"}.isdisjoint(inspect(engine).get_table_names())
    engine.dispose()
    migrate(url)
    with Store(url) as store:
        found = store.latest_plan(snapshot_id)
        assert found is not None
        assert (found.plan, found.before, found.asked, found.made_with) == (plan(), before(), {}, {})
        assert list(store.decisions(snapshot_id)) == ["P3"]
        assert store.corrections("Tiny General") == {}
        assert store.published_plans("Tiny General") == ()
        assert store.verify_audit() is None


def test_second_migration_does_nothing(url: str) -> None:
    migrate(url)
    with Store(url) as store:
        assert store.audit_head().seq == 0


def test_processes_that_start_together_make_one_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'store.sqlite3'}"
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: open_store(url), range(6)))
    for store in stores:
        store.save_snapshot(b"1", name="Tiny", at=AT, source="sample", user=ADA)
        store.close()
    assert stores[0].audit_head().seq == 6


def test_servers_that_start_together_upgrade_once(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    engine.dispose()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [url] * 4))
    with Store(url) as store:
        assert store.audit_head().seq == 0


def test_failed_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        migrate(url)
    monkeypatch.undo()
    engine = create_engine(url)
    assert "snapshots" not in inspect(engine).get_table_names()
    engine.dispose()
    migrate(url)


def test_downgrade_takes_everything_away(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(url)
