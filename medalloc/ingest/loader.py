"""The files of a data folder → a hospital snapshot, with an issue for everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
    files = {canonical(name): content for name, content in sorted(files.items())}
    report = Report()
    hospital, tables = open_sources(files, report)
    known = Known(hospital.at)
    rows = {spec.file: _take(spec, tables, hospital, known, report) for spec in SPECS if spec.file in tables}
    _note_occupied(rows["patients.csv"], known, report)
    rows["beds.csv"] = apply("beds.csv", rows["beds.csv"], places.OCCUPANCY_RULES, known, report)
    snapshot = HospitalSnapshot(
        name=hospital.name,
        at=hospital.at,
        timezone=hospital.zone.key,
        sha256={name: hashlib.sha256(files[name]).hexdigest() for name in (HOSPITAL, *rows)},
        **{name.removesuffix(".csv"): tuple(row.value for row in taken) for name, taken in rows.items()},
    )
    loaded = {name: len(taken) for name, taken in rows.items()}
    return Loaded(snapshot, _in_order(report.issues), loaded, tuple(report.rejects))


def _take(
    spec: FileSpec, tables: Mapping[str, Table], hospital: Hospital, known: Known, report: Report
) -> list[Row[Any]]:
    """The rows of a file that are right by themselves and beside the rows taken before."""
    absent = [name for name in spec.refers_to if name not in tables]
    if absent:
        report.skip_file(spec.file, f"refers to {absent[0]}, which was not loaded: no row was taken")
        return []
    rows = read_rows(spec, tables[spec.file], hospital.zone, report)
    rows = apply(spec.file, rows, _RULES[spec.file], known, report)
    if spec.file in _ID:
        known.taken[spec.file] = {getattr(row.value, _ID[spec.file]): row for row in rows}
    return rows


def _note_occupied(patients: list[Row[Any]], known: Known, report: Report) -> None:
    """Keep which beds patients lie in, those of rejected patients too."""
    known.occupied = {row.value.bed_id: row.record.line for row in patients if row.value.bed_id}
    for reject in report.rejects:
        record = reject.record
        if reject.issue.file == "patients.csv" and record.cell("status").strip().lower() != "expected":
            known.lost.setdefault(record.cell("bed_id").strip(), record.line)


def _in_order(issues: list[Issue]) -> tuple[Issue, ...]:
    """The issues by file, as files are read, and line; within a line as they were found."""
    order = {name: index for index, name in enumerate(KNOWN_FILES)}
    return tuple(
        sorted(issues, key=lambda issue: (order.get(issue.file, len(order)), issue.file, issue.line or 0))
    )
