"""What a rule is, the rules that every file shares, and how rules are applied.

A rule looks at one row, and at what is known of the rows before it. It says nothing, or it makes a remark
(the row is taken, perhaps with a field changed), or it rejects the row.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeAlias

from medalloc.ingest.report import Report
from medalloc.ingest.validate import Row


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a row."""

    column: str
    message: str
    """What would be right."""
    rejects: bool
    change: Mapping[str, Any] = field(default_factory=dict)
    """Fields that the row takes instead."""


@dataclass
class Known:
    """What is known of the rows that were taken so far."""

    at: datetime
    """The moment of the snapshot."""
    taken: dict[str, dict[str, Row[Any]]] = field(default_factory=dict)
    """Row by id, by file."""
    occupied: dict[str, int] = field(default_factory=dict)
    """Line of patients.csv by the bed_id of a patient who was taken."""
    lost: dict[str, int] = field(default_factory=dict)
    """Line of patients.csv by the bed_id of a patient who was rejected."""
    _first: dict[tuple[Hashable, ...], int] = field(default_factory=dict)

    def earlier(self, line: int, *what: Hashable) -> int | None:
        """The line on which the same thing stood before; None for the first, whose line is kept."""
        first = self._first.setdefault(what, line)
        return None if first == line else first


Rule: TypeAlias = Callable[[Row[Any], Known], Finding | None]


def reject(column: str, message: str) -> Finding:
    """The row is not taken."""
    return Finding(column, message, rejects=True)


def remark(column: str, message: str, **change: Any) -> Finding:
    """The row is taken, with these fields changed."""
    return Finding(column, message, rejects=False, change=change)


def unique(file: str, *columns: str) -> Rule:
    """An id, or a combination of columns, stands in a file once: the first row holds."""
    values = attrgetter(*columns)

    def already_there(row: Row[Any], known: Known) -> Finding | None:
        line = known.earlier(row.record.line, file, values(row.value))
        if line is None:
            return None
        return reject(columns[-1], f"should be there once: line {line} has the same {', '.join(columns)}")

    return already_there


def refers(column: str, file: str, id_column: str = "") -> Rule:
    """An id refers to a row of another file that was taken; a blank one refers to nothing."""
    message = f"should be a {id_column or column} of {file}, of a row that was not rejected"

    def refers_to_nothing(row: Row[Any], known: Known) -> Finding | None:
        value = getattr(row.value, column)
        if not value or value in known.taken.get(file, ()):
            return None
        return reject(column, message)

    return refers_to_nothing


def own_word(file: str, column: str, words: Iterable[str]) -> Rule:
    """A word that the domain does not know is a hospital's own: it is taken, and named once."""
    common = frozenset(words)

    def is_own_word(row: Row[Any], known: Known) -> Finding | None:
        value = getattr(row.value, column)
        own = sorted({value} - common - {""} if isinstance(value, str) else set(value or ()) - common)
        fresh = [word for word in own if known.earlier(row.record.line, file, column, word) is None]
        if not fresh:
            return None
        return remark(column, f"{', '.join(fresh)}: not a common word, taken as the hospital's own")

    return is_own_word


def apply(file: str, rows: list[Row[Any]], rules: Iterable[Rule], known: Known, report: Report) -> list[Row[Any]]:
    """The rows that no rule rejects, changed as the rules ask."""
    rules = tuple(rules)
    return [row for row in rows if _holds(file, row, rules, known, report)]


def _holds(file: str, row: Row[Any], rules: tuple[Rule, ...], known: Known, report: Report) -> bool:
    for rule in rules:
        finding = rule(row, known)
        if finding is None:
            continue
        if finding.rejects:
            report.reject(file, row.record, finding.column, finding.message)
            return False
        report.remark(file, row.record, finding.column, finding.message)
        if finding.change:
            row.value = replace(row.value, **finding.change)
    return True
