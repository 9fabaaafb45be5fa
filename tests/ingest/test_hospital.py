from datetime import datetime

import pytest

from medalloc.ingest.hospital import read_hospital
from medalloc.ingest.report import Report
from medalloc.ingest.table import UnreadableError


def read(text: str):
    report = Report()
    hospital = read_hospital(text.encode(), report)
    return hospital, [(issue.column, issue.message, issue.rejected) for issue in report.issues]


@pytest.mark.parametrize(
    "at", ["2026-03-05T08:20:00", '"2026-03-05T08:20"', "2026-03-05 08:20:00Z", '"2026-03-05T16:20+08:00"']
)
def test_all_three_fields(at):
    hospital, remarks = read(f'\ufeffname = "Tiny"\r\nat = {at}\r\ntimezone = "Europe/London"\r\n')
    assert (hospital.name, hospital.at, hospital.zone.key) == (
        "Tiny",
        datetime(2026, 3, 5, 8, 20),
        "Europe/London",
    )
    assert remarks == []


def test_name_and_zone_have_defaults():
    hospital, remarks = read("at = 2026-03-05")
    assert (hospital.name, hospital.at, hospital.zone.key) == ("Hospital", datetime(2026, 3, 5), "UTC")
    assert remarks == [
        ("timezone", "should be a time zone such as Europe/London; taken as UTC", False),
        ("name", 'should name the hospital; taken as "Hospital"', False),
    ]


@pytest.mark.parametrize("zone", ['"Europe/Lundun"', '"Europe"', '"../etc/passwd"', "3", '""'])
def test_unknown_zone(zone):
    hospital, remarks = read(f'name = "Tiny"\nat = 2026-03-05T08:20:00\ntimezone = {zone}')
    assert hospital.zone.key == "UTC"
    assert [column for column, _, _ in remarks] == ["timezone"]


def test_unknown_field_is_named():
    _, remarks = read('name = "Tiny"\nat = 2026-03-05T08:20:00\ntimezone = "UTC"\nbeds = 300')
    assert remarks == [("beds", "is not known and was not read", False)]


@pytest.mark.parametrize(
    "at", ["", "at = 8", 'at = "soon"', "at = 08:20:00", "at = 0001-01-01T00:00:00+14:00", "at = true"]
)
def test_moment_is_needed(at):
    with pytest.raises(UnreadableError, match="needs `at`, the moment of the snapshot, such as 2026-03-05T08:00:00"):
        read(f'name = "Tiny"\n{at}')


@pytest.mark.parametrize("text", ["at = = 2", "at", "[" * 50_000], ids=["equals", "bare", "nested"])
def test_no_toml(text):
    with pytest.raises(UnreadableError, match="is not TOML"):
        read(text)


def test_far_too_long():
    with pytest.raises(UnreadableError, match=r"is 100,009 bytes long"):
        read("at = 2026" + "#" * 100_000)
