from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.people import Consciousness, Note, NoteKind, Patient, Sex, Vitals
from medalloc.needs.models.triage_case import case_of, complaint_of

AT = datetime(2026, 3, 9, 8)
PATIENT = Patient("7", sex=Sex.FEMALE, age=71)


def note(text, hours=0, kind=NoteKind.TRIAGE):
    return Note(f"n{hours}", "7", AT + timedelta(hours=hours), kind, text)


def vitals(hours, pulse):
    return Vitals("7", AT + timedelta(hours=hours), pulse=pulse, consciousness=Consciousness.ALERT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("66F by partner, c/o chest pain; pale", "chest pain"),
        ("T3/chairs, 68M, ?CVA. Sudden word finding difficulty. RR 17", "CVA. Sudden word finding difficulty"),
        ("RAT from 17:52: 37F, walk in, pneumonia. Coughing blood", "pneumonia. Coughing blood"),
        ("Chairs 2, 73 yo F. LOC while on loo, 43s\nT38.1", "LOC while on loo, 43s"),
        ("Chairs 14, 69 yo M\nUnsteady since noon. Pale", "Unsteady since noon. Pale"),
        ("abd pain", "abd pain"),
        ("", ""),
    ],
)
def test_complaint_is_found(text, said):
    assert complaint_of(text) == said


@given(st.text())
def test_complaint_is_a_verbatim_piece(text):
    assert complaint_of(text) in text


def test_last_triage_note_and_last_vitals_count():
    notes = [note("fever", 2), note("cough", 1), note("seen on the ward", 3, NoteKind.WARD_ROUND)]
    case = case_of(PATIENT, notes, [vitals(2, 118), vitals(1, 90)])
    assert (case.complaint, case.pulse, case.age, case.sex) == ("fever", 118, 71, Sex.FEMALE)


def test_no_triage_note_no_case():
    assert case_of(PATIENT, [note("stable", kind=NoteKind.NURSING)], [vitals(1, 90)]) is None


def test_without_vitals_they_are_unknown():
    assert case_of(PATIENT, [note("fever")], []).pulse is None


@pytest.mark.parametrize(
    ("text", "by_ambulance", "walked_in"),
    [
        ("24F 999 crew, c/o rash", True, False),
        ("60M, walk in, fever", False, True),
        ("66F by partner, c/o rash", False, False),
        ("66F, rash", None, None),
    ],
)
def test_arrival(text, by_ambulance, walked_in):
    case = case_of(PATIENT, [note(text)], [])
    assert (case.by_ambulance, case.walked_in) == (by_ambulance, walked_in)


@pytest.mark.parametrize(
    ("text", "score"), [("c/o headache, pain 7/10", 7), ("pain score: 10/10", 10), ("in pain", None)]
)
def test_pain_score(text, score):
    assert case_of(PATIENT, [note(text)], []).pain_score == score


@pytest.mark.parametrize(("text", "injury"), [("c/o finger lac", True), ("?RTC", True), ("c/o fever", False)])
def test_injury(text, injury):
    assert case_of(PATIENT, [note(text)], []).injury is injury
