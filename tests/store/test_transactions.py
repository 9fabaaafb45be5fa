from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from medalloc.store.transactions import Transactions


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Transactions]:
    with Transactions(f"sqlite:///{tmp_path / 'any.sqlite3'}") as opened:
        with opened._write() as session:
            session.execute(text("CREATE TABLE t (n INTEGER)"))
        yield opened


def _add_and_fail(database: Transactions) -> None:
    with database._write() as session:
        session.execute(text("INSERT INTO t VALUES (3)"))
        raise RuntimeError("the power went")


def test_failed_write_leaves_nothing_behind(database: Transactions) -> None:
    with pytest.raises(RuntimeError, match="power"):
        _add_and_fail(database)
    with database._read() as session:
        assert session.scalar(text("SELECT count(*) FROM t")) == 0


def test_writers_of_one_process_take_turns(database: Transactions) -> None:
    def add(_: int) -> None:
        with database._write() as session:
            number = session.scalar(text("SELECT count(*) FROM t"))
            session.execute(text(f"INSERT INTO t VALUES ({number})"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(30)))
    with database._read() as session:
        assert list(session.scalars(text("SELECT n FROM t ORDER BY n"))) == list(range(30))
