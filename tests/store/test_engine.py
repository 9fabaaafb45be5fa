from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from medalloc.store.engine import make_engine, writing


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_is_set_up_for_many_readers_and_a_writer(tmp_path: Path, pragma: str, value: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()


def test_folder_of_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'state' / 'store.sqlite3'}")
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    engine.dispose()


def test_file_and_its_log_are_their_owners_alone_in_a_folder_that_is_not(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    engine = make_engine(f"sqlite:///{tmp_path / 'state' / 'store.sqlite3'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").iterdir()}
    engine.dispose()
    assert modes == dict.fromkeys(["store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm"], 0o600)


def test_error_does_not_tell_what_was_being_written(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE a (name TEXT, age INTEGER NOT NULL)"))
    with pytest.raises(IntegrityError) as refused, writing(engine).begin() as connection:
        connection.execute(text("INSERT INTO a VALUES (:name, NULL)"), {"name": "Ada Aspen"})
    engine.dispose()
    assert "Ada" not in str(refused.value)


def test_foreign_keys_hold(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b (a_id INTEGER REFERENCES a (id))"))
    with pytest.raises(IntegrityError), writing(engine).begin() as connection:
        connection.execute(text("INSERT INTO b VALUES (7)"))
    engine.dispose()


def test_writers_wait_for_one_another_and_lose_no_update(tmp_path: Path) -> None:
    """Reading before writing in one transaction is what a deferred lock gets wrong."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(25):
            with writing(engine).begin() as connection:
                seen = connection.scalar(text("SELECT n FROM counter"))
                connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM counter")) == 100
    engine.dispose()
