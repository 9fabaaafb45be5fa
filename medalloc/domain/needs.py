"""What a patient needs, who says so, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from medalloc.domain.people import Isolation, Patient
from medalloc.domain.places import Level
from medalloc.domain.requirements import CareHours, Requirements, StayDays


class NeedName(StrEnum):
    """The needs that are read; a feature's value is "yes" or "no"."""

    SPECIALTY = "specialty"
    ACUITY = "acuity"
    """1 (most ill) to 5."""
    LEVEL = "level"
    ISOLATION = "isolation"
    ORGANISM = "organism"
    OXYGEN = "oxygen"
    SUCTION = "suction"
    TELEMETRY = "telemetry"
    VENTILATOR = "ventilator"
    DIALYSIS = "dialysis"
    BARIATRIC = "bariatric"
    VISIBLE = "visible"
    """In sight of the nurses' station: falls risk, delirium, one-to-one care."""
    NEGATIVE_PRESSURE = "negative_pressure"
    """Follows from airborne isolation."""
    NIV = "niv"
    """Non-invasive ventilation, CPAP included."""
    FALLS = "falls"
    """High risk of falling."""
    COGNITION = "cognition"
    MOBILITY = "mobility"
    """Help needed to move."""
    ONE_TO_ONE = "one_to_one"
    """Somebody must be with the patient at all times."""
    END_OF_LIFE = "end_of_life"
    FEEDING = "feeding"
    """Must be helped to eat and drink."""
    INTERPRETER = "interpreter"
    READINESS = "readiness"
    """For discharge."""
    BARRIER = "barrier"
    """To discharge; "" for none."""


FEATURE_NEEDS = (
    NeedName.OXYGEN,
    NeedName.SUCTION,
    NeedName.TELEMETRY,
    NeedName.VENTILATOR,
    NeedName.DIALYSIS,
    NeedName.BARIATRIC,
    NeedName.VISIBLE,
)


CARE_NEEDS = (
    NeedName.NIV,
    NeedName.FALLS,
    NeedName.ONE_TO_ONE,
    NeedName.END_OF_LIFE,
    NeedName.FEEDING,
    NeedName.INTERPRETER,
)
"""Needs, "yes" or "no", that ask something of the staff and not of the bed."""


class Cognition(StrEnum):
    """Values of the need; delirium on top of dementia is delirium."""

    INTACT = "intact"
    DEMENTIA = "dementia"
    DELIRIUM = "delirium"


class Mobility(StrEnum):
    """Help needed to move, from none to most."""

    INDEPENDENT = "independent"
    SUPERVISION = "supervision"
    ONE = "one"
    """Help of one person."""
    TWO = "two"
    HOIST = "hoist"
    BED_BOUND = "bed_bound"


class Barrier(StrEnum):
    """What keeps a patient who could leave."""

    NONE = ""
    PACKAGE_OF_CARE = "package_of_care"
    CARE_HOME = "care_home"
    COMMUNITY_BED = "community_bed"
    EQUIPMENT = "equipment"
    HOUSING = "housing"
    SOCIAL_WORK = "social_work"
    THERAPY = "therapy"
    MEDICINES = "medicines"
    TRANSPORT = "transport"
    TESTS = "tests"
    FAMILY = "family"
    """A meeting, a choice or training of the family."""


class NeedSource(StrEnum):
    """Who says so."""

    NOTE = "note"
    VITALS = "vitals"
    RECORD = "record"
    CLINICIAN = "clinician"


class Basis(StrEnum):
    """How the source was read."""

    STATED = "stated"
    """A field of the record, or a clinician's word."""
    RULE = "rule"
    """A rule found it said in a note."""
    MODEL = "model"
    SCORE = "score"
    """NEWS2."""
    DERIVED = "derived"
    """Follows from another need."""
    UNREAD = "unread"
    """Nobody: there is no note that can be read, or none in a language in which this need is."""


class Binding(StrEnum):
    """How strongly a need binds the plan."""

    HARD = "hard"
    SOFT = "soft"
    NONE = "none"


class Confirm(StrEnum):
    """Why a person is asked to confirm a need."""

    CONFLICT = "conflict"
    """Record and notes disagree; the safer one binds."""
    FROM_NOTE = "from_note"
    """Read from a note alone, and it would steer the plan."""
    UNSURE = "unsure"
    """Too unsure to use."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim piece of a note: `note.text[start:end] == quote`."""

    note_id: str
    start: int
    end: int
    quote: str
    contribution: float = 0.0
    """What the sentence adds to the log-odds of the value."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need of one patient."""

    name: NeedName
    value: str
    probability: float
    """That `value` is right, 0–1; 1 for the record and a clinician."""
    source: NeedSource
    binding: Binding
    abstained: bool = False
    """True: too unsure to say; `value` is then the best guess and binds nothing."""
    confirm: Confirm | None = None
    other: str = ""
    """The value that the overruled source gives, where two disagree."""
    evidence: tuple[Evidence, ...] = ()
    basis: Basis = Basis.MODEL
    candidates: tuple[str, ...] = ()
    """Where a person is asked: values that cannot be ruled out, the likeliest first."""

    @property
    def is_default(self) -> bool:
        """Whether it asks nothing of a bed: no, none, or ward level."""
        return self.value in ("", "no", Isolation.NONE, Level.WARD, Cognition.INTACT, Mobility.INDEPENDENT)


@dataclass(frozen=True)
class Needs:
    """All needs of one patient."""

    patient_id: str
    by_name: Mapping[NeedName, Need]
    news2: int | None = None
    """NEWS2 of the last complete set of vital signs, 0–20."""
    stay: StayDays | None = None
    """From the snapshot's moment on; for those still to come, from admission on."""
    care: CareHours | None = None

    def value(self, name: NeedName, binding: Binding) -> str:
        """The value of a need that binds this way; "" where none does.

        Notes or vital signs that only sway the plan (soft) do not lift what the record demands (hard); a second
        opinion, which stands in `other` as well, binds nothing.
        """
        need = self.by_name.get(name)
        if need is None:
            return ""
        if binding is Binding.HARD and need.binding is Binding.SOFT and need.confirm is Confirm.FROM_NOTE:
            return need.other
        return need.value if need.binding is binding else ""

    @cached_property
    def requirements(self) -> Requirements:
        """What a bed must have (hard) and should have (soft)."""
        hard, soft = Binding.HARD, Binding.SOFT
        level = Level(self.value(NeedName.LEVEL, hard) or Level.WARD)
        isolation = Isolation(self.value(NeedName.ISOLATION, hard) or Isolation.NONE)
        specialty = self.value(NeedName.SPECIALTY, hard) or self.value(NeedName.SPECIALTY, soft)
        acuity = self.value(NeedName.ACUITY, hard) or self.value(NeedName.ACUITY, soft)
        return Requirements(
            specialty=specialty,
            acuity=int(acuity or 3),
            level=level,
            isolation=isolation,
            organism=self.value(NeedName.ORGANISM, hard) or self.value(NeedName.ORGANISM, soft),
            features=self._features(hard),
            wanted_level=Level(self.value(NeedName.LEVEL, soft) or level),
            wanted_isolation=Isolation(self.value(NeedName.ISOLATION, soft) or isolation),
            wanted_features=self._features(soft),
            upset_by_moves=self._has(NeedName.COGNITION) or self._has(NeedName.END_OF_LIFE),
            falls=self._has(NeedName.FALLS) or self._has(NeedName.ONE_TO_ONE),
            end_of_life=self._has(NeedName.END_OF_LIFE),
            confused=self._has(NeedName.COGNITION),
            moves_with_help=self._has(NeedName.MOBILITY),
            stay=self.stay,
            care=self.care,
        )

    def _has(self, name: NeedName) -> bool:
        need = self.by_name.get(name)
        return need is not None and not need.abstained and not need.is_default

    def _features(self, binding: Binding) -> frozenset[str]:
        return frozenset(str(name) for name in FEATURE_NEEDS if self.value(name, binding) == "yes")


def requirements_of(patient: Patient, needs: Mapping[str, Needs]) -> Requirements:
    """What a patient's bed must and should have.

    A feature on the record that is not one of `FEATURE_NEEDS` (a hospital's own word) stays required.
    """
    known = needs.get(patient.patient_id)
    if known is None:
        return from_record(patient)
    found = known.requirements
    own = (patient.features or frozenset()) - {str(name) for name in FEATURE_NEEDS}
    return replace(found, features=found.features | own) if own else found


def from_record(patient: Patient) -> Requirements:
    """Requirements of the record alone, where no notes were read."""
    level, isolation = patient.level or Level.WARD, patient.isolation or Isolation.NONE
    return Requirements(
        specialty=patient.specialty,
        level=level,
        isolation=isolation,
        organism=patient.organism,
        features=patient.features or frozenset(),
        wanted_level=level,
        wanted_isolation=isolation,
    )
