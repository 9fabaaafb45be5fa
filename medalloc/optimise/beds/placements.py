"""From a solution to beds, and from beds to the lines of a plan.

What several people cost together is shared among them, so that every line says what it costs and the lines sum to
the plan: a flip by those who come to the bay and are of its new sex, in equal parts; the care hours that are
added above a ward's staff by those who come there, in proportion to their hours. A bay of two sexes costs the sex
that costs less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from medalloc.domain.people import PatientStatus
from medalloc.domain.places import Bed
from medalloc.domain.plan import Action, Placement, Violation
from medalloc.optimise.beds.assign import Arrival, Span, arrivals_of, spans_of
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.terms import terms_of
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.rules import leaves_at
from medalloc.optimise.stays.evaluate import presence
from medalloc.optimise.stays.problem import REMAINS, Costs, Ints
from medalloc.optimise.stays.search import Found


@dataclass(frozen=True)
class Outcome:
    """Where a plan puts everybody."""

    compiled: Compiled
    found: Found
    """What was solved; its `berth` is the solution."""
    arrivals: Mapping[int, Arrival]
    """By row, for those who come newly into a bed."""

    @property
    def situation(self) -> Situation:
        """What was planned for."""
        return self.compiled.situation

    @cached_property
    def berth(self) -> Ints:
        """Berth to which each person comes; `REMAINS` for none. (n,)."""
        berth = np.full(len(self.situation.people), REMAINS)
        for i, arrival in self.arrivals.items():
            berth[i] = arrival.berth
        return berth

    @cached_property
    def bed_ids(self) -> tuple[str, ...]:
        """The bed in which each person ends up; "" for none."""
        return tuple(
            self.arrivals[i].bed_id if i in self.arrivals else person.bed_id
            for i, person in enumerate(self.situation.people)
        )

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Everybody's time in every bed, in slots."""
        return spans_of(self.compiled, self.arrivals)

    @cached_property
    def in_bed(self) -> dict[str, tuple[Span, ...]]:
        """Who is in each bed, one after the other."""
        beds: dict[str, list[Span]] = {}
        for span in sorted(self.spans, key=lambda span: span.since):
            beds.setdefault(span.bed_id, []).append(span)
        return {bed_id: tuple(spans) for bed_id, spans in beds.items()}

    @cached_property
    def terms(self) -> tuple[dict[str, float], ...]:
        """What each person costs by soft rule; they sum to the objective."""
        return terms_of(self.compiled, self.berth, self.arrivals)

    @cached_property
    def used(self) -> tuple[Costs, ...]:
        """What people ask of each load of the problem, by slot. (s,) each."""
        problem = self.compiled.problem
        places = presence(problem, self.berth)
        found = []
        for load in problem.loads:
            inside = places.part(np.isin(places.cell, load.cells))
            found.append(inside.counted(np.zeros_like(inside.cell), 1, problem.n_slots, load.use[inside.person])[0])
        return tuple(found)

    @cached_property
    def breaches(self) -> tuple[Violation, ...]:
        """Hard rules that stay broken by those who remain."""
        return self._broken([i for i in range(len(self.situation.people)) if i not in self.arrivals])

    @cached_property
    def breaches_now(self) -> tuple[Violation, ...]:
        """Hard rules that are broken before anybody moves."""
        return self._broken(range(len(self.situation.people)))

    def in_bay(self, bed: Bed) -> list[Span]:
        """Everybody's time in the beds of a bay."""
        beds = self.situation.snapshot.bay_beds[bed.ward_id, bed.bay_id]
        return [span for other in beds for span in self.in_bed.get(other.bed_id, ())]

    def mates(self, i: int, bed: Bed, since: int, until: int) -> list[int]:
        """Rows of the others who are in the bay of a bed in some slot from `since` up to `until`."""
        spans = self.in_bay(bed)
        return [span.row for span in spans if span.row != i and span.since < until and since < span.until]

    def _broken(self, rows: Iterable[int]) -> tuple[Violation, ...]:
        people = [self.situation.people[i] for i in rows]
        lying = [person for person in people if person.bed_id]
        return standing_breaches(self.situation.snapshot, lying, escalation=self.situation.settings.escalation)


def outcome_of(compiled: Compiled, found: Found) -> Outcome:
    """The outcome of a solution, with exact beds and times."""
    return Outcome(compiled, found, arrivals_of(compiled, found.berth))


def placements_of(outcome: Outcome) -> list[Placement]:
    """One line per person, without reasons."""
    return [_placement(outcome, i) for i in range(len(outcome.situation.people))]


def _placement(outcome: Outcome, i: int) -> Placement:
    situation = outcome.situation
    person, action = situation.people[i], _action(outcome, i)
    starts_at = None if action is Action.WAIT else situation.at
    if i in outcome.arrivals:
        starts_at = situation.slots.moment(outcome.arrivals[i].hours)
    leaves = leaves_at(person, situation.at)
    return Placement(
        patient_id=person.patient_id,
        action=action,
        from_bed_id=person.bed_id,
        to_bed_id=outcome.bed_ids[i],
        starts_at=starts_at,
        ends_at=leaves if leaves and starts_at and leaves > starts_at else None,
        terms=outcome.terms[i],
    )


def _action(outcome: Outcome, i: int) -> Action:
    person = outcome.situation.people[i]
    if i not in outcome.arrivals:
        inpatient = person.bed_id and person.patient.status is PatientStatus.INPATIENT
        return Action.STAY if inpatient else Action.WAIT
    if person.patient.status is PatientStatus.EXPECTED or outcome.arrivals[i].hours > 0:
        return Action.HOLD
    return Action.TRANSFER if person.bed_id else Action.ADMIT
