from __future__ import annotations

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import StayDays
from medalloc.store import Store


def needs(patient_id: str, value: str) -> Needs:
    need = Need(NeedName.OXYGEN, value, 0.8, NeedSource.NOTE, Binding.SOFT)
    return Needs(patient_id, {NeedName.OXYGEN: need}, 3, StayDays(0.5, 2.0, 7.0))


def test_what_is_kept_comes_back(store: Store) -> None:
    store.readings.put_many({"a": needs("007", "yes"), "b": needs("NA", "no")})
    assert store.readings.get_many(["b", "c"]) == {"b": needs("NA", "no")}


def test_a_known_key_keeps_what_it_has(store: Store) -> None:
    store.readings.put_many({"a": needs("007", "yes")})
    store.readings.put_many({"a": needs("007", "no")})
    assert store.readings.get_many(["a"]) == {"a": needs("007", "yes")}


def test_others_are_forgotten(store: Store) -> None:
    store.readings.put_many({key: needs(key, "yes") for key in ("a", "b", "c")})
    store.readings.keep_only(["b", "never"])
    assert set(store.readings.get_many(["a", "b", "c"])) == {"b"}
