from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from medalloc.domain.people import Consciousness, NoteKind
from medalloc.domain.places import Level
from medalloc.ingest import fields

LONDON = ZoneInfo("Europe/London")


def read(kind, text):
    return TypeAdapter(kind).validate_python(text, context=LONDON)


def complaint(kind, text):
    with pytest.raises(ValidationError) as caught:
        read(kind, text)
    return caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-05T14:30", datetime(2026, 3, 5, 14, 30)),
        ("2026-03-05 14:30:15", datetime(2026, 3, 5, 14, 30, 15)),
        ("2026-07-05T14:30:00Z", datetime(2026, 7, 5, 15, 30)),
        ("2026-03-05T14:30+08:00", datetime(2026, 3, 5, 6, 30)),
        ("2026-03-05", datetime(2026, 3, 5)),
    ],
    ids=["minutes", "space", "UTC in summer", "China", "date alone"],
)
def test_moment(text, moment):
    assert read(fields.Moment, text) == moment


def test_date_alone_as_a_promise_is_the_end_of_the_day():
    assert read(fields.Promise, "2026-03-05") == datetime(2026, 3, 5, 23, 59)
    assert read(fields.Promise, "2026-03-05T09:15") == datetime(2026, 3, 5, 9, 15)


@pytest.mark.parametrize(
    "text", ["yesterday", "05/03/2026 14:30", "2026-02-30", "0001-01-01T00:00+14:00", "3026-01-01"]
)
def test_no_moment(text):
    assert complaint(fields.Moment, text) == "should be a date and time such as 2026-03-05T14:30"


def test_moment_without_a_zone_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="the hospital's zone"):
        TypeAdapter(fields.Moment).validate_python("2026-03-05T14:30")


@pytest.mark.parametrize("text", ["2026-03-05", "20260305", "2026-03-05 00:00:00"])
def test_day(text):
    assert read(fields.Day, text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["5 March", "2026-13-05", "1800-01-01"])
def test_no_day(text):
    assert complaint(fields.Day, text) == "should be a date such as 2026-03-05"


@pytest.mark.parametrize("text", ["07:05", "7:05", "07:05:00"])
def test_clock(text):
    assert read(fields.Clock, text) == time(7, 5)


def test_no_clock():
    assert complaint(fields.Clock, "25:00") == "should be a time of day such as 07:00"


def test_choice_in_any_letters():
    assert read(fields.LevelWord, "HDU") is Level.HDU
    assert read(fields.NoteKindWord, "Ward round") is NoteKind.WARD_ROUND
    assert read(fields.ConsciousnessWord, "c") is Consciousness.CONFUSION


def test_no_choice_names_the_choices():
    assert complaint(fields.LevelWord, "itu") == "should be one of ward, hdu, icu"


def test_words_are_trimmed_and_keep_their_order_once_each():
    assert read(fields.Words, " Respiratory ;general medicine;; respiratory") == (
        "respiratory",
        "general_medicine",
    )
    assert read(fields.WordSet, "oxygen; Negative-Pressure ;") == {"oxygen", "negative_pressure"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (fields.whole(0, 130, of="years"), "a whole number of years from 0 to 130"),
        (fields.whole(1, of="units"), "a whole number of units, 1 or more"),
        (fields.number(0, 1), "a number from 0 to 1"),
        (fields.reading(), "a number"),
    ],
)
def test_number_fields_say_what_would_be_right(field, words):
    assert field.description == words
