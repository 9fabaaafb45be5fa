"""A patient at triage as numbers: vital signs, NEWS2 points, and what complaint and circumstances add."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from medalloc.domain.people import Consciousness, Sex
from medalloc.needs.models.complaints import GROUPS, groups_of, spelt_out, usual_level
from medalloc.needs.models.tfidf import Floats
from medalloc.needs.news2 import PULSE, RESP_RATE, SPO2_SCALE_1, SYSTOLIC_BP, TEMPERATURE, Bands

NORMAL_SPO2 = 96.0
"""From here on the saturation says nothing; not measured counts as normal, as it is measured where there is doubt."""
DEPTH = {
    Consciousness.ALERT: 1.0,
    Consciousness.CONFUSION: 2.0,
    Consciousness.VOICE: 2.0,
    Consciousness.PAIN: 3.0,
    Consciousness.UNRESPONSIVE: 4.0,
}
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class TriageCase:
    """What is known of a patient at triage; None: not known."""

    complaint: str
    age: float | None = None
    sex: Sex = Sex.OTHER
    by_ambulance: bool | None = None
    walked_in: bool | None = None
    injury: bool | None = None
    consciousness: Consciousness | None = None
    pain_score: float | None = None
    """0 (none) to 10."""
    systolic_bp: float | None = None
    pulse: float | None = None
    resp_rate: float | None = None
    temperature: float | None = None
    spo2: float | None = None


Row = dict[str, float]
"""Numbers of a case by name, NaN for what is not known."""


def _number(value: float | None) -> float:
    return NAN if value is None else float(value)


def _above(value: float, edge: float) -> float:
    return NAN if value != value else float(value >= edge)


def _below(value: float, edge: float) -> float:
    return NAN if value != value else float(value < edge)


def _points(value: float, bands: Bands) -> float:
    """Points of NEWS2; NaN where it was not measured."""
    return next((float(points) for highest, points in bands if value <= highest), NAN)


def _text(case: TriageCase, text: str) -> Row:
    groups = groups_of(text)
    named = {group.name for group in groups}
    level = usual_level(groups)
    return {
        **{group.name: float(group.name in named) for group in GROUPS},
        "usual_level": level,
        **{f"usually_{edge}": float(level <= edge) for edge in (2, 2.5, 3, 4, 4.5)},
        "ungrouped": float(not groups),
        "central": float(any(group.central for group in groups)),
        "acute": float(re.search("acute|sudden|severe", text) is not None),
        "discomfort": float("discomfort" in text),
        "pain_said": float(re.search("pain|ache|algia", text) is not None),
    }


def _age(case: TriageCase, text: str) -> Row:
    age = _number(case.age)
    old = _above(age, 65)
    return {"age": age, "old": old, "young": _below(age, 35), "old_by_level": old * usual_level(groups_of(text))}


def _sex(case: TriageCase, _text: str) -> Row:
    return {"male": NAN if case.sex is Sex.OTHER else float(case.sex is Sex.MALE)}


def _arrival(case: TriageCase, text: str) -> Row:
    ambulance = _number(case.by_ambulance)
    urgency = 5.0 - usual_level(groups_of(text))
    return {"ambulance": ambulance, "walked_in": _number(case.walked_in), "ambulance_by_level": ambulance * urgency}


def _injury(case: TriageCase, _text: str) -> Row:
    injury = _number(case.injury)
    return {"injury": injury, "injured_without_ambulance": injury * (1.0 - _number(case.by_ambulance))}


def _consciousness(case: TriageCase, _text: str) -> Row:
    depth = NAN if case.consciousness is None else DEPTH[case.consciousness]
    return {"depth": depth, "not_alert": _above(depth, 2), "to_pain_only": _above(depth, 3)}


def _pain(case: TriageCase, text: str) -> Row:
    score = _number(case.pain_score)
    central = float(any(group.central for group in groups_of(text)))
    return {
        "pain_score": score,
        "in_pain": _above(score, 1),
        "central_severe": central * _above(score, 7),
        "central_moderate": central * (_above(score, 4) - _above(score, 7)),
        "peripheral_mild": (1.0 - central) * (_above(score, 1) - _above(score, 4)),
        "peripheral_more": (1.0 - central) * _above(score, 4),
    }


def _resp_rate(case: TriageCase, _text: str) -> Row:
    rate = _number(case.resp_rate)
    points = _points(rate, RESP_RATE)
    return {"resp_rate": rate, "resp_rate_points": points, "fast": _above(rate, 22), "slow": _below(rate, 17)}


def _spo2(case: TriageCase, _text: str) -> Row:
    lack = max(0.0, NORMAL_SPO2 - (NORMAL_SPO2 if case.spo2 is None else case.spo2))
    return {
        "spo2_lack": lack,
        "spo2_points": _points(NORMAL_SPO2 - lack, SPO2_SCALE_1),
        "spo2_low": float(lack > 1),
        "spo2_very_low": float(lack > 5),
    }


def _systolic_bp(case: TriageCase, _text: str) -> Row:
    pressure = _number(case.systolic_bp)
    points = _points(pressure, SYSTOLIC_BP)
    low, high = _below(pressure, 100), _above(pressure, 171)
    return {"systolic_bp": pressure, "bp_points": points, "bp_low": low, "bp_high": high}


def _pulse(case: TriageCase, _text: str) -> Row:
    pulse = _number(case.pulse)
    shock_index = pulse / max(_number(case.systolic_bp), 1.0)
    points = _points(pulse, PULSE)
    return {"pulse": pulse, "pulse_points": points, "pulse_high": _above(pulse, 111), "shock_index": shock_index}


def _temperature(case: TriageCase, _text: str) -> Row:
    degrees = _number(case.temperature)
    return {"temperature": degrees, "temperature_points": _points(degrees, TEMPERATURE), "febrile": _above(degrees, 38)}


def _news2(case: TriageCase, text: str) -> Row:
    """The total of what was measured, as not all is at triage."""
    points = [
        _resp_rate(case, text)["resp_rate_points"],
        _spo2(case, text)["spo2_points"],
        _systolic_bp(case, text)["bp_points"],
        _pulse(case, text)["pulse_points"],
        _temperature(case, text)["temperature_points"],
        3.0 * (case.consciousness not in (None, Consciousness.ALERT)),
    ]
    return {"news2": float(np.nansum(points))}


PARTS: Mapping[str, Callable[[TriageCase, str], Row]] = {
    "text": _text,
    "age": _age,
    "sex": _sex,
    "arrival": _arrival,
    "injury": _injury,
    "consciousness": _consciousness,
    "pain": _pain,
    "resp_rate": _resp_rate,
    "spo2": _spo2,
    "systolic_bp": _systolic_bp,
    "pulse": _pulse,
    "temperature": _temperature,
    "news2": _news2,
}
"""What contributes to a reading, and the numbers that it gives."""
_SIZES = [len(part(TriageCase(""), "")) for part in PARTS.values()]
N_NUMBERS = sum(_SIZES)
COLUMNS = {name: slice(end - size, end) for name, size, end in zip(PARTS, _SIZES, accumulate(_SIZES), strict=True)}
"""Columns of each part."""


def triage_numbers(cases: Sequence[TriageCase]) -> Floats:
    """The numbers of cases, (n_cases, N_NUMBERS), NaN for what is not known."""
    rows = np.empty((len(cases), N_NUMBERS))
    for row, case in zip(rows, cases, strict=True):
        text = spelt_out(case.complaint)
        row[:] = [value for part in PARTS.values() for value in part(case, text).values()]
    return rows
