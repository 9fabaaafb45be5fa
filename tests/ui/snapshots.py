"""Made-up hospitals for the tests of the screens: small, seeded, with a plan and some decisions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from medalloc.domain.people import Isolation, Patient, PatientStatus, Readiness, Sex, Source
from medalloc.domain.places import Bed, BedStatus, Level, SexRule, Ward
from medalloc.domain.plan import Action, BedPlan, Placement, Rule, SolveStatus, Violation
from medalloc.domain.review import Decision, RejectReason, UserRole, Verdict
from medalloc.domain.snapshot import HospitalSnapshot

AT = datetime(2026, 11, 22, 7, 30)
FIRST = "Edith Arthur Mabel Stanley Ivy Cyril Olive Percy Winifred Herbert Nora Leonard".split()
LAST = "Hartwell Quillfeather Ashdown Pemberly Thornbury Marlowe Wexcombe Larkspur Oakhollow Brindle".split()
WARDS = "Elm Rowan Hawthorn Beech Maple Juniper Willow Alder Cedar Laurel Aspen Linden".split()


@dataclass(frozen=True)
class Scenario:
    """A hospital with what the board shows of it."""

    snapshot: HospitalSnapshot
    plan: BedPlan
    decisions: dict[str, Decision]
    breaches: tuple[Violation, ...]


def scenario(n_beds: int = 300, seed: int = 7) -> Scenario:
    """A hospital of about this many beds, nine in ten of them taken, and a plan for whoever waits."""
    rng = random.Random(seed)
    wards = tuple(_wards(n_beds))
    beds = tuple(_beds(wards, n_beds, rng))
    inpatients = list(_inpatients(beds, {ward.ward_id: ward for ward in wards}, rng))
    waiting = [_waiting(index, rng) for index in range(max(3, n_beds // 8))]
    snapshot = HospitalSnapshot("St Alder (made up)", AT, "Europe/London", wards, beds, (*inpatients, *waiting))
    plan = _plan(snapshot, rng)
    movers = [placement for placement in plan.placements if placement.action.moves]
    verdicts = (Verdict.ACCEPT, Verdict.REJECT, Verdict.LOCK)
    decisions = {move.patient_id: decision(move, verdicts[i % 3]) for i, move in enumerate(movers[:9])}
    lying = rng.sample(inpatients, 2)
    breaches = (
        Violation(Rule.BAY_SEX, lying[0].patient_id, lying[0].bed_id, "one man among three women"),
        Violation(Rule.ISOLATION, lying[1].patient_id, lying[1].bed_id, "airborne, no negative pressure"),
    )
    return Scenario(snapshot, plan, decisions, breaches)


def decision(move: Placement, verdict: Verdict) -> Decision:
    """A decision about a move."""
    reason = RejectReason.NOT_THIS_BED if verdict is Verdict.REJECT else None
    return Decision(
        move.patient_id,
        verdict,
        move.to_bed_id,
        reason,
        "",
        "A. Manager",
        UserRole.BED_MANAGER,
        AT,
        plan_id=1,
        version=1,
    )


def _wards(n_beds: int) -> Iterator[Ward]:
    for index in range(max(2, round(n_beds / 22))):
        level = {0: Level.ICU, 1: Level.HDU}.get(index, Level.WARD)
        rule = SexRule.MIXED if level.rank else (SexRule.FEMALE if index == 3 else SexRule.SAME_BAY)
        name = f"{WARDS[index % len(WARDS)]} {index // len(WARDS) + 1}" if index >= 2 else level.upper()
        yield Ward(f"W{index + 1:02}", name, "Main", level=level, sex_rule=rule, open=index != 5)


def _beds(wards: tuple[Ward, ...], n_beds: int, rng: random.Random) -> Iterator[Bed]:
    rest = {BedStatus.AVAILABLE: 5, BedStatus.CLEANING: 4, BedStatus.RESERVED: 2, BedStatus.CLOSED: 3}
    for index in range(n_beds):
        ward = wards[index * len(wards) // n_beds]
        place = index - -(-wards.index(ward) * n_beds // len(wards))
        bay, bed = (place // 4 + 1, place % 4 + 1) if place < 16 else (place - 11, 1)
        status = BedStatus.OCCUPIED if rng.random() < 0.88 else rng.choices(list(rest), list(rest.values()))[0]
        ready = AT + timedelta(minutes=45) if status is BedStatus.CLEANING else None
        bay_id = f"{ward.ward_id}-{'B' if place < 16 else 'SR'}{bay}"
        yield Bed(f"{bay_id}-{bed}", ward.ward_id, bay_id, frozenset(), status, ready)


def _inpatients(beds: tuple[Bed, ...], wards: dict[str, Ward], rng: random.Random) -> Iterator[Patient]:
    for number, bed in enumerate(bed for bed in beds if bed.status is BedStatus.OCCUPIED):
        if not wards[bed.ward_id].open:
            continue
        yield Patient(
            f"P{number + 1:05}",
            f"{rng.choice(FIRST)} {rng.choice(LAST)}",
            Sex.FEMALE if int(bed.bay_id[-1]) % 2 else Sex.MALE,
            rng.randint(19, 96),
            bed_id=bed.bed_id,
            admitted_at=AT - timedelta(hours=rng.randint(3, 400)),
            edd=AT + timedelta(hours=rng.randint(2, 200)),
            readiness=rng.choices(list(Readiness), (7, 2, 2))[0],
            level=rng.choices((wards[bed.ward_id].level, *Level), (17, 1, 1, 1))[0],
            isolation=rng.choices(list(Isolation), (40, 4, 2, 1, 1))[0],
            features=frozenset(
                rng.sample(("oxygen", "visible", "ventilator"), rng.choices((0, 1, 2, 3), (12, 5, 2, 1))[0])
            ),
            fixed=rng.random() < 0.05,
        )


def _waiting(index: int, rng: random.Random) -> Patient:
    return Patient(
        f"Q{index + 1:05}",
        f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        rng.choice((Sex.FEMALE, Sex.MALE)),
        rng.randint(19, 96),
        PatientStatus.WAITING,
        source=rng.choices((Source.ED, Source.ELECTIVE, Source.STEP_DOWN), (6, 2, 1))[0],
        waiting_since=AT - timedelta(minutes=rng.randint(15, 900)),
        isolation=rng.choices(list(Isolation), (20, 3, 2, 1, 1))[0],
    )


def _plan(snapshot: HospitalSnapshot, rng: random.Random) -> BedPlan:
    """Admits to free beds, one hold, and a few transfers; everybody else stays or waits."""
    free = [
        bed.bed_id for bed in snapshot.beds if bed.status is BedStatus.AVAILABLE and snapshot.ward_of[bed.ward_id].open
    ]
    cleaning = [bed for bed in snapshot.beds if bed.status is BedStatus.CLEANING]
    placements = []
    movers = set(rng.sample([p.patient_id for p in snapshot.patients if p.bed_id], max(1, len(free) // 3)))
    for patient in snapshot.patients:
        here = patient.bed_id
        if patient.patient_id in movers and free:
            placements.append(
                Placement(patient.patient_id, Action.TRANSFER, here, free.pop(), AT, terms={"transfer": 4.0})
            )
        elif here:
            placements.append(Placement(patient.patient_id, Action.STAY, here, here, AT))
        elif free:
            placements.append(Placement(patient.patient_id, Action.ADMIT, "", free.pop(), AT, terms={"outlier": 2.5}))
        elif cleaning:
            bed = cleaning.pop()
            placements.append(Placement(patient.patient_id, Action.HOLD, "", bed.bed_id, bed.available_at))
        else:
            placements.append(Placement(patient.patient_id, Action.WAIT, terms={"waiting": 3.25}))
    return BedPlan(AT, tuple(placements), SolveStatus.OPTIMAL, 40.0, 1.5)
