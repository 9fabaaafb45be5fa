from __future__ import annotations

import dataclasses
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from medalloc.domain.review import Decision, User, UserRole
from medalloc.store import Store, open_store
from medalloc.store.engine import make_engine, writing
from tests.store.examples import ADA, AT, before, decision, loaded, plan


def test_new_database_is_ready_at_once(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'state' / 'store.sqlite3'}") as store:
        assert store.current_snapshot() is None
        assert store.verify_audit() is None


def test_database_without_tables_is_not_made_by_the_way(tmp_path: Path) -> None:
    with (
        Store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as store,
        pytest.raises(OperationalError, match="snapshots"),
    ):
        store.current_snapshot()


def test_second_store_sees_what_the_first_has_done(url: str) -> None:
    """A reload, or a second browser on another server."""
    with Store(url) as first, Store(url) as second:
        snapshot_id, plan_id = loaded(first)
        made = first.decide(snapshot_id, decision(plan_id), saw=0)
        assert second.decisions(snapshot_id) == {"P3": made}
        assert second.revision(snapshot_id) == first.revision(snapshot_id)


def test_what_is_handed_out_are_frozen_dataclasses(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    handed = [
        store.current_snapshot(),
        store.latest_plan(snapshot_id),
        store.decisions(snapshot_id)["P3"],
        *store.snapshots(),
        *store.plans(snapshot_id),
        *store.audit_rows(),
        store.audit_head(),
    ]
    for found in handed:
        assert dataclasses.is_dataclass(found)
        assert type(found).__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_reader_does_not_wait_for_a_writer(store: Store, url: str) -> None:
    snapshot_id, _ = loaded(store)
    engine = make_engine(url)
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE snapshots SET name = 'half-way'"))
        started = time.perf_counter()
        found = store.current_snapshot()
        assert time.perf_counter() - started < 2
    engine.dispose()
    assert found is not None
    assert (found.snapshot_id, found.name) == (snapshot_id, "Tiny General")


def test_writer_waits_for_another_process_and_then_writes(store: Store, url: str) -> None:
    snapshot_id, plan_id = loaded(store)
    engine = make_engine(url)
    made: list[Decision] = []
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE audit_head SET seq = seq"))
        waiting = threading.Thread(target=lambda: made.append(store.decide(snapshot_id, decision(plan_id), saw=0)))
        waiting.start()
        time.sleep(0.3)
        assert made == []
    waiting.join(10)
    engine.dispose()
    assert [one.patient_id for one in made] == ["P3"]


def test_twenty_people_at_once_lose_nothing(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    patients = ["NA", "P3", "P4", "P5", "P7"]
    people = [User(f"manager {number}", UserRole.BED_MANAGER) for number in range(20)]

    def work(number: int) -> None:
        by, patient_id = people[number], patients[number % 5]
        store.save_plan(snapshot_id, plan(seed=number), before(), user=by)
        present = store.decisions(snapshot_id).get(patient_id)
        if present is None and number < 5:
            store.decide(snapshot_id, decision(plan_id, patient_id, by=by), saw=0)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(work, range(20)))
    assert len(store.plans(snapshot_id)) == 21
    assert set(store.decisions(snapshot_id)) == set(patients)
    assert store.audit_head().seq == 2 + 20 + 5
    assert store.verify_audit() is None


def test_closed_store_opens_again_when_asked(url: str) -> None:
    store = Store(url)
    store.save_snapshot(b"1", name="Tiny", at=AT, source="sample", user=ADA)
    store.close()
    assert store.current_snapshot() is not None
    store.close()
