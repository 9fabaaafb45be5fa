from __future__ import annotations

import pytest

from medalloc.domain.needs import Binding, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.errors import DataError
from medalloc.store import Store
from tests.store.examples import loaded


def found(*patients: str) -> dict[str, Needs]:
    piece = Evidence("n1", 3, 9, "on 2 L", 1.25)
    need = Need(NeedName.OXYGEN, "yes", 0.93, NeedSource.NOTE, Binding.HARD, evidence=(piece,))
    return {patient_id: Needs(patient_id, {NeedName.OXYGEN: need}, news2=7) for patient_id in patients}


def test_notes_that_were_never_read_have_no_needs(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    assert store.needs(snapshot_id) is None
    assert store.needs_model(snapshot_id) is None


def test_needs_come_back_with_their_evidence(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    store.save_needs(snapshot_id, "minilm-1", found("007", "NA", "P3"))
    assert store.needs(snapshot_id) == found("007", "NA", "P3")
    assert store.needs_model(snapshot_id) == "minilm-1"


def test_nothing_found_is_not_the_same_as_never_read(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    store.save_needs(snapshot_id, "minilm-1", {})
    assert store.needs(snapshot_id) == {}


def test_second_reading_replaces_the_first(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    store.save_needs(snapshot_id, "minilm-1", found("007", "NA", "P3"))
    before = store.revision(snapshot_id)
    store.save_needs(snapshot_id, "minilm-2", found("P3", "P4"))
    assert store.needs(snapshot_id) == found("P3", "P4")
    assert store.needs_model(snapshot_id) == "minilm-2"
    assert store.revision(snapshot_id) > before


def test_needs_of_an_unknown_snapshot_are_refused(store: Store) -> None:
    with pytest.raises(DataError, match="no snapshot 41"):
        store.save_needs(41, "minilm-1", found("007"))
