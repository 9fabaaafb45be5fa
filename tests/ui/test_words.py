import pytest

from medalloc.domain.corrections import CorrectionKind, CorrectionReason
from medalloc.domain.needs import Barrier, Basis, Binding, Cognition, Mobility, NeedName, NeedSource
from medalloc.domain.people import NoteKind, Readiness
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import UserRole
from medalloc.needs.corrected import VALUES
from medalloc.ui import words


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.NEEDS, NeedName),
        (words.NEED_SOURCES, NeedSource),
        (words.BASES, Basis),
        (words.BINDINGS, Binding),
        (words.CORRECTIONS, CorrectionKind),
        (words.CORRECTION_REASONS, CorrectionReason),
        (words.NEED_VALUES[NeedName.COGNITION], Cognition),
        (words.NEED_VALUES[NeedName.MOBILITY], Mobility),
        (words.NEED_VALUES[NeedName.READINESS], Readiness),
        (words.NEED_VALUES[NeedName.BARRIER], Barrier),
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
        (NeedName.FALLS, "yes", "yes"),
        (NeedName.MOBILITY, "bed_bound", "bed-bound"),
        (NeedName.ORGANISM, "", "none"),
        (NeedName.ORGANISM, "MRSA", "MRSA"),
        (NeedName.BARRIER, "", "none"),
    ],
)
def test_value_of_a_need(name: NeedName, value: str, shown: str) -> None:
    assert words.need_value(name, value, str) == shown


def test_every_need_is_in_one_group() -> None:
    grouped = [name for names in words.GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(NeedName)


def test_every_value_that_can_be_chosen_has_words() -> None:
    for name, values in VALUES.items():
        shown = [words.need_value(name, value, str) for value in values]
        assert len(set(shown)) == len(values), name
        assert not any("_" in word for word in shown), shown


def test_a_sentence_begins_with_a_capital() -> None:
    assert words.sentence("ear, nose and throat") == "Ear, nose and throat"
    assert words.sentence("") == ""
