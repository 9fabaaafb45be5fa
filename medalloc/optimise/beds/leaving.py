"""How likely a patient has left by a time: what a forecast says, else the expected discharge, else the stay."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from medalloc.domain.people import PatientStatus, Readiness
from medalloc.domain.requirements import StayDays
from medalloc.optimise.beds.slots import Slots
from medalloc.optimise.rules import Person
from medalloc.optimise.stays.problem import Costs

Departures = Mapping[str, StayDays]
"""By patient_id, how many days from the plan's moment a forecast gives until the patient leaves."""

ON_DATE_SHARE: Mapping[Readiness | None, float] = MappingProxyType(
    {Readiness.READY: 0.85, Readiness.REVIEW: 0.75, Readiness.NOT_READY: 0.6, None: 0.7}
)
"""Share of patients who have left by their expected date of discharge, by readiness; medalloc's default."""

LATE_HOURS = 24.0
"""Of the others, e^-1 stay longer than this beyond it, as if they left at a constant rate [hours]."""


def left_share(person: Person, slots: Slots, hours: Costs, departures: Departures) -> Costs:
    """Probability that a patient has left by each moment, 0–1.

    Parameters
    ----------
    hours : from the plan's moment on, any shape.
    """
    moments, where = np.unique(hours, return_inverse=True)
    shares = np.array([_left_by(person, slots, float(moment), departures) for moment in moments])
    return shares[where].reshape(hours.shape)


def _left_by(person: Person, slots: Slots, hours: float, departures: Departures) -> float:
    forecast = departures.get(person.patient_id)
    if forecast is not None:
        return forecast.share_within(max(0.0, hours) / 24)
    edd, start = person.patient.edd, _starts(person, slots)
    if edd is not None and slots.hours(edd) > start:
        return _by_date(hours - slots.hours(edd), ON_DATE_SHARE[person.patient.readiness])
    stay = person.needs.stay
    return stay.share_within(max(0.0, hours - start) / 24) if stay else 0.0


def _by_date(late: float, on_date: float) -> float:
    """By so many hours after the expected date; before it ever fewer."""
    away = float(np.exp(-abs(late) / LATE_HOURS))
    return 1.0 - (1.0 - on_date) * away if late >= 0 else on_date * away


def _starts(person: Person, slots: Slots) -> float:
    expected = person.patient.expected_at
    if person.patient.status is PatientStatus.EXPECTED and expected is not None:
        return max(0.0, slots.hours(expected))
    return 0.0
