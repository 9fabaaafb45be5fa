"""The records of a table → objects of the domain, with a sentence about every cell that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from medalloc.ingest.fields import SHOULD
from medalloc.ingest.report import Report
from medalloc.ingest.rows.base import RowModel
from medalloc.ingest.specs import FileSpec
from medalloc.ingest.table import Record, Table

T = TypeVar("T")


@dataclass(slots=True)
class Row(Generic[T]):
    """An object of the domain and the record that it was read from."""

    record: Record
    value: T


def read_rows(spec: FileSpec, table: Table, zone: ZoneInfo, report: Report) -> list[Row[Any]]:
    """The rows of a table that are right by themselves; the others go into the report.

    Parameters
    ----------
    spec
        What the file is.
    table
        Its records.
    zone
        The hospital's zone, to which times with an offset are converted.
    report
        Takes an issue for every cell that is wrong.
    """
    for fault in table.faults:
        report.reject(spec.file, fault.record, fault.column, fault.message)
    validate, build = spec.model.model_validate, spec.build
    rows: list[Row[Any]] = []
    for record, cells in _filled(spec, table):
        try:
            row = validate(cells, context=zone)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False, include_input=False):
                report.reject(spec.file, record, str(detail["loc"][0]), _sentence(spec.model, detail))
        else:
            rows.append(Row(record, build(**row.__dict__)))
    return rows


def _filled(spec: FileSpec, table: Table) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """Every record with its cells by column, blank ones left out."""
    place = table.place
    known = [(name, index) for name, index in place.items() if name in spec.columns]
    verbatim = [(name, place[name]) for name in spec.verbatim if name in place]
    further = [(name, index) for name, index in place.items() if name not in spec.columns]
    for record in table.records:
        cells = record.cells
        filled: dict[str, Any] = {name: cell for name, index in known if (cell := cells[index].strip())}
        for name, index in verbatim:
            if name in filled:
                filled[name] = cells[index]
        if spec.takes_any_column:
            filled["attributes"] = tuple((name, cell) for name, index in further if (cell := cells[index].strip()))
        yield record, filled


def _sentence(model: type[RowModel], error: ErrorDetails) -> str:
    """What would be right."""
    if error["type"] == SHOULD:
        return error["msg"]
    if error["type"] == "missing":
        return "should not be blank"
    if error["type"].startswith("bool"):
        return "should be true or false"
    return f"should be {model.model_fields[str(error['loc'][0])].description}"
