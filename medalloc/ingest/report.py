"""What was taken from a data folder, and what was wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import Issue
from medalloc.ingest.table import Record

_PRIVATE = frozenset({"name", "text"})
"""Columns whose content never goes into an issue: issues are logged and shown to anybody who loads."""
_LONGEST = 40
_FORMULA = re.compile(r"(?![+-]?\d+(\.\d+)?$)[=+\-@\t\r]")
"""A cell that a spreadsheet would run; a number with a sign is none."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken, and one reason; a row with two faults stands twice."""

    issue: Issue
    record: Record
    """The row as it stands in the file."""

    @property
    def row(self) -> str:
        """The row as CSV."""
        return _csv([self.record.cells]).removesuffix("\n")


@dataclass(frozen=True)
class Loaded:
    """A hospital as loaded."""

    snapshot: HospitalSnapshot
    issues: tuple[Issue, ...]
    """By file and line."""
    loaded: Mapping[str, int]
    """Rows taken, by file."""
    rejects: tuple[Reject, ...]

    def rejects_csv(self) -> str:
        """The rows that were not taken, for download: they hold what the files hold, names too."""
        lines = [("file", "line", "column", "value", "message", "row")]
        for reject in self.rejects:
            issue = reject.issue
            cells = (issue.file, str(issue.line or ""), issue.column, issue.value, issue.message, reject.row)
            lines.append(tuple(map(_inert, cells)))  # type: ignore[arg-type]
        return _csv(lines)


@dataclass
class Report:
    """Collects issues while a folder is read."""

    issues: list[Issue] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def reject(self, file: str, record: Record, column: str, message: str) -> None:
        """A row is not taken."""
        issue = Issue(file, record.line, column, shown(column, record.cell(column)), message)
        self.issues.append(issue)
        self.rejects.append(Reject(issue, record))

    def remark(self, file: str, record: Record, column: str, message: str) -> None:
        """A row is taken, but somebody should know."""
        value = shown(column, record.cell(column))
        self.issues.append(Issue(file, record.line, column, value, message, rejected=False))

    def skip_file(self, file: str, message: str, *, line: int | None = None, column: str = "") -> None:
        """A whole file is not taken."""
        self.issues.append(Issue(file, line, column, "", message))

    def remark_on_file(self, file: str, message: str, *, line: int | None = None, column: str = "") -> None:
        """A remark about a file."""
        self.issues.append(Issue(file, line, column, "", message, rejected=False))


def shown(column: str, value: str) -> str:
    """A cell as an issue may show it: cut short, and nothing of a name or a note."""
    if column in _PRIVATE:
        return ""
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _inert(cell: str) -> str:
    """The cell as text for a spreadsheet, which would run a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
