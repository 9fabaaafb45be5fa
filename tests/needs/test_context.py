import pytest

from benchmarks.context_cases import measure
from medalloc.needs.context import asserted, modifiers, read
from medalloc.needs.cues import Modifier
from medalloc.needs.sections import Section, heading_of
from tests.needs.context_cases import PLAIN, TURNED, blind_cases, cases, every_case
from tests.needs.context_cases_blind import FIRST, SECOND, THIRD

CASES = cases(TURNED) + cases(PLAIN)


def test_there_are_enough_cases_each_way() -> None:
    counted = measure()
    assert counted["n_turned"] >= 150
    assert counted["n_plain"] >= 150
    assert counted["n_forward"] >= 75
    assert counted["n_backward"] >= 75


def test_no_case_stands_there_twice() -> None:
    texts = [bracketed for _, bracketed, _ in every_case()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("written", [FIRST, SECOND, THIRD], ids=["first", "second", "third"])
def test_blind_cases_are_read(written: dict[str, str]) -> None:
    found = measure(blind_cases(written))
    assert found["accuracy"] >= 0.97
    assert found["accuracy_plain"] >= 0.95


@pytest.mark.parametrize(("kind", "bracketed", "text"), CASES, ids=[case[1] for case in CASES])
def test_cue_case(kind: str, bracketed: str, text: str) -> None:
    section = heading_of(text)[0] or Section.BODY
    found = modifiers(text, bracketed.index("["), bracketed.index("]") - 1, section)
    if kind:
        assert Modifier(kind) in found
    else:
        assert found == frozenset()


def test_what_stands_under_past_history_is_history() -> None:
    assert modifiers("COPD on oxygen", 8, 14, Section.HISTORY) == {Modifier.HISTORICAL}


def test_what_stands_under_family_history_is_of_another_person() -> None:
    assert modifiers("renal failure", 0, 5, Section.FAMILY) == {Modifier.OTHER_PERSON}


def test_two_cues_turn_a_mention_twice() -> None:
    assert modifiers("No history of MRSA", 14, 18) == {Modifier.NEGATED, Modifier.HISTORICAL}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("No fever but needs oxygen", "needs oxygen"),
        ("On 2 L, denies pain", "On 2 L"),
        ("MRSA screen negative", ""),
        ("Alert, eating; no pain; uses frame", "Alert, eating uses frame"),
    ],
)
def test_asserted_text_leaves_out_what_is_turned(text: str, left: str) -> None:
    assert asserted(text, read(text)) == left


def test_a_sentence_without_cues_is_not_looked_into() -> None:
    reading = read("Needs oxygen via mask")
    assert (reading.words, reading.spans, reading.masks) == (["needs", "oxygen", "via", "mask"], [], [])


@pytest.mark.parametrize(
    ("text", "mention", "is_turned"),
    [
        ("Not drinking, dehydrated", "dehydrated", False),
        ("Not febrile, wheezy or tachycardic", "wheezy", True),
        ("No fever, rash", "rash", True),
        ("Cannot stand without help", "help", False),
        ("Stands without help", "help", True),
        ("Delirium: nil", "Delirium", True),
        ("Falls: high risk, bed rails not appropriate", "high risk", False),
        ("Stridor, wheeze and cough absent", "Stridor", True),
        ("Ventilated for covid in 2020", "Ventilated", True),
        ("Oxygen weaned at 2010, now CPAP", "CPAP", False),
        ("On oxygen since 2019", "oxygen", False),
    ],
)
def test_reach_of_cues(text: str, mention: str, is_turned: bool) -> None:
    start = text.index(mention)
    assert bool(modifiers(text, start, start + len(mention))) is is_turned
