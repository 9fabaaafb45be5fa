"""Every value of every enum has its words: one that has none is never drawn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from medalloc.domain.people import Isolation, Readiness, Sex, Source
from medalloc.domain.places import BedStatus, Level, SexRule
from medalloc.domain.plan import Action, Rule
from medalloc.domain.review import Verdict
from medalloc.ui.board import words


@pytest.mark.parametrize(
    ("table", "kind", "silent"),
    [
        (words.STATES, BedStatus, set()),
        (words.SEXES, Sex, set()),
        (words.SEX_RULES, SexRule, set()),
        (words.LEVELS, Level, set()),
        (words.NEEDS_MORE, Level, {Level.WARD}),
        (words.NEEDS_LESS, Level, {Level.ICU}),
        (words.ISOLATION, Isolation, {Isolation.NONE}),
        (words.READINESS, Readiness, {Readiness.NOT_READY}),
        (words.ACTIONS, Action, {Action.STAY, Action.WAIT}),
        (words.SOURCES, Source, set()),
        (words.VERDICTS, Verdict, set()),
        (words.RULES, Rule, set()),
    ],
)
def test_every_value_has_words(table: Mapping[StrEnum, object], kind: type[StrEnum], silent: set[StrEnum]) -> None:
    assert set(table) == set(kind) - silent
    assert len(set(table.values())) == len(table)
