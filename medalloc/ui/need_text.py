"""What is said of one need: its value, how sure it is, who says so, and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from medalloc.domain.corrections import Correction
from medalloc.domain.needs import Basis, Confirm, Need, NeedSource
from medalloc.domain.people import Note
from medalloc.locale import gettext as _
from medalloc.review.confirm_order import Effect, ToConfirm
from medalloc.ui.hospital import HospitalView
from medalloc.ui.times import clock
from medalloc.ui.words import (
    BASES,
    CORRECTION_REASONS,
    CORRECTIONS,
    NEED_SOURCES,
    NEEDS,
    ROLES,
    need_value,
    sentence,
)

NEARLY_SURE = 0.995
"""From here on a rounded probability would read as certainty."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


def value_words(need: Need) -> str:
    """The value of a need; "unsure" where it is too unsure to say, "not read" where nobody has said anything."""
    if need.basis is Basis.UNREAD:
        return _("Not read")
    return _("Unsure") if need.abstained else sentence(need_value(need.name, need.value, _))


def title(need: Need) -> str:
    """Name and value; where it is unsure the best guess too."""
    words = f"{_(NEEDS[need.name])}: {value_words(need)}"
    if need.abstained and need.basis is not Basis.UNREAD and need.value:
        words += " – " + _("perhaps %(value)s") % {"value": need_value(need.name, need.value, _)}
    return words


def certainty(need: Need) -> str:
    """How likely the value is right; "" for the record, a clinician, and what was not read."""
    stated = need.source in (NeedSource.RECORD, NeedSource.CLINICIAN) or need.basis is Basis.UNREAD
    if stated:
        return ""
    return f"{need.probability:.0%}" if need.probability < NEARLY_SURE else "> 99%"


def origin(need: Need) -> str:
    """Who says so, and how it was read."""
    if need.basis in (Basis.UNREAD, Basis.DERIVED):
        return _(BASES[need.basis])
    source = _(NEED_SOURCES[need.source])
    return source if need.basis is Basis.STATED else _(", ").join((source, _(BASES[need.basis])))


def unread_words(notes: Iterable[Note]) -> str:
    """Why nothing was read: it must not look like a no."""
    texts = [note.text for note in notes if note.text.strip()]
    if not texts:
        return _("There is no note: nothing is known of this need.")
    if any(_CHINESE.search(text) for text in texts):
        return _("This need is not covered for Chinese notes: read them yourself.")
    return _("No note could be read: read them yourself.")


def confirm_words(need: Need) -> str:
    """Why a person is asked to confirm a need; "" where nobody is."""
    if need.confirm is None:
        return ""
    if need.confirm is Confirm.FROM_NOTE:
        return _("Read from notes alone")
    if need.confirm is Confirm.UNSURE:
        return _("Too unsure to use")
    words = {
        NeedSource.NOTE: _("Conflict: the record says %(other)s"),
        NeedSource.VITALS: _("Conflict: the record says %(other)s"),
        NeedSource.RECORD: _("Conflict: the notes say %(other)s"),
        NeedSource.CLINICIAN: _("Conflict: since then it reads %(other)s"),
    }[need.source]
    return words % {"other": need_value(need.name, need.other, _)}


def candidate_words(need: Need) -> str:
    """Values that cannot be ruled out; "" where there are none but the one shown."""
    others = [need_value(need.name, value, _) for value in need.candidates if value != need.value]
    return _("Not ruled out either: %(values)s.") % {"values": _(", ").join(others)} if others else ""


def effect_words(view: HospitalView, asked: ToConfirm) -> str:
    """What the answer would change in the plan."""
    name = asked.need.name
    value, otherwise = need_value(name, asked.need.value, _), need_value(name, asked.otherwise, _)
    patient = view.snapshot.patient_of[asked.patient_id]
    proposed = view.stored.plan.placement_of.get(asked.patient_id) if view.stored else None
    words = {
        Effect.PROPOSED_BED: _("Bed %(bed)s of the plan is ruled out if the answer is: %(forbidden)s."),
        Effect.PRESENT_BED: _("The present bed %(bed)s is ruled out if the answer is: %(forbidden)s."),
        Effect.FREE_BEDS: _("Free beds that would do: %(beds)d if %(value)s, %(beds_otherwise)d if %(otherwise)s."),
        Effect.CHOICE: _("It rules no bed out, but sways which one is chosen, or who goes first."),
        Effect.NOTHING: _("The bed plan does not depend on it."),
    }[asked.effect]
    moved = asked.effect is Effect.PROPOSED_BED and proposed is not None
    return words % {
        "bed": proposed.to_bed_id if moved and proposed else patient.bed_id,
        "forbidden": need_value(name, asked.forbidden, _),
        "value": value,
        "otherwise": otherwise,
        "beds": asked.beds,
        "beds_otherwise": asked.beds_otherwise,
    }


def correction_words(correction: Correction) -> str:
    """What a clinician said, who, when and why."""
    words = sentence(_(CORRECTIONS[correction.kind]))
    if correction.value != correction.was:
        was, value = (need_value(correction.name, one, _) for one in (correction.was, correction.value))
        words += f": {was} → {value}"
    if correction.reason:
        words += f" – {_(CORRECTION_REASONS[correction.reason])}"
    if correction.comment:
        words += f" – “{correction.comment}”"
    when = clock(correction.made_at)
    return f"{words} ({correction.by}, {_(ROLES[correction.role])}, {when} UTC)"
