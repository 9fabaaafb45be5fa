"""How a patient is named on screen: initials and id unless a person asks for more."""

from __future__ import annotations

from medalloc.domain.people import Patient


def initials(name: str) -> str:
    """First letters of the words of a name; "–" for none."""
    return "".join(word[0].upper() for word in name.split() if word[0].isalpha())[:3] or "–"


def patient_label(patient: Patient, *, show_names: bool) -> str:
    """Initials and id, or name and id where names are shown."""
    name = patient.name if show_names and patient.name else initials(patient.name)
    return f"{name} · {patient.patient_id}"
