"""What a clinician has entered and not said yet, by need: it outlasts a rerun and a look at another need."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from medalloc.domain.corrections import CorrectionKind, CorrectionReason
from medalloc.domain.needs import Need
from medalloc.domain.people import Isolation
from medalloc.needs.corrected import ABSENT
from medalloc.review import corrections
from medalloc.review.confirm_order import otherwise
from medalloc.review.corrections import Why
from medalloc.ui import state
from medalloc.ui.state import Key
from medalloc.ui.worklist import Item

FIRST_REASON = {
    CorrectionKind.CHANGE: CorrectionReason.SEEN,
    CorrectionKind.REMOVE: CorrectionReason.MISREAD,
}
"""The reason that a form opens with."""
_NOTHING = ("", "no", str(Isolation.NONE))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is entered."""

    value: str
    why: Why


def opened(item: Item) -> CorrectionKind | None:
    """The form that is open for this need."""
    kind: CorrectionKind | None = st.session_state.get(Key.NEEDS_FORM, {}).get(item)
    return kind


def open_form(item: Item, kind: CorrectionKind) -> None:
    """Open a form for this need."""
    st.session_state[Key.NEEDS_FORM] = {**st.session_state.get(Key.NEEDS_FORM, {}), item: kind}


def close_form(item: Item) -> None:
    """Close it and throw away what was entered."""
    st.session_state.get(Key.NEEDS_FORM, {}).pop(item, None)
    for field in ("value", "reason", "comment"):
        st.session_state.pop(key(item, field), None)


def key(item: Item, field: str) -> str:
    """Widget key of a field of the form."""
    return f"{Key.NEEDS_DRAFT}.{field}.{state.item_key(item)}"


def draft(item: Item, need: Need, kind: CorrectionKind) -> Draft:
    """What is entered, or would be if nothing were touched."""
    first = next(iter(values(need)), "")
    reason = st.session_state.get(key(item, "reason")) or FIRST_REASON.get(kind)
    comment = str(st.session_state.get(key(item, "comment")) or "")
    return Draft(str(st.session_state.get(key(item, "value")) or first), Why(reason, comment))


def values(need: Need) -> list[str]:
    """Values to choose from: the likeliest first, then what cannot be ruled out, then the others."""
    known = corrections.values_of(need.name)
    likely = [value for value in (otherwise(need), *need.candidates) if value in known]
    left_out = {need.value} | ({ABSENT[need.name]} if removable(need) else set())
    return [value for value in dict.fromkeys((*likely, *known)) if value not in left_out]


def removable(need: Need) -> bool:
    """Whether it can be said that the patient does not have it; where "none" is no word for that, it is a change."""
    return corrections.can_remove(need) and ABSENT[need.name] in _NOTHING
