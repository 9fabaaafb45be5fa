"""Outcomes of small hospitals, and what a judge says of a plan in which one patient is placed otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from medalloc.domain.plan import Locks
from medalloc.optimise.beds.placements import Outcome, placements_of
from medalloc.optimise.beds.situation import Background, Given
from medalloc.optimise.beds.solve import solve_beds
from medalloc.optimise.beds.weights import BedSettings
from tests.optimise.random_hospital import Hospital, random_hospital
from tests.optimise.reprice import Judge, State, Stay


def planned(made: Hospital, locks: Locks | None = None, **settings: Any) -> Outcome:
    """The best plan of a small hospital."""
    given = Given(BedSettings(**{"gap": 0.0, "time_limit_s": 20.0, **settings}), locks or Locks(), Background())
    return solve_beds(made.snapshot, made.needs, given)


def lively(seed: int, occupancy: float = 0.85, **settings: Any) -> tuple[Hospital, Outcome]:
    """A random hospital of 40 beds, with its plan."""
    made = random_hospital(seed, beds=40, waiting=6, expected=4, occupancy=occupancy, odd=0.12, misfit=0.1)
    return made, planned(made, **{"gap": 0.02, **settings})


def row(outcome: Outcome, patient_id: str) -> int:
    return [person.patient_id for person in outcome.situation.people].index(patient_id)


class Retrial:
    """What the rules as they are written say of an outcome."""

    def __init__(self, made: Hospital, outcome: Outcome) -> None:
        self._judge = Judge(made.snapshot, made.needs, outcome.situation.settings)
        hours = outcome.situation.slots.hours
        self.state: dict[str, Stay | None] = {}
        for line in placements_of(outcome):
            at = hours(line.starts_at) if line.starts_at else 0.0
            stay = Stay(line.to_bed_id, self._judge.slot(at), at) if line.action.moves else None
            self.state[line.patient_id] = stay
        self._hours = hours

    def otherwise(self, patient_id: str, bed_id: str, starts_at: datetime) -> State:
        """The state in which one patient goes elsewhere, or stays at home."""
        hours = self._hours(starts_at)
        home = self._judge.own[patient_id] == bed_id
        return {**self.state, patient_id: None if home else Stay(bed_id, self._judge.slot(hours), hours)}

    def difference(self, state: State) -> float:
        """Points that another state costs more."""
        return self._judge.cost(state) - self._judge.cost(self.state)

    def allowed(self, state: State) -> bool:
        """Whether nobody new shares a bed or a bay that may not, and not too many are moved."""
        return bool(self._judge.allowed(state))

    def suits(self, patient_id: str, bed_id: str) -> bool:
        """Whether a bed and its ward are what a patient needs."""
        return not self._judge.beds.wrong(self._judge.people[patient_id], self._judge.bed[bed_id])

    def timely(self, patient_id: str, bed_id: str, starts_at: datetime) -> bool:
        """Whether a patient may come, or remain, at a time."""
        stays = self._judge.options(self._judge.people[patient_id])
        home = self._judge.own[patient_id] == bed_id
        return home or any(stay and stay.bed_id == bed_id and stay.hours == self._hours(starts_at) for stay in stays)
