from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DataError
from medalloc.store import SnapshotSource, Store
from medalloc.store.snapshots import content_hash
from tests.store.examples import ADA, AT, BO, NOW, VIV, loaded, zipped

FILES = {"beds.csv": "bed_id\n01\n", "hospital.toml": "name = 'Tiny'\n", "wards.csv": "ward_id\nW1\n"}


def save(store: Store, data: bytes, *, user: User = ADA, source: str = "upload") -> int:
    return store.save_snapshot(data, name="Tiny General", at=AT, source=source, user=user)


def test_empty_database_has_no_current_snapshot(store: Store) -> None:
    assert store.current_snapshot() is None
    assert store.snapshots() == ()


def test_snapshot_comes_back_with_its_data(store: Store) -> None:
    snapshot_id = save(store, b"PK\x00\xff data", source="folder")
    found = store.current_snapshot()
    assert found is not None
    assert (found.snapshot_id, found.name, found.at) == (snapshot_id, "Tiny General", AT)
    assert (found.loaded_at, found.loaded_by, found.source) == (NOW, "Ada", SnapshotSource.FOLDER)
    assert store.snapshot_data(snapshot_id) == b"PK\x00\xff data"


def test_last_loaded_snapshot_is_current(store: Store) -> None:
    first, second = save(store, b"1"), save(store, b"2")
    found = store.current_snapshot()
    assert found is not None
    assert found.snapshot_id == second
    assert [info.snapshot_id for info in store.snapshots()] == [second, first]


def test_same_data_keeps_its_number_and_becomes_current_again(store: Store) -> None:
    first, second, third = save(store, b"1"), save(store, b"2"), save(store, b"3")
    assert save(store, b"2", user=BO, source="sample") == second
    found = store.current_snapshot()
    assert found is not None
    assert (found.snapshot_id, found.loaded_by, found.source) == (second, "Bo", SnapshotSource.SAMPLE)
    assert [info.snapshot_id for info in store.snapshots()] == [second, third, first]


def test_same_data_keeps_its_plan(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    assert loaded(store) == (snapshot_id, plan_id + 1)


def test_same_folder_zipped_on_another_day_and_in_another_order_has_the_same_hash() -> None:
    backwards = dict(reversed(FILES.items()))
    assert zipped(FILES, year=2020) != zipped(backwards, year=2021)
    assert content_hash(zipped(FILES, year=2020)) == content_hash(zipped(backwards, year=2021))


@pytest.mark.parametrize(
    "changed",
    [
        FILES | {"beds.csv": "bed_id\n02\n"},
        {name: text for name, text in FILES.items() if name != "wards.csv"},
        {name.replace("wards", "staff"): text for name, text in FILES.items()},
    ],
)
def test_changed_folder_has_another_hash(changed: dict[str, str]) -> None:
    assert content_hash(zipped(changed)) != content_hash(zipped(FILES))


def test_unknown_snapshot_has_no_data(store: Store) -> None:
    with pytest.raises(DataError, match="no snapshot 41"):
        store.snapshot_data(41)


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.BED_MANAGER, UserRole.ADMIN}))
def test_only_some_roles_may_load_data(store: Store, role: UserRole) -> None:
    with pytest.raises(AccessError):
        save(store, b"1", user=User("Kim", role))
    assert store.snapshots() == ()


def test_unknown_source_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="internet"):
        save(store, b"1", source="internet")


def test_moment_with_a_zone_is_refused(store: Store) -> None:
    """The database would drop the zone without a word and shift the snapshot by hours."""
    with pytest.raises(Exception, match="carry no zone"):
        store.save_snapshot(b"1", name="Zoned", at=AT.replace(tzinfo=UTC), source="upload", user=ADA)


def test_load_is_on_record(store: Store) -> None:
    snapshot_id = save(store, b"1")
    (line,) = store.audit_rows()
    assert (line.user, line.action, line.snapshot_id) == ("Ada", "load", snapshot_id)


def test_revision_of_an_unknown_snapshot_is_zero(store: Store) -> None:
    assert store.revision(41) == 0


def test_clock_of_the_store_is_used(url: str) -> None:
    noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    ticks = iter([noon, noon + timedelta(minutes=7)])
    with Store(url, clock=lambda: next(ticks)) as store:
        save(store, b"1")
        save(store, b"2")
        assert [info.loaded_at.minute for info in store.snapshots()] == [7, 0]


def test_viewer_is_told_what_they_may_not_do(store: Store) -> None:
    with pytest.raises(AccessError, match=r"viewer.*load_data"):
        save(store, b"1", user=VIV)
