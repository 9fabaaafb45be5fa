"""Reads from snapshot and needs what the stay models ask for, and gives each patient's remaining days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from medalloc.domain.needs import Barrier, Cognition, Mobility, Need, NeedName, Needs
from medalloc.domain.people import Isolation, Patient, PatientStatus, Readiness, Source
from medalloc.domain.places import Level
from medalloc.domain.requirements import StayDays
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.models.stay import EDD, SHIPPED, WardStays, load_stays
from medalloc.needs.models.tfidf import Floats

__all__ = ["SHIPPED", "elapsed_days", "load_stays", "read_stay", "stay_features"]

DAY_S = 86_400.0
SPECIALTIES = tuple(
    "general_medicine acute_medicine respiratory cardiology gastroenterology renal endocrinology neurology stroke "
    "geriatrics haematology_oncology infectious_diseases general_surgery vascular urology orthopaedics ent gynaecology "
    "obstetrics paediatrics psychiatry critical_care".split()
)
RANKS: Mapping[NeedName, tuple[str, ...]] = {
    NeedName.LEVEL: tuple(Level),
    NeedName.READINESS: tuple(Readiness),
    NeedName.COGNITION: tuple(Cognition),
    NeedName.MOBILITY: tuple(Mobility),
    NeedName.OXYGEN: ("no", "yes"),
    NeedName.END_OF_LIFE: ("no", "yes"),
}
"""Needs whose values count 0, 1, …"""
NAMES = (
    *("age", "acuity", *map(str, RANKS), "isolated", "barrier", "moves", "here", EDD),
    *(f"source_{one}" for one in Source),
    *(f"specialty_{one}" for one in SPECIALTIES),
)
"""Of the features, in order."""


def read_stay(model: WardStays, snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> dict[str, StayDays]:
    """Remaining days of every patient by patient_id; of those still to come, from admission on."""
    patients = snapshot.patients
    if not patients:
        return {}
    found = model.quantiles(stay_features(snapshot, needs), elapsed_days(patients, snapshot.at))
    return {
        patient.patient_id: StayDays(*(round(float(day), 2) for day in row))
        for patient, row in zip(patients, found, strict=True)
    }


def elapsed_days(patients: Sequence[Patient], at: datetime) -> Floats:
    """Days since admission; 0 for those still to come, (n,)."""
    return np.asarray(
        [(at - one.admitted_at).total_seconds() / DAY_S if one.admitted_at else 0.0 for one in patients], dtype=float
    ).clip(min=0.0)


def stay_features(snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> Floats:
    """What is known of each patient, NaN where it is not, (n_patients, len(NAMES))."""
    rows = [_row(patient, needs.get(patient.patient_id), snapshot.at) for patient in snapshot.patients]
    return np.asarray([[row.get(name, np.nan) for name in NAMES] for row in rows], dtype=float).reshape(-1, len(NAMES))


def _row(patient: Patient, needs: Needs | None, at: datetime) -> dict[str, float]:
    row = {
        "age": float(patient.age),
        "moves": float(patient.moves),
        "here": float(patient.admitted_at is not None),
        EDD: _edd_days(patient, at),
        "acuity": float(_value(needs, NeedName.ACUITY, "") or "nan"),
    }
    for name, ranks in RANKS.items():
        value = _value(needs, name, _recorded(patient, name))
        row[str(name)] = float(ranks.index(value)) if value in ranks else np.nan
    isolation = _value(needs, NeedName.ISOLATION, patient.isolation or "")
    row["isolated"] = float(isolation != Isolation.NONE) if isolation else np.nan
    if patient.status is PatientStatus.INPATIENT:
        row["barrier"] = float(_value(needs, NeedName.BARRIER, patient.barrier) != Barrier.NONE)
    row |= _marks("source", [str(one) for one in Source], str(patient.source or ""))
    return row | _marks("specialty", SPECIALTIES, _value(needs, NeedName.SPECIALTY, patient.specialty))


def _marks(kind: str, values: Sequence[str], value: str) -> dict[str, float]:
    """1 for the value and 0 for the others; nothing where it is not known."""
    return {f"{kind}_{one}": float(one == value) for one in values} if value else {}


def _value(needs: Needs | None, name: NeedName, recorded: str) -> str:
    """What was read, unless it was too unsure; else what the record says."""
    need: Need | None = needs.by_name.get(name) if needs else None
    return recorded if need is None or need.abstained else str(need.value)


def _recorded(patient: Patient, name: NeedName) -> str:
    return {NeedName.LEVEL: patient.level, NeedName.READINESS: patient.readiness}.get(name) or ""


def _edd_days(patient: Patient, at: datetime) -> float:
    """Days from now, or from the expected admission, to the recorded date of discharge."""
    if patient.edd is None:
        return np.nan
    start = max(at, patient.expected_at) if patient.expected_at and not patient.admitted_at else at
    return (patient.edd - start).total_seconds() / DAY_S
