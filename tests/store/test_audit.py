from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from medalloc.domain.review import RejectReason
from medalloc.store import AuditEntry, AuditHead, BrokenRow, Store
from medalloc.store.audit import GENESIS, chained_hash, first_break
from tests.store.examples import BO, decision, loaded, refusal

Chain = list[AuditEntry]


def chain(length: int) -> Chain:
    """A record of this many lines."""
    made: Chain = []
    prev = GENESIS
    for seq in range(1, length + 1):
        entry = AuditEntry(
            seq, "2026-03-05T08:17:30+00:00", "Ada", "bed_manager", "accept", 3, 5, f"P{seq}", "{}", prev, ""
        )
        entry = replace(entry, hash=chained_hash(entry))
        made.append(entry)
        prev = entry.hash
    return made


def head(entries: Chain) -> AuditHead:
    return AuditHead(entries[-1].seq, entries[-1].hash)


def test_whole_chain_has_no_break() -> None:
    entries = chain(7)
    assert first_break(entries, head(entries)) is None


def test_empty_record_has_no_break() -> None:
    assert first_break([], AuditHead(0, GENESIS)) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "2026-03-05T08:17:31+00:00"),
        ("user", "Adb"),
        ("role", "admin"),
        ("action", "reject"),
        ("snapshot_id", None),
        ("plan_id", 6),
        ("patient_id", "P40"),
        ("detail", '{"x": 1}'),
        ("hash", "f" * 64),
    ],
)
def test_altered_field_is_found(field: str, value: object) -> None:
    entries = chain(7)
    end = head(entries)
    entries[3] = replace(entries[3], **{field: value})
    assert first_break(entries, end) == BrokenRow(4, "altered")


def _rehashed(entries: Chain) -> Chain:
    """Whoever alters a line may give it a hash that fits."""
    altered = replace(entries[3], patient_id="P40")
    return [*entries[:3], replace(altered, hash=chained_hash(altered)), *entries[4:]]


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (lambda entries: [*entries[:3], *entries[4:]], BrokenRow(4, "missing")),
        (lambda entries: entries[:5], BrokenRow(6, "missing")),
        (lambda entries: entries[1:], BrokenRow(1, "missing")),
        (lambda entries: [entries[0], entries[2], entries[1], *entries[3:]], BrokenRow(2, "missing")),
        (_rehashed, BrokenRow(5, "does not follow the line before")),
    ],
)
def test_removed_swapped_and_forged_lines_are_found(tamper: Callable[[Chain], Chain], broken: BrokenRow) -> None:
    entries = chain(7)
    assert first_break(tamper(entries), head(entries)) == broken


def test_swapped_lines_with_their_numbers_swapped_too_are_found() -> None:
    entries = chain(7)
    end = head(entries)
    entries[1], entries[2] = replace(entries[2], seq=2), replace(entries[1], seq=3)
    assert first_break(entries, end) == BrokenRow(2, "does not follow the line before")


def test_decision_is_on_record_with_what_was_proposed_and_why(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    wanted = refusal(plan_id, "NA", by=BO, reason=RejectReason.NOT_THIS_WARD, comment="家属 asked")
    store.decide(snapshot_id, wanted, saw=0)
    line = store.audit_rows(patient_id="NA")[-1]
    assert (line.user, line.role, line.action) == ("Bo", "bed_manager", "reject")
    assert (line.snapshot_id, line.plan_id, line.patient_id) == (snapshot_id, plan_id, "NA")
    assert line.at == "2026-03-05T08:17:30.250000+00:00"
    assert json.loads(line.detail) == {
        "bed_id": "09",
        "comment": "家属 asked",
        "proposed": {"action": "transfer", "from": "04", "to": "09"},
        "reason": "not_this_ward",
        "version": 1,
    }


def test_rows_can_be_read_on_from_any_line(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    for patient_id in ("P3", "P4", "P5"):
        store.decide(snapshot_id, decision(plan_id, patient_id), saw=0)
    assert [row.seq for row in store.audit_rows(after=2, limit=2)] == [3, 4]


def test_record_of_a_store_verifies_against_its_head(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    assert store.verify_audit() is None
    assert store.audit_head() == AuditHead(3, store.audit_rows()[-1].hash)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET patient_id = 'P9' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"]
)
def test_database_refuses_to_change_the_record(store: Store, url: str, statement: str) -> None:
    loaded(store)
    engine = create_engine(url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert store.verify_audit() is None


def test_sqlite_refuses_to_replace_a_line(store: Store, url: str) -> None:
    """SQLite deletes what it replaces without asking the trigger on deletion."""
    loaded(store)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        replacement = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2"
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(replacement))
    engine.dispose()
    assert store.verify_audit() is None


def _tampered(url: str, statement: str) -> None:
    """Change the record as somebody would who owns the database file."""
    engine = create_engine(url)
    sqlite = ["DROP TRIGGER audit_no_UPDATE", "DROP TRIGGER audit_no_DELETE"]
    drop = sqlite if engine.dialect.name == "sqlite" else ["DROP TRIGGER audit_no_change ON audit"]
    with engine.begin() as connection:
        for command in [*drop, statement]:
            connection.execute(text(command))
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET patient_id = 'P4' WHERE seq = 4", BrokenRow(4, "altered")),
        ("DELETE FROM audit WHERE seq = 3", BrokenRow(3, "missing")),
        ("DELETE FROM audit WHERE seq = 5", BrokenRow(5, "missing")),
        ("UPDATE audit SET at = '2026-03-05T08:17:30.250001+00:00' WHERE seq = 1", BrokenRow(1, "altered")),
    ],
)
def test_tampering_behind_the_triggers_is_found(store: Store, url: str, statement: str, broken: BrokenRow) -> None:
    snapshot_id, plan_id = loaded(store)
    for patient_id in ("P3", "P5", "P7"):
        store.decide(snapshot_id, decision(plan_id, patient_id), saw=0)
    _tampered(url, statement)
    assert store.verify_audit() == broken


@pytest.fixture(scope="module")
def long_record() -> Chain:
    return chain(100_000)


def test_hundred_thousand_lines_verify_in_seconds(store: Store, url: str, long_record: Chain) -> None:
    names = list(AuditEntry.__dataclass_fields__)
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    rows = [{name: getattr(entry, name) for name in names} for entry in long_record]
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO audit ({columns}) VALUES ({places})"), rows)
        end = {"seq": len(rows), "hash": long_record[-1].hash}
        connection.execute(text("UPDATE audit_head SET seq = :seq, hash = :hash"), end)
    engine.dispose()
    started = time.perf_counter()
    assert store.verify_audit() is None
    assert time.perf_counter() - started < 15  # two seconds on a busy machine
