"""The rules of docs/rules.md a second time, one patient, one bed and one slot at a time, for small hospitals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from medalloc.domain.needs import Needs, requirements_of
from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.plan import BedPlan
from medalloc.domain.requirements import Requirements
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedSettings
from tests.optimise.reprice_bed import Beds
from tests.optimise.reprice_time import Clock

COUNTED_DAYS = 3


@dataclass(frozen=True)
class Stay:
    """Where somebody comes newly: a bed from a slot on, exactly so many hours from the plan's moment."""

    bed_id: str
    slot: int
    hours: float


State = Mapping[str, Stay | None]
"""By patient; None: they remain."""


class Judge(Clock):
    """Prices and forbids whole states of a small hospital."""

    def __init__(
        self,
        snapshot: HospitalSnapshot,
        needs: Mapping[str, Needs],
        settings: BedSettings | None = None,
        reference: Mapping[str, str] | None = None,
    ) -> None:
        self.snapshot, self.settings = snapshot, settings or BedSettings()
        self.weights, self.reference = self.settings.weights, reference or {}
        self.needs: dict[str, Requirements] = {p.patient_id: requirements_of(p, needs) for p in snapshot.patients}
        self.beds = Beds(snapshot, self.needs, self.weights, self.settings.escalation)
        self.bed, self.ward = self.beds.bed, self.beds.ward
        super().__init__(snapshot, self.needs, self.settings.horizon_days)

    def state_of(self, plan: BedPlan) -> State:
        """The state that a plan leads to, everybody coming as early in the slot as the bed itself lets them."""
        state: dict[str, Stay | None] = {}
        for line in plan.placements:
            moves = line.action in ("admit", "transfer", "hold")
            slot = self.slot(self.hours(line.starts_at)) if line.starts_at else 0
            patient, bed = self.people[line.patient_id], self.bed.get(line.to_bed_id)
            state[line.patient_id] = self.stay(patient, bed, slot) if moves and bed else None
        return state

    def late(self, plan: BedPlan) -> float:
        """What it costs that some come later in the slot, behind somebody whom the plan moves first."""
        total = 0.0
        for patient_id, stay in self.state_of(plan).items():
            starts_at = plan.placement_of[patient_id].starts_at
            if stay and starts_at:
                later = (self.hours(starts_at) - stay.hours) / 24
                patient = self.people[patient_id]
                total += self.wait(patient) * self.chance(patient, stay) * later
        return total

    def options(self, patient: Patient) -> Iterator[Stay | None]:
        """Everything that could be done with a patient, company and other patients apart."""
        yield None
        own, first = self.own[patient.patient_id], self.first[patient.patient_id]
        if first is None or (own and (patient.fixed or self._moved_enough(patient))):
            return
        for bed in self.snapshot.beds:
            if bed.bed_id != own and not self.beds.wrong(patient, bed):
                stays = (self.stay(patient, bed, slot) for slot in sorted(self.starts(patient, bed)))
                yield from (stay for stay in stays if stay)

    def starts(self, patient: Patient, bed: Bed) -> set[int]:
        """Slots in which a patient may come to a bed: the first, and those in which somebody has left the bay.

        A bed that the plan itself fills is not given once more to somebody who waits.
        """
        first = self.slot(max(self.first[patient.patient_id] or 0.0, self.beds.ready_hours(bed) or 0.0))
        bay = {other.bed_id for other in self.snapshot.bay_beds[bed.ward_id, bed.bay_id]}
        lying = [other for other, own in self.own.items() if own in bay]
        gone = {self.end(other) for other in lying} | {self.slot(self.leaves[other] + 2) for other in lying}
        soon = {1} if self.own[patient.patient_id] else set()
        return {slot for slot in {first, *soon, *gone} if first <= slot < self.n_slots}

    def stay(self, patient: Patient, bed: Bed, slot: int) -> Stay | None:
        """A patient comes to a bed in a slot, as early as can be; None where that is not possible."""
        ready, first, own = self.beds.ready_hours(bed), self.first[patient.patient_id], self.own[patient.patient_id]
        lying = [other for other, bed_id in self.own.items() if bed_id == bed.bed_id]
        if ready is None or first is None:
            return None
        gone = max((self.end(other) for other in lying), default=self.n_slots)
        if lying and slot >= gone:
            ready = max(ready, *(self.leaves[other] + 2 for other in lying))
        hours = max(ready, first, self.edges[slot])
        latest = 0.0 if own and patient.status == "inpatient" else first + 24
        if own and slot == 0:
            latest = 0.0
        good = self.slot(hours) == slot < self.end(patient.patient_id)
        good = good and hours <= latest and hours < self.leaves[patient.patient_id]
        return Stay(bed.bed_id, slot, hours) if good else None

    def _moved_enough(self, patient: Patient) -> bool:
        return patient.status == "inpatient" and patient.moves >= self.settings.max_moves

    def inside(self, state: State, slot: int) -> dict[str, list[str]]:
        """Who is in each bed in a slot."""
        beds: dict[str, list[str]] = {}
        for patient_id, stay in state.items():
            bed_id = stay.bed_id if stay and slot >= stay.slot else self.own[patient_id]
            if bed_id and slot < self.end(patient_id):
                beds.setdefault(bed_id, []).append(patient_id)
        return beds

    def allowed(self, state: State) -> bool:
        moves = [p for p in self.people.values() if state[p.patient_id] and self.own[p.patient_id]]
        if sum(p.status == "inpatient" for p in moves) > self.settings.max_transfers:
            return False
        return all(self._good(state, slot) for slot in range(self.n_slots))

    def _good(self, state: State, slot: int) -> bool:
        """Whether nobody new shares a bed or is in bad company in a slot."""
        beds = self.inside(state, slot)
        here = {i for i, stay in state.items() if stay and stay.slot <= slot < self.end(i)}
        if any(len(people) > 1 and here & set(people) for people in beds.values()):
            return False
        for (ward_id, _), members in self.snapshot.bay_beds.items():
            bay = [i for bed in members for i in beds.get(bed.bed_id, ())]
            if here & set(bay) and not self.beds.company(self.ward[ward_id], [self.people[i] for i in bay]):
                return False
        return True

    def cost(self, state: State) -> float:
        shared = self._breaches(state) + self._flips(state) + self._care(state)
        return shared + sum(self.one(patient, state[i]) for i, patient in self.people.items())

    def one(self, patient: Patient, stay: Stay | None) -> float:
        """What a patient costs by themselves."""
        own, end = self.own[patient.patient_id], min(self.leaves[patient.patient_id], self.edges[-1])
        asked = self.reference.get(patient.patient_id, "")
        changed = asked in self.bed and asked != (stay.bed_id if stay else own)
        points = self.weights.change * changed
        until = min(end, stay.hours) if stay else end
        if own:
            points += min(COUNTED_DAYS, until / 24) * self.beds.lying(patient, self.bed[own], at_home=True)
        if stay is None:
            return points + self.wait(patient)
        before = min(COUNTED_DAYS, until / 24) if own else 0.0
        days = min((end - stay.hours) / 24, COUNTED_DAYS - before)
        points += days * self.beds.lying(patient, self.bed[stay.bed_id], at_home=False)
        points += self.beds.entering(patient, self.bed[stay.bed_id], self.bed.get(own))
        return points + self.move(patient, stay) + self.wait(patient) * self.left_of_wait(patient, stay)

    def wait(self, patient: Patient) -> float:
        if patient.status == "inpatient" and self.own[patient.patient_id]:
            return 0.0
        if patient.status == "expected":
            if patient.expected_at is None:
                return 0.0
            hours = 12 * max(0.0, 1 - max(0.0, self.hours(patient.expected_at)) / self.edges[-1])
        else:
            hours = 12 + max(0.0, -self.hours(patient.waiting_since or self.snapshot.at))
        source = {"ed": 1.5, "step_down": 1.2, "transfer": 1.0, "repatriation": 0.8, "elective": 0.6, None: 1.0}
        acuity = {1: 3.0, 2: 2.0, 3: 1.25, 4: 1.0, 5: 0.8}
        return self.weights.waiting * source[patient.source] * acuity[self.needs[patient.patient_id].acuity] * hours

    def left_of_wait(self, patient: Patient, stay: Stay) -> float:
        """Part of the wait that is paid all the same."""
        share = (stay.hours - (self.first[patient.patient_id] or 0.0)) / 24
        own = self.own[patient.patient_id]
        if own and patient.source == "step_down":
            excess = [self.beds.excess(patient, self.bed[bed_id]) for bed_id in (stay.bed_id, own)]
            share = share if excess[0] < excess[1] else 1.0
        return 1 - self.chance(patient, stay) * (1 - share)

    def chance(self, patient: Patient, stay: Stay) -> float:
        """That everybody has left who must have left first."""
        chance, bed = 1.0, self.bed[stay.bed_id]
        bay = {other.bed_id for other in self.snapshot.bay_beds[bed.ward_id, bed.bay_id]}
        for other in self.people.values():
            lies = self.own[other.patient_id]
            if lies not in bay or self.end(other.patient_id) > stay.slot or other is patient:
                continue
            if lies == stay.bed_id:
                chance *= self.left(other, stay.hours - 2)
            elif len(bay) > 1 and not self.beds.company(self.ward[bed.ward_id], [patient, other]):
                chance *= self.left(other, stay.hours)
        return chance

    def move(self, patient: Patient, stay: Stay) -> float:
        weights, need = self.weights, self.needs[patient.patient_id]
        if not self.own[patient.patient_id]:
            return 0.0
        hour = (self.snapshot.at + timedelta(hours=stay.hours)).hour
        points = weights.transfer_night if hour >= 21 or hour < 7 else 0.0
        if patient.status == "inpatient":
            watched = "visible" in {*need.features, *need.wanted_features}
            points += weights.transfer + weights.transfer_again * (patient.moves >= 2)
            points += weights.transfer_frail * (patient.age >= 80 or watched or need.upset_by_moves)
            points += weights.transfer_soon * need.leaves_share
        return points

    def _care(self, state: State) -> float:
        """Hours of care above those staffed, or needed already before anybody comes."""
        supply = {
            ward_id: max(
                ward.care_hours,
                sum(self._hours_of_care(i) for i, own in self.own.items() if own in self._beds(ward_id)),
            )
            for ward_id, ward in self.ward.items()
            if ward.care_hours is not None
        }
        total = 0.0
        for slot in range(self.n_slots):
            asked = dict.fromkeys(supply, 0.0)
            for bed_id, people in self.inside(state, slot).items():
                if self.bed[bed_id].ward_id in supply:
                    asked[self.bed[bed_id].ward_id] += sum(map(self._hours_of_care, people))
            over = sum(max(0.0, hours - supply[ward_id]) for ward_id, hours in asked.items())
            days = (min(self.edges[slot + 1], 24 * COUNTED_DAYS) - min(self.edges[slot], 24 * COUNTED_DAYS)) / 24
            total += days * over
        return self.weights.care_hours * total

    def _beds(self, ward_id: str) -> set[str]:
        return {bed_id for bed_id, bed in self.bed.items() if bed.ward_id == ward_id}

    def _hours_of_care(self, patient_id: str) -> float:
        care = self.needs[patient_id].care
        return care.nurse + care.assistant if care else 0.0

    def _flips(self, state: State) -> float:
        """Bays of women in which men come to lie, or the other way round."""
        flips = 0
        for (ward_id, _), members in self.snapshot.bay_beds.items():
            ids = {bed.bed_id for bed in members}
            sexes = {self.people[i].sex for i, own in self.own.items() if own in ids} - {"other"}
            new = {self.people[i].sex for i, stay in state.items() if stay and stay.bed_id in ids}
            if len(members) > 1 and self.ward[ward_id].sex_rule == "same_bay" and len(sexes) == 1:
                flips += bool(new - sexes)
        return self.weights.flip * flips

    def _breaches(self, state: State) -> float:
        """Company that stays broken among those who remain."""
        days = {i: min(COUNTED_DAYS, self.leaves[i] / 24, self.edges[-1] / 24) for i in self.people}
        remain = [i for i, own in self.own.items() if own and state[i] is None]
        total = 0.0
        for (ward_id, _), members in self.snapshot.bay_beds.items():
            ids = [bed.bed_id for bed in members]
            bay = [self.people[i] for i, own in self.own.items() if own in ids]
            for one, others in self.beds.clashes(bay, [self.own[p.patient_id] for p in bay], single=len(ids) == 1):
                if one in remain and set(others) & set(remain):
                    total += min(days[one], max(days[other] for other in others))
            women, men = ([p.patient_id for p in bay if p.sex == sex] for sex in ("female", "male"))
            if len(ids) > 1 and self.ward[ward_id].sex_rule == "same_bay" and women and men:
                pays = [
                    sum(min(days[i], max(days[k] for k in others)) for i in some if i in remain)
                    for some, others in ((women, men), (men, women))
                ]
                total += min(pays)
        return self.weights.breach * total
