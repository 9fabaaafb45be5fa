"""Words for codes: marked for the translators where they stand, translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable

from medalloc.domain.needs import FEATURE_NEEDS, NeedName, NeedSource
from medalloc.domain.people import NoteKind
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import RejectReason, UserRole, Verdict
from medalloc.ui.board.words import ISOLATION

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
SPECIALTIES = {
    "general_medicine": N_("General medicine"),
    "acute_medicine": N_("Acute medicine"),
    "respiratory": N_("Respiratory"),
    "cardiology": N_("Cardiology"),
    "gastroenterology": N_("Gastroenterology"),
    "renal": N_("Renal"),
    "endocrinology": N_("Endocrinology"),
    "neurology": N_("Neurology"),
    "stroke": N_("Stroke"),
    "geriatrics": N_("Geriatrics"),
    "haematology_oncology": N_("Haematology and oncology"),
    "infectious_diseases": N_("Infectious diseases"),
    "general_surgery": N_("General surgery"),
    "vascular": N_("Vascular surgery"),
    "urology": N_("Urology"),
    "orthopaedics": N_("Orthopaedics"),
    "ent": N_("Ear, nose and throat"),
    "gynaecology": N_("Gynaecology"),
    "obstetrics": N_("Obstetrics"),
    "paediatrics": N_("Paediatrics"),
    "psychiatry": N_("Psychiatry"),
    "critical_care": N_("Critical care"),
}
LEVELS = {"ward": N_("Ward"), "hdu": N_("High dependency"), "icu": N_("Intensive care")}
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
    UserRole.ROSTER_PLANNER: N_("Roster planner"),
    UserRole.PHARMACIST: N_("Ward pharmacist"),
    UserRole.PLANNER: N_("Capacity planner"),
    UserRole.AUDITOR: N_("Auditor"),
    UserRole.ADMIN: N_("Administrator"),
}
REJECT_REASONS = {
    RejectReason.NOT_THIS_BED: N_("Not this bay: find another bed"),
    RejectReason.NOT_THIS_WARD: N_("Not this ward"),
    RejectReason.DO_NOT_MOVE: N_("Do not move this patient now"),
}
VERDICT_DONE = {
    Verdict.ACCEPT: N_("Accepted"),
    Verdict.REJECT: N_("Rejected"),
    Verdict.LOCK: N_("Locked"),
}
SOLVE_STATUS = {
    SolveStatus.OPTIMAL: N_("proved best"),
    SolveStatus.FEASIBLE: N_("best found in the time"),
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


def specialty(code: str, translate: Translate) -> str:
    """A specialty in words; a hospital's own word is left as it is."""
    return translate(SPECIALTIES[code]) if code in SPECIALTIES else code


def need_value(name: NeedName, value: str, translate: Translate) -> str:
    """The value of a need in words."""
    if name is NeedName.SPECIALTY:
        return specialty(value, translate)
    if name is NeedName.LEVEL:
        return translate(LEVELS.get(value, value))
    if name is NeedName.ISOLATION:
        signs = {str(kind): sign.words for kind, sign in ISOLATION.items()}
        return translate(signs.get(value, N_("none")))
    if name in FEATURE_NEEDS:
        return translate(N_("yes") if value == "yes" else N_("no"))
    return value
