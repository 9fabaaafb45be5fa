from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from medalloc.store import Store


def test_unknown_keys_are_left_out(store: Store) -> None:
    store.embeddings.put_many({"a": b"\x00\x01", "b": b""})
    assert store.embeddings.get_many(["a", "c", "b"]) == {"a": b"\x00\x01", "b": b""}


def test_nothing_asked_nothing_found(store: Store) -> None:
    store.embeddings.put_many({})
    assert store.embeddings.get_many([]) == {}


def test_known_key_keeps_what_it_has(store: Store) -> None:
    store.embeddings.put_many({"a": b"1"})
    store.embeddings.put_many({"a": b"2", "b": b"3"})
    assert store.embeddings.get_many(["a", "b"]) == {"a": b"1", "b": b"3"}


def test_two_writers_of_the_same_sentences_do_not_fail(store: Store) -> None:
    items = {f"{number:064x}": bytes(768) for number in range(3_000)}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(store.embeddings.put_many, [items, items]))
    assert len(store.embeddings.get_many(items)) == 3_000


def test_twenty_thousand_vectors_go_in_and_out_in_seconds(store: Store) -> None:
    items = {f"{number:064x}": number.to_bytes(4, "big") * 192 for number in range(20_000)}
    started = time.perf_counter()
    store.embeddings.put_many(items)
    written = time.perf_counter()
    assert store.embeddings.get_many(items) == items
    assert written - started < 5  # 0.3 s on an idle machine
    assert time.perf_counter() - written < 5
