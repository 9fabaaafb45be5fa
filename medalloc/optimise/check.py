"""Every hard rule verified on a finished plan, from the snapshot alone: no solver, no pruning, no model.

A patient who stays where they lie breaks nothing by staying, even where the bed is wrong for them now; a
newcomer (admit, transfer, hold) must satisfy every rule in the state that the plan leads to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from medalloc.domain.needs import Needs
from medalloc.domain.people import PatientStatus
from medalloc.domain.plan import Action, BedPlan, Locks, Placement, Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.rules import Person, bay_rules, hold_from, own_rules, people_of, ready_at, usable


def check_bed_plan(
    snapshot: HospitalSnapshot, needs: Mapping[str, Needs], plan: BedPlan, locks: Locks | None = None
) -> tuple[Violation, ...]:
    """Hard rules that a plan breaks; empty for a valid plan."""
    state = _State(snapshot, people_of(snapshot, needs), plan)
    return (
        *_stated_once(state),
        *_well_formed(state),
        *_one_per_bed(state),
        *_usable_in_time(state),
        *_fits(state),
        *_fixed(state),
        *_locked(state, locks or Locks()),
    )


def current_breaches(snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> tuple[Violation, ...]:
    """Hard rules that patients break where they lie now."""
    return standing_breaches(snapshot, [person for person in people_of(snapshot, needs) if person.bed_id])


@dataclass(frozen=True)
class _State:
    """The hospital as the plan leaves it."""

    snapshot: HospitalSnapshot
    people: tuple[Person, ...]
    plan: BedPlan

    @cached_property
    def placed(self) -> tuple[tuple[Person, Placement], ...]:
        """Everybody who is in the plan, with their (first) line."""
        lines: dict[str, Placement] = {}
        for placement in self.plan.placements:
            lines.setdefault(placement.patient_id, placement)
        return tuple((p, lines[p.patient_id]) for p in self.people if p.patient_id in lines)

    @cached_property
    def newcomers(self) -> tuple[tuple[Person, Placement], ...]:
        """Those who come into a bed that they do not lie in now; only into beds that exist."""
        return tuple(
            (person, line)
            for person, line in self.placed
            if line.to_bed_id in self.snapshot.bed_of and line.to_bed_id != person.bed_id
        )

    @cached_property
    def in_bed(self) -> dict[str, list[Person]]:
        """People by the bed in which they end up."""
        beds: defaultdict[str, list[Person]] = defaultdict(list)
        for person, line in self.placed:
            beds[line.to_bed_id].append(person)
        return dict(beds)

    def mates(self, person: Person, bed_id: str) -> list[Person]:
        """The others who end up in the bay of a bed."""
        bed = self.snapshot.bed_of[bed_id]
        beds = self.snapshot.bay_beds[bed.ward_id, bed.bay_id]
        return [mate for other in beds for mate in self.in_bed.get(other.bed_id, ()) if mate != person]


def _stated_once(state: _State) -> Iterator[Violation]:
    lines = Counter(placement.patient_id for placement in state.plan.placements)
    for person in state.people:
        if lines[person.patient_id] != 1:
            detail = f"stands in the plan {lines[person.patient_id]} times"
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, "", detail)
    for patient_id in lines.keys() - state.snapshot.patient_of.keys():
        yield Violation(Rule.ONE_PATIENT_PER_BED, patient_id, "", "is not a patient of the snapshot")


def _well_formed(state: _State) -> Iterator[Violation]:
    for person, line in state.placed:
        fault = _fault(person, line)
        if fault:
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, line.to_bed_id, fault)


def _fault(person: Person, line: Placement) -> str:
    """What is wrong with the action itself; "" for nothing."""
    own, status = person.bed_id, person.patient.status
    if line.from_bed_id != own:
        return f"lies in {own or 'no bed'}, not in {line.from_bed_id or 'no bed'}"
    if line.action not in _actions(status, own):
        return f"{status} with {own or 'no bed'} cannot {line.action}"
    if line.action in (Action.STAY, Action.WAIT) and line.to_bed_id != own:
        return f"{line.action} means the bed {own or '(none)'}"
    if line.action.moves and line.to_bed_id == own:
        return f"{line.action} names no bed but the patient's own"
    return ""


def _actions(status: PatientStatus, own: str) -> tuple[Action, ...]:
    if status is PatientStatus.EXPECTED:
        return (Action.HOLD, Action.WAIT)
    if not own:
        return (Action.ADMIT, Action.HOLD, Action.WAIT)
    return (Action.TRANSFER, Action.STAY if status is PatientStatus.INPATIENT else Action.WAIT)


def _one_per_bed(state: _State) -> Iterator[Violation]:
    for person, line in state.newcomers:
        others = [other.patient_id for other in state.in_bed[line.to_bed_id] if other != person]
        if others:
            detail = f"the bed also holds {', '.join(others)}"
            yield Violation(Rule.ONE_PATIENT_PER_BED, person.patient_id, line.to_bed_id, detail)


def _usable_in_time(state: _State) -> Iterator[Violation]:
    snapshot, occupied = state.snapshot, {person.bed_id for person in state.people}
    for person, line in state.placed:
        bed = snapshot.bed_of.get(line.to_bed_id)
        if line.to_bed_id == person.bed_id:
            continue
        if bed is None:
            yield Violation(Rule.USABLE_BED, person.patient_id, line.to_bed_id, "there is no such bed")
            continue
        ready = ready_at(bed, snapshot.ward_of[bed.ward_id], snapshot.at, occupied=bed.bed_id in occupied)
        detail = usable(person, ready, snapshot.at)
        if not detail and ready is not None:
            first = max(hold_from(person, snapshot.at) or snapshot.at, ready)
            detail = _wrong_start(line, first, snapshot.at)
        if detail:
            yield Violation(Rule.USABLE_BED, person.patient_id, bed.bed_id, detail)


def _wrong_start(line: Placement, first: datetime, at: datetime) -> str:
    if line.starts_at != first:
        return f"starts at {line.starts_at}, but can and must start at {first}"
    if line.action is not Action.HOLD and first > at:
        return f"{line.action} into a bed that is not ready"
    return ""


def _fits(state: _State) -> Iterator[Violation]:
    for person, line in state.newcomers:
        bed = state.snapshot.bed_of[line.to_bed_id]
        ward = state.snapshot.ward_of[bed.ward_id]
        broken = own_rules(person, bed, ward, single=state.snapshot.is_single_room(bed))
        broken = bay_rules(person, state.mates(person, bed.bed_id), ward) | broken
        for rule, detail in broken.items():
            yield Violation(rule, person.patient_id, bed.bed_id, detail)


def _fixed(state: _State) -> Iterator[Violation]:
    for person, line in state.newcomers:
        if person.patient.fixed and person.bed_id:
            yield Violation(Rule.FIXED, person.patient_id, line.to_bed_id, "is not to be moved")


def _locked(state: _State, locks: Locks) -> Iterator[Violation]:
    for person, line in state.placed:
        patient_id, bed_id = person.patient_id, line.to_bed_id
        pin = locks.pins.get(patient_id)
        if pin is not None and bed_id != pin:
            yield Violation(Rule.LOCKED, patient_id, bed_id, f"is locked to {pin}")
        if patient_id in locks.keep and bed_id != person.bed_id:
            yield Violation(Rule.LOCKED, patient_id, bed_id, "is to stay, or to go on waiting")
        if bed_id != person.bed_id and (patient_id, bed_id) in locks.forbidden:
            yield Violation(Rule.REJECTED, patient_id, bed_id, "a person has refused this bed")
