import pytest

from medalloc.domain.needs import NeedName, NeedSource
from medalloc.domain.people import NoteKind
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import UserRole
from medalloc.ui import words


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.NEEDS, NeedName),
        (words.NEED_SOURCES, NeedSource),
        (words.NOTE_KINDS, NoteKind),
        (words.ROLES, UserRole),
        (words.SOLVE_STATUS, SolveStatus),
    ],
)
def test_every_code_has_words_of_its_own(table: dict[str, str], codes: type) -> None:
    assert set(table) == set(codes)
    assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        (NeedName.OXYGEN, "yes", "yes"),
        (NeedName.OXYGEN, "no", "no"),
        (NeedName.ISOLATION, "none", "none"),
        (NeedName.SPECIALTY, "ent", "ear, nose and throat"),
        (NeedName.SPECIALTY, "burns_unit", "burns_unit"),
        (NeedName.ACUITY, "2", "2"),
    ],
)
def test_value_of_a_need(name: NeedName, value: str, shown: str) -> None:
    assert words.need_value(name, value, str) == shown


def test_a_sentence_begins_with_a_capital() -> None:
    assert words.sentence("ear, nose and throat") == "Ear, nose and throat"
    assert words.sentence("") == ""
