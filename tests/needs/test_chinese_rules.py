import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.needs import NeedName
from medalloc.needs.chinese import chinese_sentences
from medalloc.needs.chinese_lexicon import ENTRIES, RuleKind
from medalloc.needs.chinese_rules import NEGATED_CHANCE, statements
from medalloc.needs.layout import LAYOUT
from tests.needs.chinese_cases import STATED, TURNED


def said(text: str) -> set[str]:
    return {f"{found.name}={found.value}" for sentence in chinese_sentences(text) for found in statements(sentence)}


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_what_is_so_is_stated(text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(("text", "claim"), TURNED)
def test_what_is_turned_is_not_stated(text: str, claim: str) -> None:
    assert claim not in said(text)


def test_there_are_enough_cases() -> None:
    assert len(STATED) >= 45 <= len(TURNED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目前无需吸氧。", "oxygen=no"),
        ("已停用呼吸机。", "ventilator=no"),
        ("已解除接触隔离。", "isolation=none"),
        ("Morse评分20分。", "falls=no"),
    ],
)
def test_what_is_denied_is_stated_as_absent(text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize("text", ["未见谵妄。", "MRSA筛查阴性。", "停一级护理。", "必要时吸氧。", "既往曾吸氧。"])
def test_what_is_denied_elsewhere_says_nothing(text: str) -> None:
    assert said(text) == set()


def test_the_probability_is_that_of_the_kind_of_rule() -> None:
    [sentence] = chinese_sentences("予接触隔离，停吸氧")
    found = {statement.name: statement.probability for statement in statements(sentence)}
    assert found == {NeedName.ISOLATION: RuleKind.ORDER.chance, NeedName.OXYGEN: NEGATED_CHANCE}


def test_every_value_is_one_that_the_heads_have() -> None:
    values = {target.name: target.values for target in LAYOUT}
    assert all(entry.value in values.get(entry.name, ("no", "yes")) for entry in ENTRIES)


@given(
    st.lists(st.sampled_from([text for text, _ in (*STATED, *TURNED)]), max_size=6), st.sampled_from(["", "\n", " "])
)
def test_statements_stand_in_the_note(parts: list[str], between: str) -> None:
    note = between.join(parts)
    for sentence in chinese_sentences(note):
        for found in statements(sentence):
            assert sentence.start <= found.start < found.end <= sentence.end
            assert note[sentence.start : sentence.end] == sentence.text
