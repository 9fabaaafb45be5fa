from zoneinfo import ZoneInfo

import pytest

from medalloc.ingest.report import Report
from medalloc.ingest.specs import SPECS
from medalloc.ingest.table import read_table
from medalloc.ingest.validate import read_rows

SPEC = {spec.file: spec for spec in SPECS}


def read(file: str, text: str):
    report = Report()
    rows = read_rows(SPEC[file], read_table(text.encode()), ZoneInfo("UTC"), report)
    faults = [(issue.line, issue.column, issue.value, issue.message) for issue in report.issues]
    return [row.value for row in rows], faults


@pytest.mark.parametrize("patient_id", ["NA", "null", "nan", "007", "1e5", "None", "真"])
def test_ids_stay_as_they_are(patient_id):
    (patient,), faults = read("patients.csv", f"patient_id,age\n{patient_id},44\n")
    assert patient.patient_id == patient_id
    assert faults == []


def test_spaces_around_a_cell_are_taken_off():
    (bed,), _ = read("beds.csv", "bed_id,ward_id,status\n 01 ,W1 , closed\n")
    assert (bed.bed_id, bed.ward_id, str(bed.status)) == ("01", "W1", "closed")


def test_text_of_a_note_is_kept_to_the_letter():
    (note,), _ = read("notes.csv", 'note_id,patient_id,written_at,text\nn1,P1,2026-03-05,"  a ""b""\n c "\n')
    assert note.text == '  a "b"\n c '


def test_blank_cell_takes_the_default():
    (patient,), faults = read("patients.csv", "patient_id,age,level,features,fixed, edd\nP1, ,,,,\n")
    assert (patient.age, patient.level, patient.features, patient.fixed, patient.edd) == (
        0,
        None,
        None,
        False,
        None,
    )
    assert faults == []


def test_blank_cell_that_is_needed():
    beds, faults = read("beds.csv", "bed_id,ward_id\n01,\n02,W1\n")
    assert [bed.bed_id for bed in beds] == ["02"]
    assert faults == [(2, "ward_id", "", "should not be blank")]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("age", "-3", "should be a whole number of years from 0 to 130"),
        ("age", "131", "should be a whole number of years from 0 to 130"),
        ("age", "4 months", "should be a whole number of years from 0 to 130"),
        ("fixed", "perhaps", "should be true or false"),
        ("sex", "F", "should be one of female, male, other"),
        ("deprivation", "6", "should be a whole number from 1 to 5"),
        ("edd", "Friday", "should be a date and time such as 2026-03-05T14:30"),
        ("isolation", "yes", "should be one of none, contact, droplet, airborne, protective"),
    ],
)
def test_message_says_what_would_be_right(column, value, message):
    patients, faults = read("patients.csv", f"patient_id,{column}\nP1,{value}\nP2,\n")
    assert [patient.patient_id for patient in patients] == ["P2"]
    assert faults == [(2, column, value, message)]


@pytest.mark.parametrize("value", ["nan", "inf", "many", "1e300"])
def test_numbers_are_finite(value):
    _, faults = read("wards.csv", f"ward_id,care_hours\nW1,{value}\n")
    assert faults == [(2, "care_hours", value, "should be a number of hours per day, 0 or more")]


@pytest.mark.parametrize("value", ["TRUE", "yes", "1"])
def test_true_in_other_words(value):
    (patient,), _ = read("patients.csv", f"patient_id,fixed\nP1,{value}\n")
    assert patient.fixed is True


def test_every_fault_of_a_row_is_named():
    _, faults = read("patients.csv", "patient_id,age,sex\nP1,-3,F\n")
    assert [(line, column) for line, column, _, _ in faults] == [(2, "sex"), (2, "age")]


def test_name_is_never_shown():
    _, faults = read("staff.csv", "staff_id,name,contract_hours\n,Ada Aspen,999\n")
    assert "Ada" not in repr(faults)


def test_further_columns_of_an_event_are_attributes():
    (event,), _ = read("events.csv", "case_id,Colour,activity,at,lane\nc1,red,bed,2026-03-05T07:10,\n")
    assert event.attributes == (("colour", "red"),)


def test_column_called_attributes_is_an_attribute():
    (event,), _ = read("events.csv", "case_id,attributes,activity,at\nc1,x,bed,2026-03-05T07:10\n")
    assert event.attributes == (("attributes", "x"),)


def test_blank_request_is_what_was_issued():
    (usage,), _ = read("usage.csv", "date,drug_id,requested,issued\n2026-03-05,D1,,42\n")
    assert (usage.requested, usage.issued) == (42, 42)
