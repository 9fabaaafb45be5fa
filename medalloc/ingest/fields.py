"""The kinds of cell: how each is read, and what would be right where it cannot be.

A blank cell never comes here: it is left out of the row, so that the default of its field holds.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from medalloc.domain.people import Consciousness, Isolation, NoteKind, PatientStatus, Readiness, Sex, Source
from medalloc.domain.places import BedStatus, Level, SexRule
from medalloc.domain.staff import AvailabilityKind, Role
from medalloc.domain.stock import Storage, Ven

SHOULD = "should"
"""Type of the errors raised here; their message is the whole sentence."""

E = TypeVar("E", bound=StrEnum)

_YEARS = range(1900, 2200)
_MOST = 1_000_000_000


def parse_moment(text: str, zone: ZoneInfo, *, end_of_day: bool = False) -> datetime:
    """A date and time in ISO 8601 as local time.

    A time with an offset is converted to the hospital's zone. A date alone means the start of the day;
    where it is a promise (`end_of_day`) it means 23:59, so that nothing is counted on before its time.

    Raises
    ------
    ValueError
        It is no such date and time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone).replace(tzinfo=None)
    if moment.year not in _YEARS:
        raise ValueError(text)
    if end_of_day and len(text) <= len("2026-03-05"):
        return moment.replace(hour=23, minute=59)
    return moment


def _moment(end_of_day: bool) -> PlainValidator:
    def read(text: str, info: ValidationInfo) -> datetime:
        try:
            return parse_moment(text, _zone(info), end_of_day=end_of_day)
        except (ValueError, OverflowError) as error:
            message = "should be a date and time such as 2026-03-05T14:30"
            raise PydanticCustomError(SHOULD, message) from error

    return PlainValidator(read)


def _zone(info: ValidationInfo) -> ZoneInfo:
    """The hospital's zone, which the reader passes as the context."""
    if not isinstance(info.context, ZoneInfo):
        raise TypeError("rows are validated with the hospital's zone as the context")
    return info.context


def _day(text: str) -> date:
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError as error:
        raise PydanticCustomError(SHOULD, "should be a date such as 2026-03-05") from error
    if day.year not in _YEARS:
        raise PydanticCustomError(SHOULD, "should be a date such as 2026-03-05")
    return day


def _clock(text: str) -> time:
    try:
        clock = time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise PydanticCustomError(SHOULD, "should be a time of day such as 07:00") from error
    return clock.replace(tzinfo=None)


def _choice(words: type[E]) -> PlainValidator:
    """Reads one word of an enum, in capital or small letters."""
    members = {str(member).lower(): member for member in words}
    message = f"should be one of {', '.join(words)}"

    def read(text: str) -> E:
        member = members.get(_plain(text))
        if member is None:
            raise PydanticCustomError(SHOULD, message)
        return member

    return PlainValidator(read)


def _plain(text: str) -> str:
    """A word as the domain spells it: `Negative Pressure` is `negative_pressure`."""
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def _words(text: str) -> tuple[str, ...]:
    """The words of a `;`-separated list, in order, each once."""
    return tuple(dict.fromkeys(word for part in text.split(";") if (word := _plain(part))))


def _word_set(text: str) -> frozenset[str]:
    return frozenset(_words(text))


def number(low: float = 0, high: float = _MOST, *, default: Any = ..., of: str = "") -> Any:
    """A field for a number within bounds, both included; `of` names what it counts."""
    return Field(default, ge=low, le=high, allow_inf_nan=False, description=f"a number{_range(low, high, of)}")


def reading() -> Any:
    """A field for a measured number, whose bounds a rule holds; None where it was not taken."""
    return Field(None, allow_inf_nan=False, description="a number")


def whole(low: int = 0, high: int = _MOST, *, default: Any = ..., of: str = "") -> Any:
    """A field for a whole number within bounds, both included; `of` names what it counts."""
    return Field(default, ge=low, le=high, description=f"a whole number{_range(low, high, of)}")


def _range(low: float, high: float, of: str) -> str:
    kind = f" of {of}" if of else ""
    return f"{kind}, {low} or more" if high == _MOST else f"{kind} from {low} to {high}"


Moment = Annotated[datetime, _moment(end_of_day=False)]
Promise = Annotated[datetime, _moment(end_of_day=True)]
"""A moment that is still to come."""
Day = Annotated[date, PlainValidator(_day)]
Clock = Annotated[time, PlainValidator(_clock)]
Word = Annotated[str, PlainValidator(_plain)]
Words = Annotated[tuple[str, ...], PlainValidator(_words)]
WordSet = Annotated[frozenset[str], PlainValidator(_word_set)]

LevelWord = Annotated[Level, _choice(Level)]
SexRuleWord = Annotated[SexRule, _choice(SexRule)]
BedStatusWord = Annotated[BedStatus, _choice(BedStatus)]
SexWord = Annotated[Sex, _choice(Sex)]
PatientStatusWord = Annotated[PatientStatus, _choice(PatientStatus)]
SourceWord = Annotated[Source, _choice(Source)]
ReadinessWord = Annotated[Readiness, _choice(Readiness)]
IsolationWord = Annotated[Isolation, _choice(Isolation)]
NoteKindWord = Annotated[NoteKind, _choice(NoteKind)]
ConsciousnessWord = Annotated[Consciousness, _choice(Consciousness)]
RoleWord = Annotated[Role, _choice(Role)]
AvailabilityKindWord = Annotated[AvailabilityKind, _choice(AvailabilityKind)]
VenWord = Annotated[Ven, _choice(Ven)]
StorageWord = Annotated[Storage, _choice(Storage)]
