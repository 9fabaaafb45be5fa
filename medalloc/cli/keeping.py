"""Commands on the database as a whole: bring it up to date, copy it, fill it from a copy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from medalloc.cli.output import show
from medalloc.errors import DataError
from medalloc.settings import settings
from medalloc.store import backup, migrate, restore


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `migrate`, `backup` and `restore`."""
    command(commands, "migrate", _migrate, "create the database, or bring it up to date")
    copy = command(commands, "backup", _backup, "write everything that is kept to one file; it holds patients' data")
    copy.add_argument("file", type=Path, metavar="FILE.zip")
    back = command(commands, "restore", _restore, "fill an empty database, of either kind, from such a file")
    back.add_argument("file", type=Path, metavar="FILE.zip")


def _migrate(options: argparse.Namespace) -> int:
    migrate(settings().url)
    show(options, {"status": "migrated"}, ["The database is up to date."])
    return 0


def _backup(options: argparse.Namespace) -> int:
    if options.file.exists():
        raise DataError(f"{options.file}: there is such a file already, and a backup replaces nothing")
    _told(options, "backed up", backup(settings().url, options.file))
    return 0


def _restore(options: argparse.Namespace) -> int:
    _told(options, "restored", restore(settings().url, options.file))
    return 0


def _told(options: argparse.Namespace, status: str, rows: dict[str, int]) -> None:
    lines = [f"{table}: {count} rows" for table, count in rows.items() if count]
    show(options, {"status": status, "file": str(options.file), "rows": rows}, [*lines, f"{options.file}: {status}"])
