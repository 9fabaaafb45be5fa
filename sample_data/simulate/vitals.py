"""Vital signs that fit the acuity: NEWS2 of the last set never says more ill than the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sample_data.simulate.model import Stay

NEWS2_BANDS = {1: (7, 20), 2: (5, 6), 3: (1, 4), 4: (0, 2), 5: (0, 1)}
"""NEWS2 of the last set by acuity, for adults."""
QUIET_BAND = (1, 4)
"""The same for acuity 2 where the signs are still normal: a bleed, a chest pain, a day after surgery."""
_QUIET_SHARE = 0.12
_TRIES = 400


@dataclass(frozen=True, slots=True)
class VitalSet:
    """One set of vital signs, as it stands in vitals.csv."""

    taken_at: datetime
    resp_rate: int
    spo2: int
    scale2: bool
    on_oxygen: bool
    systolic_bp: int
    pulse: int
    consciousness: str
    temperature: float


def news2(vitals: VitalSet) -> int:
    """NEWS2 (Royal College of Physicians 2017), 0–20; only for people of 16 and over."""
    return (
        _band(vitals.resp_rate, ((8, 3), (11, 1), (20, 0), (24, 2)), 3)
        + (_spo2_scale2(vitals) if vitals.scale2 else _band(vitals.spo2, ((91, 3), (93, 2), (95, 1)), 0))
        + 2 * vitals.on_oxygen
        + _band(vitals.systolic_bp, ((90, 3), (100, 2), (110, 1), (219, 0)), 3)
        + _band(vitals.pulse, ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2)), 3)
        + (0 if vitals.consciousness == "A" else 3)
        + _band(vitals.temperature, ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1)), 2)
    )


def _band(value: float, limits: tuple[tuple[float, int], ...], above: int) -> int:
    return next((score for limit, score in limits if value <= limit), above)


def _spo2_scale2(vitals: VitalSet) -> int:
    if vitals.spo2 >= 93 and not vitals.on_oxygen:
        return 0
    return _band(vitals.spo2, ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2)), 3)


def draw_vitals(stay: Stay, at: datetime, rng: Random) -> list[VitalSet]:
    """Sets of the last day or two, oldest first; none for an elective patient who has not come yet."""
    if stay.status == "expected" and stay.source == "elective":
        return []
    last = at - timedelta(minutes=rng.randrange(10, 170, 5))
    if stay.status == "expected":
        last -= timedelta(hours=rng.randrange(1, 9))
    since = stay.admitted_at or stay.waiting_since or last
    last = max(last, min(at, since + timedelta(minutes=5)))
    every = {1: 1, 2: 3, 3: 5, 4: 7, 5: 11}[stay.acuity]
    times = [last - timedelta(hours=every * back, minutes=rng.randrange(0, 25)) for back in range(1, rng.randint(2, 5))]
    earlier = [time for time in reversed(times) if time >= since or stay.status == "expected"]
    worse = -1 if rng.random() < 0.6 else 1
    before = min(5, max(1, stay.acuity + worse))
    quiet = stay.acuity == 2 and rng.random() < _QUIET_SHARE
    sets = [_one(stay, time, before if rng.random() < 0.5 else stay.acuity, False, rng) for time in earlier]
    return [*sets, _one(stay, last, stay.acuity, quiet, rng)]


def _one(stay: Stay, taken_at: datetime, acuity: int, quiet: bool, rng: Random) -> VitalSet:
    if stay.is_child:
        return _child(stay, taken_at, acuity, rng)
    low, high = QUIET_BAND if quiet else NEWS2_BANDS[acuity]
    candidates = (_candidate(stay, taken_at, acuity, rng) for _ in range(_TRIES))
    return _closest(candidates, low, high)


def _closest(candidates: Iterable[VitalSet], low: int, high: int) -> VitalSet:
    """The first within the band, or else the one that misses it least."""
    misses: list[tuple[int, VitalSet]] = []
    for vitals in candidates:
        score = news2(vitals)
        misses.append((max(low - score, score - high, 0), vitals))
        if misses[-1][0] == 0:
            break
    return min(misses, key=lambda miss: miss[0])[1]


def _candidate(stay: Stay, taken_at: datetime, acuity: int, rng: Random) -> VitalSet:
    ill = max(0.0, rng.gauss({1: 1.5, 2: 0.9, 3: 0.4, 4: 0.1, 5: 0.0}[acuity], 0.35))
    on_oxygen = "oxygen" in stay.features or "ventilator" in stay.features
    target = 90.0 if stay.scale2 else 96.6 - 0.8 * on_oxygen
    return VitalSet(
        taken_at=taken_at,
        resp_rate=_near(rng, 16 + 5.5 * ill, 1.6, 9, 44),
        spo2=_near(rng, target - 1.7 * ill, 1.2, 78, 99 if not stay.scale2 else 92),
        scale2=stay.scale2,
        on_oxygen=on_oxygen,
        systolic_bp=_near(rng, 128 - 17 * ill + 0.2 * (stay.age - 60), 11, 66, 208),
        pulse=_near(rng, 76 + 19 * ill, 7, 42, 172),
        consciousness=_consciousness(stay, acuity, rng),
        temperature=round(min(40.4, max(35.2, rng.gauss(36.7 + 0.7 * ill, 0.4))), 1),
    )


def _near(rng: Random, mean: float, sd: float, low: int, high: int) -> int:
    return min(high, max(low, round(rng.gauss(mean, sd))))


def _consciousness(stay: Stay, acuity: int, rng: Random) -> str:
    if stay.is_ventilated:
        return rng.choice("VPPU")
    if stay.cognition == "delirium":
        return "C"
    if acuity == 1 and rng.random() < 0.3:
        return rng.choice("CVV")
    return "A"


def _child(stay: Stay, taken_at: datetime, acuity: int, rng: Random) -> VitalSet:
    """Normal for the age, and away from it the more ill the child; NEWS2 does not apply."""
    ill = {1: 1.0, 2: 0.7, 3: 0.35, 4: 0.12, 5: 0.0}[acuity] + rng.uniform(-0.05, 0.1)
    young = max(0.0, 1 - stay.age / 14)
    return VitalSet(
        taken_at=taken_at,
        resp_rate=_near(rng, 17 + 19 * young + 18 * ill, 2, 12, 80),
        spo2=_near(rng, 98 - 5 * ill, 0.8, 84, 100),
        scale2=False,
        on_oxygen="oxygen" in stay.features,
        systolic_bp=_near(rng, 112 - 24 * young, 6, 62, 140),
        pulse=_near(rng, 80 + 52 * young + 38 * ill, 6, 60, 215),
        consciousness="V" if acuity == 1 and rng.random() < 0.3 else "A",
        temperature=round(min(40.5, max(35.8, rng.gauss(36.9 + 1.3 * ill, 0.4))), 1),
    )
