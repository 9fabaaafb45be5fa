"""Random bed plans, kept valid one placement at a time, and random changes to them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from medalloc.domain.needs import Needs
from medalloc.domain.people import Patient, PatientStatus
from medalloc.domain.plan import Action, BedPlan, Placement, SolveStatus
from medalloc.domain.requirements import StayDays
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints
from tests.optimise.hour_by_hour import Film
from tests.optimise.random_hospital import Hospital, random_hospital

TRIES = 6


def busy_hospital(seed: int, *, beds: int = 18) -> Hospital:
    """A random hospital in which many leave within the horizon, at full hours; the last ward is closed."""
    made = random_hospital(seed, beds=beds, waiting=6, expected=4, occupancy=0.7, odd=0.1, misfit=0.1)
    dice = random.Random(seed)
    patients = tuple(replace(p, edd=_end(dice, p, made.snapshot.at)) for p in made.snapshot.patients)
    needs = {patient_id: _with_stay(dice, known) for patient_id, known in made.needs.items()}
    wards = made.snapshot.wards
    wards = (*wards[:-1], replace(wards[-1], open=len(wards) == 1))
    return Hospital(replace(made.snapshot, patients=patients, wards=wards), needs)


def _end(dice: random.Random, patient: Patient, at: datetime) -> datetime | None:
    start = max(at, patient.expected_at or at)
    return start + timedelta(hours=dice.randint(-6, 40)) if dice.random() < 0.7 else None


def _with_stay(dice: random.Random, known: Needs) -> Needs:
    hours = dice.randint(1, 60)
    return replace(known, stay=StayDays(0.0, hours / 24, 5.0)) if dice.random() < 0.5 else known


def as_it_is(snapshot: HospitalSnapshot) -> BedPlan:
    """The plan that moves nobody."""
    return a_plan(snapshot, tuple(remains(snapshot, patient) for patient in snapshot.patients))


def a_plan(snapshot: HospitalSnapshot, lines: tuple[Placement, ...]) -> BedPlan:
    return BedPlan(snapshot.at, lines, SolveStatus.FEASIBLE, bound=0.0, runtime_s=0.0)


def remains(snapshot: HospitalSnapshot, patient: Patient) -> Placement:
    own = own_bed(snapshot, patient)
    stays = own and patient.status is PatientStatus.INPATIENT
    action, starts_at = (Action.STAY, snapshot.at) if stays else (Action.WAIT, None)
    return Placement(patient.patient_id, action, own, own, starts_at)


def comes(snapshot: HospitalSnapshot, patient: Patient, bed_id: str, hour: int) -> Placement:
    """A well-formed line that puts a patient into another bed some hours from now; inpatients at once."""
    own = own_bed(snapshot, patient)
    later = hour > 0 or patient.status is PatientStatus.EXPECTED
    if own and patient.status is PatientStatus.INPATIENT:
        action, hour = Action.TRANSFER, 0
    else:
        action = Action.HOLD if later else Action.TRANSFER if own else Action.ADMIT
    return Placement(patient.patient_id, action, own, bed_id, snapshot.at + timedelta(hours=hour))


def own_bed(snapshot: HospitalSnapshot, patient: Patient) -> str:
    return "" if patient.status is PatientStatus.EXPECTED else patient.bed_id


def random_line(dice: random.Random, snapshot: HospitalSnapshot, patient: Patient) -> Placement:
    """Any well-formed line of a patient; half of the times lie near what somebody's leaving allows."""
    own = own_bed(snapshot, patient)
    bed_id = dice.choice([bed.bed_id for bed in snapshot.beds if bed.bed_id != own])
    hours = [0, dice.randint(0, 60)]
    hours += [2 + _hour(p.edd, snapshot.at) for p in snapshot.patients if p.bed_id == bed_id and p.edd]
    hours += [_hour(patient.expected_at, snapshot.at)] if patient.expected_at else []
    return comes(snapshot, patient, bed_id, max(0, dice.choice(hours) + dice.choice((-2, -1, 0, 0, 0, 1))))


def _hour(moment: datetime, at: datetime) -> int:
    return int((moment - at).total_seconds() // 3600)


def with_line(plan: BedPlan, line: Placement) -> BedPlan:
    lines = tuple(line if other.patient_id == line.patient_id else other for other in plan.placements)
    return replace(plan, placements=lines)


def valid_plan(made: Hospital, seed: int) -> BedPlan:
    """Everybody in turn is given the first of a few random beds and times that breaks no rule, hour by hour."""
    dice = random.Random(seed)
    plan = as_it_is(made.snapshot)
    patients = list(made.snapshot.patients)
    dice.shuffle(patients)
    for patient in patients:
        for _ in range(TRIES):
            tried = with_line(plan, random_line(dice, made.snapshot, patient))
            if not Film(made, tried).broken():
                plan = tried
                break
    return plan


def random_solution(problem: BedProblem, seed: int) -> Ints:
    """A berth for some, `REMAINS` for the rest, without a fault: each in turn takes the first of a few that fits."""
    dice = np.random.default_rng(seed)
    berth = np.full(len(problem.people.first), REMAINS)
    for i in dice.permutation(len(berth)):
        open_to = np.flatnonzero(np.isfinite(problem.berths.cost[i]))
        for q in dice.permutation(open_to)[:TRIES]:
            tried = berth.copy()
            tried[i] = q
            if not evaluate(problem, tried).faults:
                berth = tried
                break
    return berth
