"""Seeded random hospitals: small enough to enumerate, or large enough to time; every rule comes into play."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation, Patient, PatientStatus, Readiness, Sex, Source
from medalloc.domain.places import Bed, BedStatus, Level, SexRule, Ward
from medalloc.domain.requirements import CareHours, StayDays
from medalloc.domain.snapshot import HospitalSnapshot

AT = datetime(2026, 3, 5, 10, 0)
SPECIALTIES = ("general_medicine", "respiratory", "cardiology", "geriatrics", "general_surgery", "orthopaedics")
ORGANISMS = ("norovirus", "mrsa", "")


@dataclass(frozen=True)
class Hospital:
    snapshot: HospitalSnapshot
    needs: dict[str, Needs]


def random_hospital(
    seed: int,
    *,
    beds: int = 40,
    waiting: int = 6,
    expected: int = 4,
    occupancy: float = 0.92,
    odd: float = 0.05,
    misfit: float = 0.05,
    ward_beds: int = 26,
) -> Hospital:
    """A hospital.

    `odd` is the share of patients with rare needs and of beds with a rare status, `misfit` the share of those in
    bed whose needs were drawn without regard to where they lie; every ninth ward, from the fifth on, is an ICU, so
    that there is none unless wards are small (`ward_beds`).
    """
    dice = random.Random(seed)
    wards, places = _places(dice, beds, odd, ward_beds)
    time = random.Random(f"{seed} in time")
    wards = tuple(_staffed(time, ward, places, odd) for ward in wards)
    people = _inpatients(dice, wards, places, occupancy, misfit)
    people += [_waiting(dice, k) for k in range(waiting)] + [_expected(dice, k) for k in range(expected)]
    people = [_dated(time, patient) for patient in people]
    taken = {patient.bed_id for patient in people if patient.bed_id}
    placed = tuple(_status(dice, bed, bed.bed_id in taken, odd) for bed in places)
    snapshot = HospitalSnapshot(f"seed {seed}", AT, "Europe/London", wards, placed, tuple(people))
    needs = {}
    for patient in people:
        values = _needs(dice, patient, odd)
        if patient.bed_id and dice.random() >= misfit:
            values = _fitted(dice, values, patient, snapshot)
        needs[patient.patient_id] = _lasting(time, _bound(dice, patient, values))
    return Hospital(snapshot, needs)


def _staffed(time: random.Random, ward: Ward, beds: list[Bed], odd: float) -> Ward:
    """A ward that may say how many hours it staffs, or be closed but for escalation."""
    count = sum(bed.ward_id == ward.ward_id for bed in beds)
    hours = time.choice((None, 4.0 * count, 7.0 * count))
    return replace(ward, care_hours=hours, open=time.random() >= odd / 2)


def _dated(time: random.Random, patient: Patient) -> Patient:
    """A patient of whom somebody may say whether they are ready to leave, and may not say when."""
    readiness = time.choice((None, *Readiness)) if patient.status is PatientStatus.INPATIENT else None
    return replace(patient, readiness=readiness, edd=None if time.random() < 0.3 else patient.edd)


def _lasting(time: random.Random, needs: Needs) -> Needs:
    """Needs with the expected stay, in quarters of a day, of most patients, and their hours of care."""
    median = time.randint(1, 20) / 4
    stay = StayDays(median / 2, median, 2 * median) if time.random() < 0.8 else None
    return replace(needs, stay=stay, care=CareHours(time.randint(2, 6), time.randint(1, 4)))


def _places(dice: random.Random, count: int, odd: float, ward_beds: int) -> tuple[tuple[Ward, ...], list[Bed]]:
    wards: list[Ward] = []
    beds: list[Bed] = []
    while len(beds) < count:
        number = len(wards)
        level = Level.ICU if number % 9 == 4 else Level.HDU if number % 9 == 7 else Level.WARD
        rule = SexRule.MIXED if level is Level.ICU else dice.choices(list(SexRule), (8, 1, 1, 1))[0]
        listed = tuple(dice.sample(SPECIALTIES, dice.randint(1, 3))) if level is Level.WARD else ("critical_care",)
        young = dice.random() < odd
        wards.append(
            Ward(f"W{number}", f"Ward {number}", "Main", listed, level, 0 if young else 16, 17 if young else 130, rule)
        )
        beds += _bays(dice, f"W{number}", level, min(ward_beds, count - len(beds)))
    return tuple(wards), beds


def _bays(dice: random.Random, ward_id: str, level: Level, room: int) -> list[Bed]:
    beds: list[Bed] = []
    bay = 0
    while len(beds) < room:
        size = min(dice.choice((1, 1, 2, 4, 6)), room - len(beds))
        for k in range(size):
            features = {f for f in ("oxygen", "suction", "telemetry", "visible", "bariatric") if dice.random() < 0.4}
            features |= {"oxygen", "ventilator", "telemetry"} if level is not Level.WARD else set()
            features |= {"negative_pressure"} if size == 1 and dice.random() < 0.3 else set()
            same = k > 0 and dice.random() < 0.7
            alike = beds[-1].features if same else frozenset(features)
            beds.append(Bed(f"{ward_id}-{bay}-{k}", ward_id, f"B{bay}", alike))
        bay += 1
    return beds


def _inpatients(
    dice: random.Random, wards: tuple[Ward, ...], beds: list[Bed], occupancy: float, misfit: float
) -> list[Patient]:
    """Bays of one sex by and large; some patients wait in their bed to step down."""
    ward_of = {ward.ward_id: ward for ward in wards}
    sex_of: dict[tuple[str, str], Sex] = {}
    people: list[Patient] = []
    for bed in beds:
        if dice.random() > occupancy:
            continue
        ward = ward_of[bed.ward_id]
        usual = sex_of.setdefault((bed.ward_id, bed.bay_id), dice.choice((Sex.FEMALE, Sex.MALE)))
        usual = Sex(ward.sex_rule) if ward.sex_rule in (SexRule.FEMALE, SexRule.MALE) else usual
        sex = dice.choice(list(Sex)) if dice.random() < misfit / 2 else usual
        steps_down = ward.level is not Level.WARD and dice.random() < 0.4
        people.append(
            Patient(
                f"I{len(people)}",
                sex=sex,
                age=dice.randint(2, 15) if ward.max_age < 18 else dice.randint(18, 95),
                status=PatientStatus.WAITING if steps_down else PatientStatus.INPATIENT,
                bed_id=bed.bed_id,
                source=Source.STEP_DOWN if steps_down else Source.ED,
                waiting_since=AT - timedelta(hours=dice.randint(0, 30)) if steps_down else None,
                edd=AT + timedelta(hours=dice.randint(-5, 90)),
                moves=dice.choice((0, 0, 1, 2, 3)),
                fixed=dice.random() < 0.05,
            )
        )
    return people


def _waiting(dice: random.Random, number: int) -> Patient:
    return Patient(
        f"Q{number}",
        sex=dice.choices(list(Sex), (10, 10, 1))[0],
        age=dice.choice((8, *range(18, 98, 3))),
        status=PatientStatus.WAITING,
        source=dice.choice((Source.ED, Source.ED, Source.ELECTIVE, Source.REPATRIATION, None)),
        waiting_since=AT - timedelta(minutes=dice.randint(0, 1000)),
    )


def _expected(dice: random.Random, number: int) -> Patient:
    return Patient(
        f"E{number}",
        sex=dice.choice((Sex.FEMALE, Sex.MALE)),
        age=dice.randint(18, 95),
        status=PatientStatus.EXPECTED,
        source=dice.choice((Source.ELECTIVE, Source.TRANSFER)),
        expected_at=AT + timedelta(hours=dice.randint(-1, 30)),
    )


def _status(dice: random.Random, bed: Bed, taken: bool, odd: float) -> Bed:
    rare = (BedStatus.CLOSED, BedStatus.RESERVED, BedStatus.OCCUPIED, BedStatus.CLEANING, BedStatus.CLEANING)
    status = BedStatus.OCCUPIED if taken else BedStatus.AVAILABLE
    if dice.random() < (odd / 2 if taken else 0.3):
        status = dice.choice(rare)
    ready = AT + timedelta(hours=dice.randint(-1, 16)) if status is BedStatus.CLEANING else None
    return Bed(bed.bed_id, bed.ward_id, bed.bay_id, bed.features, status, ready)


def _needs(dice: random.Random, patient: Patient, odd: float) -> dict[NeedName, str]:
    values: dict[NeedName, str] = {
        NeedName.ACUITY: str(dice.randint(1, 5)),
        NeedName.LEVEL: str(dice.choices(list(Level), (1 - 2 * odd, odd, odd))[0]),
        NeedName.SPECIALTY: dice.choice((*SPECIALTIES, "")),
    }
    if dice.random() < 2 * odd:
        values[NeedName.ISOLATION] = str(dice.choice(list(Isolation)))
        values[NeedName.ORGANISM] = dice.choice(ORGANISMS)
    for name in (NeedName.OXYGEN, NeedName.TELEMETRY, NeedName.VISIBLE, NeedName.BARIATRIC):
        if dice.random() < 0.1:
            values[name] = "yes"
    return values


def _fitted(
    dice: random.Random, values: dict[NeedName, str], patient: Patient, snapshot: HospitalSnapshot
) -> dict[NeedName, str]:
    """The same needs less those that the bed does not meet."""
    bed = snapshot.bed_of[patient.bed_id]
    ward = snapshot.ward_of[bed.ward_id]
    lacking = {name for name, value in values.items() if value == "yes" and name not in bed.features}
    if not snapshot.is_single_room(bed) or values.get(NeedName.ISOLATION) == Isolation.AIRBORNE:
        lacking |= {NeedName.ISOLATION, NeedName.ORGANISM}
    level = Level.WARD if patient.source is Source.STEP_DOWN else ward.level
    at_home = dice.random() < 0.85
    kept = {name: value for name, value in values.items() if name not in lacking}
    own = {NeedName.SPECIALTY: dice.choice(ward.specialties)} if at_home else {}
    return {**kept, NeedName.LEVEL: str(level), **own}


def _bound(dice: random.Random, patient: Patient, values: dict[NeedName, str]) -> Needs:
    by_name = {}
    for name, value in values.items():
        certain = name in (NeedName.LEVEL, NeedName.ACUITY) or dice.random() < 0.7
        binding = Binding.HARD if certain else Binding.SOFT
        if value:
            by_name[name] = Need(name, value, 1.0, NeedSource.CLINICIAN, binding)
    return Needs(patient.patient_id, by_name)
