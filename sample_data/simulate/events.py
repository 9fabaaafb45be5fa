"""A log of stays from the door of the emergency department to the cleaned bed, with planted bottlenecks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from sample_data.simulate.chance import lognormal, weighted
from sample_data.simulate.model import Condition, SimWard, Stay
from sample_data.simulate.state import draw_stay

if TYPE_CHECKING:
    from sample_data.simulate.hospital import SimulatedHospital

CASES_PER_BED = 8.0
LOG_DAYS = 90
SLOW_PHARMACY = (13, 18)
"""Planted: take-home medicines ordered between these hours wait three times as long, on Fridays longer."""
NIGHT_CLEANING = (20, 6)
"""Planted: one cleaning team for the whole hospital between these hours."""
_FEW_DISCHARGES = 2.6
"""Planted: on the ward of `slow_ward` fit patients wait so many times as long for care at home."""


@dataclass(frozen=True, slots=True)
class Case:
    """A stay in the log."""

    case_id: str
    patient_id: str
    condition: Condition
    specialty: str
    source: str
    acuity: int
    ward_id: str
    los_days: float
    events: list[tuple[str, datetime]]
    is_closed: bool


def slow_ward(wards: Iterable[SimWard]) -> str:
    """The ward on which fit patients wait longest to leave."""
    long_stay = [ward.ward_id for ward in wards if ward.plan.code == "GER"]
    return long_stay[-1]


def draw_cases(hospital: SimulatedHospital, rng: Random) -> list[Case]:
    """Closed cases of the last 90 days, and the open ones of the patients who are here."""
    slow, at = slow_ward(hospital.wards), hospital.at
    open_beds = [bed for bed in hospital.beds if bed.ward.plan.is_open and bed.ward.plan.level == "ward"]
    count = round(CASES_PER_BED * len(hospital.beds))
    cases = [_closed(number, rng.choice(open_beds).ward, slow, at, rng) for number in range(1, count + 1)]
    ward_of = {bed.bed_id: bed.ward.ward_id for bed in hospital.beds}
    for stay in hospital.stays:
        if stay.status != "expected" and stay.source == "ed":
            cases.append(_open(len(cases) + 1, stay, ward_of.get(stay.bed_id, ""), at, rng))
    return cases


def _closed(number: int, ward: SimWard, slow: str, at: datetime, rng: Random) -> Case:
    specialty = weighted(rng, {name: 5.0 if rank == 0 else 1.0 for rank, name in enumerate(ward.plan.specialties)})
    stay = draw_stay(rng, specialty, ages=ward.plan.ages)
    source = "ed" if "ed" in stay.condition.routes else "elective"
    los = min(stay.los_days, 40.0)
    arrival = _arrival(at, los, rng)
    events = _front(arrival, source, (at - arrival).days, rng)
    occupied = events[-1][1]
    fit = _fit_time(occupied + timedelta(days=los), rng)
    review = occupied + timedelta(hours=lognormal(rng, 5.5, 0.6))
    events.append(("first_senior_review", min(review, fit - timedelta(minutes=20))))
    events += _back(fit, ward.ward_id == slow, stay.frailty, rng)
    left = dict(events)["left"]
    return Case(
        case_id=f"C{number:06d}",
        patient_id=f"P{200_000 + number * 7:06d}",
        condition=stay.condition,
        specialty=specialty,
        source=source,
        acuity=stay.acuity,
        ward_id=ward.ward_id,
        los_days=round((left - arrival).total_seconds() / 86400, 2),
        events=[(activity, time) for activity, time in events if time <= at],
        is_closed=left <= at,
    )


def _arrival(at: datetime, los: float, rng: Random) -> datetime:
    """More by day than by night, early enough for the stay to be over."""
    day = at - timedelta(days=rng.uniform(los + 1.5, LOG_DAYS + los))
    hour = int(weighted(rng, {str(hour): 1.0 if hour < 8 else 3.2 if hour < 21 else 2.0 for hour in range(24)}))
    return day.replace(hour=hour, minute=rng.randrange(60), second=0, microsecond=0)


def _after(time: datetime, median_minutes: float, sigma: float, rng: Random) -> datetime:
    return time + timedelta(minutes=max(1.0, lognormal(rng, median_minutes, sigma)))


def _front(arrival: datetime, source: str, days_ago: int, rng: Random) -> list[tuple[str, datetime]]:
    """From the door to the bed; crowding has grown over the last three weeks."""
    crowded = 1.35 if days_ago < 21 else 1.0
    if source != "ed":
        requested = _after(arrival, 20, 0.4, rng)
        assigned = _after(requested, 45, 0.7, rng)
        return _to_bed([("arrival", arrival), ("bed_requested", requested), ("bed_assigned", assigned)], crowded, rng)
    triage = _after(arrival, 14 * crowded, 0.6, rng)
    decision = _after(triage, 165, 0.5, rng)
    requested = _after(decision, 12, 0.6, rng)
    assigned = _after(requested, 150 * crowded, 0.8, rng)
    events = [
        ("arrival", arrival),
        ("triage", triage),
        ("decision_to_admit", decision),
        ("bed_requested", requested),
    ]
    return _to_bed([*events, ("bed_assigned", assigned)], crowded, rng)


def _to_bed(events: list[tuple[str, datetime]], crowded: float, rng: Random) -> list[tuple[str, datetime]]:
    ready = _after(events[-1][1], 40 * crowded, 0.9, rng)
    return [*events, ("bed_ready", ready), ("bed_occupied", _after(ready, 38, 0.6, rng))]


def _fit_time(time: datetime, rng: Random) -> datetime:
    """Patients are declared fit on ward rounds."""
    return time.replace(hour=rng.choice((8, 9, 9, 10, 10, 11, 12, 14, 16)), minute=rng.randrange(60)) + timedelta(
        days=1
    )


def _back(fit: datetime, on_slow_ward: bool, frailty: int, rng: Random) -> list[tuple[str, datetime]]:
    """From fit to the clean bed."""
    waits_for_care = frailty >= 5 and rng.random() < 0.4
    if waits_for_care:
        hours = lognormal(rng, 30, 0.8) * (_FEW_DISCHARGES if on_slow_ward else 1)
        fit_to_order = _next_working_hour(fit + timedelta(hours=min(hours, 400)))
    else:
        fit_to_order = _after(fit, 55 * (_FEW_DISCHARGES if on_slow_ward else 1), 0.6, rng)
    slow = SLOW_PHARMACY[0] <= fit_to_order.hour < SLOW_PHARMACY[1]
    ready = _after(fit_to_order, (210 if fit_to_order.weekday() == 4 else 165) if slow else 62, 0.5, rng)
    booked = _after(fit_to_order, 35, 0.6, rng)
    left = _after(max(ready, booked), 70, 0.6, rng)
    at_night = left.hour >= NIGHT_CLEANING[0] or left.hour < NIGHT_CLEANING[1]
    clean = _after(left, 150 if at_night else 32, 0.5, rng)
    return [
        ("fit_for_discharge", fit),
        ("tto_ordered", fit_to_order),
        ("tto_ready", ready),
        ("transport_booked", booked),
        ("left", left),
        ("bed_clean_start", clean),
        ("bed_clean_end", _after(clean, 38, 0.35, rng)),
    ]


def _next_working_hour(time: datetime) -> datetime:
    if 9 <= time.hour < 17:
        return time
    morning = time.replace(hour=9 + time.minute % 4)
    return morning if morning > time else morning + timedelta(days=1)


def _open(number: int, stay: Stay, ward_id: str, at: datetime, rng: Random) -> Case:
    """What the log has of a patient who is still here."""
    here = stay.admitted_at or stay.waiting_since or at
    if stay.admitted_at:
        events = _front(here - timedelta(hours=30), "ed", (at - here).days, rng)
        shift = here - events[-1][1]
        events = [(activity, time + shift) for activity, time in events]
        events.append(("first_senior_review", _after(here, 330, 0.6, rng)))
        if stay.readiness == "ready":
            events.append(("fit_for_discharge", at - timedelta(minutes=rng.randrange(30, 2000))))
    else:
        triage = here - timedelta(minutes=lognormal(rng, 150, 0.4))
        arrival = triage - timedelta(minutes=lognormal(rng, 16, 0.5))
        requested = here + timedelta(minutes=rng.randrange(2, 11))
        events = [
            ("arrival", arrival),
            ("triage", triage),
            ("decision_to_admit", here),
            ("bed_requested", requested),
        ]
    return Case(
        case_id=f"C{number:06d}",
        patient_id=stay.patient_id,
        condition=stay.condition,
        specialty=stay.specialty,
        source=stay.source,
        acuity=stay.acuity,
        ward_id=ward_id,
        los_days=0.0,
        events=[(activity, time) for activity, time in events if time <= at],
        is_closed=False,
    )


_AT_THE_DOOR = {"arrival", "triage", "decision_to_admit", "bed_requested"}


def event_rows(cases: Iterable[Case]) -> Iterable[dict[str, object]]:
    """The rows of events.csv, case by case in order of time."""
    for case in cases:
        for activity, time in sorted(case.events, key=lambda event: event[1]):
            yield {
                "case_id": case.case_id,
                "patient_id": case.patient_id,
                "activity": activity,
                "at": time.isoformat(timespec="minutes"),
                "ward_id": "" if activity in _AT_THE_DOOR else case.ward_id,
                "specialty": case.specialty,
                "source": case.source,
            }


def outcome_rows(cases: Iterable[Case], rng: Random) -> Iterable[dict[str, object]]:
    """The rows of outcomes.csv, for cases that are over."""
    for case in cases:
        if not case.is_closed:
            continue
        died = rng.random() < {1: 0.16, 2: 0.05, 3: 0.018, 4: 0.006, 5: 0.002}[case.acuity]
        yield {
            "case_id": case.case_id,
            "los_days": case.los_days,
            "readmitted_30d": "true" if not died and rng.random() < 0.11 else "false",
            "died": "true" if died else "false",
            "expected_los_days": round(case.condition.los_days * 1.25, 2),
        }
