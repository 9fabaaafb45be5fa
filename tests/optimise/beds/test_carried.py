from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds.assign import Arrival
from medalloc.optimise.beds.carried import bare_plan, carried, compiled_again, steadied
from medalloc.optimise.beds.placements import Outcome, outcome_of, placements_of
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.weights import BedSettings
from tests.optimise.beds.answered import lively, planned
from tests.optimise.hospitals import CLOSED, RESERVED, bay, hospital, waiting, ward


def lines(outcome):
    return [(line.patient_id, line.to_bed_id, line.starts_at) for line in placements_of(outcome)]


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_is_the_same_and_costs_the_same_where_more_beds_can_be_used(seed):
    made, outcome = lively(seed, escalation=False)
    unused = {place.bed_id for place in made.snapshot.beds if place.bed_id not in outcome.in_bed}
    beds = tuple(
        replace(place, status="available") if place.bed_id in unused and place.status in (CLOSED, RESERVED) else place
        for place in made.snapshot.beds
    )
    again = carried(outcome, compiled_again(outcome, replace(made.snapshot, beds=beds)))
    assert lines(again) == lines(outcome)
    assert all(new == pytest.approx(old) for new, old in zip(again.terms, outcome.terms, strict=True))


def test_the_same_people_with_other_locks():
    outcome = planned(hospital([ward()], bay("B", 2), [waiting("Q", 2)]))
    locked = compiled_again(outcome, given=Given(BedSettings(), Locks(keep=frozenset({"Q"}))))
    assert locked.situation.people == outcome.situation.people
    assert np.isfinite(outcome.compiled.problem.berths.cost).any()
    assert not np.isfinite(locked.problem.berths.cost).any()


def test_a_plan_without_reasons_has_the_lines_and_the_bound():
    _, outcome = lively(1)
    plan = bare_plan(outcome)
    assert plan.placements == tuple(placements_of(outcome))
    assert (plan.bound, plan.status) == (outcome.found.bound, outcome.found.status)
    assert {line.reasons for line in plan.placements} == {()}


def test_of_alike_beds_everybody_keeps_the_one_they_had():
    outcome = planned(hospital([ward()], bay("B", 5), [waiting("P", 9), waiting("Q", 6), waiting("R", 3)]))
    beds = dict(zip((0, 1, 2), ("B-5", "B-1", "B-3"), strict=True))
    moved = {i: Arrival(arrival.berth, beds[i], arrival.hours) for i, arrival in outcome.arrivals.items()}
    before = Outcome(outcome.compiled, outcome.found, moved)
    assert outcome_of(outcome.compiled, outcome.found).bed_ids != ("B-5", "B-1", "B-3")
    assert steadied(before, outcome.compiled, outcome.found).bed_ids == ("B-5", "B-1", "B-3")


@pytest.mark.parametrize("seed", range(6))
def test_nobody_shares_a_bed_for_keeping_to_what_was(seed):
    _, outcome = lively(seed)
    again = steadied(outcome, outcome.compiled, outcome.found)
    assert again.bed_ids == outcome.bed_ids
    for spans in again.in_bed.values():
        newcomers = [span for span in spans if span.newly]
        assert all(
            one.since >= other.until or other.since >= one.until for one in newcomers for other in spans if one != other
        )
