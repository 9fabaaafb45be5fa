"""A copy of everything that is kept, in one file that either kind of database can be restored from.

A zip of one file of JSON lines a table, with the revision of the tables. It is read and written by what the database
says of its own columns, so that a copy outlives later revisions: it is restored as it was, then upgraded.
"""

from __future__ import annotations

import base64
import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Connection, DateTime, LargeBinary, MetaData, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from medalloc.errors import DataError
from medalloc.store import audit
from medalloc.store.engine import make_engine, writing
from medalloc.store.migrate import alembic_config, migrate

HEAD = "backup.json"
VERSIONS = "alembic_version"
CHUNK = 500
"""Rows that are written at once."""


def backup(url: str, path: Path) -> dict[str, int]:
    """Write everything to a file that its owner alone can read; rows by table. All of it is of one moment."""
    engine = make_engine(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    counts: dict[str, int] = {}
    try:
        with engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _write(connection, file, counts)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return counts


def restore(url: str, path: Path) -> dict[str, int]:
    """Fill an empty database from a backup, and bring it up to date; rows by table.

    Raises
    ------
    DataError
        The file is no backup, the database holds something already, or the record in the backup is not whole. Then
        the database is left as empty as it was.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            revision = str(json.loads(archive.read(HEAD))["revision"])
            counts = _fill(url, archive, revision)
    except DataError:
        raise
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise DataError(f"{path}: no backup, such as `backup` writes ({type(error).__name__})") from error
    migrate(url)
    return counts


def _write(connection: Connection, file: Any, counts: dict[str, int]) -> None:
    revision = MigrationContext.configure(connection).get_current_revision()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in _tables(connection):
            counts[table.name] = 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                for row in connection.execution_options(yield_per=CHUNK).execute(select(table)).mappings():
                    lines.write(f"{json.dumps(_plain(row))}\n".encode())
                    counts[table.name] += 1
        archive.writestr(HEAD, json.dumps({"revision": revision, "rows": counts}))


def _fill(url: str, archive: zipfile.ZipFile, revision: str) -> dict[str, int]:
    engine, counts = make_engine(url, foreign_keys=False), {}
    try:
        _empty(url)
        with writing(engine).begin() as connection:
            command.upgrade(alembic_config(connection), revision)
            for table in _tables(connection):
                counts[table.name] = _insert(connection, table, archive)
            with Session(connection) as session:
                broken = audit.verify(session)
            if broken is not None:
                raise DataError(f"The record in the backup is not whole: line {broken.seq}, {broken.problem}.")
    except SQLAlchemyError as error:
        raise DataError(f"The backup does not fit its own revision {revision} ({type(error).__name__}).") from error
    finally:
        engine.dispose()
    return counts


def _empty(url: str) -> None:
    """Take the tables of a database away in which nothing was ever done; refuse where something was."""
    engine = make_engine(url, foreign_keys=False)
    try:
        with writing(engine).begin() as connection:
            known = {table.name: table for table in _tables(connection)}
            done = connection.scalar(select(func.max(known["audit"].c.seq))) if "audit" in known else None
            if done is not None:
                raise DataError("The database is not empty. Move it away first: a restore replaces nothing.")
            if MigrationContext.configure(connection).get_current_revision() is not None:
                command.downgrade(alembic_config(connection), "base")
    finally:
        engine.dispose()


def _tables(connection: Connection) -> list[Table]:
    """All tables but the revision's, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    for column in (column for table in found.sorted_tables for column in table.columns):
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    return [table for table in found.sorted_tables if table.name != VERSIONS]


def _insert(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    if connection.scalar(select(func.count()).select_from(table)):  # the end of an empty record
        connection.execute(table.delete())
    count, rows = 0, []
    for row in _rows(table, archive):
        rows.append(row)
        count += 1
        if len(rows) == CHUNK:
            connection.execute(table.insert(), rows)
            rows = []
    if rows:
        connection.execute(table.insert(), rows)
    if connection.dialect.name == "postgresql" and "id" in table.c:
        numbers = {"table": table.name}
        if connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), numbers):
            counter = f"setval(pg_get_serial_sequence(:table, 'id'), (SELECT max(id) FROM {table.name}))"  # noqa: S608
            connection.execute(text(f"SELECT {counter}"), numbers)
    return count


def _rows(table: Table, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in io.TextIOWrapper(lines, encoding="utf-8"):
            row = json.loads(line)
            yield {column.name: _typed(row[column.name], column.type) for column in table.columns}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, bytes | memoryview):
            value = base64.b64encode(bytes(value)).decode()
        plain[str(name)] = value.isoformat() if isinstance(value, datetime) else value
    return plain


def _typed(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(kind, DateTime) else value
