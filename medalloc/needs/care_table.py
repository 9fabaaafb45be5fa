"""The table of care hours: its rows, read from a file or an editor and checked."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from medalloc.errors import DataError, Issue

SHIPPED = Path(__file__).with_name("care_hours.toml")
MAX_HOURS = 48.0
"""Two people round the clock."""
TOOL_LEVELS = ("0", "1a", "1b", "1c", "1d", "2", "3")
"""Levels of the licensed acuity tool."""
WTE_HOURS = "tool.hours_per_wte"
KEYS = (
    *("level.ward", "level.telemetry", "level.hdu", "level.icu", "acuity.1", "acuity.2", "one_to_one"),
    *("mobility.supervision", "mobility.one", "mobility.two", "mobility.hoist", "mobility.bed_bound", "feeding"),
    *("isolation.contact", "isolation.droplet", "isolation.protective", "isolation.airborne", "end_of_life"),
    *(WTE_HOURS, *(f"tool.{level}" for level in TOOL_LEVELS)),
)
"""Every row that a table has, in its order."""
_LICENSED = frozenset(f"tool.{level}" for level in TOOL_LEVELS)


@dataclass(frozen=True, slots=True)
class CareRow:
    """Care that a need asks for, in hours per day; a row of the licensed tool, in whole-time equivalents per bed."""

    key: str
    nurse: float | None
    """None only in a row of the licensed tool that is not filled in."""
    assistant: float | None
    source: str


@dataclass(frozen=True)
class CareTable:
    """The care hours in force: one row for each of `KEYS`."""

    rows: tuple[CareRow, ...]

    @cached_property
    def by_key(self) -> Mapping[str, CareRow]:
        """The rows by their key."""
        return {row.key: row for row in self.rows}

    @property
    def has_tool(self) -> bool:
        """Whether the rows of the licensed tool are filled in, so that they count."""
        return all(row.nurse is not None for row in self.rows)

    def hours(self, key: str) -> tuple[float, float]:
        """What a row says of (nurse, assistant); 0 where it is not filled in."""
        row = self.by_key[key]
        return row.nurse or 0.0, row.assistant or 0.0

    def as_rows(self) -> list[dict[str, object]]:
        """The rows as an editor or JSON takes them; `from_rows` reads them back."""
        return [asdict(row) for row in self.rows]

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, object]], *, file: str = "care hours") -> CareTable:
        """The table of rows with `key`, `nurse`, `assistant` and, if need be, `source`, in any order.

        Parameters
        ----------
        file
            Where the rows come from, for the message.

        Raises
        ------
        DataError
            A row is missing, unknown or there twice, a number is none or outside 0 to 48, or only a part of the
            licensed tool is filled in; each issue names the row and what would be right.
        """
        issues = [*_wrong_keys(rows, file), *(issue for row in rows for issue in _wrong_numbers(row, file))]
        if not issues:
            issues = _half_filled(rows, file)
        if issues:
            raise DataError("The table of care hours is not right.", tuple(issues))
        by_key = {str(row["key"]): row for row in rows}
        return cls(tuple(_row(by_key[key]) for key in KEYS))


def load_care_table(path: Path | None = None) -> CareTable:
    """The table of a TOML file.

    Parameters
    ----------
    path
        None: the shipped table.

    Raises
    ------
    DataError
        The file cannot be read, or its rows are not right.
    """
    path = path or SHIPPED
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("row", [])
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name}: no table of care hours: {error}") from error
    return CareTable.from_rows(rows, file=path.name)


def _row(given: Mapping[str, object]) -> CareRow:
    nurse, assistant = (_number(given.get(column)) for column in ("nurse", "assistant"))
    return CareRow(str(given["key"]), nurse, assistant, str(given.get("source") or ""))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _wrong_keys(rows: Sequence[Mapping[str, object]], file: str) -> list[Issue]:
    counted = Counter(str(row.get("key", "")) for row in rows)
    unknown = [
        Issue(file, None, "key", key, f"no such row; one of: {', '.join(KEYS)}")
        for key in counted - Counter(KEYS)
        if key not in KEYS
    ]
    twice = [Issue(file, None, "key", key, "one row for each key") for key, times in counted.items() if times > 1]
    missing = [Issue(file, None, "key", key, "the row is missing") for key in KEYS if key not in counted]
    return [*unknown, *twice, *missing]


def _wrong_numbers(row: Mapping[str, object], file: str) -> list[Issue]:
    key = str(row.get("key", ""))
    unit = "whole-time equivalents per bed, or nothing" if key in _LICENSED else "hours a day"
    message = f"row {key}: {unit}, from 0 to {MAX_HOURS:g}"
    return [
        Issue(file, None, column, "" if row.get(column) is None else str(row[column]), message)
        for column in ("nurse", "assistant")
        if not _is_right(row.get(column), may_lack=key in _LICENSED)
    ]


def _is_right(value: object, *, may_lack: bool) -> bool:
    if value is None:
        return may_lack
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and 0 <= value <= MAX_HOURS
    )


def _half_filled(rows: Sequence[Mapping[str, object]], file: str) -> list[Issue]:
    """The cells of the licensed tool that lack while others stand."""
    cells = [
        (str(row["key"]), column, row.get(column))
        for row in rows
        if row["key"] in _LICENSED
        for column in ("nurse", "assistant")
    ]
    empty = [(key, column) for key, column, value in cells if value is None]
    if len(empty) in (0, len(cells)):
        return []
    return [
        Issue(file, None, column, "", f"row {key}: fill in all levels of the tool, or none") for key, column in empty
    ]
