"""The rules of docs/rules.md a second time, one patient and one bed at a time, for small hospitals."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import timedelta

from medalloc.domain.needs import Needs, requirements_of
from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedWeights

SOURCE = {"ed": 1.5, "step_down": 1.2, "transfer": 1.0, "repatriation": 0.8, "elective": 0.6, None: 1.0}
ACUITY = {1: 3.0, 2: 2.0, 3: 1.25, 4: 1.0, 5: 0.8}
LEVELS = ("ward", "hdu", "icu")


class Judge:
    """Prices and forbids whole states of a small hospital: the bed of each patient, "" for none."""

    def __init__(self, snapshot: HospitalSnapshot, needs: Mapping[str, Needs], weights: BedWeights) -> None:
        self.snapshot, self.weights = snapshot, weights
        self.needs = {p.patient_id: requirements_of(p, needs) for p in snapshot.patients}
        self.bed = {bed.bed_id: bed for bed in snapshot.beds}
        self.ward = {ward.ward_id: ward for ward in snapshot.wards}
        self.own = {p.patient_id: "" if p.status == "expected" else p.bed_id for p in snapshot.patients}

    def best(self, max_transfers: int = 20) -> float:
        """The least that any state costs, by looking at all."""
        people = self.snapshot.patients
        options = [[self.own[p.patient_id], *self.newly(p)] for p in people]
        ids = [p.patient_id for p in people]
        states = (dict(zip(ids, choice, strict=True)) for choice in itertools.product(*options))
        return min(self.cost(state) for state in states if self.allowed(state, max_transfers))

    def newly(self, patient: Patient) -> Iterator[str]:
        """Beds that suit a patient, company apart."""
        for bed in self.snapshot.beds:
            if bed.bed_id != self.own[patient.patient_id] and self.suits(patient, bed):
                yield bed.bed_id

    def suits(self, patient: Patient, bed: Bed) -> bool:
        if patient.fixed and self.own[patient.patient_id]:
            return False
        return self.delay(patient, bed) is not None and not self.wrong(patient, bed)

    def delay(self, patient: Patient, bed: Bed) -> float | None:
        """Hours that a patient waits for the bed once they could come; None: not to be had."""
        at, ready = self.snapshot.at, self.snapshot.at
        if not self.ward[bed.ward_id].open or bed.status in ("closed", "reserved"):
            return None
        if bed.status == "cleaning":
            if bed.available_at is None:
                return None
            ready = max(at, bed.available_at)
        if bed.status == "occupied" and bed.bed_id not in self.own.values():
            return None
        first = at
        if patient.status == "expected":
            if patient.expected_at is None or patient.expected_at > at + timedelta(hours=24):
                return None
            first = max(at, patient.expected_at)
        latest = at if self.own[patient.patient_id] else max(first, at + timedelta(hours=12))
        return max(0.0, (ready - first).total_seconds() / 3600) if ready <= latest else None

    def wrong(self, patient: Patient, bed: Bed) -> int:
        """Number of rules that the bed itself breaks."""
        need, ward = self.needs[patient.patient_id], self.ward[bed.ward_id]
        single = sum((b.ward_id, b.bay_id) == (bed.ward_id, bed.bay_id) for b in self.snapshot.beds) == 1
        rule, sex = str(ward.sex_rule), str(patient.sex)
        sex_fits = single or rule == "mixed" or rule == sex or (rule == "same_bay" and sex != "other")
        room_fits = {
            "none": True,
            "airborne": single and "negative_pressure" in bed.features,
            "protective": single,
        }.get(str(need.isolation), single or need.organism != "")
        level_fits = LEVELS.index(ward.level) >= LEVELS.index(need.level)
        age_fits = ward.min_age <= patient.age <= ward.max_age
        return [need.features <= bed.features, level_fits, age_fits, sex_fits, room_fits].count(False)

    def bays(self, state: Mapping[str, str]) -> Iterator[list[Patient]]:
        """Who ends up together in each bay of several beds."""
        for beds in self.snapshot.bay_beds.values():
            ids = {bed.bed_id for bed in beds}
            yield [p for p in self.snapshot.patients if state[p.patient_id] in ids]

    def moved(self, state: Mapping[str, str], patient: Patient) -> bool:
        return state[patient.patient_id] != self.own[patient.patient_id]

    def allowed(self, state: Mapping[str, str], max_transfers: int) -> bool:
        lying = [bed_id for bed_id in state.values() if bed_id]
        if len(lying) != len(set(lying)):
            return False
        moves = [p for p in self.snapshot.patients if self.moved(state, p) and self.own[p.patient_id]]
        if sum(p.status == "inpatient" for p in moves) > max_transfers:
            return False
        return all(self.company(state, bay) for bay in self.bays(state))

    def company(self, state: Mapping[str, str], bay: list[Patient]) -> bool:
        """Whether nobody enters a bay that ends up broken."""
        if len(bay) < 2 or not any(self.moved(state, p) for p in bay):
            return True
        ward = self.ward[self.bed[state[bay[0].patient_id]].ward_id]
        needs = [self.needs[p.patient_id] for p in bay]
        if ward.sex_rule != "mixed" and len({p.sex for p in bay}) > 1:
            return False
        kinds = {str(need.isolation) for need in needs}
        organisms = {need.organism for need in needs}
        shared = len(organisms) == 1 and organisms != {""}
        return kinds == {"none"} or (kinds <= {"none", "contact", "droplet"} and shared)

    def cost(self, state: Mapping[str, str]) -> float:
        breach = self.weights.breach * self.breaches(state)
        return breach + sum(self.one(patient, state[patient.patient_id]) for patient in self.snapshot.patients)

    def one(self, patient: Patient, bed_id: str) -> float:
        """What a patient costs in a bed, breaches apart."""
        own = self.own[patient.patient_id]
        points = self.place(patient, self.bed[bed_id]) if bed_id else 0.0
        if bed_id != own:
            points += self.weights.enter_over_level * self.entered(patient, bed_id)
        if bed_id == own:
            return points + self.wait(patient)
        if own:
            wait = 0.0
            if patient.source == "step_down":
                better = self.excess(patient, self.bed[bed_id]) < self.excess(patient, self.bed[own])
                wait = 0.0 if better else self.wait(patient)
            return points + self.move(patient) + wait
        return points + self.wait(patient) * min(1.0, (self.delay(patient, self.bed[bed_id]) or 0.0) / 12)

    def wait(self, patient: Patient) -> float:
        at = self.snapshot.at
        if patient.status == "inpatient" and self.own[patient.patient_id]:
            return 0.0
        if patient.status == "expected":
            until = (patient.expected_at - at).total_seconds() / 3600 if patient.expected_at else 24.0
            hours = 4 * (1 - min(24.0, max(0.0, until)) / 24)
        else:
            since = patient.waiting_since or at
            hours = 4 + max(0.0, (at - since).total_seconds() / 3600)
        return self.weights.waiting * SOURCE[patient.source] * ACUITY[self.needs[patient.patient_id].acuity] * hours

    def move(self, patient: Patient) -> float:
        weights, need = self.weights, self.needs[patient.patient_id]
        hour = self.snapshot.at.hour
        points = weights.transfer_night if hour >= 21 or hour < 7 else 0.0
        if patient.status == "inpatient":
            points += weights.transfer
            watched = "visible" in {*need.features, *need.wanted_features}
            points += weights.transfer_frail * (patient.age >= 80 or watched or need.upset_by_moves)
            points += weights.transfer_soon * need.leaves_share
            points += weights.transfer_again * (patient.moves >= 2)
        return points

    def place(self, patient: Patient, bed: Bed) -> float:
        weights, need, ward = self.weights, self.needs[patient.patient_id], self.ward[bed.ward_id]
        single = self.snapshot.is_single_room(bed)
        given, must, want = (LEVELS.index(level) for level in (ward.level, need.level, need.wanted_level))
        rank = 0
        if need.specialty and ward.specialties:
            listed = list(ward.specialties)
            rank = min(6, listed.index(need.specialty) if need.specialty in listed else len(listed) + 2)
        missing = len(need.wanted_features - need.features - bed.features) + (must < want and given < want)
        if need.wanted_isolation not in ("none", need.isolation):
            negative = need.wanted_isolation != "airborne" or "negative_pressure" in bed.features
            missing += not (single and negative)
        needless = need.isolation == need.wanted_isolation == "none"
        needless = needless and not (patient.sex == "other" and ward.sex_rule != "mixed")
        return (
            weights.outlier * rank
            + weights.preferred * missing
            + weights.side_room * (single and needless)
            + weights.over_level * self.excess(patient, bed)
        )

    def excess(self, patient: Patient, bed: Bed) -> int:
        need, ward = self.needs[patient.patient_id], self.ward[bed.ward_id]
        must = max(LEVELS.index(need.level), LEVELS.index(need.wanted_level))
        return max(0, LEVELS.index(ward.level) - must)

    def entered(self, patient: Patient, bed_id: str) -> int:
        """Levels above the need that a patient goes up to, or stays at in another bed."""
        level, own = str(self.ward[self.bed[bed_id].ward_id].level), self.own[patient.patient_id]
        need = self.needs[patient.patient_id]
        lies = str(self.ward[self.bed[own].ward_id].level) if own else "ward"
        given = LEVELS[: LEVELS.index(level) + 1]
        asked = LEVELS[: max(LEVELS.index(need.level), LEVELS.index(need.wanted_level)) + 1]
        return len(set(given) - set(asked) - set(LEVELS[: LEVELS.index(lies)]))

    def breaches(self, state: Mapping[str, str]) -> int:
        """Hard rules that those who stay break."""
        staying = [p for p in self.snapshot.patients if self.own[p.patient_id] and not self.moved(state, p)]
        count = 0
        for patient in staying:
            bed = self.bed[state[patient.patient_id]]
            closed = bed.status == "closed" or not self.ward[bed.ward_id].open
            count += closed + self.wrong(patient, bed)
        for beds in self.snapshot.bay_beds.values():
            ids = {bed.bed_id for bed in beds}
            bay = [p for p in staying if state[p.patient_id] in ids]
            if len(beds) > 1 and self.ward[beds[0].ward_id].sex_rule == "same_bay":
                count += min(sum(p.sex == "female" for p in bay), sum(p.sex == "male" for p in bay))
            for patient in bay if len(beds) > 1 else []:
                need = self.needs[patient.patient_id]
                others = {self.needs[p.patient_id].organism for p in bay}
                cohorted = need.isolation in ("contact", "droplet") and need.organism
                count += bool(cohorted and others != {need.organism})
        return count
