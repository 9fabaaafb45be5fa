"""The legend explains all that can be drawn."""

from __future__ import annotations

from medalloc.ui.board import words
from medalloc.ui.board.legend import legend


def test_every_sign_of_the_board_is_in_the_legend() -> None:
    explained = {entry.sign for entry in legend(str)}
    signs = [
        *words.STATES.values(),
        *words.ISOLATION.values(),
        *words.NEEDS_MORE.values(),
        *words.NEEDS_LESS.values(),
        *words.FEATURES.values(),
        *words.READINESS.values(),
        *words.VERDICTS.values(),
        *(words.FIXED, words.UNSURE, words.LEAVES, words.ARRIVES, words.HELD, words.FREED, words.BREACH),
        *(words.LEFT, words.CHANCE),
    ]
    assert {sign.short for sign in signs} == explained


def test_no_sign_means_two_things() -> None:
    signs = [entry.sign for entry in legend(str)]
    assert len(signs) == len(set(signs))


def test_the_words_are_translated() -> None:
    assert all(entry.words.startswith("«") for entry in legend(lambda text: f"«{text}»"))
