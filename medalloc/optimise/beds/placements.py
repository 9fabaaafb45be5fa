"""From cells to beds, and from beds to the lines of a plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from medalloc.domain.people import PatientStatus
from medalloc.domain.places import Bed
from medalloc.domain.plan import Action, Placement, Violation
from medalloc.optimise.beds.problem import BedProblem
from medalloc.optimise.beds.soft import Prices
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.rules import Person, hold_from, ready_at


@dataclass(frozen=True)
class Outcome:
    """Where a plan puts everybody."""

    problem: BedProblem
    prices: Prices
    newcomers: Mapping[int, tuple[int, str]]
    """Cell and bed of those who come newly into one, by row."""

    @cached_property
    def bed_ids(self) -> tuple[str, ...]:
        """The bed in which each person ends up; "" for none."""
        return tuple(
            self.newcomers[i][1] if i in self.newcomers else person.bed_id
            for i, person in enumerate(self.problem.people)
        )

    @cached_property
    def in_bed(self) -> dict[str, Person]:
        """Who ends up in each bed."""
        return {bed: p for p, bed in zip(self.problem.people, self.bed_ids, strict=True) if bed}

    @cached_property
    def occupied_now(self) -> frozenset[str]:
        """Beds in which somebody lies now."""
        return frozenset(person.bed_id for person in self.problem.people if person.bed_id)

    @cached_property
    def breaches(self) -> tuple[Violation, ...]:
        """Hard rules that stay broken."""
        staying = [p for i, p in enumerate(self.problem.people) if p.bed_id and i not in self.newcomers]
        return standing_breaches(self.problem.snapshot, staying)

    def mates(self, person: Person, bed: Bed) -> list[Person]:
        """The others who end up in the bay of a bed."""
        beds = self.problem.snapshot.bay_beds[bed.ward_id, bed.bay_id]
        others = (self.in_bed.get(other.bed_id) for other in beds)
        return [other for other in others if other is not None and other != person]

    def ready(self, bed: Bed) -> datetime | None:
        """When somebody new could lie in a bed."""
        ward = self.problem.snapshot.ward_of[bed.ward_id]
        return ready_at(bed, ward, self.problem.at, occupied=bed.bed_id in self.occupied_now)


def choose_beds(problem: BedProblem, prices: Prices, cell_of: Mapping[int, int]) -> Outcome:
    """Give the newcomers of each cell a bed: the longest wait first, beds that stand empty first."""
    left = {person.bed_id for i, person in enumerate(problem.people) if i in cell_of}
    stays = {person.bed_id for i, person in enumerate(problem.people) if i not in cell_of}
    coming: defaultdict[int, list[int]] = defaultdict(list)
    for i, j in cell_of.items():
        coming[j].append(i)
    newcomers: dict[int, tuple[int, str]] = {}
    for j, rows in coming.items():
        rows.sort(key=lambda i: (-prices.remaining[i], problem.people[i].patient_id))
        free = [bed.bed_id for bed in problem.cells[j].beds if bed.bed_id not in stays]
        free.sort(key=lambda bed_id: (bed_id in left, bed_id))
        newcomers |= {i: (j, bed_id) for i, bed_id in zip(rows, free, strict=False)}
    return Outcome(problem, prices, newcomers)


def placements_of(outcome: Outcome) -> list[Placement]:
    """One line per person, without reasons."""
    standing = Counter(violation.patient_id for violation in outcome.breaches)
    weight = outcome.problem.settings.weights.breach
    return [
        _placement(outcome, i, weight * standing[person.patient_id]) for i, person in enumerate(outcome.problem.people)
    ]


def _placement(outcome: Outcome, i: int, breach: float) -> Placement:
    person = outcome.problem.people[i]
    to_bed_id = outcome.bed_ids[i]
    action = _action(outcome, i)
    starts_at = _starts_at(outcome, person, to_bed_id, action)
    edd = person.patient.edd or _expected_end(outcome, person, starts_at)
    return Placement(
        patient_id=person.patient_id,
        action=action,
        from_bed_id=person.bed_id,
        to_bed_id=to_bed_id,
        starts_at=starts_at,
        ends_at=edd if edd and starts_at and edd > starts_at else None,
        terms=_terms(outcome, i, breach),
    )


def _expected_end(outcome: Outcome, person: Person, starts_at: datetime | None) -> datetime | None:
    """The median end of the stay, to the minute, where the record names none."""
    stay = person.needs.stay
    if stay is None or starts_at is None:
        return None
    begins = starts_at if person.patient.status is PatientStatus.EXPECTED else outcome.problem.at
    return (begins + timedelta(days=stay.p50)).replace(second=0, microsecond=0)


def _action(outcome: Outcome, i: int) -> Action:
    person = outcome.problem.people[i]
    if i not in outcome.newcomers:
        inpatient = person.bed_id and person.patient.status is PatientStatus.INPATIENT
        return Action.STAY if inpatient else Action.WAIT
    if person.bed_id:
        return Action.TRANSFER
    later = outcome.problem.cells[outcome.newcomers[i][0]].ready_hours > 0
    return Action.HOLD if later or person.patient.status is PatientStatus.EXPECTED else Action.ADMIT


def _starts_at(outcome: Outcome, person: Person, bed_id: str, action: Action) -> datetime | None:
    at = outcome.problem.at
    if action is Action.WAIT:
        return None
    if action is not Action.HOLD:
        return at
    ready = outcome.ready(outcome.problem.snapshot.bed_of[bed_id])
    return max(ready or at, hold_from(person, at) or at)


def _terms(outcome: Outcome, i: int, breach: float) -> dict[str, float]:
    prices = outcome.prices
    if i in outcome.newcomers:
        j = outcome.newcomers[i][0]
        terms = {name: costs[i, j] for name, costs in prices.newly.items()}
    else:
        terms = {name: costs[i] for name, costs in prices.staying.items()} | {"breach": breach}
    return {name: float(value) for name, value in terms.items() if value}
