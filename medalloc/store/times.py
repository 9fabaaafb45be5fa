"""Column types for the two kinds of time: moments of this system, and the hospital's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """When something was done here: kept in UTC, handed out with its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: UTC without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        return None if value is None else value.replace(tzinfo=UTC)


class HospitalTime(TypeDecorator[datetime]):
    """A time of the data, local to the hospital, as it was given."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database; a zone would be lost there without a word, so it is refused."""
        if value is not None and value.tzinfo is not None:
            raise ValueError("times of the data are local to the hospital and carry no zone")
        return value
