from datetime import datetime

import pytest

from medalloc.ui.times import clock, hours_between, span

AT = datetime(2026, 3, 10, 7, 30)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 10, 6, 5), "06:05"),
        (datetime(2026, 3, 9, 22, 0), "22:00 9 Mar"),
        (datetime(2025, 12, 31, 23, 59), "23:59 31 Dec 2025"),
        (None, "–"),
    ],
)
def test_clock(moment: datetime | None, words: str) -> None:
    assert clock(moment, AT, str) == words


def test_clock_orders_day_and_month_as_the_language_does() -> None:
    chinese = {"%(time)s %(day)d %(month)s": "%(month)s%(day)d日 %(time)s", "Mar": "3月"}
    assert clock(datetime(2026, 3, 9, 22, 0), AT, lambda words: chinese.get(words, words)) == "3月9日 22:00"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(None, "–"), (0.75, "45 min"), (6 + 1 / 6, "6 h 10 min"), (47.99, "47 h 59 min"), (76.0, "3 d 4 h")],
)
def test_span(hours: float | None, words: str) -> None:
    assert span(hours, str) == words


def test_hours_between_is_never_negative() -> None:
    assert hours_between(datetime(2026, 3, 10, 9, 0), AT) == 0.0
    assert hours_between(datetime(2026, 3, 10, 4, 15), AT) == 3.25
    assert hours_between(None, AT) is None
