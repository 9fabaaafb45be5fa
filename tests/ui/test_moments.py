from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from medalloc.ui.moments import away_words, day_words, moment_words

AT = datetime(2026, 3, 5, 8)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "now, Thu 5 Mar 08:00"),
        (8, "Thu 5 Mar 16:00, in 8 h"),
        (16, "Fri 6 Mar 00:00, in 16 h"),
        (24, "Fri 6 Mar 08:00, in 24 h"),
        (72, "Sun 8 Mar 08:00, in 3 days"),
    ],
)
def test_a_moment_says_day_time_and_how_far_off_it_is(hours: int, words: str) -> None:
    assert moment_words(AT + timedelta(hours=hours), AT, str) == words


def test_only_whole_days_are_said_in_days() -> None:
    assert away_words(timedelta(hours=50), str) == "50 h"


def test_the_words_are_translated() -> None:
    words = {"Thu": "周四", "Mar": "3月", "%(weekday)s %(day)d %(month)s": "%(month)s%(day)d日 %(weekday)s"}
    assert day_words(AT, lambda text: words.get(text, text)) == "3月5日 周四"
