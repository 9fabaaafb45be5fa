from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from medalloc.review import answer_words, words

TABLES: list[Mapping[str, str]] = [
    words.ACTIONS,
    words.VERDICTS,
    words.REFUSALS,
    words.RULES,
    words.TERMS,
    words.REASONS,
    words.VALUES,
    answer_words.OBSTACLES,
    answer_words.CHANGES,
]
WITH_VALUES = (words.REASONS, answer_words.OBSTACLES, answer_words.CHANGES)


@pytest.mark.parametrize("table", TABLES)
def test_words_are_unlike_one_another(table: Mapping[str, str]) -> None:
    assert len(set(table.values())) == len(table)


def test_only_reasons_carry_placeholders_and_all_are_named() -> None:
    for table in TABLES:
        for text in table.values():
            named = re.findall(r"%\(\w+\)s", text)
            assert text.count("%") == len(named)
            assert any(table is each for each in WITH_VALUES) or not named
