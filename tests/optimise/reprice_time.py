"""When people come and go, by docs/rules.md, a second time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from medalloc.domain.people import Patient
from medalloc.domain.requirements import Requirements
from medalloc.domain.snapshot import HospitalSnapshot

ON_DATE = {"ready": 0.85, "review": 0.75, "not_ready": 0.6, None: 0.7}


class Clock:
    """Slots, arrivals and departures of a hospital, in hours from the plan's moment."""

    def __init__(self, snapshot: HospitalSnapshot, needs: Mapping[str, Requirements], horizon_days: int) -> None:
        self.at, self.needs = snapshot.at, needs
        self.people = {p.patient_id: p for p in snapshot.patients}
        self.own = {p.patient_id: "" if p.status == "expected" else p.bed_id for p in snapshot.patients}
        self.edges = [0, 4, 8, 12, 16, 20, *(24 * day for day in range(1, horizon_days + 1))]

    def hours(self, moment: datetime) -> float:
        return (moment - self.at).total_seconds() / 3600

    def slot(self, hours: float) -> int:
        """The slot that contains a moment."""
        return sum(edge <= hours for edge in self.edges) - 1

    @cached_property
    def n_slots(self) -> int:
        return len(self.edges) - 1

    @cached_property
    def first(self) -> dict[str, float | None]:
        """Hours until each patient can first come; None: not in this plan."""
        return {patient_id: self._first(patient) for patient_id, patient in self.people.items()}

    def _first(self, patient: Patient) -> float | None:
        if patient.status != "expected":
            return 0.0
        if patient.expected_at is None or self.hours(patient.expected_at) >= self.edges[-1]:
            return None
        return max(0.0, self.hours(patient.expected_at))

    @cached_property
    def leaves(self) -> dict[str, float]:
        """Hours until each patient is expected to have left."""
        return {patient_id: self._leaves(patient) for patient_id, patient in self.people.items()}

    def _leaves(self, patient: Patient) -> float:
        start = self.first[patient.patient_id] or 0.0
        if patient.status == "expected" and patient.expected_at is not None:
            start = max(0.0, self.hours(patient.expected_at))
        if patient.edd is not None and self.hours(patient.edd) > start:
            return self.hours(patient.edd)
        stay = self.needs[patient.patient_id].stay
        if stay is None:
            return float("inf")
        minutes = int(start * 60) + max(1, -int(-stay.p50 * 1440 // 1))
        return minutes / 60

    def end(self, patient_id: str) -> int:
        """The slot at whose beginning a patient has left; newcomers keep the bed until it is clean."""
        hours = self.leaves[patient_id] + (0 if self.own[patient_id] else 2)
        return max(1, sum(edge < hours for edge in self.edges[:-1]))

    def left(self, patient: Patient, hours: float) -> float:
        if patient.edd is not None and self.hours(patient.edd) > 0:
            late = (hours - self.hours(patient.edd)) / 24
            on_date = ON_DATE[patient.readiness]
            return 1 - (1 - on_date) * math.exp(-late) if late >= 0 else on_date * math.exp(late)
        stay = self.needs[patient.patient_id].stay
        return stay.share_within(max(0.0, hours) / 24) if stay else 0.0
