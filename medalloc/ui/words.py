"""Words for codes: marked for the translators where they stand, translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from medalloc.domain.corrections import CorrectionKind, CorrectionReason
from medalloc.domain.needs import Barrier, Basis, Binding, Cognition, Confirm, Mobility, NeedName, NeedSource
from medalloc.domain.people import NoteKind, Readiness
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
    NeedName.NEGATIVE_PRESSURE: N_("Negative pressure"),
    NeedName.NIV: N_("Non-invasive ventilation"),
    NeedName.FALLS: N_("High risk of falls"),
    NeedName.COGNITION: N_("Cognition"),
    NeedName.MOBILITY: N_("Mobility"),
    NeedName.ONE_TO_ONE: N_("One-to-one care"),
    NeedName.END_OF_LIFE: N_("End-of-life care"),
    NeedName.FEEDING: N_("Help with eating"),
    NeedName.INTERPRETER: N_("Interpreter"),
    NeedName.READINESS: N_("Readiness to leave"),
    NeedName.BARRIER: N_("Barrier to leaving"),
}
NEED_VALUES: Mapping[NeedName, Mapping[str, str]] = {
    NeedName.ISOLATION: {"none": N_("none")},
    NeedName.ORGANISM: {"": N_("none")},
    NeedName.COGNITION: {
        Cognition.INTACT: N_("intact"),
        Cognition.DEMENTIA: N_("dementia"),
        Cognition.DELIRIUM: N_("delirium"),
    },
    NeedName.MOBILITY: {
        Mobility.INDEPENDENT: N_("independent"),
        Mobility.SUPERVISION: N_("under supervision"),
        Mobility.ONE: N_("help of one"),
        Mobility.TWO: N_("help of two"),
        Mobility.HOIST: N_("hoist"),
        Mobility.BED_BOUND: N_("bed-bound"),
    },
    NeedName.READINESS: {
        Readiness.NOT_READY: N_("not ready"),
        Readiness.REVIEW: N_("to be reviewed"),
        Readiness.READY: N_("ready"),
    },
    NeedName.BARRIER: {
        Barrier.NONE: N_("none"),
        Barrier.PACKAGE_OF_CARE: N_("package of care"),
        Barrier.CARE_HOME: N_("care home place"),
        Barrier.COMMUNITY_BED: N_("community bed"),
        Barrier.EQUIPMENT: N_("equipment at home"),
        Barrier.HOUSING: N_("housing"),
        Barrier.SOCIAL_WORK: N_("social work assessment"),
        Barrier.THERAPY: N_("therapy assessment"),
        Barrier.MEDICINES: N_("medicines to take home"),
        Barrier.TRANSPORT: N_("transport"),
        Barrier.TESTS: N_("tests or results"),
        Barrier.FAMILY: N_("family: meeting, choice or training"),
    },
}
"""Values that have words of their own for this need; all others are worded as anywhere."""
GROUPS = {
    N_("Bed"): (
        *(NeedName.SPECIALTY, NeedName.ACUITY, NeedName.LEVEL, NeedName.ISOLATION, NeedName.ORGANISM),
        *(NeedName.NEGATIVE_PRESSURE, NeedName.OXYGEN, NeedName.SUCTION, NeedName.TELEMETRY, NeedName.VENTILATOR),
        *(NeedName.DIALYSIS, NeedName.BARIATRIC, NeedName.VISIBLE),
    ),
    N_("Care"): (
        *(NeedName.NIV, NeedName.FALLS, NeedName.COGNITION, NeedName.MOBILITY, NeedName.ONE_TO_ONE),
        *(NeedName.END_OF_LIFE, NeedName.FEEDING, NeedName.INTERPRETER),
    ),
    N_("Discharge"): (NeedName.READINESS, NeedName.BARRIER),
}
"""Needs by what they ask something of."""
NEED_SOURCES = {
    NeedSource.NOTE: N_("notes"),
    NeedSource.VITALS: N_("vital signs"),
    NeedSource.RECORD: N_("record"),
    NeedSource.CLINICIAN: N_("clinician"),
}
BASES = {
    Basis.STATED: N_("stated"),
    Basis.RULE: N_("said in so many words"),
    Basis.MODEL: N_("estimated by the model"),
    Basis.SCORE: N_("from NEWS2"),
    Basis.DERIVED: N_("follows from another need"),
    Basis.UNREAD: N_("not read"),
}
CONFIRM_SIGNS = {Confirm.CONFLICT: "≠", Confirm.UNSURE: "?", Confirm.FROM_NOTE: "✎"}
"""Why a person is asked to confirm a need, as one sign."""
BINDINGS = {Binding.HARD: N_("must"), Binding.SOFT: N_("should"), Binding.NONE: N_("not used")}
"""How the bed plan uses a need."""
CORRECTIONS = {
    CorrectionKind.CONFIRM: N_("confirmed"),
    CorrectionKind.CHANGE: N_("changed"),
    CorrectionKind.REMOVE: N_("removed"),
}
CORRECTION_REASONS = {
    CorrectionReason.SEEN: N_("seen at the bedside, or said by the team"),
    CorrectionReason.MISREAD: N_("the note does not say so"),
    CorrectionReason.OUT_OF_DATE: N_("true once, no longer"),
    CorrectionReason.OTHER_PERSON: N_("the sentence is about somebody else"),
    CorrectionReason.RECORD_WRONG: N_("the record is wrong"),
    CorrectionReason.OTHER: N_("another reason"),
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
    own = NEED_VALUES.get(name, {})
    if value in own:
        return translate(own[value])
    if value in ("yes", "no"):
        return translate(N_("yes")) if value == "yes" else translate(N_("no"))
    return value_words(value, translate)


def sentence(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
