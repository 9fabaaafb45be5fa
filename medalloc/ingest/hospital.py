"""hospital.toml: which hospital, at which moment, in which zone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from medalloc.ingest.fields import parse_moment
from medalloc.ingest.names import HOSPITAL
from medalloc.ingest.report import Report
from medalloc.ingest.table import UnreadableError, decode

_DEFAULT_NAME = "Hospital"
_DEFAULT_ZONE = "UTC"
_FIELDS = ("name", "at", "timezone")
_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Hospital:
    """The head of a snapshot."""

    name: str
    at: datetime
    """Local to the hospital."""
    zone: ZoneInfo


def read_hospital(data: bytes, report: Report) -> Hospital:
    """Read hospital.toml.

    Raises
    ------
    UnreadableError
        It is no TOML, or `at` is missing or wrong.
    """
    if len(data) > _MAX_BYTES:
        raise UnreadableError(f"should hold {', '.join(_FIELDS)} alone, and is {len(data):,} bytes long")
    try:
        content = tomllib.loads(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(f"is not TOML: {error}") from error
    for key in sorted(content.keys() - set(_FIELDS)):
        report.remark_on_file(HOSPITAL, "is not known and was not read", column=key)
    zone = _zone(content.get("timezone"), report)
    return Hospital(_name(content.get("name"), report), _at(content.get("at"), zone), zone)


def _name(name: Any, report: Report) -> str:
    if isinstance(name, str) and name.strip():
        return name.strip()
    report.remark_on_file(HOSPITAL, f'should name the hospital; taken as "{_DEFAULT_NAME}"', column="name")
    return _DEFAULT_NAME


def _zone(key: Any, report: Report) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, TypeError, AttributeError, OSError):
        message = f"should be a time zone such as Europe/London; taken as {_DEFAULT_ZONE}"
        report.remark_on_file(HOSPITAL, message, column="timezone")
        return ZoneInfo(_DEFAULT_ZONE)


def _at(at: Any, zone: ZoneInfo) -> datetime:
    """The moment of the snapshot, written as text or as TOML's own date and time."""
    try:
        return parse_moment(at if isinstance(at, str) else _iso(at), zone)
    except (ValueError, OverflowError) as error:
        raise UnreadableError("needs `at`, the moment of the snapshot, such as 2026-03-05T08:00:00") from error


def _iso(at: Any) -> str:
    if not isinstance(at, date):
        raise ValueError(at)
    return at.isoformat()
