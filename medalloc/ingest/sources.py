"""The files of a data folder → the head of the snapshot and a table for each CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from medalloc.errors import DataError, Issue
from medalloc.ingest.hospital import Hospital, read_hospital
from medalloc.ingest.names import HOSPITAL, KEY_FILES, KNOWN_FILES, NEVER_READ
from medalloc.ingest.report import Report
from medalloc.ingest.specs import SPECS, FileSpec
from medalloc.ingest.table import Table, UnreadableError, read_table


class _Refusal:
    """Collects what keeps the load from starting, so that all of it is said at once."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def add(self, file: str, message: str, *, line: int | None = None, column: str = "") -> None:
        self.issues.append(Issue(file, line, column, "", message))

    def error(self) -> DataError:
        first, *others = map(str, self.issues)
        more = f" (and {len(others)} more)" if others else ""
        return DataError(f"{first}{more}", tuple(self.issues))


def open_sources(files: Mapping[str, bytes], report: Report) -> tuple[Hospital, dict[str, Table]]:
    """Open every file.

    Parameters
    ----------
    files
        Content by file name.
    report
        Takes remarks, and an issue for every optional file that cannot be used.

    Raises
    ------
    DataError
        A key file or a key column is missing or unreadable.
    """
    refusal = _Refusal()
    for name in sorted(files.keys() - {*KNOWN_FILES, NEVER_READ}):
        report.remark_on_file(name, "is not a file of a data folder and was not read")
    for name in KEY_FILES:
        if name not in files:
            refusal.add(name, _absence(name, files))
    hospital = _hospital(files, report, refusal)
    tables: dict[str, Table] = {}
    for spec in SPECS:
        if spec.file in files:
            table = _table(spec, files[spec.file], report, refusal)
            if table is not None:
                tables[spec.file] = table
    if hospital is None or refusal.issues:
        raise refusal.error()
    return hospital, tables


def _absence(name: str, files: Mapping[str, bytes]) -> str:
    """Why a key file is not there."""
    if any(PurePosixPath(other).name.lower() == name for other in files):
        return "lies in a folder: put the files beside one another, or all into one folder"
    return "is missing, and nothing can be loaded without it"


def _hospital(files: Mapping[str, bytes], report: Report, refusal: _Refusal) -> Hospital | None:
    if HOSPITAL not in files:
        return None
    try:
        return read_hospital(files[HOSPITAL], report)
    except UnreadableError as error:
        refusal.add(HOSPITAL, str(error), line=error.line)
        return None


def _table(spec: FileSpec, data: bytes, report: Report, refusal: _Refusal) -> Table | None:
    """The table of a file; None where it cannot be used, which is a refusal for a key file."""
    complain = refusal.add if spec.is_key else report.skip_file
    try:
        table = read_table(data)
    except UnreadableError as error:
        complain(spec.file, str(error), line=error.line)
        return None
    missing = [column for column in spec.needed if column not in table.place]
    for column in missing:
        complain = refusal.add if column in spec.keys else report.skip_file
        complain(spec.file, _missing(table), line=table.header_line, column=column)
    if missing:
        return None
    _remark_on_header(spec, table, report)
    return table


def _missing(table: Table) -> str:
    only = table.columns[0] if len(table.columns) == 1 else ""
    if ";" in only or "\t" in only:
        return "is missing: separate the columns by commas"
    return "is missing, and no row makes sense without it"


def _remark_on_header(spec: FileSpec, table: Table, report: Report) -> None:
    for index, column in enumerate(table.columns):
        if not column:
            if any(record.cells[index].strip() for record in table.records):
                message = f"column {index + 1} has no name and was not read"
                report.remark_on_file(spec.file, message, line=table.header_line)
        elif table.place[column] != index:
            message = "is there twice: the first one was read"
            report.remark_on_file(spec.file, message, line=table.header_line, column=column)
        elif column not in spec.columns and not spec.takes_any_column:
            message = "is not a column of this file and was not read"
            report.remark_on_file(spec.file, message, line=table.header_line, column=column)
