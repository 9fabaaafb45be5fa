"""Short transactions, one after another where they write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from medalloc.store.engine import make_engine, writing
from medalloc.store.times import utc_now


class Transactions:
    """A database that is read and written in short transactions; safe to share between threads."""

    def __init__(self, url: str, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = make_engine(url)
        self._writer = writing(self._engine)
        self._clock = clock
        self._turn = threading.Lock()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        # Threads queue here: SQLite lets waiters sleep and ask again, and the unlucky ones wait for seconds.
        with self._turn, Session(self._writer) as session, session.begin():
            yield session
