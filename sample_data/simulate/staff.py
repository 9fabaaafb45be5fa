"""Staff, their contracts and skills, and the shifts they work."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from sample_data.simulate.chance import split, weighted
from sample_data.simulate.model import SimWard
from sample_data.simulate.people_names import draw_name

STAFF_PER_BED = 1.5
_ROLES = {"nurse": 61.0, "healthcare_assistant": 28.0, "doctor": 11.0}
_GRADES = {
    "nurse": {"5": 60, "6": 28, "7": 9, "4": 3},
    "healthcare_assistant": {"2": 55, "3": 45},
    "doctor": {"FY1": 22, "FY2": 20, "CT": 20, "ST": 22, "consultant": 16},
}
_WARD_SKILLS = {
    "ICU": ("critical_care", "ventilation", "renal_replacement"),
    "HDU": ("critical_care", "niv"),
    "RESP": ("niv", "tracheostomy"),
    "CARD": ("telemetry",),
    "RENAL": ("dialysis",),
    "GARE": ("dialysis",),
    "STRK": ("swallow_screen",),
    "HAEM": ("chemotherapy",),
    "IDH": ("chemotherapy",),
    "PAED": ("paediatric",),
    "GER": ("dementia_care",),
    "AMU": ("telemetry",),
}


@dataclass(frozen=True, slots=True)
class SimShift:
    """A shift of one staff group."""

    shift_id: str
    name: str
    start: str
    hours: float
    role: str
    is_night: bool


SHIFTS = (
    SimShift("N-LD", "Nurse long day", "07:15", 12.0, "nurse", False),
    SimShift("N-E", "Nurse early", "07:15", 7.5, "nurse", False),
    SimShift("N-N", "Nurse night", "19:15", 12.0, "nurse", True),
    SimShift("H-LD", "Assistant long day", "07:15", 12.0, "healthcare_assistant", False),
    SimShift("H-E", "Assistant early", "07:15", 7.5, "healthcare_assistant", False),
    SimShift("H-N", "Assistant night", "19:15", 12.0, "healthcare_assistant", True),
    SimShift("D-D", "Doctor day", "08:30", 8.0, "doctor", False),
    SimShift("D-L", "Doctor long day", "08:30", 12.5, "doctor", False),
    SimShift("D-N", "Doctor night", "20:30", 12.5, "doctor", True),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of staff."""

    staff_id: str
    name: str
    role: str
    grade: str
    skills: tuple[str, ...]
    home_ward: str
    contract_hours: float
    max_consecutive: int
    min_rest_hours: float
    max_weekends: int


def draw_staff(wards: list[SimWard], beds: int, rng: Random) -> list[Member]:
    """About 1.5 people per bed, shared among the open wards by the care hours they give."""
    hours = {ward.ward_id: ward.care_hours for ward in wards if ward.plan.is_open}
    plan_of = {ward.ward_id: ward.plan.code for ward in wards}
    members: list[Member] = []
    for role, total in split(round(STAFF_PER_BED * beds), _ROLES).items():
        for ward_id, count in split(total, hours).items():
            for place in range(count):
                number = f"S{len(members) + 1:05d}"
                members.append(_member(number, role, ward_id, plan_of[ward_id], place, rng))
    return members


def _member(staff_id: str, role: str, ward_id: str, code: str, place: int, rng: Random) -> Member:
    grade = weighted(rng, _GRADES[role])
    if role == "nurse" and place % 4 == 0:  # every ward needs people who can lead a shift
        grade = rng.choice(("6", "6", "7"))
    hours = weighted(rng, {37.5: 62, 30.0: 16, 24.0: 14, 18.75: 8} if role != "doctor" else {40.0: 80, 32.0: 20})
    return Member(
        staff_id=staff_id,
        name=draw_name(rng, "female" if rng.random() < 0.72 else "male"),
        role=role,
        grade=grade,
        skills=tuple(_skills(role, grade, code, rng)),
        home_ward=ward_id,
        contract_hours=hours,
        max_consecutive=4 if role == "doctor" else rng.choice((3, 3, 4)),
        min_rest_hours=11.0,
        max_weekends=rng.choice((2, 2, 2, 3, 1)),
    )


def _skills(role: str, grade: str, code: str, rng: Random) -> list[str]:
    if role == "doctor":
        return ["medical", *(["senior_review"] if grade in {"ST", "consultant"} else [])]
    if role == "healthcare_assistant":
        return ["care", *(["enhanced_care"] if rng.random() < 0.35 else [])]
    skills = ["registered"] if grade != "4" else ["associate"]
    if grade in {"6", "7"}:
        skills.append("in_charge")
    skills += [skill for skill in _WARD_SKILLS.get(code, ()) if grade != "4" and rng.random() < 0.66]
    if rng.random() < 0.5 and grade != "4":
        skills.append("iv_drugs")
    return skills
