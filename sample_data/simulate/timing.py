"""When each patient came, waits since, is expected, and may go."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sample_data.simulate.care import draw_barrier
from sample_data.simulate.chance import lognormal, weighted
from sample_data.simulate.model import Stay

_REVIEW_BARRIER_SHARE = 0.35
"""Of those who may be fit by tonight, how many wait for something else as well."""
_ELECTIVE_HOURS = (7, 8, 11, 13)


def set_times(stay: Stay, at: datetime, rng: Random) -> None:
    """Fill in every time of the stay, its moves and its readiness."""
    if stay.status == "expected":
        stay.expected_at = _expected_at(stay, at, rng)
    elif stay.bed_id:
        _set_inpatient_times(stay, at, rng)
    else:
        stay.waiting_since = _waiting_since(stay, at, rng)


def _expected_at(stay: Stay, at: datetime, rng: Random) -> datetime:
    day = at.date() + timedelta(days=weighted(rng, {0: 46, 1: 32, 2: 22}))
    if stay.source == "elective":
        hour, minute = rng.choice(_ELECTIVE_HOURS), rng.choice((0, 15, 30))
    else:
        hour, minute = rng.randrange(10, 21), rng.choice((0, 15, 30, 45))
    expected = datetime.combine(day, at.time()).replace(hour=hour, minute=minute)
    return expected if expected > at else expected + timedelta(days=1)


def _waiting_since(stay: Stay, at: datetime, rng: Random) -> datetime:
    median = {"ed": 5.5, "elective": 1.1, "transfer": 20.0, "repatriation": 30.0}[stay.source]
    hours = min(72.0, max(0.2, lognormal(rng, median, 0.65)))
    if stay.source == "elective":
        hours = min(hours, 1.4)
    return (at - timedelta(hours=hours)).replace(second=0, microsecond=0)


def _set_inpatient_times(stay: Stay, at: datetime, rng: Random) -> None:
    elapsed = max(0.15, stay.los_days - stay.remaining_days)
    admitted = at - timedelta(days=elapsed)
    stay.admitted_at = admitted.replace(second=0, microsecond=0)
    if stay.status == "inpatient":
        stay.source = _source(stay, rng)
    stay.moves = min(6, sum(rng.random() < 0.45 for _ in range(1 + int(elapsed / 3))))
    if stay.status == "waiting":
        hours = min(60.0, max(1.0, lognormal(rng, 12, 0.7)), elapsed * 20)
        stay.waiting_since = (at - timedelta(hours=hours)).replace(second=0, microsecond=0)
        stay.moves = max(1, stay.moves)
        return
    _set_readiness(stay, rng)
    stay.fixed = (stay.is_ventilated and rng.random() < 0.5) or stay.end_of_life


def _source(stay: Stay, rng: Random) -> str:
    odds = {"ed": 80, "transfer": 8, "repatriation": 3} if "ed" in stay.condition.routes else {"transfer": 6}
    if "elective" in stay.condition.routes:
        odds = odds | {"elective": 40}
    if stay.level == "ward" and stay.los_days > 6 and stay.condition.icu:
        odds = odds | {"step_down": 12}
    return weighted(rng, odds)


def _set_readiness(stay: Stay, rng: Random) -> None:
    if stay.level != "ward" or stay.acuity <= 2:
        return
    if stay.remaining_days < 0.75:
        stay.readiness = "ready" if rng.random() < 0.7 else "review"
    elif stay.remaining_days < 2.0:
        stay.readiness = "review" if rng.random() < 0.6 else "not_ready"
    elif stay.frailty >= 5 and rng.random() < 0.14:
        stay.readiness = "ready"  # fit, but with nowhere to go yet
    if stay.readiness == "ready":
        stay.acuity = max(stay.acuity, 3)
        if stay.remaining_days > 0.4 or rng.random() < 0.5:
            stay.barrier = draw_barrier(stay, rng)
    elif stay.readiness == "review" and rng.random() < _REVIEW_BARRIER_SHARE:
        stay.barrier = draw_barrier(stay, rng)


def edd(stay: Stay, at: datetime) -> datetime:
    """Expected date of discharge, at a time of day when patients leave."""
    start = stay.expected_at or at
    leaves = start + timedelta(days=stay.remaining_days)
    hour = min(19, max(10, leaves.hour))
    leaves = leaves.replace(hour=hour, minute=0, second=0, microsecond=0)
    return leaves if leaves > start else leaves + timedelta(days=1)
