import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.needs import Barrier, Cognition, Mobility, NeedName
from medalloc.domain.people import Isolation, Readiness
from medalloc.domain.places import Level
from medalloc.needs.context import read
from medalloc.needs.layout import ORGANISMS
from medalloc.needs.lexicon import ENTRIES, SILENT
from medalloc.needs.sections import Section, heading_of
from medalloc.needs.statements import Statement, barrier_of, statements
from tests.needs import statement_cases, statement_cases_care
from tests.needs.statement_notes import NOTES

CASES = {**statement_cases.CASES, **statement_cases_care.CASES}

ROWS = [
    (need, *(part.strip() for part in line.split("|", 1)))
    for need, block in CASES.items()
    for line in block.split("\n")
    if line
]
YES_NO = {"yes", "no"}
VALUES: dict[NeedName, set[str]] = {
    NeedName.ACUITY: set("12345"),
    NeedName.LEVEL: set(map(str, Level)),
    NeedName.ISOLATION: set(map(str, Isolation)),
    NeedName.ORGANISM: set(ORGANISMS),
    NeedName.COGNITION: set(map(str, Cognition)),
    NeedName.MOBILITY: set(map(str, Mobility)),
    NeedName.READINESS: set(map(str, Readiness)),
    NeedName.BARRIER: set(map(str, Barrier)),
}


def said(sentence: str, section: Section | None = None) -> tuple[Statement, ...]:
    return statements(sentence, read(sentence, section or heading_of(sentence)[0] or Section.BODY))


@pytest.mark.parametrize(("need", "value", "sentence"), ROWS, ids=[f"{need}-{text}" for need, _, text in ROWS])
def test_what_a_sentence_states(need: str, value: str, sentence: str) -> None:
    found = {statement.value for statement in said(sentence) if statement.name == need}
    assert found == (set() if value == "-" else {value})


@pytest.mark.parametrize("line", NOTES.strip().split("\n"))
def test_all_that_a_sentence_states(line: str) -> None:
    sentence, _, stated = line.partition(" |")
    found = {f"{statement.name}={statement.value}" for statement in said(sentence)}
    assert found == {part.strip() for part in stated.split(";") if part.strip()}


def test_every_need_that_rules_speak_of_has_cases() -> None:
    assert {entry.name for entry in ENTRIES} == {NeedName(need) for need in CASES}


def test_rules_have_names_of_their_own() -> None:
    names = [entry.rule for entry in ENTRIES]
    assert len(names) == len(set(names))


def test_entries_give_values_that_their_need_knows() -> None:
    given = {(entry.name, value) for entry in ENTRIES for value in (entry.value, *(v for _, v in entry.bands))}
    assert {(name, value) for name, value in given if value not in VALUES.get(name, YES_NO) | {SILENT}} == set()


def test_what_is_quoted_stands_there() -> None:
    text = "Weaned off oxygen today. Morse 55"
    assert [(found.rule, text[found.start : found.end]) for found in said(text)] == [
        ("oxygen.none", "Weaned off oxygen"),
        ("falls.morse", "Morse 55"),
    ]


def test_dementia_in_the_history_is_dementia_still() -> None:
    assert [found.value for found in said("Dementia, AF", Section.HISTORY)] == ["dementia"]


def test_dementia_of_the_family_is_not_the_patients() -> None:
    assert said("Dementia, AF", Section.FAMILY) == ()


def test_a_delirium_of_the_past_is_over() -> None:
    assert said("Delirium", Section.HISTORY) == ()


@pytest.mark.parametrize(
    ("score", "value"), [(0, "no"), (24, "no"), (25, None), (44, None), (45, "yes"), (125, "yes"), (126, None)]
)
def test_morse_cuts(score: int, value: str | None) -> None:
    assert [found.value for found in said(f"Morse score {score}")] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("words", "barrier"),
    [
        ("", Barrier.NONE),
        ("None", Barrier.NONE),
        ("package_of_care", Barrier.PACKAGE_OF_CARE),
        ("Package of care", Barrier.PACKAGE_OF_CARE),
        ("QDS POC, then transport", Barrier.PACKAGE_OF_CARE),
        ("awaiting TTOs", Barrier.MEDICINES),
        ("NH placement", Barrier.CARE_HOME),
        ("Rehab bed", Barrier.COMMUNITY_BED),
        ("key safe and commode", Barrier.EQUIPMENT),
        ("no fixed abode", Barrier.HOUSING),
        ("social worker allocation", Barrier.SOCIAL_WORK),
        ("OT review", Barrier.THERAPY),
        ("Ambulance", Barrier.TRANSPORT),
        ("MRI", Barrier.TESTS),
        ("family to choose home", Barrier.FAMILY),
        ("qwerty", None),
    ],
)
def test_barrier_of(words: str, barrier: Barrier | None) -> None:
    assert barrier_of(words) is barrier


@given(st.lists(st.sampled_from(sorted({word for row in ROWS for word in re.split(" ", row[2])})), max_size=12))
def test_statements_lie_in_the_sentence_and_never_overlap_within_a_need(words: list[str]) -> None:
    text = " ".join(words)
    found = said(text)
    assert all(0 <= statement.start < statement.end <= len(text) for statement in found)
    for name in {statement.name for statement in found}:
        own = [statement for statement in found if statement.name == name]
        assert all(a.end <= b.start for a, b in pairwise(own))


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[found.start : found.end] for found in said(text))
