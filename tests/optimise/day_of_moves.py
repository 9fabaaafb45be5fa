"""A hospital on a busy day, with a valid plan in which every kind of move over time comes up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from medalloc.domain.plan import Action, BedPlan, Locks, Placement
from medalloc.optimise.check import check_bed_plan
from medalloc.optimise.rules import PlanLimits
from tests.optimise.hospitals import (
    AT,
    CLEANING,
    CLOSED,
    OCCUPIED,
    RESERVED,
    bay,
    bed,
    hospital,
    inpatient,
    need,
    person,
    waiting,
    ward,
)
from tests.optimise.random_hospital import Hospital
from tests.optimise.random_plans import a_plan, remains


def hours(number: float) -> datetime:
    return AT + timedelta(hours=number)


def expected(patient_id: str, at: float, **fields: Any) -> Any:
    return person(patient_id, status="expected", expected_at=hours(at), **fields)


WARDS = [
    ward(),
    ward("ICU", level="icu", sex_rule="mixed"),
    ward("KIDS", max_age=15, sex_rule="mixed"),
    ward("LADY", sex_rule="female"),
    ward("SPARE", open=False),
]
BEDS = [
    *bay("F", 3),
    *bay("M", 3),
    *bay("C", 3),
    *bay("D", 2),
    bed("N-1", features=("negative_pressure",)),
    bed("O-1", features=("oxygen", "suction")),
    bed("P-1"),
    bed("R-1"),
    bed("S-1", status=CLEANING, available_at=hours(3)),
    bed("T-1", features=("telemetry",)),
    bed("I-1", ward_id="ICU"),
    bed("K-1", ward_id="KIDS"),
    *bay("L", 2, ward_id="LADY"),
    bed("E-1", ward_id="SPARE"),
    bed("E-2", ward_id="SPARE", status=CLOSED),
    bed("X-1", status=CLOSED),
    bed("X-2", status=RESERVED),
    bed("X-3", status=OCCUPIED),
    bed("X-4", status=CLEANING),
]
PEOPLE = [
    inpatient("anna", "F-1", edd=hours(30)),
    inpatient("beth", "F-2", edd=hours(6)),
    inpatient("carl", "M-1", sex="male"),
    inpatient("dean", "M-2", sex="male", edd=hours(5)),
    inpatient("fred", "M-3", sex="male", edd=hours(50), fixed=True),
    inpatient("cora", "C-1", edd=hours(40)),
    inpatient("tess", "D-1", moves=3),
    inpatient("olga", "D-2", edd=hours(15)),
    person("ivan", sex="male", status="waiting", bed_id="I-1", source="step_down", moves=8),
    waiting("ola", 9, edd=hours(20)),
    waiting("pia", 8),
    waiting("quin", 7),
    waiting("rosa", 6),
    waiting("ulla", 5),
    waiting("walt", 4, sex="male"),
    waiting("finn", 3, sex="male", edd=hours(23)),
    waiting("xan", 2, sex="male"),
    waiting("zack", 2, sex="male"),
    waiting("nora", 1),
    expected("vera", 21),
    expected("yves", 30, sex="male"),
]
NEEDS = (
    need("cora", isolation="contact", organism="mrsa"),
    need("rosa", isolation="contact", organism="mrsa"),
    need("nora", isolation="contact", organism="norovirus"),
    need("quin", isolation="airborne", organism="tuberculosis"),
    need("ulla", level="icu"),
    need("finn", oxygen="yes", suction="yes"),
)
LOCKS = Locks(pins={"ola": "F-3"}, keep=frozenset({"carl"}), forbidden=frozenset({("xan", "R-1")}))

COMES: Mapping[str, tuple[Action, str, float]] = {
    "tess": (Action.TRANSFER, "T-1", 0),
    "ivan": (Action.HOLD, "M-2", 7),
    "ola": (Action.ADMIT, "F-3", 0),
    "pia": (Action.HOLD, "F-2", 8),
    "quin": (Action.ADMIT, "N-1", 0),
    "rosa": (Action.ADMIT, "C-2", 0),
    "ulla": (Action.HOLD, "I-1", 7),
    "walt": (Action.HOLD, "S-1", 3),
    "finn": (Action.ADMIT, "O-1", 0),
    "xan": (Action.ADMIT, "E-1", 0),
    "zack": (Action.HOLD, "D-1", 15),
    "vera": (Action.HOLD, "F-3", 22),
    "yves": (Action.HOLD, "P-1", 30),
}
"""Who goes where, how many hours from now; the others remain."""


def day() -> Hospital:
    return hospital(WARDS, BEDS, PEOPLE, *NEEDS)


def day_plan() -> BedPlan:
    made = day()
    lines = {patient.patient_id: remains(made.snapshot, patient) for patient in made.snapshot.patients}
    for patient_id, (action, bed_id, hour) in COMES.items():
        lines[patient_id] = replace(lines[patient_id], action=action, to_bed_id=bed_id, starts_at=hours(hour))
    return a_plan(made.snapshot, tuple(lines.values()))


def come(action: str, bed_id: str, hour: float) -> dict[str, Any]:
    """Fields of a line that says so."""
    return {"action": Action(action), "to_bed_id": bed_id, "starts_at": hours(hour)}


def changed(plan: BedPlan, changes: Mapping[str, Mapping[str, Any]]) -> BedPlan:
    """The plan with other fields in the lines of some patients."""
    return replace(plan, placements=tuple(replace(p, **changes.get(p.patient_id, {})) for p in plan.placements))


def broken(plan: BedPlan, locks: Locks = LOCKS, made: Hospital | None = None, **limits: Any) -> list[tuple[str, str]]:
    """What the checker says, as patient and rule."""
    made = made or day()
    found = check_bed_plan(made.snapshot, made.needs, plan, locks, PlanLimits(**limits))
    return sorted((violation.patient_id, str(violation.rule)) for violation in found)


def line_of(plan: BedPlan, patient_id: str) -> Placement:
    return plan.placement_of[patient_id]
