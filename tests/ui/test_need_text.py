from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Basis, Binding, Confirm, Need, NeedName, NeedSource
from medalloc.domain.people import Note, NoteKind
from medalloc.domain.review import UserRole
from medalloc.review.confirm_order import Effect
from medalloc.ui import need_text
from medalloc.ui.hospital import HospitalView

UNSURE = Need(NeedName.COGNITION, "delirium", 0.4, NeedSource.NOTE, Binding.NONE, abstained=True)
UNREAD = Need(NeedName.FALLS, "no", 0.0, NeedSource.NOTE, Binding.NONE, abstained=True, basis=Basis.UNREAD)


def test_an_unsure_need_names_its_best_guess() -> None:
    assert need_text.value_words(UNSURE) == "Unsure"
    assert need_text.title(UNSURE) == "Cognition: Unsure – perhaps delirium"


def test_an_unread_need_does_not_look_like_a_no() -> None:
    assert need_text.title(UNREAD) == "High risk of falls: Not read"
    assert need_text.certainty(UNREAD) == ""
    assert need_text.origin(UNREAD) == "not read"


def test_a_need_that_was_read_says_how_and_how_surely() -> None:
    need = Need(NeedName.NIV, "yes", 0.876, NeedSource.NOTE, Binding.HARD, basis=Basis.RULE)
    assert need_text.title(need) == "Non-invasive ventilation: Yes"
    assert need_text.certainty(need) == "88%"
    assert need_text.origin(need) == "notes, said in so many words"


def test_no_estimate_reads_as_certainty() -> None:
    need = Need(NeedName.NIV, "yes", 0.998, NeedSource.NOTE, Binding.HARD)
    assert need_text.certainty(need) == "> 99%"


def test_the_record_is_not_given_a_probability() -> None:
    need = Need(NeedName.LEVEL, "hdu", 1.0, NeedSource.RECORD, Binding.HARD, basis=Basis.STATED)
    assert (need_text.certainty(need), need_text.origin(need)) == ("", "record")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no note"),
        ("患者男，发热三天。", "not covered for Chinese notes"),
        ("xq zzv jj", "No note could be read"),
    ],
)
def test_why_nothing_was_read(text: str, says: str) -> None:
    note = Note("n1", "P1", datetime(2026, 3, 5, 7), NoteKind.NURSING, text)
    assert says in need_text.unread_words([note])


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (NeedSource.NOTE, "Conflict: the record says droplet"),
        (NeedSource.RECORD, "Conflict: the notes say droplet"),
        (NeedSource.CLINICIAN, "Conflict: since then it reads droplet"),
    ],
)
def test_a_conflict_names_who_says_something_else(source: NeedSource, says: str) -> None:
    need = Need(NeedName.ISOLATION, "contact", 0.9, source, Binding.HARD, confirm=Confirm.CONFLICT, other="droplet")
    assert need_text.confirm_words(need) == says


def test_what_cannot_be_ruled_out_is_told() -> None:
    need = replace(UNSURE, candidates=("delirium", "dementia", "intact"))
    assert need_text.candidate_words(need) == "Not ruled out either: dementia, intact."
    assert need_text.candidate_words(UNSURE) == ""


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (Effect.PROPOSED_BED, "is ruled out if the answer is: contact."),
        (Effect.PRESENT_BED, "The present bed 01 is ruled out if the answer is: contact."),
        (Effect.FREE_BEDS, "Free beds that would do: 2 if contact, 5 if none."),
        (Effect.CHOICE, "rules no bed out"),
        (Effect.NOTHING, "does not depend on it"),
    ],
)
def test_what_hangs_on_the_answer(view: HospitalView, effect: Effect, says: str) -> None:
    asked = next(one for one in view.to_confirm if one.patient_id == "007")
    asked = replace(asked, effect=effect, beds=2, beds_otherwise=5, otherwise="none", forbidden="contact")
    assert says in need_text.effect_words(view, asked)


def test_a_correction_says_what_who_when_and_why() -> None:
    made = Correction(
        *("P4", NeedName.MOBILITY, CorrectionKind.CHANGE, "hoist", "one", 0.62, CorrectionReason.SEEN),
        *("seen twice", "Ada", UserRole.CLINICIAN, datetime(2026, 3, 5, 8, 12, tzinfo=UTC), datetime(2026, 3, 5, 8)),
    )
    assert need_text.correction_words(made) == (
        "Changed: help of one → hoist – seen at the bedside, or said by the team – “seen twice” "
        "(Ada, Clinician, 08:12 5 Mar 2026 UTC)"
    )
