"""What is changed in a set of weights and not saved yet: by set, it outlasts a rerun and a look at another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from medalloc.review.weight_sets import WeightSet
from medalloc.ui import weight_rows
from medalloc.ui.state import Key
from medalloc.ui.weight_rows import SHARES, Value


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes of a set."""

    saw: int
    """Version of the set that they were begun on."""
    changes: Mapping[str, Value]
    """New values by weight or limit."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The fields of a set as they were last drawn."""

    chosen: WeightSet
    given: dict[str, pd.DataFrame] = field(default_factory=dict)
    """What each editor was given, by its key; it stays the same while the editor is there, or edits are lost."""
    limits: dict[str, str] = field(default_factory=dict)
    """Widget key by limit."""


def gather() -> None:
    """Take note of what was typed since the fields were drawn; also at the start of a callback."""
    drawn = _drawn()
    if drawn is None:
        return
    values: dict[str, Value] = {}
    for key, given in drawn.given.items():
        if key in st.session_state:
            values |= weight_rows.typed(given, st.session_state[key]["edited_rows"])
    for name, key in drawn.limits.items():
        if key in st.session_state:
            values[name] = limit_entered(name, st.session_state[key])
    _keep(drawn.chosen, values)


def of(chosen: WeightSet) -> Draft | None:
    """The changes of a set; None where there are none."""
    found: Draft | None = _drafts().get(chosen.name)
    return found


def names() -> tuple[str, ...]:
    """Sets with changes that are not saved."""
    return tuple(_drafts())


def values(chosen: WeightSet) -> dict[str, Value]:
    """Every weight and limit of a set as it is edited."""
    draft = of(chosen)
    return weight_rows.values_of(chosen) | dict(draft.changes if draft else {})


def begin(chosen: WeightSet) -> Drawn | None:
    """Called before the fields of a set are drawn; returns what was drawn before."""
    before = _drawn()
    st.session_state[Key.RULES_DRAWN] = Drawn(chosen)
    return before


def drawn_editor(key: str, given: pd.DataFrame) -> None:
    """Take note of an editor that is being drawn."""
    drawn = _drawn()
    if drawn is not None:
        drawn.given[key] = given


def drawn_limit(name: str, key: str) -> None:
    """Take note of a field for a limit that is being drawn."""
    drawn = _drawn()
    if drawn is not None:
        drawn.limits[name] = key


def throw_away(name: str) -> None:
    """Forget the changes of a set; its fields are drawn anew."""
    _drafts().pop(name, None)
    st.session_state[Key.RULES_DRAWN] = None
    st.session_state[Key.RULES_ROUND] = drawn_round() + 1


def move_on_top(chosen: WeightSet) -> None:
    """Take changes that were begun on an older version for changes of this one."""
    draft = of(chosen)
    if draft is not None:
        _drafts()[chosen.name] = Draft(chosen.version, draft.changes)


def drawn_round() -> int:
    """Part of every key of a field: it changes where fields are to be drawn anew."""
    return int(st.session_state.get(Key.RULES_ROUND, 0))


def limit_entered(name: str, value: Value) -> Value:
    """A limit as a field has it, as it is kept."""
    return round(float(value) / 100, 9) if name in SHARES and value is not None else value


def limit_shown(name: str, value: Value) -> Value:
    """A limit as it is kept, as a field has it."""
    return round(100 * float(value), 7) if name in SHARES and value is not None else value


def _keep(chosen: WeightSet, entered: Mapping[str, Value]) -> None:
    before = of(chosen)
    untouched = {name: value for name, value in (before.changes if before else {}).items() if name not in entered}
    changes = untouched | weight_rows.changed(chosen, entered)
    if changes:
        _drafts()[chosen.name] = Draft(before.saw if before else chosen.version, changes)
    else:
        _drafts().pop(chosen.name, None)


def _drawn() -> Drawn | None:
    found: Drawn | None = st.session_state.get(Key.RULES_DRAWN)
    return found


def _drafts() -> dict[str, Draft]:
    found: dict[str, Draft] = st.session_state.setdefault(Key.RULES_DRAFTS, {})
    return found
