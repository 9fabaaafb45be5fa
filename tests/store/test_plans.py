from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from medalloc.domain.answers import Scarce
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DataError
from medalloc.store import Store
from tests.store.examples import ADA, AT, BO, NOW, PLACEMENTS, before, decision, loaded, plan


def test_snapshot_without_a_plan_has_none(store: Store) -> None:
    snapshot_id = store.save_snapshot(b"1", name="Tiny", at=AT, source="upload", user=ADA)
    assert store.latest_plan(snapshot_id) is None
    assert store.plans(snapshot_id) == ()


def test_plan_comes_back_as_it_was_made(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    found = store.latest_plan(snapshot_id)
    assert found is not None
    assert found.plan == plan()
    assert found.before == before()
    assert (found.plan_id, found.snapshot_id, found.made_at, found.made_by) == (
        plan_id,
        snapshot_id,
        NOW,
        "Ada",
    )
    assert store.plan(plan_id) == found


def test_plan_keeps_what_it_was_made_with_and_the_record_names_the_set(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    first = store.plan(plan_id)
    assert first is not None
    assert first.made_with == {}
    made_with = {"set": "winter", "version": 3, "limits": {"horizon_days": 5}}
    found = store.plan(store.save_plan(snapshot_id, plan(), before(), user=ADA, made_with=made_with))
    assert found is not None
    assert found.made_with == made_with
    written = json.loads(store.audit_rows()[-1].detail)
    assert (written["set"], written["version"]) == ("winter", 3)


def test_plan_over_time_comes_back_with_what_it_lacks(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    scarce = Scarce("W1", True, frozenset({"oxygen", "ensuite"}), AT + timedelta(hours=4), 3, 12.75)
    made = plan(horizon_days=5, scarce=(scarce,))
    found = store.plan(store.save_plan(snapshot_id, made, before(), user=ADA))
    assert found is not None
    assert found.plan == made


def test_latest_plan_is_the_one_made_last(store: Store) -> None:
    snapshot_id, first = loaded(store)
    second = store.save_plan(snapshot_id, plan(bound=28.5, status=SolveStatus.OPTIMAL), before(), user=BO)
    heads = store.plans(snapshot_id)
    assert [(head.plan_id, head.made_by, head.bound) for head in heads] == [
        (second, "Bo", 28.5),
        (first, "Ada", 27.0),
    ]
    assert heads[0].status is SolveStatus.OPTIMAL
    latest = store.latest_plan(snapshot_id)
    assert latest is not None
    assert latest.plan_id == second


def test_plan_without_placements_comes_back(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    empty = plan(placements=(), bound=float("-inf"), status=SolveStatus.NO_PLAN, weights={})
    store.save_plan(snapshot_id, empty, before(), user=ADA)
    latest = store.latest_plan(snapshot_id)
    assert latest is not None
    assert latest.plan == empty


def test_suggestions_can_be_queried_by_what_they_do(store: Store, url: str) -> None:
    _, plan_id = loaded(store)
    engine = create_engine(url)
    query = "SELECT patient_id, to_bed_id, penalty FROM suggestions WHERE plan_id = :plan AND action = 'transfer'"
    with engine.connect() as connection:
        rows = connection.execute(text(query), {"plan": plan_id}).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("NA", "09", 15.1)]


@pytest.mark.parametrize("placement", PLACEMENTS, ids=lambda placement: placement.patient_id)
def test_one_proposal_can_be_had_alone(store: Store, placement: object) -> None:
    snapshot_id, plan_id = loaded(store)
    assert store.proposal(snapshot_id, plan_id, placement.patient_id) == placement  # type: ignore[attr-defined]


def test_proposal_of_another_snapshot_is_not_found(store: Store) -> None:
    _, plan_id = loaded(store)
    other = store.save_snapshot(b"other", name="Other", at=AT, source="upload", user=ADA)
    assert store.proposal(other, plan_id, "P3") is None


def test_revision_grows_with_plans_and_decisions_and_with_nothing_else(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    seen = [store.revision(snapshot_id)]
    store.save_plan(snapshot_id, plan(), before(), user=ADA)
    seen.append(store.revision(snapshot_id))
    store.decide(snapshot_id, decision(plan_id), saw=0)
    seen.append(store.revision(snapshot_id))
    store.undo(snapshot_id, "P3", saw=1, user=ADA)
    seen.append(store.revision(snapshot_id))
    assert seen == sorted(set(seen))
    store.latest_plan(snapshot_id)
    store.decisions(snapshot_id)
    assert store.revision(snapshot_id) == seen[-1]


def test_plan_for_an_unknown_snapshot_is_refused(store: Store) -> None:
    with pytest.raises(DataError, match="no snapshot 41"):
        store.save_plan(41, plan(), before(), user=ADA)


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.BED_MANAGER, UserRole.ADMIN}))
def test_only_some_roles_may_plan_beds(store: Store, role: UserRole) -> None:
    snapshot_id, plan_id = loaded(store)
    with pytest.raises(AccessError):
        store.save_plan(snapshot_id, plan(), before(), user=User("Kim", role))
    assert [head.plan_id for head in store.plans(snapshot_id)] == [plan_id]
