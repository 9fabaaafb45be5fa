import pytest

from medalloc.errors import DataError, Issue
from medalloc.ingest.report import Report
from medalloc.ingest.sources import open_sources
from tests.tiny import tiny_files, with_change


def opened(files):
    report = Report()
    _, tables = open_sources(files, report)
    return tables, report.issues


def refused(files):
    with pytest.raises(DataError) as caught:
        open_sources(files, Report())
    return caught.value


def test_tiny_hospital_opens_without_a_word():
    tables, issues = opened(tiny_files())
    assert len(tables) == 18
    assert issues == []


@pytest.mark.parametrize("file", ["hospital.toml", "wards.csv", "beds.csv", "patients.csv"])
def test_missing_key_file(file):
    files = tiny_files()
    del files[file]
    error = refused(files)
    assert str(error) == f"{file}: is missing, and nothing can be loaded without it"
    assert [issue.file for issue in error.issues] == [file]


def test_key_file_in_a_folder_beside_other_files():
    files = tiny_files()
    files["data/Beds.csv"] = files.pop("beds.csv")
    assert str(refused(files)) == (
        "beds.csv: lies in a folder: put the files beside one another, or all into one folder"
    )


def test_everything_that_refuses_is_named_at_once():
    error = refused({"patients.csv": b"name\nAda\n", "notes.csv": b"text\nx\n", "beds.csv": b""})
    assert str(error).endswith("(and 4 more)")
    assert [(issue.file, issue.line, issue.column) for issue in error.issues] == [
        ("hospital.toml", None, ""),
        ("wards.csv", None, ""),
        ("beds.csv", None, ""),
        ("patients.csv", 1, "patient_id"),
        ("notes.csv", 1, "note_id"),
    ]


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("wards.csv", "ward_id"),
        ("beds.csv", "bed_id"),
        ("patients.csv", "patient_id"),
        ("lots.csv", "lot_id"),
    ],
)
def test_missing_key_column(file, column):
    header = tiny_files()[file].decode().partition("\n")[0]
    error = refused(with_change(file, header, header.replace(column, "other")))
    assert error.issues == (Issue(file, 1, column, "", "is missing, and no row makes sense without it"),)


def test_columns_separated_by_semicolons():
    error = refused({**tiny_files(), "wards.csv": b"ward_id;name\nW1;Ash\n"})
    assert error.issues[0].message == "is missing: separate the columns by commas"


def test_key_file_that_is_unreadable():
    error = refused({**tiny_files(), "beds.csv": b"bed_id,ward_id\n01,W\xe4\n"})
    assert str(error) == "beds.csv:2: is not UTF-8 (byte 0xE4 at 19): save it as CSV in UTF-8"


def test_optional_file_that_is_unreadable_is_left_out():
    tables, issues = opened({**tiny_files(), "notes.csv": b"\x89PNG\x00"})
    assert "notes.csv" not in tables
    assert issues == [
        Issue("notes.csv", 1, "", "", "is not text (NUL at byte 4): save it as CSV in UTF-8"),
    ]


def test_optional_file_without_a_column_that_it_needs_is_left_out():
    tables, issues = opened(with_change("vitals.csv", "taken_at", "when"))
    assert "vitals.csv" not in tables
    assert issues == [Issue("vitals.csv", 1, "taken_at", "", "is missing, and no row makes sense without it")]


def test_unknown_column_is_a_remark():
    tables, issues = opened(with_change("wards.csv", "site", "campus"))
    assert "wards.csv" in tables
    assert issues == [
        Issue("wards.csv", 1, "campus", "", "is not a column of this file and was not read", rejected=False)
    ]


def test_columns_twice_or_without_a_name():
    files = {**tiny_files(), "wards.csv": b"ward_id,name,,name,\nW1,Ash,x,Elm,\n"}
    _, issues = opened(files)
    assert [(issue.column, issue.message, issue.rejected) for issue in issues] == [
        ("", "column 3 has no name and was not read", False),
        ("name", "is there twice: the first one was read", False),
    ]


def test_unknown_file_is_a_remark():
    _, issues = opened({**tiny_files(), "letters.docx": b"", "truth.csv": b"t"})
    assert issues == [
        Issue("letters.docx", None, "", "", "is not a file of a data folder and was not read", rejected=False)
    ]
