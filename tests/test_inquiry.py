"""Questions about a plan that is kept."""

from __future__ import annotations

import itertools

import pytest

from medalloc import inquiry, pipeline
from medalloc.domain.plan import Action
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.placements import Outcome
from medalloc.review import decisions
from medalloc.review.suggestions import suggestions
from medalloc.store import Store
from tests.conftest import MANAGER


@pytest.fixture
def asked(planned: tuple[Store, int], tiny: HospitalSnapshot) -> Outcome:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    return inquiry.outcome_of_plan(store, stored, tiny, pipeline.current_needs(store, snapshot_id, tiny))


def test_a_kept_plan_costs_what_it_cost_when_it_was_made(planned: tuple[Store, int], asked: Outcome) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    costs = {line.patient_id: line.penalty for line in stored.plan.placements}
    people = asked.situation.people
    assert {p.patient_id: sum(terms.values()) for p, terms in zip(people, asked.terms, strict=True)} == pytest.approx(
        costs
    )


def test_every_placed_patient_has_other_beds_and_each_adds_up(asked: Outcome) -> None:
    for i in asked.arrivals:
        found = inquiry.other_beds(asked, asked.situation.people[i].patient_id)
        assert found
        for one in found:
            assert one.bed_id != asked.arrivals[i].bed_id
            assert sum(one.terms.values()) == pytest.approx(one.difference, abs=1e-6)


def test_why_not_is_answered_for_every_bed(asked: Outcome) -> None:
    i = next(iter(asked.arrivals))
    patient_id = asked.situation.people[i].patient_id
    for bed in asked.situation.snapshot.beds:
        answer = inquiry.price_of(asked, patient_id, bed.bed_id)
        if answer.price is not None:
            assert answer.least_price is not None
            assert answer.least_price <= answer.price + 1e-9
            assert sum(answer.terms.values()) == pytest.approx(answer.price, abs=1e-6)
        else:
            assert answer.forbidden or answer.status in ("infeasible", "no_plan")


def test_a_closer_price_is_no_dearer_and_its_bound_no_lower(asked: Outcome) -> None:
    people, beds = asked.situation.people, asked.situation.snapshot.beds
    compared = 0
    for person, bed in itertools.product(people, beds):
        first = inquiry.price_of(asked, person.patient_id, bed.bed_id)
        closer = inquiry.closer_price_of(asked, person.patient_id, bed.bed_id)
        assert first.forbidden == closer.forbidden
        if first.price is not None:
            assert closer.price is not None
            assert closer.price <= first.price + 1e-6
            assert (closer.least_price or 0.0) >= (first.least_price or 0.0) - 1e-6
            compared += 1
    assert compared > 3


def test_who_waits_is_told_what_would_help(planned: tuple[Store, int], asked: Outcome) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    waits = [line.patient_id for line in stored.plan.placements if line.action is Action.WAIT]
    assert all(len(one.rules) <= 3 for who in waits for one in inquiry.would_help(asked, who))
    placed = [line.patient_id for line in stored.plan.placements if line.action is Action.ADMIT]
    assert [inquiry.would_help(asked, who) for who in placed] == [()] * len(placed)


def test_the_first_plan_changes_nothing_and_the_second_says_what(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    first = store.latest_plan(snapshot_id)
    assert first is not None
    assert inquiry.changed_by(store, first) == ()
    pipeline.JOBS["replan"]({"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}, lambda progress: True)
    second = store.latest_plan(snapshot_id)
    assert second is not None
    assert second.made_with["follows"] == first.plan_id
    otherwise = {
        line.patient_id
        for line in second.plan.placements
        if line.to_bed_id != first.plan.placement_of[line.patient_id].to_bed_id
    }
    assert otherwise <= {change.patient_id for change in inquiry.changed_by(store, second)}


def test_settings_are_those_that_the_plan_was_made_with(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    pipeline.JOBS["beds"](
        {"snapshot_id": snapshot_id, "user": "Ada", "role": "admin", "seed": 7}, lambda progress: True
    )
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    found = inquiry.settings_of(stored)
    assert (found.seed, found.horizon_days) == (7, stored.plan.horizon_days)
    assert found.weights.to_mapping() == pytest.approx(stored.plan.weights)


def test_a_refused_bed_is_why_a_patient_is_placed_otherwise(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    first = store.latest_plan(snapshot_id)
    assert first is not None
    move = suggestions(first.plan, first.before, {})[0]
    target = decisions.Target(snapshot_id, first.plan_id, move.patient_id)
    decisions.reject(store, MANAGER, target, decisions.RejectReason.NOT_THIS_WARD)
    pipeline.JOBS["replan"]({"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}, lambda progress: True)
    second = store.latest_plan(snapshot_id)
    assert second is not None
    changed = {change.patient_id: change for change in inquiry.changed_by(store, second)}
    assert [why.code for why in changed[move.patient_id].why] == ["refused"]
