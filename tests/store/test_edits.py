from __future__ import annotations

import dataclasses

from medalloc.domain.needs import NeedName
from medalloc.domain.review import User, UserRole
from medalloc.store import Store
from medalloc.store.edits import Edits
from tests.store.correcting import correction, read
from tests.store.examples import BO, NOW


def test_store_offers_edits(store: Store) -> None:
    assert isinstance(store, Edits)


def test_second_store_sees_what_the_first_has_changed(url: str) -> None:
    """A reload, or a second browser on another server."""
    with Store(url) as first, Store(url) as second:
        made = first.correct(read(first), correction(), saw=0)
        assert second.corrections("Tiny General") == {"P3": {NeedName.OXYGEN: made}}


def test_undo_happens_at_the_time_of_the_clock(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.undo_correction(snapshot_id, "P3", NeedName.OXYGEN, saw=1, user=BO)
    assert [kept.ended_at for kept in store.correction_history()] == [NOW]


def test_what_is_handed_out_are_frozen_dataclasses(store: Store) -> None:
    store.correct(read(store), correction(), saw=0)
    store.save_document("weights", "base", {"waiting": 1.5}, saw=0, user=User("Pat", UserRole.PLANNER))
    handed = [
        store.corrections("Tiny General")["P3"][NeedName.OXYGEN],
        *store.correction_history(),
        *store.documents("weights"),
    ]
    for found in handed:
        assert dataclasses.is_dataclass(found)
        assert type(found).__dataclass_params__.frozen  # type: ignore[attr-defined]
