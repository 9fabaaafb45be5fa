import math

import pytest

from medalloc.domain.needs import Basis, NeedName, NeedSource
from medalloc.domain.people import Note
from medalloc.needs.chinese import load_chinese
from medalloc.needs.chinese_voice import ABSENT, RULE_CUTS, chinese_voices
from tests.needs.small import note

HEART = "反复胸闷、心悸三年，活动后气促，心电图示心房颤动，既往高血压、冠心病，心功能不全，长期服用降压药。"


def voices(*notes: Note):
    return chinese_voices(load_chinese(), notes)


def test_the_last_note_that_speaks_decides() -> None:
    found = voices(note("a", "患者需要吸氧，每分钟两升。", 9), note("a", "已停止吸氧，血氧正常。", 2))
    assert found[NeedName.OXYGEN].claim.strength < RULE_CUTS.near
    found = voices(note("a", "患者需要吸氧，每分钟两升。", 2), note("a", "已停止吸氧，血氧正常。", 9))
    assert found[NeedName.OXYGEN].claim.strength > RULE_CUTS.hard


def test_a_statement_is_quoted_with_its_sentence() -> None:
    found = voices(note("a", "夜间睡眠好。患者需要吸氧，每分钟两升。", 3))[NeedName.OXYGEN]
    [quote] = found.quotes("yes")
    assert (quote.note_id, quote.quote) == ("a-3", "患者需要吸氧，每分钟两升。")
    assert quote.contribution == pytest.approx(math.log(0.93 / 0.07))
    assert found.manner("yes") == (NeedSource.NOTE, Basis.RULE)


def test_silence_on_what_is_covered_means_absence_and_asks_nobody() -> None:
    found = voices(note("a", "夜间睡眠好，饮食正常。"))[NeedName.DIALYSIS]
    assert found.chances["no"] == ABSENT
    assert found.claim.strength < RULE_CUTS.near


def test_silence_says_nothing_of_what_everybody_has() -> None:
    assert NeedName.ACUITY not in voices(note("a", "夜间睡眠好，饮食正常。"))


def test_the_specialty_comes_with_the_sentences_that_speak_for_it() -> None:
    found = voices(note("a", HEART))[NeedName.SPECIALTY]
    assert found.claim.value == "cardiology"
    assert sum(found.chances.values()) == pytest.approx(1.0)
    assert found.quotes("cardiology")[0].quote in HEART
    assert found.manner("cardiology") == (NeedSource.NOTE, Basis.MODEL)
