"""Why a plan does not give a bed to a patient: the rules that forbid it, or the price, by solving anew."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from medalloc.domain.answers import WhyNot
from medalloc.domain.plan import Rule, SolveStatus, Violation
from medalloc.optimise.beds.alternatives import row_of
from medalloc.optimise.beds.carried import bare_plan, compiled_again, steadied
from medalloc.optimise.beds.causes import basis_from
from medalloc.optimise.beds.changes import changes
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.locks import broken_locks
from medalloc.optimise.beds.making_way import made_way
from medalloc.optimise.beds.nearby import solve_nearby
from medalloc.optimise.beds.obstacles import of_bed, of_person, of_use
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.tried import difference, summed
from medalloc.optimise.stays.search import Found, SearchLimits


def why_not(outcome: Outcome, patient_id: str, bed_id: str, limits: SearchLimits) -> WhyNot:
    """Why the plan gives a patient another bed, or none.

    Where rules forbid the bed whatever else is done they are named at once. Otherwise everybody is placed anew around
    the patient in this bed, beginning with the plan; what that costs more is the price.

    Raises DataError for a patient whom the plan does not know.
    """
    started = time.perf_counter()
    i = row_of(outcome, patient_id)
    if outcome.bed_ids[i] == bed_id:
        return WhyNot(patient_id, bed_id, status=outcome.found.status, price=0.0, least_price=0.0)
    forbidden = tuple(dict.fromkeys(_forbidden(outcome, i, bed_id)))
    if forbidden:
        return WhyNot(patient_id, bed_id, forbidden, runtime_s=time.perf_counter() - started)
    pinned = compiled_again(outcome, given=_pinned(outcome.situation.given, patient_id, bed_id))
    broken = tuple(_lock_rules(outcome, pinned, patient_id, bed_id))
    if broken:
        return WhyNot(patient_id, bed_id, broken, runtime_s=time.perf_counter() - started)
    start, loose = made_way(outcome, pinned, i)
    left_s = max(0.05, limits.time_limit_s - (time.perf_counter() - started))
    found = solve_nearby(pinned.problem, start, loose, replace(limits, time_limit_s=left_s))
    answer = _answer(outcome, pinned, i, found)
    return replace(answer, bed_id=bed_id, runtime_s=time.perf_counter() - started)


def _forbidden(outcome: Outcome, i: int, bed_id: str) -> Iterator[Violation]:
    """What the record, people's decisions and the bed itself stand against."""
    situation, person = outcome.situation, outcome.situation.people[i]
    bed = situation.snapshot.bed_of.get(bed_id)
    if bed is None:
        yield Violation(Rule.USABLE_BED, person.patient_id, bed_id, "there is no such bed")
        return
    if not np.isfinite(situation.first_hours[i]):
        yield Violation(Rule.USABLE_BED, person.patient_id, bed_id, "the patient is not expected within the plan")
        return
    at_home = bed_id == person.bed_id
    for obstacle in of_person(outcome, i, bed_id):
        if obstacle.gives.code in ("locked", "kept_for") or not (at_home or obstacle.gives.code == "transfers_used"):
            yield obstacle.violation(person.patient_id)
    for obstacle in () if at_home else (*of_bed(outcome, i, bed), *of_use(outcome, bed)):
        yield obstacle.violation(person.patient_id)


def _pinned(given: Given, patient_id: str, bed_id: str) -> Given:
    return replace(given, locks=replace(given.locks, pins={**given.locks.pins, patient_id: bed_id}))


def _lock_rules(outcome: Outcome, pinned: Compiled, patient_id: str, bed_id: str) -> Iterator[Violation]:
    """Rules that the bed breaks for certain: by when it is free, or by those who are to stay in it or in its bay."""
    yield from (violation for violation in broken_locks(pinned.situation) if violation.patient_id == patient_id)
    most = outcome.compiled.problem.most_moves
    if pinned.problem.most_moves > most:
        yield Violation(Rule.MOVES, patient_id, bed_id, f"a plan may make {most} transfers, and others are locked")


def _answer(outcome: Outcome, pinned: Compiled, i: int, found: Found) -> WhyNot:
    person = outcome.situation.people[i]
    before = summed(outcome.terms)
    answer = WhyNot(person.patient_id, "", status=found.status)
    least = max(found.bound, outcome.found.bound) - sum(before.values())
    if found.status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        return replace(answer, least_price=None if found.status is SolveStatus.INFEASIBLE else least)
    after = steadied(outcome, pinned, found)
    terms: Mapping[str, float] = difference(before, summed(after.terms))
    price = sum(terms.values())
    asked_only = replace(basis_from(pinned.situation), locks=outcome.situation.locks)  # nobody has decided it
    bases = basis_from(outcome.situation), asked_only
    otherwise = changes(bare_plan(outcome), bare_plan(after), bases, first=person.patient_id)
    return replace(answer, price=price, least_price=min(least, price), terms=terms, changes=otherwise)
