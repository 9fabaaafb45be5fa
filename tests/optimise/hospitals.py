"""Hospitals of a few beds, spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Patient, PatientStatus, Sex, Source
from medalloc.domain.places import Bed, BedStatus, Level, SexRule, Ward
from medalloc.domain.snapshot import HospitalSnapshot
from tests.optimise.random_hospital import Hospital

AT = datetime(2026, 3, 5, 10, 0)


def hospital(
    wards: Iterable[Ward], beds: Iterable[Bed], people: Iterable[Patient], *needs: Needs, at: datetime = AT
) -> Hospital:
    snapshot = HospitalSnapshot("Test", at, "Europe/London", tuple(wards), tuple(beds), tuple(people))
    return Hospital(snapshot, {known.patient_id: known for known in needs})


def ward(ward_id: str = "W", *, level: str = "ward", sex_rule: str = "same_bay", **fields: Any) -> Ward:
    return Ward(ward_id, level=Level(level), sex_rule=SexRule(sex_rule), **fields)


def bed(bed_id: str, *, ward_id: str = "W", features: Iterable[str] = (), **fields: Any) -> Bed:
    """A bed of the bay that its name begins with: B-1 stands in bay B."""
    return Bed(bed_id, ward_id, bed_id.partition("-")[0], frozenset(features), **fields)


def bay(name: str, size: int, *, ward_id: str = "W", features: Iterable[str] = ()) -> list[Bed]:
    return [bed(f"{name}-{k}", ward_id=ward_id, features=features) for k in range(1, size + 1)]


def person(patient_id: str, *, sex: str = "female", age: int = 50, **fields: Any) -> Patient:
    fields["status"] = PatientStatus(fields.get("status", "waiting"))
    fields["source"] = Source(fields["source"]) if fields.get("source") else None
    return Patient(patient_id, sex=Sex(sex), age=age, **fields)


def waiting(patient_id: str, hours: float, **fields: Any) -> Patient:
    return person(patient_id, waiting_since=AT - timedelta(hours=hours), **fields)


def inpatient(patient_id: str, bed_id: str, **fields: Any) -> Patient:
    return person(patient_id, bed_id=bed_id, status="inpatient", **fields)


def need(patient_id: str, *, soft: Iterable[str] = (), **values: str) -> Needs:
    """Needs by name, binding unless named in `soft`."""
    return Needs(patient_id, {NeedName(name): _need(name, value, name in soft) for name, value in values.items()})


def _need(name: str, value: str, soft: bool) -> Need:
    binding = Binding.SOFT if soft else Binding.HARD
    return Need(NeedName(name), value, 1.0, NeedSource.CLINICIAN, binding)


def needs_by_id(*needs: Needs) -> Mapping[str, Needs]:
    return {known.patient_id: known for known in needs}


CLEANING, CLOSED, RESERVED, OCCUPIED = BedStatus.CLEANING, BedStatus.CLOSED, BedStatus.RESERVED, BedStatus.OCCUPIED
