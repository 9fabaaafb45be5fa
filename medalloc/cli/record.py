"""Commands on the record: is it whole, and a copy of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medalloc.cli.output import show
from medalloc.errors import DataError
from medalloc.export import write_audit
from medalloc.settings import settings
from medalloc.store import AuditEntry, AuditHead, Store, open_store

PAGE = 5_000
"""Lines that are read at once."""


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `audit` with what can be done with the record."""
    audit = commands.add_parser("audit", help="the record: verify it, anchor its end, export it")
    deeds = audit.add_subparsers(required=True, metavar="COMMAND")
    verify = command(deeds, "verify", _verify, "find the first line that was altered, removed or put elsewhere")
    verify.add_argument("--anchor", type=Path, metavar="FILE", help="the end of the record as it was kept then")
    anchor = command(deeds, "anchor", _anchor, "write the end of the record to a file, to be kept elsewhere")
    anchor.add_argument("--out", type=Path, required=True, metavar="FILE.json")
    export = command(deeds, "export", _export, "write the record as CSV")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.csv")


def _verify(options: argparse.Namespace) -> int:
    with open_store(settings().url) as store:
        broken = store.verify_audit()
        head = store.audit_head()
        problem = f"line {broken.seq}: {broken.problem}" if broken else ""
        if not problem and options.anchor is not None:
            problem = _against(store, head, _read_anchor(options.anchor))
    if problem:
        print(f"The record is not whole: {problem}.", file=sys.stderr)
        return 1
    show(options, {"status": "whole", **asdict(head)}, [f"The record is whole: {head.seq} lines."])
    return 0


def _against(store: Store, head: AuditHead, anchor: AuditHead) -> str:
    """What speaks against the record being the one whose end was anchored; "" for nothing."""
    if anchor.seq > head.seq:
        return f"it ends at line {head.seq}, and had {anchor.seq} when it was anchored"
    if anchor.seq == 0:
        return ""
    (line,) = store.audit_rows(after=anchor.seq - 1, limit=1)
    return "" if line.hash == anchor.hash else f"line {anchor.seq} is not the one that was anchored"


def _read_anchor(path: Path) -> AuditHead:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return AuditHead(int(told["seq"]), str(told["hash"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: no anchor of a record, such as `audit anchor` writes") from error


def _anchor(options: argparse.Namespace) -> int:
    with open_store(settings().url) as store:
        head = store.audit_head()
    options.out.write_text(json.dumps(asdict(head)) + "\n", encoding="utf-8")
    show(options, asdict(head), [f"{options.out}: line {head.seq}"])
    return 0


def _export(options: argparse.Namespace) -> int:
    with open_store(settings().url) as store:
        lines = write_audit(options.out, _entries(store))
    show(options, {"lines": lines, "file": str(options.out)}, [f"{options.out}: {lines} lines"])
    return 0


def _entries(store: Store) -> Iterator[AuditEntry]:
    after = 0
    while page := store.audit_rows(after=after, limit=PAGE):
        yield from page
        after = page[-1].seq
