from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.domain.review import UserRole
from medalloc.needs.lessons import BEYOND_THE_TEXT, Label, joined, labels_of, lesson
from tests.needs.local import AIR, CANNULAE, OXYGEN, lessons
from tests.needs.small import AT, ENCODER, heads, hospital, note, patient

SAID = Correction(
    patient_id="p1",
    name=OXYGEN,
    kind=CorrectionKind.CHANGE,
    value="no",
    was="yes",
    probability=0.7,
    reason=CorrectionReason.MISREAD,
    comment="",
    by="Ada",
    role=UserRole.CLINICIAN,
    made_at=datetime(2026, 3, 5, 9, tzinfo=UTC),
    at=AT,
)
P1 = ("p1", OXYGEN)


def test_last_word_on_a_need_is_its_label() -> None:
    later = replace(SAID, kind=CorrectionKind.CONFIRM, value="yes", reason=None, version=2)
    other = replace(SAID, patient_id="p2")
    assert labels_of([(SAID, False), (other, False), (later, False)]) == {
        P1: Label("yes", 1.0),
        ("p2", OXYGEN): Label("no", 1.0),
    }


def test_word_that_was_taken_back_takes_the_earlier_ones_with_it() -> None:
    assert labels_of([(SAID, False), (replace(SAID, value="yes", version=2), True)]) == {}


@pytest.mark.parametrize(("name", "value"), [(NeedName.ORGANISM, "Candida auris"), (NeedName.NEGATIVE_PRESSURE, "yes")])
def test_value_that_no_head_knows_is_no_label(name: NeedName, value: str) -> None:
    assert labels_of([(replace(SAID, name=name, value=value), False)]) == {}


@pytest.mark.parametrize(
    ("reason", "weight"),
    [(CorrectionReason.OTHER_PERSON, 1.0), (CorrectionReason.SEEN, BEYOND_THE_TEXT), (None, 1.0)],
)
def test_what_need_not_stand_in_the_notes_weighs_less(reason: CorrectionReason | None, weight: float) -> None:
    kind = SAID.kind if reason else CorrectionKind.CONFIRM
    assert labels_of([(replace(SAID, reason=reason, kind=kind), False)])[P1].weight == weight


def test_patients_without_notes_are_left_out() -> None:
    snapshot = hospital([patient("a"), patient("b"), patient("c")], [note("a", AIR), note("c", CANNULAE)])
    found = lesson(snapshot, {("b", OXYGEN): Label("yes", 1.0), ("c", OXYGEN): Label("yes", 1.0)}, heads(), ENCODER)
    assert found.groups == ("Small\0a", "Small\0c")
    assert found.labels == {OXYGEN: {1: Label("yes", 1.0)}}
    assert len(found.pooled) == len(found.facts.vitals) == len(found.facts.said[OXYGEN]) == 2
    assert found.pooled[1, heads().by_name[OXYGEN].columns] > found.pooled[0, heads().by_name[OXYGEN].columns]


def test_lessons_of_two_snapshots_stand_one_after_another() -> None:
    first, second = lessons(wrong=2, silent=1), lessons(wrong=1)
    found = joined([first, second])
    assert found.n_labels == 3
    assert list(found.labels[OXYGEN]) == [0, 1, 6]
    assert found.groups[6] == second.groups[0]
    assert np.array_equal(found.pooled[6], second.pooled[0])
    assert found.facts.said[OXYGEN].shape[0] == len(found.groups) == 8
