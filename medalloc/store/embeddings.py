"""Sentence vectors under keyed hashes; the text itself is never here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sqlalchemy import Engine, select, text

from medalloc.store.engine import writing
from medalloc.store.tables import EmbeddingRow

_READ_AT_ONCE = 1_000
_WRITE_AT_ONCE = 5_000
_PUT = text("INSERT INTO embeddings (key, vector) VALUES (:key, :vector) ON CONFLICT (key) DO NOTHING")


class Embeddings:
    """A cache of sentence vectors that all processes share."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        self._writer = writing(engine)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The vectors that are known, by key."""
        found: dict[str, bytes] = {}
        with self._reader.begin() as connection:
            for chunk in chunks(keys, _READ_AT_ONCE):
                query = select(EmbeddingRow.key, EmbeddingRow.vector).where(EmbeddingRow.key.in_(chunk))
                found.update((key, vector) for key, vector in connection.execute(query))
        return found

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Keep vectors; a key that is already known keeps what it has."""
        for chunk in chunks(items, _WRITE_AT_ONCE):
            rows = [{"key": key, "vector": items[key]} for key in chunk]
            with self._writer.begin() as connection:
                connection.execute(_PUT, rows)


def chunks(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of at most so many."""
    remaining = iter(keys)
    while chunk := list(islice(remaining, size)):
        yield chunk
