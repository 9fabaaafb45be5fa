"""A hospital whose nurses write of oxygen in words of their own, and what its clinicians have said."""

from __future__ import annotations

from medalloc.domain.needs import NeedName
from medalloc.needs.lessons import Label, Lessons, lesson
from tests.needs.small import ENCODER, heads, hospital, note, patient

OXYGEN = NeedName.OXYGEN
CANNULAE, AIR = "Wearing nasal cannulae 2 L.", "No cannulae, breathing room air."


def lessons(wrong: int, right: int = 0, silent: int = 0) -> Lessons:
    """Patients who are read as needing oxygen: `wrong` do not, `right` do, and of `silent` more nobody says anything.

    As many with room air stand beside them, who are all read as they are.
    """
    said = ["no"] * wrong + ["yes"] * right + [None] * silent
    patients = [patient(f"c{place}") for place in range(len(said))] + [
        patient(f"a{place}") for place in range(len(said))
    ]
    texts = [CANNULAE] * len(said) + [AIR] * len(said)
    notes = [note(one.patient_id, f"Slept well. {text}") for one, text in zip(patients, texts, strict=True)]
    labels = {(f"c{place}", OXYGEN): Label(value, 1.0) for place, value in enumerate(said) if value}
    return lesson(hospital(patients, notes), labels, heads(), ENCODER)
