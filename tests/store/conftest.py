"""A migrated database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from medalloc.store import Store, migrate
from tests.store import postgresql
from tests.store.examples import NOW


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "store.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    if reason := postgresql.why_not():
        pytest.skip(reason)
    with postgresql.server() as place:
        yield f"{place}postgres"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with its tables and nothing else, of either kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "store.sqlite3")
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    place: str = request.getfixturevalue("postgresql_url")
    engine = create_engine(place)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()
    migrate(place)
    return place


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store whose clock stands still."""
    with Store(url, clock=lambda: NOW) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if reason := postgresql.why_not():
        terminalreporter.write_line(f"NOT TESTED ON POSTGRESQL: {reason}", red=True, bold=True)
