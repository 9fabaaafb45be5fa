"""The bytes of a CSV file → its header and its records, each with the line on which it starts."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

_MAX_LINE = 1_000_000
"""Longest line [characters]; no clinical note comes near, and it bounds the memory of one record."""
_MAX_LINES = 1_000_000
"""Most lines of a file: some ten seconds, and a gigabyte where all of them are wrong."""
_MAX_BROKEN = 100
"""Records with broken quotes after which the rest of a file is not read: each may mean a scan far ahead."""

_BROKEN = (
    'has broken quotes: a quoted cell should close with ", a quote inside it should be doubled, '
    f"and no cell should be longer than {csv.field_size_limit():,} characters"
)


class UnreadableError(ValueError):
    """A file that is no CSV; the message says what would be right."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class Record:
    """A row as it stands in the file."""

    line: int
    """Line on which it starts, from 1; a quoted cell may run over several lines."""
    cells: list[str]
    column: Mapping[str, int]
    """Place of a cell by column name."""

    def cell(self, column: str) -> str:
        """The cell of a column; "" where there is none."""
        place = self.column.get(column)
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row, or a column of the header, with which something is wrong."""

    record: Record
    column: str
    message: str


@dataclass(frozen=True)
class Table:
    """A CSV file, split into cells."""

    header_line: int
    columns: tuple[str, ...]
    """Names in small letters without spaces around them, in file order; "" for a column without a name."""
    place: Mapping[str, int]
    """Place of a column by its name; of two with the same name, the first."""
    records: list[Record]
    faults: list[Fault]
    """Rows that could not be split, or that have too many or too few cells."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, without its byte order mark.

    Raises
    ------
    UnreadableError
        It is no text, or another encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("is UTF-16 text: save it as CSV in UTF-8")
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableError("is a zip or a spreadsheet, not text: save it as CSV in UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise UnreadableError(f"is not text (NUL at byte {nul}): save it as CSV in UTF-8", line)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark.
        at = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(b"\n", 0, at) + 1
        message = f"is not UTF-8 (byte 0x{data[at]:02X} at {at}): save it as CSV in UTF-8"
        raise UnreadableError(message, line) from error


def read_table(data: bytes) -> Table:
    """Split a CSV file.

    Comma-separated, quoted with `"`; lines may end in LF, CRLF or CR; empty lines are passed over.

    Raises
    ------
    UnreadableError
        It is no text, has no header, or a line is too long to be one.
    """
    if max(data.count(b"\n"), data.count(b"\r")) > _MAX_LINES:
        raise UnreadableError(f"has more than {_MAX_LINES:,} lines: leave out the oldest rows")
    with io.StringIO(decode(data), newline="") as text:
        lines = text.readlines()
    for number, content in enumerate(lines, start=1):
        if len(content) > _MAX_LINE:
            raise UnreadableError(f"has a line of more than {_MAX_LINE:,} characters", number)
    rows = _split(lines)
    header = next(((line, cells) for line, cells, _ in rows if any(map(str.strip, cells))), None)
    if header is None:
        raise UnreadableError("is empty: a header line is needed")
    line, names = header[0], tuple(name.strip().lower() for name in header[1])
    place = {name: index for index, name in reversed(list(enumerate(names))) if name}
    records: list[Record] = []
    faults: list[Fault] = []
    for number, cells, broken in rows:
        record = Record(number, cells, place)
        message = broken or _miscounted(cells, len(names))
        if message:
            faults.append(Fault(record, "", message))
        elif any(cells) and any(map(str.strip, cells)):
            records.append(record)
    return Table(line, names, place, records, faults)


def _miscounted(cells: list[str], wanted: int) -> str:
    """What is wrong with the number of cells; empty cells at the end do no harm, nor does an empty line."""
    if len(cells) == wanted or not any(map(str.strip, cells)):
        return ""
    if len(cells) > wanted and not any(map(str.strip, cells[wanted:])):
        return ""
    return f"should have {wanted} cells like the header, has {len(cells)}: is a comma unquoted or missing?"


def _split(lines: list[str]) -> Iterator[tuple[int, list[str], str]]:
    """First line, cells, and what is wrong with the quotes, of every record.

    After a broken record the next line is tried as a fresh one: a stray quote costs one row, not the file.
    """
    start = 0
    broken = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), strict=True)
        done = 0
        try:
            for cells in reader:
                yield start + done + 1, cells, ""
                done = reader.line_num
        except csv.Error:
            broken += 1
            start += done + 1
            if broken > _MAX_BROKEN:
                message = "has broken quotes like many rows before it: the rest is not read"
                yield start, [lines[start - 1]], message
                return
            yield start, [lines[start - 1]], _BROKEN
        else:
            return
