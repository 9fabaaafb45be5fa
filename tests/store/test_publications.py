from __future__ import annotations

import pytest

from medalloc.errors import AccessError, DecisionError
from medalloc.store import Store
from tests.store.examples import ADA, BO, VIV, before, loaded, plan

HOSPITAL = "Tiny General"


def again(store: Store, snapshot_id: int) -> int:
    """A newer plan."""
    return store.save_plan(snapshot_id, plan(), before(), user=ADA)


def test_a_published_plan_has_a_number_an_author_and_a_time(store: Store) -> None:
    _, plan_id = loaded(store)
    made = store.publish_plan(plan_id, saw=0, user=ADA)
    assert (made.number, made.plan_id, made.hospital, made.by, made.withdrawn_at) == (1, plan_id, HOSPITAL, "Ada", None)
    assert store.published_plan(HOSPITAL) == made
    assert store.published_plan("Elsewhere") is None
    (line,) = (row for row in store.audit_rows() if row.action == "publish")
    assert (line.user, line.plan_id, line.detail) == ("Ada", plan_id, '{"hospital": "Tiny General", "number": 1}')


def test_numbers_count_up_and_are_never_given_again(store: Store) -> None:
    snapshot_id, first = loaded(store)
    store.publish_plan(first, saw=0, user=ADA)
    second = again(store, snapshot_id)
    assert store.publish_plan(second, saw=1, user=BO).number == 2
    store.withdraw_plan(HOSPITAL, 2, user=BO)
    standing = store.published_plan(HOSPITAL)
    assert standing is not None
    assert (standing.number, standing.plan_id) == (1, first)
    assert store.publish_plan(second, saw=1, user=BO).number == 3
    assert [(each.number, each.withdrawn_by) for each in store.published_plans(HOSPITAL)] == [
        (3, ""),
        (2, "Bo"),
        (1, ""),
    ]
    assert [row.action for row in store.audit_rows()][-4:] == ["plan", "publish", "withdraw", "publish"]


def test_a_double_click_publishes_once(store: Store) -> None:
    _, plan_id = loaded(store)
    first = store.publish_plan(plan_id, saw=0, user=ADA)
    assert store.publish_plan(plan_id, saw=0, user=ADA) == first
    assert len(store.published_plans(HOSPITAL)) == 1


def test_who_has_not_seen_what_was_published_is_told(store: Store) -> None:
    _, plan_id = loaded(store)
    store.publish_plan(plan_id, saw=0, user=ADA)
    with pytest.raises(DecisionError, match="published or withdrawn since") as refused:
        store.publish_plan(plan_id, saw=0, user=BO)
    assert refused.value.changed.startswith("Ada published plan No. 1 at ")


def test_a_plan_that_is_not_the_latest_is_not_published(store: Store) -> None:
    snapshot_id, first = loaded(store)
    newer = again(store, snapshot_id)
    with pytest.raises(DecisionError, match="not the latest") as refused:
        store.publish_plan(first, saw=0, user=BO)
    assert refused.value.changed.startswith(f"Ada made plan {newer} at ")
    with pytest.raises(DecisionError, match="no plan 99"):
        store.publish_plan(99, saw=0, user=BO)


def test_only_the_one_that_stands_is_withdrawn(store: Store) -> None:
    snapshot_id, first = loaded(store)
    with pytest.raises(DecisionError, match="not the one") as refused:
        store.withdraw_plan(HOSPITAL, 1, user=ADA)
    assert refused.value.changed == "No plan is published now."
    store.publish_plan(first, saw=0, user=ADA)
    store.publish_plan(again(store, snapshot_id), saw=1, user=ADA)
    with pytest.raises(DecisionError, match="not the one"):
        store.withdraw_plan(HOSPITAL, 1, user=BO)


def test_a_viewer_publishes_nothing(store: Store) -> None:
    _, plan_id = loaded(store)
    with pytest.raises(AccessError):
        store.publish_plan(plan_id, saw=0, user=VIV)
    store.publish_plan(plan_id, saw=0, user=ADA)
    with pytest.raises(AccessError):
        store.withdraw_plan(HOSPITAL, 1, user=VIV)


def test_publishing_is_a_change_that_others_see(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    seen = store.revision(snapshot_id)
    store.publish_plan(plan_id, saw=0, user=ADA)
    store.withdraw_plan(HOSPITAL, 1, user=ADA)
    assert store.revision(snapshot_id) == seen + 2
