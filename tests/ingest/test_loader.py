import csv
import gc
import hashlib
import io
import time
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medalloc.domain.places import BedStatus
from medalloc.errors import DataError, Issue
from medalloc.ingest import Loaded, load, pack, read_zip
from medalloc.ingest.names import KNOWN_FILES
from tests.tiny import FILES, tiny_files, with_change, with_row

CSV_FILES = [name for name in KNOWN_FILES if name.endswith(".csv")]


def test_tiny_hospital_loads_without_a_word():
    loaded = load(tiny_files())
    assert loaded.issues == loaded.rejects == ()
    assert {name: loaded.loaded[name] for name in ("wards.csv", "beds.csv", "patients.csv", "notes.csv")} == {
        "wards.csv": 3,
        "beds.csv": 7,
        "patients.csv": 6,
        "notes.csv": 4,
    }
    snapshot = loaded.snapshot
    assert (snapshot.name, snapshot.at, snapshot.timezone) == (
        "Tiny General",
        datetime(2026, 3, 5, 8),
        "Europe/London",
    )
    assert snapshot.occupant_of["04"].patient_id == "NA"
    assert snapshot.bed_of["01"].features == {"oxygen", "suction"}
    assert [len(snapshot.notes_of[patient_id]) for patient_id in ("007", "NA")] == [1, 1]


def test_sha256_of_every_file():
    hashes = load(tiny_files()).snapshot.sha256
    assert set(hashes) == set(KNOWN_FILES)
    assert hashes["shifts.csv"] == hashlib.sha256(tiny_files()["shifts.csv"]).hexdigest()


@pytest.mark.parametrize("file", [name for name in CSV_FILES if name not in ("wards.csv", "beds.csv", "patients.csv")])
def test_optional_file_may_be_missing(file):
    files = tiny_files()
    del files[file]
    loaded = load(files)
    assert file not in loaded.loaded
    assert getattr(loaded.snapshot, file.removesuffix(".csv")) == ()
    refused = [issue for issue in loaded.issues if "which was not loaded: no row was taken" not in issue.message]
    assert [issue.rejected for issue in refused] == [True] * len(refused)


@pytest.mark.parametrize("file", CSV_FILES)
@pytest.mark.parametrize("change", ["bom", "crlf", "blank lines", "capitals", "empty column"])
def test_habits_of_other_programs_change_nothing(file, change):
    files = tiny_files()
    lines = [
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row)
        for row in csv.reader(io.StringIO(files[file].decode()))
    ]
    if change == "bom":
        lines[0] = "\ufeff" + lines[0]
    if change == "capitals":
        lines[0] = lines[0].upper().replace('","', ' "," ') if file != "events.csv" else lines[0].upper()
    if change == "empty column":
        lines = [line + "," for line in lines]
    end = {"crlf": "\r\n", "blank lines": "\n\n"}.get(change, "\n")
    files[file] = (end.join(lines) + end * 3).encode()
    loaded = load(files)
    assert loaded.issues == ()
    assert getattr(loaded.snapshot, file.removesuffix(".csv")) == getattr(
        load(tiny_files()).snapshot, file.removesuffix(".csv")
    )


@pytest.mark.parametrize("file", CSV_FILES)
def test_unknown_column_is_reported_and_nothing_is_lost(file):
    files = tiny_files()
    rows = list(csv.reader(io.StringIO(files[file].decode())))
    text = io.StringIO()
    csv.writer(text).writerows([*row, "shoe size" if number == 0 else "44"] for number, row in enumerate(rows))
    loaded = load({**files, file: text.getvalue().encode()})
    assert loaded.loaded == load(files).loaded
    message = "is not a column of this file and was not read"
    expected = () if file == "events.csv" else (Issue(file, 1, "shoe size", "", message, rejected=False),)
    assert loaded.issues == expected


def test_column_that_is_not_key_may_be_missing():
    files = {**tiny_files(), "patients.csv": b"patient_id,bed_id\n007,01\nNA,04\nP3,07\n"}
    loaded = load(files)
    assert loaded.loaded["patients.csv"] == 3


def test_line_counts_quoted_notes_of_several_lines():
    loaded = load(with_row("notes.csv", note_id="n9", patient_id="nobody", written_at="2026-03-05", text="x"))
    assert [(issue.line, issue.value) for issue in loaded.issues] == [(7, "nobody")]


def test_bed_of_a_rejected_patient_is_not_given_away():
    loaded = load(with_row("patients.csv", patient_id="P9", age="-4", status="inpatient", bed_id="02"))
    assert loaded.snapshot.bed_of["02"].status is BedStatus.OCCUPIED
    assert [(issue.file, issue.line, issue.rejected) for issue in loaded.issues] == [
        ("beds.csv", 3, False),
        ("patients.csv", 8, True),
    ]


def test_bed_of_a_rejected_expected_patient_stays_free():
    loaded = load(with_row("patients.csv", patient_id="P9", age="-4", status="Expected", bed_id="02"))
    assert loaded.snapshot.bed_of["02"].status is BedStatus.AVAILABLE


def test_file_that_refers_to_a_missing_one_is_left_out_whole():
    files = tiny_files()
    del files["staff.csv"]
    loaded = load(files)
    assert loaded.loaded["roster.csv"] == 0
    assert [(issue.file, issue.line, issue.message) for issue in loaded.issues] == [
        ("availability.csv", None, "refers to staff.csv, which was not loaded: no row was taken"),
        ("roster.csv", None, "refers to staff.csv, which was not loaded: no row was taken"),
    ]


def test_empty_optional_file():
    loaded = load(tiny_files(notes=""))
    assert loaded.issues == (Issue("notes.csv", None, "", "", "is empty: a header line is needed"),)


def test_empty_key_file():
    with pytest.raises(DataError, match=r"beds.csv: is empty: a header line is needed"):
        load(tiny_files(beds=""))


def test_binary_key_file():
    with pytest.raises(DataError, match=r"wards.csv:1: is not text \(NUL at byte 4\): save it as CSV in UTF-8"):
        load({**tiny_files(), "wards.csv": b"\xff\xd8\xff\xe0\x00\x10JFIF"})


def test_files_may_be_named_in_capitals():
    files = {name.upper(): content for name, content in tiny_files().items()}
    assert load(files) == load(tiny_files())


def test_of_two_spellings_of_a_file_the_exact_one_is_read():
    files = {"WARDS.CSV": b"x\n", **tiny_files(), "Beds.csv": b"y\n"}
    assert load(files) == load(tiny_files())


def test_issues_come_by_file_and_line():
    files = with_row("notes.csv", note_id="n9", patient_id="nobody", written_at="2026-03-05", text="x")
    files["wards.csv"] = with_change("wards.csv", "0,17,mixed", "17,0,mixed")["wards.csv"]
    files["beds.csv"] = with_row("beds.csv", bed_id="08", ward_id="W9")["beds.csv"] + b"09,W8,,,,\n"
    assert [(issue.file, issue.line) for issue in load(files).issues] == [
        ("wards.csv", 3),
        ("beds.csv", 9),
        ("beds.csv", 10),
        ("notes.csv", 7),
    ]


def test_fifty_megabytes_of_notes():
    text = "Reviewed on the ward round. Observations stable, on 2L via nasal cannulae. " * 8
    note = f'007,2026-03-04T22:40,ward_round,"{text}"\n'
    count = 50_000_000 // len(note) + 1
    notes = "note_id,patient_id,written_at,kind,text\n" + "".join(f"m{number},{note}" for number in range(count))
    started = time.perf_counter()
    loaded = load({**tiny_files(), "notes.csv": notes.encode()})
    assert time.perf_counter() - started < 20
    assert loaded.loaded["notes.csv"] == count
    assert loaded.issues == ()


def outcome(files):
    """What loading gives, or the issues for which it is refused."""
    try:
        return load(files)
    except DataError as error:
        return error.issues


@settings(deadline=None)
@given(file=st.sampled_from(sorted(KNOWN_FILES)), data=st.binary(max_size=300))
def test_any_bytes_load_or_raise_a_data_error(file, data):
    result = outcome({**tiny_files(), file: data})
    assert all(str(issue) for issue in (result.issues if isinstance(result, Loaded) else result))
    assert result != ()


CELLS = st.one_of(
    st.sampled_from(
        "007 NA W1 01 08 S1 D 0012 -1 1e9 nan inf true ward ; 2026-03-05 2026-03-05T07:00Z "
        "0001-01-01T00:00+14:00".split()
    ),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(file=st.sampled_from(CSV_FILES), data=st.data())
def test_any_cells_load_row_by_row(file, data):
    header = FILES[file].strip().partition("\n")[0].split(",")
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=4))
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    loaded = load({**tiny_files(), file: text.getvalue().encode()})
    rejected = {reject.record.line for reject in loaded.rejects if reject.issue.file == file}
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert loaded.loaded[file] + len(rejected) >= filled
    assert loaded.loaded[file] <= filled


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(CSV_FILES[3:]), st.binary(max_size=60)))
def test_packing_changes_nothing(changes):
    files = {**tiny_files(), **changes}
    assert outcome(read_zip(pack(files))) == outcome(files)


@pytest.mark.parametrize("files", [tiny_files(), {}], ids=["loaded", "refused"])
@pytest.mark.parametrize("at_work", [True, False])
def test_garbage_collector_is_left_as_it_was(files, at_work):
    (gc.enable if at_work else gc.disable)()
    try:
        outcome(files)
        assert gc.isenabled() is at_work
    finally:
        gc.enable()
