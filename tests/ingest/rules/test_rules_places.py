import pytest

from medalloc.domain.places import BedStatus
from medalloc.errors import Issue
from medalloc.ingest import load
from tests.tiny import tiny_files, with_change, with_row


def test_ages_the_wrong_way_round_are_exchanged():
    loaded = load(with_change("wards.csv", "0,17,mixed", "17,2,mixed"))
    ward = loaded.snapshot.ward_of["W2"]
    assert (ward.min_age, ward.max_age) == (2, 17)
    message = "should not be above max_age, 2: the two were exchanged"
    assert loaded.issues == (Issue("wards.csv", 3, "min_age", "17", message, rejected=False),)


def test_ward_twice():
    loaded = load(with_row("wards.csv", ward_id="W2", name="Elm"))
    assert loaded.snapshot.ward_of["W2"].name == "Beech"
    assert loaded.issues == (
        Issue("wards.csv", 5, "ward_id", "W2", "should be there once: line 3 has the same ward_id"),
    )


def test_own_specialty_is_taken_and_named_once():
    files = tiny_files()
    files["wards.csv"] += b"W3,Elm,,hand_surgery\nW4,Fig,,hand_surgery;burns".replace(b"\n", b",,,,,,\n") + b",,,,,,\n"
    loaded = load(files)
    assert loaded.snapshot.ward_of["W4"].specialties == ("hand_surgery", "burns")
    assert [(issue.line, issue.message, issue.rejected) for issue in loaded.issues] == [
        (5, "hand_surgery: not a common word, taken as the hospital's own", False),
        (6, "burns: not a common word, taken as the hospital's own", False),
    ]


def test_bed_of_an_unknown_ward():
    loaded = load(with_row("beds.csv", bed_id="08", ward_id="W9", bay_id="A"))
    assert "08" not in loaded.snapshot.bed_of
    message = "should be a ward_id of wards.csv, of a row that was not rejected"
    assert loaded.issues == (Issue("beds.csv", 9, "ward_id", "W9", message),)


def test_bed_twice():
    loaded = load(with_row("beds.csv", bed_id="05", ward_id="W1", bay_id="A"))
    assert loaded.snapshot.bed_of["05"].ward_id == "W2"
    assert [issue.message for issue in loaded.issues] == ["should be there once: line 6 has the same bed_id"]


def test_beds_without_a_bay_share_one():
    files = tiny_files()
    files["beds.csv"] += b"08,W1,,,,\n09,W1,,,,\n10,W2,,,,\n"
    loaded = load(files)
    assert not loaded.snapshot.is_single_room(loaded.snapshot.bed_of["09"])
    assert [(issue.line, issue.message) for issue in loaded.issues] == [
        (9, "should name a bay: such beds of ward W1 count as one open bay"),
        (11, "should name a bay: such beds of ward W2 count as one open bay"),
    ]


def test_own_feature_is_taken_and_named_once():
    files = tiny_files()
    files["beds.csv"] += b"08,W1,A,oxygen; piped air,,\n09,W1,A,piped air,,\n"
    loaded = load(files)
    assert loaded.snapshot.bed_of["09"].features == {"piped_air"}
    assert [(issue.line, issue.column) for issue in loaded.issues] == [(9, "features")]


@pytest.mark.parametrize("status", ["closed", "reserved"])
def test_patient_in_a_shut_bed(status):
    loaded = load(with_change("beds.csv", "ensuite,occupied", f"ensuite,{status}"))
    assert loaded.snapshot.bed_of["04"].status is BedStatus(status)
    message = "should be occupied: the patient on line 3 of patients.csv lies in it"
    assert loaded.issues == (Issue("beds.csv", 5, "status", status, message, rejected=False),)


@pytest.mark.parametrize("status", ["available", "cleaning"])
def test_patient_in_a_free_bed_counts(status):
    loaded = load(with_change("beds.csv", "ensuite,occupied", f"ensuite,{status}"))
    assert loaded.snapshot.bed_of["04"].status is BedStatus.OCCUPIED
    message = "should be occupied, and is taken so: the patient on line 3 of patients.csv lies in it"
    assert loaded.issues == (Issue("beds.csv", 5, "status", status, message, rejected=False),)


def test_bed_of_a_rejected_patient_counts_as_occupied():
    loaded = load(with_row("patients.csv", patient_id="P9", age="-4", bed_id="05"))
    assert loaded.snapshot.bed_of["05"].status is BedStatus.OCCUPIED
    message = "is taken as occupied: the rejected patient on line 8 of patients.csv may lie in it"
    assert loaded.issues[0] == Issue("beds.csv", 6, "status", "available", message, rejected=False)


def test_bed_occupied_by_nobody_stays_so():
    loaded = load(with_change("beds.csv", "02,W1,A,oxygen,available", "02,W1,A,oxygen,occupied"))
    assert loaded.snapshot.bed_of["02"].status is BedStatus.OCCUPIED
    message = "should be available: no patient lies in it; it is not given away"
    assert loaded.issues == (Issue("beds.csv", 3, "status", "occupied", message, rejected=False),)
