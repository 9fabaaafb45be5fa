from dataclasses import FrozenInstanceError

import pytest

from medalloc.domain.people import (
    Consciousness,
    Isolation,
    NoteKind,
    Patient,
    PatientStatus,
    Readiness,
    Sex,
    Source,
    Vitals,
)
from tests.tiny import tiny_files


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (Sex, ["female", "male", "other"]),
        (PatientStatus, ["inpatient", "waiting", "expected"]),
        (Source, ["ed", "elective", "transfer", "step_down", "repatriation"]),
        (Isolation, ["none", "contact", "droplet", "airborne", "protective"]),
        (Readiness, ["not_ready", "review", "ready"]),
        (NoteKind, ["triage", "clerking", "nursing", "ward_round", "consultation"]),
        (Consciousness, ["A", "C", "V", "P", "U"]),
    ],
)
def test_words_of_the_data_folder(words, wanted):
    assert list(words) == wanted


def test_record_that_says_nothing_is_not_a_record_of_nothing():
    patient = Patient("P1")
    assert (patient.level, patient.isolation, patient.features, patient.edd) == (None, None, None, None)


def test_fields_stand_in_the_order_of_the_file():
    header = tiny_files()["patients.csv"].decode().partition("\n")[0]
    assert list(Patient.__dataclass_fields__) == header.split(",")


def test_vital_sign_that_was_not_taken_is_none():
    taken = Vitals("P1", None)  # type: ignore[arg-type]
    assert (taken.pulse, taken.consciousness, taken.on_oxygen) == (None, None, False)


def test_patient_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Patient("P1").bed_id = "01"  # type: ignore[misc]
