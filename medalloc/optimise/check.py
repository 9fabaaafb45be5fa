"""Every hard rule verified on a finished plan, from the snapshot alone: no solver, no pruning, no model, no slots.

A patient who stays where they lie breaks nothing by staying, even where the bed is wrong for them now; a
newcomer (admit, transfer, hold) must satisfy every rule from the moment they come until they are expected to leave.

=====================  ===========================================================================
one_patient_per_bed    `_stated_once`, `_well_formed`, `check_times.one_per_bed`
usable_bed             `_usable_in_time`
bay_sex, isolation     `_fits` for the bed, `check_times.good_company` for those who share the bay
level, age, features   `_fits`
fixed, moves           `_movable`, `_transfers_capped`
locked, rejected       `_locked`
=====================  ===========================================================================
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from medalloc.domain.needs import Needs
from medalloc.domain.people import PatientStatus
from medalloc.domain.places import Bed
from medalloc.domain.plan import Action, BedPlan, Locks, Placement, Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.check_times import FOREVER, Course, clean_from, clock, good_company, one_per_bed
from medalloc.optimise.rules import (
    Person,
    PlanLimits,
    hold_from,
    hold_until,
    moved_enough,
    moves_now,
    own_rules,
    people_of,
    ready_at,
)


def check_bed_plan(
    snapshot: HospitalSnapshot,
    needs: Mapping[str, Needs],
    plan: BedPlan,
    locks: Locks | None = None,
    limits: PlanLimits | None = None,
) -> tuple[Violation, ...]:
    """Hard rules that a plan breaks; empty for a valid plan.

    Without limits it may move as many as it likes, open closed wards, and look ahead as far as it says.
    """
    course = Course(snapshot, people_of(snapshot, needs), plan)
    locks, limits = locks or Locks(), limits or PlanLimits(plan.horizon_days, max_transfers=None, max_moves=None)
    return (
        *_stated_once(course),
        *_well_formed(course),
        *one_per_bed(course),
        *_usable_in_time(course, limits),
        *_fits(course),
        *_movable(course, locks, limits),
        *_transfers_capped(course, locks, limits),
        *_locked(course, locks),
    )


def current_breaches(snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> tuple[Violation, ...]:
    """Hard rules that patients break where they lie now."""
    return standing_breaches(snapshot, [person for person in people_of(snapshot, needs) if person.bed_id])


def _stated_once(course: Course) -> Iterator[Violation]:
    lines = Counter(placement.patient_id for placement in course.plan.placements)
    for person in course.people:
        if lines[person.patient_id] != 1:
            detail = f"stands in the plan {lines[person.patient_id]} times"
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, "", detail)
    for patient_id in lines.keys() - course.snapshot.patient_of.keys():
        yield Violation(Rule.ONE_PATIENT_PER_BED, patient_id, "", "is not a patient of the snapshot")


def _well_formed(course: Course) -> Iterator[Violation]:
    for person, line in course.placed:
        fault = _wrong_action(person, line) or _wrong_times(course, person, line)
        if fault:
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, line.to_bed_id, fault)


def _wrong_action(person: Person, line: Placement) -> str:
    """What is wrong with the action itself; "" for nothing."""
    own, status = person.bed_id, person.patient.status
    if line.from_bed_id != own:
        return f"lies in {own or 'no bed'}, not in {line.from_bed_id or 'no bed'}"
    if line.action not in _actions(status, own):
        return f"{status} with {own or 'no bed'} cannot {line.action}"
    if line.action in (Action.STAY, Action.WAIT) and line.to_bed_id != own:
        return f"{line.action} means the bed {own or '(none)'}"
    if line.action.moves and line.to_bed_id in ("", own):
        return f"{line.action} names no bed but the patient's own"
    return ""


def _actions(status: PatientStatus, own: str) -> tuple[Action, ...]:
    if status is PatientStatus.EXPECTED:
        return (Action.HOLD, Action.WAIT)
    if status is PatientStatus.INPATIENT and own:
        return (Action.TRANSFER, Action.STAY)
    return (Action.TRANSFER if own else Action.ADMIT, Action.HOLD, Action.WAIT)


def _wrong_times(course: Course, person: Person, line: Placement) -> str:
    """What is wrong with the times of somebody who remains, or with the end; "" for nothing."""
    begins = {Action.STAY: course.snapshot.at, Action.WAIT: None}.get(line.action, line.starts_at)
    if line.starts_at != begins:
        return f"{line.action} starts at {clock(begins) if begins else 'no time'}"
    if line.ends_at is None:
        return ""
    if begins is None or line.ends_at <= begins:
        return f"ends at {clock(line.ends_at)}, not after its start"
    end = course.ends[person.patient_id]
    expected = "nobody knows when" if end == FOREVER else clock(end)
    return "" if line.ends_at == end else f"ends at {clock(line.ends_at)}, but is expected to end {expected}"


def _usable_in_time(course: Course, limits: PlanLimits) -> Iterator[Violation]:
    occupied = {person.bed_id for person in course.people}
    for person, line in course.placed:
        bed = course.snapshot.bed_of.get(line.to_bed_id)
        if line.to_bed_id in ("", person.bed_id):
            continue
        if bed is None:
            detail = "there is no such bed"
        else:
            ready = _ready(course, bed, occupied=bed.bed_id in occupied, escalation=limits.escalation)
            detail = _wrong_start(course, person, line, limits) or _not_ready(course, line, ready)
        if detail:
            yield Violation(Rule.USABLE_BED, person.patient_id, line.to_bed_id, detail)


def _ready(course: Course, bed: Bed, *, occupied: bool, escalation: bool) -> datetime | None:
    ward, at = course.snapshot.ward_of[bed.ward_id], course.snapshot.at
    return ready_at(bed, ward, at, occupied=occupied, escalation=escalation)


def _wrong_start(course: Course, person: Person, line: Placement, limits: PlanLimits) -> str:
    """Why a newcomer cannot come then, whatever the bed; "" if they can."""
    at, starts = course.snapshot.at, line.starts_at
    if starts is None:
        return "starts at no time"
    if line.action is not Action.HOLD:
        return "" if starts == at else f"starts at {clock(starts)}: only a hold starts later than now"
    first = hold_from(person, at, limits.horizon_days)
    latest = hold_until(person, at, limits.horizon_days)
    if first is None or latest is None:
        return "the patient is not expected within the horizon"
    if person.patient.status is not PatientStatus.EXPECTED and starts <= at:
        return f"a bed that is had at {clock(starts)} is not held"
    if starts < first:
        return f"starts at {clock(starts)}, before the patient can come at {clock(first)}"
    if starts > latest:
        return f"starts at {clock(starts)}: no bed is held beyond {clock(latest)}"
    end = course.ends[person.patient_id]
    return f"starts at {clock(starts)}, when the patient is expected to have left" if end <= starts else ""


def _not_ready(course: Course, line: Placement, ready: datetime | None) -> str:
    """Why nobody can come into the bed then, whoever else wants it; "" if somebody can."""
    if ready is None:
        return "the bed cannot be used"
    starts = line.starts_at or course.snapshot.at
    clean = max(ready, clean_from(course, line.to_bed_id, starts))
    return f"starts at {clock(starts)}, but the bed is not clean before {clock(clean)}" if starts < clean else ""


def _fits(course: Course) -> Iterator[Violation]:
    clashes: defaultdict[str, list[Violation]] = defaultdict(list)
    for violation in good_company(course):
        clashes[violation.patient_id].append(violation)
    for person, line in course.newcomers:
        bed = course.snapshot.bed_of[line.to_bed_id]
        single = course.snapshot.is_single_room(bed)
        broken = own_rules(person, bed, course.snapshot.ward_of[bed.ward_id], single=single)
        for rule, detail in broken.items():
            yield Violation(rule, person.patient_id, bed.bed_id, detail)
        yield from (violation for violation in clashes[person.patient_id] if violation.rule not in broken)


def _movable(course: Course, locks: Locks, limits: PlanLimits) -> Iterator[Violation]:
    for person, line in course.newcomers:
        if person.patient.fixed and person.bed_id:
            yield Violation(Rule.FIXED, person.patient_id, line.to_bed_id, "is not to be moved")
        if limits.max_moves is None or locks.pins.get(person.patient_id) == line.to_bed_id:
            continue
        detail = moved_enough(person, limits.max_moves)
        if detail:
            yield Violation(Rule.MOVES, person.patient_id, line.to_bed_id, detail)


def _transfers_capped(course: Course, locks: Locks, limits: PlanLimits) -> Iterator[Violation]:
    """Those beyond the cap in the order of the snapshot; locked moves come first."""
    moved = [(person, line) for person, line in course.newcomers if moves_now(person)]
    free = [(person, line) for person, line in moved if locks.pins.get(person.patient_id) != line.to_bed_id]
    if limits.max_transfers is None:
        return
    left = max(0, limits.max_transfers - (len(moved) - len(free)))
    for person, line in free[left:]:
        detail = f"is one of {len(moved)} inpatients moved, and a plan moves at most {limits.max_transfers}"
        yield Violation(Rule.MOVES, person.patient_id, line.to_bed_id, detail)


def _locked(course: Course, locks: Locks) -> Iterator[Violation]:
    for person, line in course.placed:
        patient_id, bed_id = person.patient_id, line.to_bed_id
        pin = locks.pins.get(patient_id)
        if pin is not None and bed_id != pin:
            yield Violation(Rule.LOCKED, patient_id, bed_id, f"is locked to {pin}")
        if patient_id in locks.keep and bed_id != person.bed_id:
            yield Violation(Rule.LOCKED, patient_id, bed_id, "is to stay, or to go on waiting")
        if bed_id != person.bed_id and (patient_id, bed_id) in locks.forbidden:
            yield Violation(Rule.REJECTED, patient_id, bed_id, "a person has refused this bed")
