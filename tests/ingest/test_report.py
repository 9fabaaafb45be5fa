import csv
import io

import pytest

from medalloc.errors import Issue
from medalloc.ingest.loader import load
from medalloc.ingest.report import Loaded, Reject, Report, shown
from medalloc.ingest.table import Record
from tests.tiny import tiny_files, with_row

RECORD = Record(12, ["P1", "Ada", "-3"], {"patient_id": 0, "name": 1, "age": 2})


def test_reject_keeps_the_issue_and_the_row():
    report = Report()
    report.reject("patients.csv", RECORD, "age", "should be 0 or more")
    issue = Issue("patients.csv", 12, "age", "-3", "should be 0 or more")
    assert report.issues == [issue]
    assert report.rejects == [Reject(issue, RECORD)]


def test_remark_rejects_nothing():
    report = Report()
    report.remark("patients.csv", RECORD, "age", "is odd")
    assert report.issues == [Issue("patients.csv", 12, "age", "-3", "is odd", rejected=False)]
    assert report.rejects == []


def test_whole_file():
    report = Report()
    report.skip_file("notes.csv", "is empty")
    report.remark_on_file("notes.csv", "is odd", line=1, column="x")
    assert report.issues == [
        Issue("notes.csv", None, "", "", "is empty"),
        Issue("notes.csv", 1, "x", "", "is odd", rejected=False),
    ]


@pytest.mark.parametrize("column", ["name", "text"])
def test_names_and_notes_are_not_shown(column):
    assert shown(column, "Ada Aspen") == ""


def test_long_values_are_cut():
    assert shown("organism", "x" * 41) == "x" * 39 + "…"
    assert shown("organism", "x" * 40) == "x" * 40


def test_rejects_csv_holds_the_raw_row():
    loaded = load(with_row("patients.csv", patient_id="P9", name="Bo, the 2nd", age="-3", status="waiting"))
    rows = list(csv.DictReader(io.StringIO(loaded.rejects_csv())))
    assert [(row["file"], row["line"], row["column"], row["value"]) for row in rows] == [
        ("patients.csv", "8", "age", "-3")
    ]
    assert rows[0]["message"] == "should be a whole number of years from 0 to 130"
    assert next(csv.reader([rows[0]["row"]]))[:4] == ["P9", "Bo, the 2nd", "", "-3"]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "@SUM(A1)", "-cmd", "\t=1"])
def test_rejects_csv_holds_no_formula(cell):
    issue = Issue("beds.csv", 2, "bed_id", cell, "should be there once")
    loaded = Loaded(load(tiny_files()).snapshot, (issue,), {}, (Reject(issue, Record(2, [cell, "W1"], {})),))
    row = next(csv.DictReader(io.StringIO(loaded.rejects_csv())))
    assert (row["value"], row["row"]) == (f"'{cell}", f"'{cell},W1")


def test_no_rejects_is_a_header_alone():
    assert load(tiny_files()).rejects_csv() == "file,line,column,value,message,row\n"
