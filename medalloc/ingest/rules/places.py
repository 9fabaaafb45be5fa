"""Rules for wards.csv and beds.csv."""

from __future__ import annotations

from medalloc.domain.places import FEATURES, SPECIALTIES, Bed, BedStatus, Ward
from medalloc.ingest.rules.rule import Finding, Known, Rule, own_word, refers, remark, unique
from medalloc.ingest.validate import Row


def ages_the_wrong_way_round(row: Row[Ward], _: Known) -> Finding | None:
    """`min_age` above `max_age`: exchanged, since rejecting the ward would lose its beds and patients."""
    ward = row.value
    if ward.min_age <= ward.max_age:
        return None
    message = f"should not be above max_age, {ward.max_age}: the two were exchanged"
    return remark("min_age", message, min_age=ward.max_age, max_age=ward.min_age)


def bed_without_bay(row: Row[Bed], known: Known) -> Finding | None:
    """Beds of a ward without a bay: one open bay together, said once a ward."""
    bed = row.value
    if bed.bay_id or known.earlier(row.record.line, "bay", bed.ward_id) is not None:
        return None
    return remark("bay_id", f"should name a bay: such beds of ward {bed.ward_id} count as one open bay")


def patient_in_a_shut_bed(row: Row[Bed], known: Known) -> Finding | None:
    """A patient in a closed or reserved bed: both are kept as they are."""
    bed = row.value
    if bed.status not in (BedStatus.CLOSED, BedStatus.RESERVED) or bed.bed_id not in known.occupied:
        return None
    line = known.occupied[bed.bed_id]
    return remark("status", f"should be occupied: the patient on line {line} of patients.csv lies in it")


def patient_in_a_free_bed(row: Row[Bed], known: Known) -> Finding | None:
    """A patient in a bed that is said to be available or in cleaning: the patient counts."""
    bed = row.value
    if bed.status not in (BedStatus.AVAILABLE, BedStatus.CLEANING) or bed.bed_id not in known.occupied:
        return None
    line = known.occupied[bed.bed_id]
    message = f"should be occupied, and is taken so: the patient on line {line} of patients.csv lies in it"
    return remark("status", message, status=BedStatus.OCCUPIED)


def rejected_patient_in_a_free_bed(row: Row[Bed], known: Known) -> Finding | None:
    """A bed that a rejected row of patients.csv names is not given away: somebody may lie in it."""
    bed = row.value
    if bed.status not in (BedStatus.AVAILABLE, BedStatus.CLEANING) or bed.bed_id in known.occupied:
        return None
    line = known.lost.get(bed.bed_id)
    if line is None:
        return None
    message = f"is taken as occupied: the rejected patient on line {line} of patients.csv may lie in it"
    return remark("status", message, status=BedStatus.OCCUPIED)


def occupied_by_nobody(row: Row[Bed], known: Known) -> Finding | None:
    """A bed that is said to be occupied, and no patient lies in it: it stays occupied."""
    bed = row.value
    if bed.status is not BedStatus.OCCUPIED or bed.bed_id in known.occupied or bed.bed_id in known.lost:
        return None
    return remark("status", "should be available: no patient lies in it; it is not given away")


WARD_RULES: tuple[Rule, ...] = (
    unique("wards.csv", "ward_id"),
    ages_the_wrong_way_round,
    own_word("wards.csv", "specialties", SPECIALTIES),
)
BED_RULES: tuple[Rule, ...] = (
    refers("ward_id", "wards.csv"),
    unique("beds.csv", "bed_id"),
    bed_without_bay,
    own_word("beds.csv", "features", FEATURES),
)
OCCUPANCY_RULES: tuple[Rule, ...] = (
    patient_in_a_shut_bed,
    patient_in_a_free_bed,
    rejected_patient_in_a_free_bed,
    occupied_by_nobody,
)
"""For beds.csv, once the patients are known."""
