"""Patients without a bed: waiting now, or expected later."""

from __future__ import annotations

from random import Random

from sample_data.simulate.chance import split, weighted
from sample_data.simulate.model import Stay, WardPlan
from sample_data.simulate.state import draw_stay

WAITING_SHARE = 0.15
EXPECTED_SHARE = 0.10
_WAITING = {"ed": 66, "elective": 17, "transfer": 12, "repatriation": 5}
_EXPECTED = {"elective": 62, "transfer": 24, "repatriation": 14}
_DEMAND = {
    "acute_medicine": 11, "general_medicine": 10, "respiratory": 12, "cardiology": 10,
    "gastroenterology": 8, "renal": 5, "endocrinology": 4, "neurology": 4, "stroke": 6, "geriatrics": 14,
    "haematology_oncology": 4, "infectious_diseases": 5, "general_surgery": 10, "vascular": 3,
    "urology": 5, "orthopaedics": 10, "ent": 2, "gynaecology": 4, "paediatrics": 6, "critical_care": 2,
}  # fmt: skip


def draw_arrivals(beds: int, plans: list[WardPlan], step_downs: int, rng: Random) -> list[Stay]:
    """Those who wait (with the step-downs 15 per 100 beds) and those who are expected (10 per 100)."""
    demand = _demand_here(plans)
    waiting = max(0, round(WAITING_SHARE * beds) - step_downs)
    return _draw(waiting, "waiting", _WAITING, demand, rng) + _draw(
        round(EXPECTED_SHARE * beds), "expected", _EXPECTED, demand, rng
    )


def _demand_here(plans: list[WardPlan]) -> dict[str, float]:
    """A hospital without the ward does not take in such patients."""
    served = {specialty for plan in plans for specialty in plan.specialties if plan.level != "hdu"}
    return {name: float(weight) for name, weight in _DEMAND.items() if name in served}


def _draw(count: int, status: str, sources: dict[str, int], demand: dict[str, float], rng: Random) -> list[Stay]:
    stays = []
    for source, number in split(count, {name: float(weight) for name, weight in sources.items()}).items():
        for _ in range(number):
            stay = _one(source, demand, rng)
            stay.status, stay.source = status, source
            stays.append(stay)
    return stays


def _one(source: str, demand: dict[str, float], rng: Random) -> Stay:
    """Somebody who plausibly comes this way, at a level that the hospital has."""
    route = "transfer" if source == "repatriation" else source
    while True:
        specialty = weighted(rng, demand)
        stay = draw_stay(rng, specialty, ages=(0, 16) if specialty == "paediatrics" else (17, 130))
        stay.remaining_days = stay.los_days
        if route not in stay.condition.routes or (stay.level == "icu" and "critical_care" not in demand):
            continue
        if source != "ed" and specialty != "critical_care" and stay.acuity == 1:
            continue
        return stay
