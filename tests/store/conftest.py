"""A migrated database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from medalloc.store import Store, migrate
from tests.store import postgresql
from tests.store.examples import NOW

_numbers = count(1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "store.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    if reason := postgresql.why_not():
        pytest.skip(reason)
    with postgresql.server() as url:
        with_template = create_engine(f"{url}postgres", isolation_level="AUTOCOMMIT")
        with with_template.connect() as connection:
            connection.execute(text("CREATE DATABASE migrated"))
        with_template.dispose()
        migrate(f"{url}migrated")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with its tables, of either kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "store.sqlite3")
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    place: str = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    engine = create_engine(f"{place}postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE migrated"))
    engine.dispose()
    return f"{place}{name}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store whose clock stands still."""
    with Store(url, clock=lambda: NOW) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if reason := postgresql.why_not():
        terminalreporter.write_line(f"NOT TESTED ON POSTGRESQL: {reason}", red=True, bold=True)
