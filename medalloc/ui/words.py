"""Words for codes: marked for the translators where they stand, translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable

from medalloc.domain.needs import FEATURE_NEEDS, NeedName, NeedSource
from medalloc.domain.people import NoteKind
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import UserRole
from medalloc.review.explain import value_words

Translate = Callable[[str], str]
N_ = str

NEEDS = {
    NeedName.SPECIALTY: N_("Specialty"),
    NeedName.ACUITY: N_("Acuity"),
    NeedName.LEVEL: N_("Level of care"),
    NeedName.ISOLATION: N_("Isolation"),
    NeedName.ORGANISM: N_("Organism"),
    NeedName.OXYGEN: N_("Oxygen"),
    NeedName.SUCTION: N_("Suction"),
    NeedName.TELEMETRY: N_("Telemetry"),
    NeedName.VENTILATOR: N_("Ventilator"),
    NeedName.DIALYSIS: N_("Dialysis"),
    NeedName.BARIATRIC: N_("Bariatric bed"),
    NeedName.VISIBLE: N_("In sight of the station"),
}
NEED_SOURCES = {
    NeedSource.NOTE: N_("notes"),
    NeedSource.VITALS: N_("vital signs"),
    NeedSource.RECORD: N_("record"),
    NeedSource.CLINICIAN: N_("clinician"),
}
NOTE_KINDS = {
    NoteKind.TRIAGE: N_("Triage"),
    NoteKind.CLERKING: N_("Clerking"),
    NoteKind.NURSING: N_("Nursing"),
    NoteKind.WARD_ROUND: N_("Ward round"),
    NoteKind.CONSULTATION: N_("Consultation"),
}
ROLES = {
    UserRole.VIEWER: N_("Viewer"),
    UserRole.BED_MANAGER: N_("Bed manager"),
    UserRole.CLINICIAN: N_("Clinician"),
    UserRole.ROSTER_PLANNER: N_("Roster planner"),
    UserRole.PHARMACIST: N_("Ward pharmacist"),
    UserRole.PLANNER: N_("Capacity planner"),
    UserRole.AUDITOR: N_("Auditor"),
    UserRole.ADMIN: N_("Administrator"),
}
SOLVE_STATUS = {
    SolveStatus.OPTIMAL: N_("solved"),
    SolveStatus.FEASIBLE: N_("best found so far"),
    SolveStatus.INFEASIBLE: N_("no plan keeps every rule"),
    SolveStatus.NO_PLAN: N_("no plan found in the time"),
}
STEPS = {
    "encode": N_("Reading the notes"),
    "read": N_("Working out needs"),
    "build": N_("Setting up the bed plan"),
    "solve": N_("Solving the bed plan"),
    "check": N_("Checking the plan"),
}


def need_value(name: NeedName, value: str, translate: Translate) -> str:
    """The value of a need in words."""
    if name in FEATURE_NEEDS:
        return translate(N_("yes")) if value == "yes" else translate(N_("no"))
    if name is NeedName.ISOLATION and value == "none":
        return translate(N_("none"))
    return value_words(value, translate)


def sentence(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
