import tomllib
from pathlib import Path

import pytest

from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS, Barrier, Cognition, Mobility, NeedName
from medalloc.domain.people import Readiness
from medalloc.ingest import read_folder
from medalloc.ingest.loader import load
from sample_data.simulate import simulate
from tests.sample_data.conftest import SHIPPED, read

REFERENCES = [
    ("beds", "ward_id", "wards", "ward_id"),
    ("patients", "bed_id", "beds", "bed_id"),
    ("notes", "patient_id", "patients", "patient_id"),
    ("vitals", "patient_id", "patients", "patient_id"),
    ("truth", "patient_id", "patients", "patient_id"),
    ("staff", "home_ward", "wards", "ward_id"),
    ("cover", "ward_id", "wards", "ward_id"),
    ("cover", "shift_id", "shifts", "shift_id"),
    ("availability", "staff_id", "staff", "staff_id"),
    ("availability", "shift_id", "shifts", "shift_id"),
    ("roster", "staff_id", "staff", "staff_id"),
    ("roster", "shift_id", "shifts", "shift_id"),
    ("roster", "ward_id", "wards", "ward_id"),
    ("lots", "drug_id", "drugs", "drug_id"),
    ("usage", "drug_id", "drugs", "drug_id"),
    ("usage", "ward_id", "wards", "ward_id"),
    ("orders", "drug_id", "drugs", "drug_id"),
    ("substitutes", "drug_id", "drugs", "drug_id"),
    ("substitutes", "substitute_id", "drugs", "drug_id"),
    ("regimens", "drug_id", "drugs", "drug_id"),
    ("events", "ward_id", "wards", "ward_id"),
    ("outcomes", "case_id", "events", "case_id"),
]
KEYS = {
    "wards": "ward_id",
    "beds": "bed_id",
    "patients": "patient_id",
    "notes": "note_id",
    "staff": "staff_id",
    "shifts": "shift_id",
    "drugs": "drug_id",
    "lots": "lot_id",
    "orders": "order_id",
    "truth": "patient_id",
    "outcomes": "case_id",
}


@pytest.mark.parametrize("folder", ["hospital", "small"])
@pytest.mark.parametrize(("file", "column", "other", "key"), REFERENCES)
def test_every_id_refers_to_something(folder: str, file: str, column: str, other: str, key: str) -> None:
    known = {row[key] for row in read(SHIPPED / folder, other)} | {""}
    assert {row[column] for row in read(SHIPPED / folder, file)} <= known


@pytest.mark.parametrize("folder", ["hospital", "small"])
@pytest.mark.parametrize(("file", "key"), KEYS.items())
def test_keys_are_unique(folder: str, file: str, key: str) -> None:
    values = [row[key] for row in read(SHIPPED / folder, file)]
    assert len(set(values)) == len(values) > 0


@pytest.mark.parametrize("folder", ["hospital", "small"])
def test_the_loader_takes_every_row_without_a_word(folder: str) -> None:
    loaded = load(read_folder(SHIPPED / folder))
    assert loaded.issues == ()
    assert len(loaded.snapshot.patients) == len(read(SHIPPED / folder, "patients"))


VALUES = {
    NeedName.COGNITION: {str(value) for value in Cognition},
    NeedName.MOBILITY: {str(value) for value in Mobility},
    NeedName.BARRIER: {str(value) for value in Barrier},
    NeedName.READINESS: {str(value) for value in Readiness},
} | {name: {"yes", "no"} for name in (*FEATURE_NEEDS, *CARE_NEEDS, NeedName.NEGATIVE_PRESSURE)}


@pytest.mark.parametrize("folder", ["hospital", "small"])
def test_the_truth_has_every_need_in_the_words_of_the_domain(folder: str) -> None:
    truth = read(SHIPPED / folder, "truth")
    assert {str(name) for name in NeedName} <= set(truth[0])
    for name, values in VALUES.items():
        assert {row[name] for row in truth} <= values


def test_only_inpatients_are_fit_to_leave() -> None:
    status = {row["patient_id"]: row["status"] for row in read(SHIPPED / "hospital", "patients")}
    fit = [row for row in read(SHIPPED / "hospital", "truth") if row["readiness"] != "not_ready"]
    assert {status[row["patient_id"]] for row in fit} == {"inpatient"}
    assert all(row["readiness"] != "not_ready" for row in read(SHIPPED / "hospital", "truth") if row["barrier"])


def test_the_moment_and_the_time_zone_stand_in_the_toml_file() -> None:
    written = tomllib.loads((SHIPPED / "hospital" / "hospital.toml").read_text())
    assert written == {
        "name": "Alder Park Hospital",
        "at": "2026-03-10T07:30:00",
        "timezone": "Europe/London",
    }


def test_writing_twice_writes_the_same(tmp_path: Path) -> None:
    made = simulate(beds=40, seed=12)
    made.write(tmp_path / "a")
    made.write(tmp_path / "b")
    simulate(beds=40, seed=12).write(tmp_path / "c")
    for name in ("patients.csv", "notes.csv", "truth.csv", "events.csv"):
        first = (tmp_path / "a" / name).read_bytes()
        assert first == (tmp_path / "b" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()
