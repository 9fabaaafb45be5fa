"""NEWS2, the national early warning score.

Reproduced from: Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medalloc.domain.people import Consciousness, Patient, Vitals

RESP_RATE = ((8, 3), (11, 1), (20, 0), (24, 2), (float("inf"), 3))
"""(highest value of the band, points), rates and pressures being whole numbers."""
SPO2_SCALE_1 = ((91, 3), (93, 2), (95, 1), (float("inf"), 0))
SPO2_SCALE_2_ON_AIR = ((83, 3), (85, 2), (87, 1), (float("inf"), 0))
SPO2_SCALE_2_ON_OXYGEN = ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2), (float("inf"), 3))
SYSTOLIC_BP = ((90, 3), (100, 2), (110, 1), (219, 0), (float("inf"), 3))
PULSE = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (float("inf"), 3))
TEMPERATURE = ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (float("inf"), 2))
"""[°C], to one decimal."""
OXYGEN = 2

ADULT_AGE = 16
"""NEWS2 is not for children under 16, whose normal rates and pressures differ (nor for pregnancy) [years]."""
EMERGENCY, URGENT = 7, 5
"""Totals from which the response is an emergency, and urgent."""

Bands = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class NewsScore:
    """NEWS2 of one complete set of vital signs."""

    total: int
    """0–20."""
    parts: Mapping[str, int]
    """Points by measurement; they sum to `total`."""

    @property
    def acuity_floor(self) -> int:
        """The acuity that the patient has at the least (1 most ill, 5: no floor)."""
        if self.total >= EMERGENCY:
            return 2
        return 3 if self.total >= URGENT or max(self.parts.values()) == 3 else 5


def news2(vitals: Vitals) -> NewsScore | None:
    """NEWS2 of a set of vital signs; None where one is missing.

    >>> from datetime import datetime
    >>> alert = Consciousness.ALERT
    >>> score = news2(Vitals("7", datetime(2026, 3, 1), 22, 95, False, True, 118, 93, alert, 38.4))
    >>> score.total, score.parts["spo2"]
    (7, 1)
    """
    if (
        vitals.resp_rate is None
        or vitals.spo2 is None
        or vitals.systolic_bp is None
        or vitals.pulse is None
        or vitals.consciousness is None
        or vitals.temperature is None
    ):
        return None
    parts = {
        "resp_rate": _points(round(vitals.resp_rate), RESP_RATE),
        "spo2": _points(round(vitals.spo2), _spo2_bands(vitals)),
        "oxygen": OXYGEN if vitals.on_oxygen else 0,
        "systolic_bp": _points(round(vitals.systolic_bp), SYSTOLIC_BP),
        "pulse": _points(round(vitals.pulse), PULSE),
        "consciousness": 0 if vitals.consciousness is Consciousness.ALERT else 3,
        "temperature": _points(round(vitals.temperature, 1), TEMPERATURE),
    }
    return NewsScore(sum(parts.values()), parts)


def last_score(patient: Patient, vitals: Iterable[Vitals]) -> NewsScore | None:
    """NEWS2 of the last complete set; None where there is none, or the patient is too young for NEWS2."""
    if patient.age < ADULT_AGE:
        return None
    for one in sorted(vitals, key=lambda v: v.taken_at, reverse=True):
        score = news2(one)
        if score is not None:
            return score
    return None


def _spo2_bands(vitals: Vitals) -> Bands:
    if not vitals.scale2:
        return SPO2_SCALE_1
    return SPO2_SCALE_2_ON_OXYGEN if vitals.on_oxygen else SPO2_SCALE_2_ON_AIR


def _points(value: float, bands: Bands) -> int:
    return bands[bisect_left(bands, value, key=lambda band: band[0])][1]
