import pytest

from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load
from tests.tiny import tiny_files


@pytest.fixture(scope="module")
def snapshot() -> HospitalSnapshot:
    return load(tiny_files()).snapshot


def test_things_are_found_by_their_id(snapshot):
    assert snapshot.ward_of["W2"].name == "Beech"
    assert snapshot.bed_of["04"].bay_id == "S1"
    assert snapshot.patient_of["NA"].name == "Ben Birch"


def test_beds_of_a_bay(snapshot):
    assert [bed.bed_id for bed in snapshot.bay_beds["W1", "A"]] == ["01", "02", "03"]
    assert len(snapshot.bay_beds) == 4


def test_occupant_is_who_lies_in_the_bed_now(snapshot):
    assert {bed_id: patient.patient_id for bed_id, patient in snapshot.occupant_of.items()} == {
        "01": "007",
        "04": "NA",
        "07": "P3",
    }


def test_notes_of_a_patient_in_file_order():
    files = tiny_files()
    files["notes.csv"] += b"n5,007,2026-03-05T07:00,nursing,Settled\nn6,P4,2026-03-05T07:00,nursing,Calm\n"
    notes = load(files).snapshot.notes_of
    assert {patient_id: [note.note_id for note in notes[patient_id]] for patient_id in notes} == {
        "007": ["n1", "n5"],
        "NA": ["n2"],
        "P3": ["n3"],
        "P4": ["n4", "n6"],
    }


def test_vitals_of_a_patient(snapshot):
    assert [vitals.resp_rate for vitals in snapshot.vitals_of["P5"]] == [24]
    assert "P6" not in snapshot.vitals_of


@pytest.mark.parametrize(("bed_id", "single"), [("01", False), ("04", True), ("05", False), ("07", True)])
def test_single_room_is_a_bay_of_one_bed(snapshot, bed_id, single):
    assert snapshot.is_single_room(snapshot.bed_of[bed_id]) is single


def test_equal_files_give_equal_snapshots(snapshot):
    again = load(tiny_files()).snapshot
    assert again.bay_beds
    assert again == snapshot
