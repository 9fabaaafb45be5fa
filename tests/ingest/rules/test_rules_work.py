import pytest

from medalloc.ingest import load
from tests.tiny import with_row

OF_A_ROW = "of a row that was not rejected"
CASES = [
    ("staff.csv", {"staff_id": "S1"}, "staff_id", "should be there once: line 2 has the same staff_id"),
    (
        "shifts.csv",
        {"shift_id": "N", "start": "20:00", "hours": "11"},
        "shift_id",
        "line 3 has the same shift_id",
    ),
    (
        "cover.csv",
        {"ward_id": "W1", "date": "2026-03-05", "shift_id": "X", "minimum": "2"},
        "shift_id",
        f"should be a shift_id of shifts.csv, {OF_A_ROW}",
    ),
    (
        "cover.csv",
        {"ward_id": "W1", "date": "2026-03-05", "shift_id": "D", "skill": "iv", "minimum": "5"},
        "skill",
        "line 2 has the same ward_id, date, shift_id, skill",
    ),
    (
        "availability.csv",
        {"staff_id": "S9", "date": "2026-03-05", "kind": "leave"},
        "staff_id",
        f"should be a staff_id of staff.csv, {OF_A_ROW}",
    ),
    (
        "roster.csv",
        {"staff_id": "S9", "date": "2026-03-05", "shift_id": "D"},
        "staff_id",
        f"should be a staff_id of staff.csv, {OF_A_ROW}",
    ),
    (
        "roster.csv",
        {"staff_id": "S1", "date": "2026-03-05", "shift_id": "D", "ward_id": "W2"},
        "shift_id",
        "line 2 has the same staff_id, date, shift_id",
    ),
    ("drugs.csv", {"drug_id": "0034"}, "drug_id", "line 3 has the same drug_id"),
    (
        "lots.csv",
        {"drug_id": "12", "lot_id": "L9", "units": "5"},
        "drug_id",
        f"a drug_id of drugs.csv, {OF_A_ROW}",
    ),
    (
        "lots.csv",
        {"drug_id": "0034", "lot_id": "L2", "units": "5", "location": "W1"},
        "lot_id",
        "line 3 has the same drug_id, location, lot_id",
    ),
    (
        "usage.csv",
        {"date": "2026-03-04", "drug_id": "D9", "issued": "5"},
        "drug_id",
        f"should be a drug_id of drugs.csv, {OF_A_ROW}",
    ),
    (
        "orders.csv",
        {"order_id": "O2", "drug_id": "D9", "units": "5", "due": "2026-03-09"},
        "drug_id",
        f"should be a drug_id of drugs.csv, {OF_A_ROW}",
    ),
    (
        "orders.csv",
        {"order_id": "O1", "drug_id": "0034", "units": "5", "due": "2026-03-19"},
        "order_id",
        "line 2 has the same drug_id, order_id",
    ),
    (
        "substitutes.csv",
        {"drug_id": "0034", "substitute_id": "D9"},
        "substitute_id",
        f"should be a drug_id of drugs.csv, {OF_A_ROW}",
    ),
    (
        "substitutes.csv",
        {"drug_id": "0034", "substitute_id": "0034"},
        "substitute_id",
        "should be another drug",
    ),
    (
        "regimens.csv",
        {"drug_id": "D9", "units_per_day": "2", "share": "0.5"},
        "drug_id",
        f"should be a drug_id of drugs.csv, {OF_A_ROW}",
    ),
    ("outcomes.csv", {"case_id": "c0", "los_days": "3"}, "case_id", "line 2 has the same case_id"),
]


@pytest.mark.parametrize(("file", "cells", "column", "message"), CASES)
def test_row_that_is_there_twice_or_refers_to_nothing(file, cells, column, message):
    before = load(with_row("usage.csv", date="2026-03-04", drug_id="0012", issued="1"))
    loaded = load(with_row(file, **cells))
    (issue,) = loaded.issues
    assert (issue.file, issue.column, issue.rejected) == (file, column, True)
    assert message in issue.message
    taken = before.loaded[file] - (1 if file == "usage.csv" else 0)
    assert loaded.loaded[file] == taken


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("lots.csv", {"drug_id": "0034", "lot_id": "L2", "units": "5", "location": "pharmacy"}),
        ("orders.csv", {"order_id": "O1", "drug_id": "0012", "units": "5", "due": "2026-03-19"}),
        ("availability.csv", {"staff_id": "S1", "date": "2026-03-09", "kind": "leave"}),
        ("usage.csv", {"date": "2026-03-04", "drug_id": "0012", "ward_id": "W1", "issued": "5"}),
    ],
    ids=["lot in two places", "order of two drugs", "whole day", "second issue of a day"],
)
def test_row_that_only_looks_like_a_duplicate(file, cells):
    assert load(with_row(file, **cells)).issues == ()


@pytest.mark.parametrize(
    ("file", "cells", "column"),
    [
        ("staff.csv", {"staff_id": "S9", "home_ward": "theatres"}, "home_ward"),
        (
            "cover.csv",
            {"ward_id": "theatres", "date": "2026-03-05", "shift_id": "D", "minimum": "1"},
            "ward_id",
        ),
        (
            "roster.csv",
            {"staff_id": "S2", "date": "2026-03-05", "shift_id": "D", "ward_id": "theatres"},
            "ward_id",
        ),
    ],
)
def test_ward_without_beds_is_taken_and_named_once(file, cells, column):
    files = with_row(file, **cells)
    again = files[file].splitlines()[-1].replace(b"S9", b"S10").replace(b"2026-03-05", b"2026-03-06")
    loaded = load({**files, file: files[file] + again + b"\n"})
    assert [(issue.column, issue.value, issue.rejected) for issue in loaded.issues] == [(column, "theatres", False)]
    assert loaded.issues[0].message == "is not a ward of wards.csv; taken as a place without beds"
