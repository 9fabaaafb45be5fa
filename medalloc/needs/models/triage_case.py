"""A hospital's patient as a triage case: the complaint and circumstances out of the triage note, and vital signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from medalloc.domain.people import Note, NoteKind, Patient, Vitals
from medalloc.needs.models.complaints import spelt_out
from medalloc.needs.models.triage_features import TriageCase

SAID = r"(?P<said>[^;\n.]+(?:\.\s[^;\n.]+)?)"
"""Two sentences: what a crew or a doctor called it, and then, often, what the patient feels."""
OPENINGS = (
    rf"\b(?:c/o|complain(?:s|ing|ed)? of|present(?:s|ing|ed)? with|presenting complaint|p/?c)\b:?\s*{SAID}",
    rf"\?\s*(?=\w){SAID}",
    rf"\b(?:walk(?:ed)?[ -]in|ambulance|999 crew|111 referral|(?:by|via) \w+),\s*{SAID}",
    rf"\b\d{{1,3}}\s*(?:yo?|y/o)?\s*[MF]\b[.,\n]\s*{SAID}",
    rf"^{SAID}",
)
"""What a complaint stands after, the surest first; without any, it is how the note begins."""
AMBULANCE = re.compile(r"\b(?:999|ambulance|crew|paramedics?|blue[ -]light(?:ed)?|HEMS)\b", re.IGNORECASE)
WALKED_IN = re.compile(r"\bwalk(?:ed|s|ing)?[ -]?in\b|\bself[ -]present", re.IGNORECASE)
OTHER_ARRIVAL = re.compile(r"\b(?:by|via) (?!ambulance|crew)\w+", re.IGNORECASE)
INJURY = re.compile(r"injur|trauma|lacer|burn|fractur|assault|\bfall\b|\bfell\b|\bstab|wound|road")
PAIN_SCORE = re.compile(r"\bpain(?: score)?\W{0,3}(?P<score>10|\d)\s*/\s*10\b", re.IGNORECASE)


def case_of(patient: Patient, notes: Iterable[Note], vitals: Iterable[Vitals]) -> TriageCase | None:
    """The case of a patient by the last triage note and the last vital signs; None without such a note."""
    triage = [note for note in notes if note.kind is NoteKind.TRIAGE]
    if not triage:
        return None
    text = max(triage, key=lambda note: note.written_at).text
    last = max(vitals, key=lambda one: one.taken_at, default=Vitals(patient.patient_id, datetime.min))
    complaint = complaint_of(text)
    by_ambulance, walked_in = _arrival(text)
    return TriageCase(
        complaint=complaint,
        age=float(patient.age),
        sex=patient.sex,
        by_ambulance=by_ambulance,
        walked_in=walked_in,
        injury=INJURY.search(spelt_out(complaint)) is not None,
        pain_score=_pain_score(text),
        consciousness=last.consciousness,
        systolic_bp=last.systolic_bp,
        pulse=last.pulse,
        resp_rate=last.resp_rate,
        temperature=last.temperature,
        spo2=last.spo2,
    )


def complaint_of(text: str) -> str:
    """What a triage note says that the patient comes with, a verbatim piece of it.

    >>> complaint_of("66F by partner, c/o chest pain. Pale. Allergy: nkda")
    'chest pain. Pale'
    """
    for opening in OPENINGS:
        found = re.search(opening, text, re.IGNORECASE)
        if found is not None:
            return found["said"].strip()
    return ""


def _arrival(text: str) -> tuple[bool | None, bool | None]:
    """Whether by ambulance, and whether on foot; None where the note does not say."""
    by_ambulance, walked_in = AMBULANCE.search(text) is not None, WALKED_IN.search(text) is not None
    if by_ambulance or walked_in or OTHER_ARRIVAL.search(text):
        return by_ambulance, walked_in
    return None, None


def _pain_score(text: str) -> float | None:
    found = PAIN_SCORE.search(text)
    return None if found is None else float(found["score"])
