"""Plans that a checker has passed, and what the next one begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc import pipeline
from medalloc import planned as module
from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Locks
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import SolveError
from medalloc.optimise.beds import keep_as_is
from medalloc.optimise.beds.situation import Given
from medalloc.planned import FOLLOWS, background_of, last_plan, plan, plan_to_keep_to
from medalloc.review.plan_settings import bed_settings
from medalloc.store import Store
from tests.conftest import MANAGER


def test_a_plan_that_the_checker_refuses_is_thrown_away(
    monkeypatch: pytest.MonkeyPatch, tiny: HospitalSnapshot, tiny_plan: tuple[BedPlan, BedPlan]
) -> None:
    made = tiny_plan[0]
    doubled = replace(made, placements=(*made.placements, made.placements[0]))
    monkeypatch.setattr(module, "plan_beside_nothing", lambda *_: (doubled, tiny_plan[1]))
    with pytest.raises(SolveError, match="checker"):
        plan(tiny, {}, bed_settings())


def test_a_plan_stands_beside_doing_nothing(tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]) -> None:
    made = plan(tiny, tiny_needs, bed_settings(seed=2))
    assert made.plan.seed == 2
    assert made.plan.objective < made.before.objective


def test_doing_nothing_costs_the_same_whatever_is_locked(
    tiny: HospitalSnapshot, tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]
) -> None:
    moved = next(one for one in tiny_plan[0].placements if one.action.moves)
    locks = Locks(pins={moved.patient_id: moved.to_bed_id})
    before = plan(tiny, tiny_needs, bed_settings(), locks).before
    assert before.placements == keep_as_is(tiny, tiny_needs, bed_settings()).placements


@pytest.mark.parametrize(("hours", "found"), [(0, True), (71, True), (72, False), (-1, False)])
def test_the_last_plan_counts_as_far_as_it_looks_ahead(
    planned: tuple[Store, int], tiny: HospitalSnapshot, hours: int, found: bool
) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    assert stored.plan.horizon_days == 3
    later = replace(tiny, at=tiny.at + timedelta(hours=hours))
    number = store.save_snapshot(b"later", name=tiny.name, at=later.at, source="upload", user=MANAGER)
    assert last_plan(store, number, later) == (stored if found else None)


def test_the_plan_of_another_hospital_does_not_count(planned: tuple[Store, int], tiny: HospitalSnapshot) -> None:
    store, _ = planned
    number = store.save_snapshot(b"other", name="Other", at=tiny.at, source="upload", user=MANAGER)
    assert last_plan(store, number, replace(tiny, name="Other")) is None


def test_a_plan_is_begun_with_the_last_one_and_keeps_to_it(tiny_plan: tuple[BedPlan, BedPlan]) -> None:
    background = background_of(tiny_plan[0])
    assert background.start == tiny_plan[0]
    assert background.reference == {one.patient_id: one.to_bed_id for one in tiny_plan[0].placements}
    assert background_of(None).reference == {}


def test_plans_keep_to_the_published_one_and_begin_with_the_last(
    planned: tuple[Store, int], tiny: HospitalSnapshot, tiny_plan: tuple[BedPlan, BedPlan]
) -> None:
    store, snapshot_id = planned
    first = store.latest_plan(snapshot_id)
    assert first is not None
    assert plan_to_keep_to(store, tiny, first) == first, "nothing is published yet"
    store.publish_plan(first.plan_id, saw=0, user=MANAGER)
    store.save_plan(snapshot_id, tiny_plan[1], tiny_plan[1], user=MANAGER)
    last = store.latest_plan(snapshot_id)
    assert last is not None
    assert last.plan_id > first.plan_id
    kept = plan_to_keep_to(store, tiny, last)
    assert kept == first
    background = background_of(last.plan, kept.plan)
    assert background.start == last.plan
    assert background.reference == {one.patient_id: one.to_bed_id for one in first.plan.placements}
    later = replace(tiny, at=tiny.at + timedelta(days=first.plan.horizon_days))
    assert plan_to_keep_to(store, later, last) == last, "the published plan does not look so far ahead"


def test_planning_again_goes_by_the_plan_that_is_there(
    planned: tuple[Store, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    seen = []

    def plan_beside_nothing(
        snapshot: HospitalSnapshot, needs: object, given: Given, on_progress: object
    ) -> tuple[BedPlan, BedPlan]:
        seen.append(given.background)
        return stored.plan, stored.plan

    monkeypatch.setattr(module, "plan_beside_nothing", plan_beside_nothing)
    arguments = {"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}
    pipeline.JOBS["beds"](arguments, lambda progress: True)
    pipeline.JOBS["replan"](arguments, lambda progress: True)
    assert seen == [background_of(stored.plan), background_of(stored.plan, around=True)]
    again = store.latest_plan(snapshot_id)
    assert again is not None
    assert again.made_with[FOLLOWS] == again.plan_id - 1
