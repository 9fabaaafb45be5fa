"""The needs that a person is asked to confirm, those first whose answer would change the plan most.

For each the two readings are compared: the value shown, and what is right otherwise. What counts is, in this
order: whether the bed that the plan proposes is allowed under the one and forbidden under the other; the same for
the bed in which the patient lies; how many more free beds the patient could have; whether anything that beds are
chosen by differs at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from medalloc.domain.needs import FEATURE_NEEDS, Confirm, Need, NeedName, Needs, requirements_of
from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.plan import BedPlan
from medalloc.domain.requirements import Requirements
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.corrected import ABSENT, VALUES, with_value
from medalloc.optimise.rules import Person, bay_rules, lies_in, own_rules, people_of, ready_at, usable

STEERING = frozenset(
    {NeedName.SPECIALTY, NeedName.ACUITY, NeedName.LEVEL, NeedName.ISOLATION, NeedName.ORGANISM, *FEATURE_NEEDS}
)
"""Needs that beds are chosen by."""


class Effect(StrEnum):
    """What the answer would change, the weightiest first."""

    PROPOSED_BED = "proposed_bed"
    """One of the readings forbids the bed that the plan proposes."""
    PRESENT_BED = "present_bed"
    """One of them forbids the bed in which the patient lies."""
    FREE_BEDS = "free_beds"
    """The patient could have more free beds under one of them."""
    CHOICE = "choice"
    """No bed is ruled out, but others may be preferred, or the patient goes before or behind others."""
    NOTHING = "nothing"
    """Beds are not chosen by it now."""


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A need to confirm, and what hangs on it."""

    patient_id: str
    need: Need
    otherwise: str
    """What is right if the value shown is not."""
    effect: Effect
    beds: int
    """Free beds that the patient could have if the value shown is right."""
    beds_otherwise: int
    forbidden: str = ""
    """The reading that forbids the bed, where `effect` is about one."""


def confirm_order(
    snapshot: HospitalSnapshot, needs: Mapping[str, Needs], plan: BedPlan | None = None
) -> tuple[ToConfirm, ...]:
    """Every need to confirm, the one first whose answer would change most; equal effects: conflicts first.

    Parameters
    ----------
    needs
        By patient_id, with corrections in force.
    plan
        The latest one; None where there is none yet.
    """
    places = _Places(snapshot, people_of(snapshot, needs), plan)
    asked = [
        _asked(places, patient, needs[patient.patient_id], need)
        for patient in snapshot.patients
        if patient.patient_id in needs
        for need in needs[patient.patient_id].by_name.values()
        if need.confirm is not None
    ]
    return tuple(sorted(asked, key=_weight))


def otherwise(need: Need) -> str:
    """What is likeliest right if the value shown is not."""
    known = (need.other, *need.candidates, ABSENT.get(need.name, ""), *VALUES.get(need.name, ())[1:])
    return next((value for value in known if value and value != need.value), "")


_EFFECTS = {effect: place for place, effect in enumerate(Effect)}
_CAUSES = {cause: place for place, cause in enumerate(Confirm)}


def _weight(asked: ToConfirm) -> tuple[int, int, int, float]:
    cause = _CAUSES[asked.need.confirm or Confirm.UNSURE]
    return _EFFECTS[asked.effect], cause, -abs(asked.beds - asked.beds_otherwise), -asked.need.probability


def _asked(places: _Places, patient: Patient, found: Needs, need: Need) -> ToConfirm:
    values = (need.value, otherwise(need))
    if need.name not in STEERING:
        known = {patient.patient_id: found}
        beds = places.free_beds(Person(patient, requirements_of(patient, known), lies_in(places.snapshot, patient)))
        return ToConfirm(patient.patient_id, need, values[1], Effect.NOTHING, beds, beds)
    persons = [_under(places.snapshot, patient, found, need, value) for value in values]
    first, second = (person.needs for person in persons)
    if _demands(first) == _demands(second):
        effect = Effect.NOTHING if first == second else Effect.CHOICE
        beds = places.free_beds(persons[0])
        return ToConfirm(patient.patient_id, need, values[1], effect, beds, beds)
    beds, beds_otherwise = (places.free_beds(person) for person in persons)
    effect, forbidden = places.effect(persons, values)
    if effect is Effect.CHOICE and beds != beds_otherwise:
        effect = Effect.FREE_BEDS
    return ToConfirm(patient.patient_id, need, values[1], effect, beds, beds_otherwise, forbidden)


def _under(snapshot: HospitalSnapshot, patient: Patient, found: Needs, need: Need, value: str) -> Person:
    """The patient, were this value sure."""
    known = {patient.patient_id: with_value(found, need.name, value)}
    return Person(patient, requirements_of(patient, known), lies_in(snapshot, patient))


def _demands(required: Requirements) -> tuple[object, ...]:
    """What rules beds out."""
    return required.level, required.isolation, required.organism, required.features


@dataclass(frozen=True)
class _Places:
    """The beds, who lies in them, and who would after the plan."""

    snapshot: HospitalSnapshot
    people: tuple[Person, ...]
    plan: BedPlan | None
    counted: dict[tuple[object, ...], int] = field(default_factory=dict)
    """Free beds by what they depend on."""

    @cached_property
    def now(self) -> dict[tuple[str, str], list[Person]]:
        """People by the bay in which they lie."""
        return self._by_bay((person, person.bed_id) for person in self.people)

    @cached_property
    def planned(self) -> dict[tuple[str, str], list[Person]]:
        """People by the bay in which the plan has them in the end."""
        return self._by_bay((person, self.proposed(person)) for person in self.people)

    @cached_property
    def free(self) -> list[tuple[Bed, datetime, int]]:
        """Beds in which nobody lies, when they are ready, and how many are alike."""
        taken = {person.bed_id for person in self.people}
        alike: defaultdict[tuple[object, ...], list[tuple[Bed, datetime]]] = defaultdict(list)
        for bed in self.snapshot.beds:
            ready = ready_at(bed, self.snapshot.ward_of[bed.ward_id], self.snapshot.at, occupied=False)
            if bed.bed_id not in taken and ready is not None:
                alike[bed.ward_id, bed.bay_id, bed.features, ready].append((bed, ready))
        return [(*found[0], len(found)) for found in alike.values()]

    def proposed(self, person: Person) -> str:
        """The bed in which the plan has a patient in the end; without a plan their own."""
        line = self.plan.placement_of.get(person.patient_id) if self.plan else None
        return line.to_bed_id if line else person.bed_id

    def free_beds(self, person: Person) -> int:
        """How many free beds a patient could have."""
        patient, demands = person.patient, _demands(person.needs)
        key = (patient.sex, patient.age, patient.status, patient.expected_at, person.bed_id, *demands)
        if key not in self.counted:
            self.counted[key] = sum(
                number
                for bed, ready, number in self.free
                if not usable(person, ready, self.snapshot.at) and self._fits(person, bed, self.now)
            )
        return self.counted[key]

    def effect(self, persons: list[Person], values: tuple[str, str]) -> tuple[Effect, str]:
        """Whether a bed is allowed under one reading alone, and which reading forbids it."""
        proposed = self.proposed(persons[0])
        for bed_id, bays, effect in (
            (proposed if proposed != persons[0].bed_id else "", self.planned, Effect.PROPOSED_BED),
            (persons[0].bed_id, self.now, Effect.PRESENT_BED),
        ):
            bed = self.snapshot.bed_of.get(bed_id)
            fits = [bed is None or self._fits(person, bed, bays) for person in persons]
            if fits[0] != fits[1]:
                return effect, values[fits.index(False)]
        return Effect.CHOICE, ""

    def _fits(self, person: Person, bed: Bed, bays: Mapping[tuple[str, str], list[Person]]) -> bool:
        ward = self.snapshot.ward_of[bed.ward_id]
        if own_rules(person, bed, ward, single=self.snapshot.is_single_room(bed)):
            return False
        mates = (other for other in bays.get((bed.ward_id, bed.bay_id), ()) if other.patient_id != person.patient_id)
        return not bay_rules(person, mates, ward)

    def _by_bay(self, lying: Iterable[tuple[Person, str]]) -> dict[tuple[str, str], list[Person]]:
        bays: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
        for person, bed_id in lying:
            if bed_id in self.snapshot.bed_of:
                bed = self.snapshot.bed_of[bed_id]
                bays[bed.ward_id, bed.bay_id].append(person)
        return dict(bays)
