"""The files of a data folder → a hospital snapshot, with an issue for everything that is wrong."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import Issue
from medalloc.ingest.hospital import Hospital
from medalloc.ingest.names import HOSPITAL, KNOWN_FILES, canonical
from medalloc.ingest.report import Loaded, Report
from medalloc.ingest.rules import people, places, work
from medalloc.ingest.rules.rule import Known, Rule, apply
from medalloc.ingest.sources import open_sources
from medalloc.ingest.specs import SPECS, FileSpec
from medalloc.ingest.table import Table
from medalloc.ingest.validate import Row, read_rows

_RULES: Mapping[str, tuple[Rule, ...]] = {
    "wards.csv": places.WARD_RULES,
    "beds.csv": places.BED_RULES,
    "patients.csv": people.PATIENT_RULES,
    "notes.csv": people.NOTE_RULES,
    "vitals.csv": people.VITALS_RULES,
    "staff.csv": work.STAFF_RULES,
    "shifts.csv": work.SHIFT_RULES,
    "cover.csv": work.COVER_RULES,
    "availability.csv": work.AVAILABILITY_RULES,
    "roster.csv": work.DUTY_RULES,
    "drugs.csv": work.DRUG_RULES,
    "lots.csv": work.LOT_RULES,
    "usage.csv": work.USAGE_RULES,
    "orders.csv": work.ORDER_RULES,
    "substitutes.csv": work.SUBSTITUTE_RULES,
    "regimens.csv": work.REGIMEN_RULES,
    "events.csv": (),
    "outcomes.csv": work.OUTCOME_RULES,
}
_ID = {
    "wards.csv": "ward_id",
    "beds.csv": "bed_id",
    "patients.csv": "patient_id",
    "staff.csv": "staff_id",
    "shifts.csv": "shift_id",
    "drugs.csv": "drug_id",
}
"""Files that others refer to."""


def load(files: Mapping[str, bytes]) -> Loaded:
    """Load a hospital.

    Parameters
    ----------
    files
        Content by file name, as `read_folder` and `read_zip` give it.

    Returns
    -------
    Loaded
        Every row that is right, and an issue with file, line, column, value and what would be right
        for everything else.

    Raises
    ------
    DataError
        A key file or a key column is missing or unreadable; `.issues` names all of them.
    """
    with _collector_at_rest():
        return _load({canonical(name): content for name, content in sorted(files.items())})


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keeps the cyclic garbage collector from walking a million new rows, which takes 40 % of the time."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _load(files: Mapping[str, bytes]) -> Loaded:
    report = Report()
    hospital, tables = open_sources(files, report)
    taken = _take_all(hospital, tables, report)
    snapshot = HospitalSnapshot(
        name=hospital.name,
        at=hospital.at,
        timezone=hospital.zone.key,
        sha256={name: hashlib.sha256(files[name]).hexdigest() for name in (HOSPITAL, *taken)},
        **{name.removesuffix(".csv"): things for name, things in taken.items()},
    )
    loaded = {name: len(things) for name, things in taken.items()}
    return Loaded(snapshot, _in_order(report.issues), loaded, tuple(report.rejects))


def _take_all(hospital: Hospital, tables: dict[str, Table], report: Report) -> dict[str, tuple[Any, ...]]:
    """What is taken of every file; a table is dropped once it has been read."""
    known = Known(hospital.at)
    taken: dict[str, tuple[Any, ...]] = {}
    for spec in SPECS:
        if spec.file not in tables:
            continue
        table = tables.pop(spec.file)
        absent = [name for name in spec.refers_to if name not in taken]
        if absent:
            report.skip_file(spec.file, f"refers to {absent[0]}, which was not loaded: no row was taken")
            taken[spec.file] = ()
        else:
            rows = _take(spec, table, hospital, known, report)
            taken[spec.file] = tuple(row.value for row in rows)
    taken["beds.csv"] = _settled_beds(known, report)
    return taken


def _take(spec: FileSpec, table: Table, hospital: Hospital, known: Known, report: Report) -> list[Row[Any]]:
    """The rows of a file that are right by themselves and beside the rows taken before."""
    rows = apply(spec.file, read_rows(spec, table, hospital.zone, report), _RULES[spec.file], known, report)
    if spec.file in _ID:
        known.taken[spec.file] = {getattr(row.value, _ID[spec.file]): row for row in rows}
    return rows


def _settled_beds(known: Known, report: Report) -> tuple[Any, ...]:
    """The beds, beside who lies in them; rejected patients lie somewhere too."""
    patients = known.taken["patients.csv"].values()
    known.occupied = {row.value.bed_id: row.record.line for row in patients if row.value.bed_id}
    for reject in report.rejects:
        record = reject.record
        if reject.issue.file == "patients.csv" and record.cell("status").strip().lower() != "expected":
            known.lost.setdefault(record.cell("bed_id").strip(), record.line)
    beds = list(known.taken["beds.csv"].values())
    return tuple(row.value for row in apply("beds.csv", beds, places.OCCUPANCY_RULES, known, report))


def _in_order(issues: list[Issue]) -> tuple[Issue, ...]:
    """The issues by file, as files are read, and line; within a line as they were found."""
    order = {name: index for index, name in enumerate(KNOWN_FILES)}
    return tuple(sorted(issues, key=lambda issue: (order.get(issue.file, len(order)), issue.file, issue.line or 0)))
