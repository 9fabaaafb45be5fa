from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DecisionError
from medalloc.store import Document, Store
from tests.store.correcting import read
from tests.store.examples import ADA, NOW

PAT = User("Pat", UserRole.PLANNER)
SAM = User("Sam", UserRole.ADMIN)
HOURS = {"level.icu": [12.0, 0.5], "mobility.hoist": [0.25, 0.75]}
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text()
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_document_comes_back_as_it_was_saved(store: Store) -> None:
    made = store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    assert made == Document("care_hours", "ours", HOURS, 1, "Pat", NOW)
    assert store.document("care_hours", "ours") == made


def test_unknown_document_is_none(store: Store) -> None:
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    assert store.document("weights", "ours") is None


def test_last_version_counts_and_all_are_kept(store: Store) -> None:
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    second = store.save_document("care_hours", "ours", HOURS | {"level.icu": [10.5, 0.5]}, saw=1, user=SAM)
    assert store.document("care_hours", "ours") == second
    assert [one.version for one in store.document_versions("care_hours", "ours")] == [2, 1]


def test_documents_of_a_kind_are_listed_by_name(store: Store) -> None:
    for name in ("winter", "base"):
        store.save_document("weights", name, {"waiting": 1.5}, saw=0, user=PAT)
    store.save_document("weights", "base", {"waiting": 2.5}, saw=1, user=PAT)
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    assert [(one.name, one.version) for one in store.documents("weights")] == [("base", 2), ("winter", 1)]


def test_stale_document_is_told_by_whom_and_when(store: Store) -> None:
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    with pytest.raises(DecisionError) as refused:
        store.save_document("care_hours", "ours", {}, saw=0, user=SAM)
    assert refused.value.changed == "Pat (planner) saved version 1 at 2026-03-05 08:17 UTC."


def test_version_that_never_was_is_refused(store: Store) -> None:
    with pytest.raises(DecisionError) as refused:
        store.save_document("care_hours", "ours", HOURS, saw=3, user=PAT)
    assert refused.value.changed == "The version that you saw is not known here."


def test_pages_of_every_snapshot_are_told(store: Store) -> None:
    numbers = [read(store), read(store, data=b"elsewhere", name="Other General")]
    before = [store.revision(number) for number in numbers]
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    assert [store.revision(number) for number in numbers] == [number + 1 for number in before]


def test_same_content_again_makes_no_version(store: Store) -> None:
    first = store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    rows = store.audit_head().seq
    assert store.save_document("care_hours", "ours", dict(reversed(HOURS.items())), saw=0, user=PAT) == first
    assert store.audit_head().seq == rows


def test_record_says_what_stood_there_before(store: Store) -> None:
    store.save_document("care_hours", "ours", HOURS, saw=0, user=PAT)
    store.save_document("care_hours", "ours", HOURS | {"level.icu": [10.5, 0.5]}, saw=1, user=SAM)
    first, second = store.audit_rows()
    assert (second.action, second.user, second.role) == ("save_document", "Sam", "admin")
    assert json.loads(first.detail)["was"] is None
    assert json.loads(second.detail)["was"] == {"level.icu": [12.0, 0.5]}


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.PLANNER, UserRole.ADMIN}))
def test_only_some_roles_may_edit(store: Store, role: UserRole) -> None:
    with pytest.raises(AccessError):
        store.save_document("care_hours", "ours", HOURS, saw=0, user=User("Kim", role))
    assert store.documents("care_hours") == ()


def test_of_six_servers_one_saves_each_version(store: Store, url: str) -> None:
    def race(number: int) -> bool:
        with Store(url) as server:
            try:
                server.save_document("weights", "base", {"waiting": number}, saw=0, user=PAT)
            except DecisionError:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(race, range(6))) == 1
    assert store.verify_audit() is None


@given(content=JSON)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_comes_back(content: object, store: Store) -> None:
    last = store.document("any", "thing")
    made = store.save_document("any", "thing", content, saw=last.version if last else 0, user=SAM)
    assert store.document("any", "thing") == made
    assert made.content == content


def test_heads_in_use_are_on_record(store: Store) -> None:
    store.note_heads({"version": "20260305-1"}, user=SAM)
    assert [(row.action, row.detail) for row in store.audit_rows()] == [("use_heads", '{"version": "20260305-1"}')]
    with pytest.raises(AccessError):
        store.note_heads({}, user=ADA)
