"""What one bed is worth to one patient, by docs/rules.md, a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from medalloc.domain.people import Patient
from medalloc.domain.places import Bed, Ward
from medalloc.domain.requirements import Requirements
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedWeights

LEVELS = ("ward", "hdu", "icu")


class Beds:
    """The beds of a hospital, and who may and should lie in them."""

    def __init__(
        self, snapshot: HospitalSnapshot, needs: Mapping[str, Requirements], weights: BedWeights, escalation: bool
    ) -> None:
        self.snapshot, self.needs, self.weights, self.escalation = snapshot, needs, weights, escalation
        self.bed = {bed.bed_id: bed for bed in snapshot.beds}
        self.ward = {ward.ward_id: ward for ward in snapshot.wards}
        self.lain_in = {p.bed_id for p in snapshot.patients if p.status != "expected"}

    def single(self, bed: Bed) -> bool:
        return sum((b.ward_id, b.bay_id) == (bed.ward_id, bed.bay_id) for b in self.snapshot.beds) == 1

    def ready_hours(self, bed: Bed) -> float | None:
        """Hours until somebody could come, once whoever lies there has left; None: never."""
        if bed.status in ("closed", "reserved"):
            return None
        if not self.ward[bed.ward_id].open:
            return 0.0 if self.escalation and bed.status == "available" else None
        if bed.status == "cleaning":
            if bed.available_at is None:
                return None
            return max(0.0, (bed.available_at - self.snapshot.at).total_seconds() / 3600)
        return None if bed.status == "occupied" and bed.bed_id not in self.lain_in else 0.0

    def wrong(self, patient: Patient, bed: Bed) -> int:
        """Number of rules that the bed itself breaks."""
        need, ward = self.needs[patient.patient_id], self.ward[bed.ward_id]
        single = self.single(bed)
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

    def company(self, ward: Ward, bay: Sequence[Patient]) -> bool:
        """Whether people may share a bay that somebody of them is new to."""
        if len(bay) < 2:
            return True
        needs = [self.needs[p.patient_id] for p in bay]
        if ward.sex_rule != "mixed" and len({p.sex for p in bay}) > 1:
            return False
        kinds = {str(need.isolation) for need in needs}
        organisms = {need.organism for need in needs}
        shared = len(organisms) == 1 and organisms != {""}
        return kinds == {"none"} or (kinds <= {"none", "contact", "droplet"} and shared)

    def clashes(
        self, bay: Sequence[Patient], beds: Sequence[str], *, single: bool
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Who lies with whom they should not, those of the other sex apart."""
        for k, (patient, bed_id) in enumerate(zip(bay, beds, strict=True)):
            sharing = tuple(other.patient_id for other, own in zip(bay[:k], beds[:k], strict=True) if own == bed_id)
            if sharing:
                yield patient.patient_id, sharing
            need = self.needs[patient.patient_id]
            around = [p.patient_id for p in bay if self.needs[p.patient_id].organism != need.organism]
            if need.isolation in ("contact", "droplet") and need.organism and around and not single:
                yield patient.patient_id, tuple(around)

    def lying(self, patient: Patient, bed: Bed, *, at_home: bool) -> float:
        """Points per day in a bed."""
        weights, need, ward = self.weights, self.needs[patient.patient_id], self.ward[bed.ward_id]
        single = self.single(bed)
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
        points = (
            weights.outlier * rank
            + weights.preferred * missing
            + weights.side_room * (single and needless)
            + weights.over_level * self.excess(patient, bed)
            + weights.escalation * (not ward.open)
        )
        closed = bed.status == "closed" or not (ward.open or self.escalation)
        return points + at_home * weights.breach * (self.wrong(patient, bed) + closed)

    def excess(self, patient: Patient, bed: Bed) -> int:
        """Levels of care above the need."""
        need, ward = self.needs[patient.patient_id], self.ward[bed.ward_id]
        must = max(LEVELS.index(need.level), LEVELS.index(need.wanted_level))
        return max(0, LEVELS.index(ward.level) - must)

    def entering(self, patient: Patient, bed: Bed, own: Bed | None) -> float:
        """Points, once, for levels above the need that a patient goes up to, or stays at in another bed."""
        level, need = str(self.ward[bed.ward_id].level), self.needs[patient.patient_id]
        lies = str(self.ward[own.ward_id].level) if own else "ward"
        given = LEVELS[: LEVELS.index(level) + 1]
        asked = LEVELS[: max(LEVELS.index(need.level), LEVELS.index(need.wanted_level)) + 1]
        return self.weights.enter_over_level * len(set(given) - set(asked) - set(LEVELS[: LEVELS.index(lies)]))
