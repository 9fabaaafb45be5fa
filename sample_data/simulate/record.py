"""What the hospital's record says of a patient: mostly right, often blank, now and then out of date."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sample_data.simulate.model import SimBed, Stay
from sample_data.simulate.timing import edd

_BLANK_WITHOUT_BED = 0.5
_BLANK_IN_BED = 0.25
_STALE_SHARE = 0.03
_NO_READINESS_SHARE, _NO_BARRIER_SHARE = 0.25, 0.35
_BARRIERS = {  # as ward clerks, nurses and discharge teams put it
    "package_of_care": ("awaiting package of care", "POC", "care calls not in place", "D2A P1", "reablement slot"),
    "care_home": ("care home to assess", "placement", "nursing home assessment", "D2A P3", "awaiting NH vacancy"),
    "community_bed": ("awaiting rehabilitation bed", "community hospital", "D2A P2", "intermediate care bed"),
    "equipment": ("equipment at home", "hospital bed for home", "key safe", "commode delivery"),
    "housing": ("housing", "no fixed abode", "homeless team", "property not habitable"),
    "social_work": ("awaiting social work assessment", "SW allocation", "safeguarding", "Care Act assessment"),
    "therapy": ("therapy assessment", "OT home visit", "stairs with physio", "awaiting OT sign-off"),
    "medicines": ("awaiting TTO", "pharmacy", "TTAs", "blister pack"),
    "transport": ("transport to be booked", "PTS", "awaiting ambulance home", "stretcher crew"),
    "tests": ("awaiting scan report", "echo", "inpatient endoscopy", "MRI before discharge"),
    "family": ("family meeting", "family choosing home", "relative to be trained", "family away"),
}
FIELDS = (
    "patient_id name sex age status bed_id source waiting_since expected_at admitted_at edd readiness "
    "barrier specialty level isolation organism features moves fixed ethnicity deprivation"
).split()


def record_row(stay: Stay, bed: SimBed | None, at: datetime, rng: Random) -> dict[str, str]:
    """A row of patients.csv."""
    row = {
        "patient_id": stay.patient_id,
        "name": stay.name,
        "sex": stay.sex,
        "age": str(stay.age),
        "status": stay.status,
        "bed_id": stay.bed_id,
        "source": stay.source,
        "waiting_since": _time(stay.waiting_since),
        "expected_at": _time(stay.expected_at),
        "admitted_at": _time(stay.admitted_at),
        "readiness": stay.readiness if stay.status == "inpatient" else "",
        "moves": str(stay.moves),
        "fixed": "true" if stay.fixed else "false",
        "ethnicity": stay.ethnicity,
        "deprivation": str(stay.deprivation),
    }
    clinical = {
        "edd": _time(_recorded_edd(stay, at, rng)),
        "specialty": stay.specialty,
        "level": stay.level,
        "isolation": stay.isolation,
        "organism": stay.organism,
        "features": ";".join(sorted(stay.features)),
    }
    if rng.random() < _STALE_SHARE:
        _make_stale(stay, clinical, bed, rng)
    blank = _BLANK_IN_BED if stay.bed_id else _BLANK_WITHOUT_BED
    for name in ("edd", "specialty", "level", "isolation", "features"):
        if rng.random() < blank:
            clinical[name] = ""
    if not clinical["isolation"]:
        clinical["organism"] = ""
    if rng.random() < _NO_READINESS_SHARE:
        row["readiness"] = ""
    words = rng.choice(_BARRIERS[stay.barrier]) if stay.barrier else ""
    row["barrier"] = words if rng.random() >= _NO_BARRIER_SHARE else ""
    merged = row | clinical
    return {name: merged[name] for name in FIELDS}


def _time(time: datetime | None) -> str:
    return time.isoformat(timespec="minutes") if time else ""


def _recorded_edd(stay: Stay, at: datetime, rng: Random) -> datetime:
    """Wards hope: the recorded date is early more often than late."""
    known = edd(stay, at)
    if rng.random() < 0.6:
        return known
    shift = timedelta(days=rng.choice((-2, -1, -1, 1, 1)))
    earliest = stay.expected_at or at
    return known + shift if known + shift > earliest else known


def _make_stale(stay: Stay, clinical: dict[str, str], bed: SimBed | None, rng: Random) -> None:
    """Change one field to what was true yesterday; the present bed still satisfies the record."""
    options: list[tuple[str, str, str]] = []
    if bed is None or bed.is_single:
        options.append(("isolation", "none", "") if stay.isolation != "none" else ("isolation", "contact", "MRSA"))
    if bed is None or bed.ward.plan.level != "ward":
        options.append(("level", "hdu" if stay.level == "ward" else "ward", ""))
    options.append(("specialty", "acute_medicine" if stay.age > 16 else "paediatrics", ""))
    field, value, organism = rng.choice(options)
    if clinical[field] == value:
        return
    clinical[field] = value
    if field == "isolation":
        clinical["organism"] = organism
    stay.planted.add(f"stale_{field}")
