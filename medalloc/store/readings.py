"""Needs that were read, under keyed hashes of what they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Engine, delete, select, text

from medalloc.domain.needs import Needs
from medalloc.store.embeddings import chunks
from medalloc.store.engine import writing
from medalloc.store.needs_codec import dump_needs, load_needs
from medalloc.store.tables import ReadingRow

_AT_ONCE = 1_000
_PUT = text("INSERT INTO readings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING")


class Readings:
    """A cache of needs that all processes share."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        self._writer = writing(engine)

    def get_many(self, keys: Iterable[str]) -> dict[str, Needs]:
        """The needs that are known, by key."""
        found: dict[str, Needs] = {}
        with self._reader.begin() as connection:
            for chunk in chunks(keys, _AT_ONCE):
                query = select(ReadingRow.key, ReadingRow.value).where(ReadingRow.key.in_(chunk))
                found.update((key, load_needs(value.decode())) for key, value in connection.execute(query))
        return found

    def put_many(self, items: Mapping[str, Needs]) -> None:
        """Keep needs; a key that is already known keeps what it has."""
        for chunk in chunks(items, _AT_ONCE):
            rows = [{"key": key, "value": dump_needs(items[key]).encode()} for key in chunk]
            with self._writer.begin() as connection:
                connection.execute(_PUT, rows)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all others: of patients who have left, or whose notes have grown."""
        kept = set(keys)
        with self._writer.begin() as connection:
            gone = [key for key in connection.scalars(select(ReadingRow.key)) if key not in kept]
            for chunk in chunks(gone, _AT_ONCE):
                connection.execute(delete(ReadingRow).where(ReadingRow.key.in_(chunk)))
