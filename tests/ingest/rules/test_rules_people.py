from datetime import datetime

import pytest

from medalloc.errors import Issue
from medalloc.ingest import load
from tests.tiny import tiny_files, with_change, with_row


def patients(**cells):
    """What becomes of one more patient: the patient or None, and what is said of the row."""
    loaded = load(with_row("patients.csv", **{"patient_id": "P9", "age": "44", **cells}))
    said = tuple(issue for issue in loaded.issues if issue.file == "patients.csv")
    return loaded.snapshot.patient_of.get(cells.get("patient_id", "P9")), said


WAITING = {"status": "waiting", "waiting_since": "2026-03-05T05:00"}


def test_two_patients_in_one_bed():
    patient, said = patients(bed_id="04")
    assert patient is None
    message = "should be another bed: the patient on line 3 lies in it"
    assert said == (Issue("patients.csv", 8, "bed_id", "04", message),)


def test_rejected_patient_takes_no_bed_from_another():
    files = with_change("patients.csv", "male,54,", "male,540,")
    files["patients.csv"] += with_row("patients.csv", patient_id="P9", age="44", bed_id="04")[
        "patients.csv"
    ].splitlines(True)[-1]
    assert load(files).snapshot.occupant_of["04"].patient_id == "P9"


def test_admission_in_the_future():
    patient, said = patients(bed_id="02", admitted_at="2026-03-05T08:01")
    assert patient is None
    message = "should not be after the snapshot, 2026-03-05T08:00"
    assert said == (Issue("patients.csv", 8, "admitted_at", "2026-03-05T08:01", message),)


def test_admission_at_the_moment_of_the_snapshot():
    patient, said = patients(bed_id="05", admitted_at="2026-03-05T08:00")
    assert patient is not None
    assert said == ()


def test_negative_age():
    patient, said = patients(bed_id="02", age="-3")
    assert patient is None
    message = "should be a whole number of years from 0 to 130"
    assert said == (Issue("patients.csv", 8, "age", "-3", message),)


def test_inpatient_of_an_unknown_bed():
    patient, said = patients(bed_id="99")
    assert patient is None
    message = "should be a bed_id of beds.csv, of a row that was not rejected"
    assert said == (Issue("patients.csv", 8, "bed_id", "99", message),)


def test_waiting_patient_of_an_unknown_bed_waits_without_it():
    patient, said = patients(bed_id="99", **WAITING)
    assert patient.bed_id == ""
    message = "should be a bed_id of beds.csv, of a row that was not rejected; taken as blank"
    assert said == (Issue("patients.csv", 8, "bed_id", "99", message, rejected=False),)


def test_waiting_patient_may_lie_in_a_bed():
    patient, said = patients(bed_id="02", **WAITING)
    assert patient.bed_id == "02"
    assert said == ()


def test_inpatient_without_a_bed():
    patient, said = patients()
    assert patient is None
    message = "should name the bed of an inpatient, or the status should be waiting"
    assert said == (Issue("patients.csv", 8, "bed_id", "", message),)


def test_expected_patient_lies_in_no_bed():
    patient, said = patients(status="expected", expected_at="2026-03-05T12:00", bed_id="01")
    assert patient.bed_id == ""
    message = "should be blank for an expected patient, and is taken so"
    assert said == (Issue("patients.csv", 8, "bed_id", "01", message, rejected=False),)


@pytest.mark.parametrize("patient_id", ["007", "NA"])
def test_patient_twice(patient_id):
    _, said = patients(patient_id=patient_id, **WAITING)
    line = {"007": 2, "NA": 3}[patient_id]
    message = f"should be there once: line {line} has the same patient_id"
    assert said == (Issue("patients.csv", 8, "patient_id", patient_id, message),)


def test_leading_zeros_make_another_patient():
    patient, said = patients(patient_id="7", **WAITING)
    assert patient.patient_id == "7"
    assert said == ()


def test_edd_before_admission_is_dropped():
    patient, said = patients(bed_id="02", admitted_at="2026-03-04T10:00", edd="2026-03-03T12:00")
    assert patient.edd is None
    message = "should not be before admitted_at, 2026-03-04T10:00"
    assert said == (Issue("patients.csv", 8, "edd", "2026-03-03T12:00", message, rejected=False),)


@pytest.mark.parametrize(
    ("cells", "edd", "told"),
    [
        (
            {"status": "expected", "expected_at": "2026-03-06T10:00"},
            "2026-03-06T09:00",
            "expected_at, 2026-03-06T10:00",
        ),
        (WAITING, "2026-03-05T04:00", "waiting_since, 2026-03-05T05:00"),
    ],
)
def test_edd_before_there_could_be_an_admission_is_dropped(cells, edd, told):
    patient, said = patients(edd=edd, **cells)
    assert patient.edd is None
    assert said == (Issue("patients.csv", 8, "edd", edd, f"should not be before {told}", rejected=False),)


def test_edd_after_an_arrival_and_of_a_wait_from_the_future_is_kept():
    patient, said = patients(status="expected", expected_at="2026-03-06T10:00", edd="2026-03-06T11:00")
    assert (patient.edd, said) == (datetime(2026, 3, 6, 11, 0), ())
    patient, _ = patients(status="waiting", waiting_since="2026-03-05T09:00", edd="2026-03-05T08:30")
    assert (patient.edd, patient.waiting_since) == (datetime(2026, 3, 5, 8, 30), None)


def test_edd_on_the_day_of_admission_is_its_end():
    patient, said = patients(bed_id="02", admitted_at="2026-03-04T10:00", edd="2026-03-04")
    assert patient.edd == datetime(2026, 3, 4, 23, 59)
    assert said == ()


def test_wait_since_the_future_is_dropped():
    patient, said = patients(status="waiting", waiting_since="2026-03-05T09:00")
    assert patient.waiting_since is None
    assert [issue.message for issue in said] == [
        "should not be after the snapshot, 2026-03-05T08:00; taken as blank",
        "should say since when the patient has waited",
    ]


def test_waiting_without_since():
    patient, said = patients(status="waiting")
    assert patient is not None
    message = "should say since when the patient has waited"
    assert said == (Issue("patients.csv", 8, "waiting_since", "", message, rejected=False),)


def test_expected_without_time():
    patient, said = patients(status="expected")
    assert patient is not None
    message = "should say when the patient is expected"
    assert said == (Issue("patients.csv", 8, "expected_at", "", message, rejected=False),)


def test_blank_age():
    patient, said = patients(age="", **WAITING)
    assert patient.age == 0
    assert said == (Issue("patients.csv", 8, "age", "", "should not be blank; taken as 0 years", rejected=False),)


def test_own_specialty_and_feature_are_taken():
    patient, said = patients(specialty="Hand surgery", features="oxygen;piped air", **WAITING)
    assert (patient.specialty, patient.features) == ("hand_surgery", {"oxygen", "piped_air"})
    assert [(issue.column, issue.rejected) for issue in said] == [("specialty", False), ("features", False)]


NOTE = {
    "note_id": "n9",
    "patient_id": "P4",
    "written_at": "2026-03-05T07:00",
    "kind": "nursing",
    "text": "Settled.",
}


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        (
            {"patient_id": "P8"},
            Issue(
                "notes.csv",
                7,
                "patient_id",
                "P8",
                "should be a patient_id of patients.csv, of a row that was not rejected",
            ),
        ),
        (
            {"note_id": "n3"},
            Issue("notes.csv", 7, "note_id", "n3", "should be there once: line 5 has the same note_id"),
        ),
        ({"text": ""}, Issue("notes.csv", 7, "text", "", "should not be blank")),
        (
            {"written_at": "2026-03-05T08:30"},
            Issue(
                "notes.csv",
                7,
                "written_at",
                "2026-03-05T08:30",
                "should not be after the snapshot, 2026-03-05T08:00",
                rejected=False,
            ),
        ),
    ],
    ids=["unknown patient", "twice", "blank", "future"],
)
def test_note(change, issue):
    loaded = load(with_row("notes.csv", **{**NOTE, **change}))
    assert loaded.issues == (issue,)
    assert loaded.loaded["notes.csv"] == (4 if issue.rejected else 5)


@pytest.mark.parametrize(
    ("column", "good", "bad", "message"),
    [
        ("resp_rate", "80", "81", "should be from 0 to 80 breaths/min; taken as blank"),
        ("spo2", "100", "101", "should be from 30 to 100 %; taken as blank"),
        ("systolic_bp", "20", "19", "should be from 20 to 320 mmHg; taken as blank"),
        ("pulse", "350", "351", "should be from 0 to 350 beats/min; taken as blank"),
        ("temperature", "20", "98.6", "should be from 20 to 45 °C; taken as blank"),
    ],
)
def test_vital_sign_that_nobody_alive_has_is_dropped(column, good, bad, message):
    cells = {"patient_id": "P6", "taken_at": "2026-03-05T07:00"}
    fine = load(with_row("vitals.csv", **cells, **{column: good}))
    assert fine.issues == ()
    assert getattr(fine.snapshot.vitals_of["P6"][0], column) == float(good)
    loaded = load(with_row("vitals.csv", **cells, **{column: bad}))
    assert loaded.issues == (Issue("vitals.csv", 5, column, bad, message, rejected=False),)
    assert getattr(loaded.snapshot.vitals_of["P6"][0], column) is None


def test_vitals_of_an_unknown_patient_and_of_the_future():
    files = tiny_files()
    files["vitals.csv"] += b"P8,2026-03-05T07:00,,,,,,,,\nP6,2026-03-05T08:01,,,,,,,,\n"
    loaded = load(files)
    assert [(issue.line, issue.column, issue.rejected) for issue in loaded.issues] == [
        (5, "patient_id", True),
        (6, "taken_at", False),
    ]


def test_names_and_notes_stand_in_no_issue():
    files = with_row("patients.csv", patient_id="007", name="Zebediah Quill", age="-1", sex="x")
    files["notes.csv"] += b"n1,P8,never,x,Zebediah Quill fell\n"
    loaded = load(files)
    assert len(loaded.issues) >= 4
    assert "Quill" not in repr(loaded.issues)
    assert "Quill" in loaded.rejects_csv()
