"""Make or upgrade the tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from medalloc.store.engine import make_engine, writing

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 6_320_117
"""Any number of our own: PostgreSQL's name of the lock."""


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision; several processes may try at once, and all or nothing is done.

    On SQLite the transaction holds the only write lock from its first moment; on PostgreSQL it holds an
    advisory lock. Whoever comes second finds nothing left to do.
    """
    # Rebuilding a table on SQLite drops the old one, which enforced foreign keys would not survive.
    engine = make_engine(url, foreign_keys=False)
    try:
        with writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            command.upgrade(alembic_config(connection), revision)
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for a connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
