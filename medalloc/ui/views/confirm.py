"""The list of needs to confirm: where one is in it, what comes next, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.review.confirm_order import Effect, ToConfirm
from medalloc.ui import need_text, state
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.state import Key
from medalloc.ui.views import choosing, correcting
from medalloc.ui.words import CONFIRM_SIGNS
from medalloc.ui.worklist import Chosen, Filters, Item, is_asked, is_corrected, merged, need_of, place_in, queue

BEFORE, SHOWN = 2, 9
"""Lines of the list that stand above the present one, and lines in all."""


def choose(view: HospitalView, wanted: Filters) -> Chosen | None:
    """The need that is looked at, under the way through the list; None where nothing is left to go through."""
    kept = merged(view, state.queue_before(view))
    state.keep_queue(view, kept)
    items = queue(view, wanted, kept)
    if not items:
        _nothing(wanted)
        return None
    opened = state.open_need()
    nearest = items[place_in(items, opened)]
    chosen = Chosen(opened if opened and opened[0] == nearest[0] else nearest, tuple(items))
    _way(view, chosen)
    return chosen


def _nothing(wanted: Filters) -> None:
    if wanted == Filters():
        st.success(_("Every need that the plan asks about has been confirmed."), icon=":material/task_alt:")
    else:
        st.info(_("No need matches these filters."))


def _way(view: HospitalView, chosen: Chosen) -> None:
    """Position, and the steps to either side."""
    left = sum(is_asked(view, item) for item in chosen.items)
    weighty = sum((one.patient_id, one.need.name) in set(chosen.items) for one in view.to_confirm if _weighs(one))
    with st.container(horizontal=True, vertical_alignment="center"):
        _step(_("Previous"), "p", chosen, -1)
        _step(_("Next"), "n", chosen, 1)
        where = _("**%(place)d of %(all)d** · %(left)d to confirm, %(weighty)d may rule beds out")
        numbers = {"place": chosen.place + 1, "all": len(chosen.items), "left": left, "weighty": weighty}
        st.markdown(where % numbers, width="content")
        correcting.said_last(view, chosen)


def _weighs(asked: ToConfirm) -> bool:
    return asked.effect in (Effect.PROPOSED_BED, Effect.PRESENT_BED, Effect.FREE_BEDS)


def _step(label: str, key: str, chosen: Chosen, by: int) -> None:
    st.button(
        label,
        key=f"needs.step.{key}",
        shortcut=key,
        disabled=not 0 <= chosen.place + by < len(chosen.items),
        on_click=_go,
        args=(chosen.items, by),
    )


def _go(items: Sequence[Item], by: int) -> None:
    """Callback: one step from where one is; a second press counts though the first has not been drawn yet."""
    place = place_in(items, state.open_need()) + by
    choosing.open_item(items[max(0, min(place, len(items) - 1))])


def neighbours(view: HospitalView, chosen: Chosen, *, show_names: bool) -> None:
    """The lines of the list around the one that is looked at; where it stands among them hardly changes."""
    if not chosen.items:
        return
    first = max(0, min(chosen.place - BEFORE, len(chosen.items) - SHOWN))
    lines = {state.item_key(item): item for item in chosen.items[first : first + SHOWN]}
    key = choosing.list_key(Key.NEEDS_OPEN, Key.NEEDS_LINE, state.item_key(chosen.items[chosen.place]))
    st.radio(
        _("Needs to confirm (≠ conflict, ? unsure, ✎ read from notes alone, ✓ done)"),
        list(lines),
        format_func=lambda line: _line(view, lines[line], show_names=show_names),
        key=key,
        on_change=_follow,
        args=(key, lines),
    )


def _follow(key: str, lines: Mapping[str, Item]) -> None:
    """Callback: look at the line that was chosen; one that reads otherwise by now is not known any more."""
    item = lines.get(choosing.choice(Key.NEEDS_OPEN, Key.NEEDS_LINE, key) or "")
    if item is not None:
        choosing.open_item(item, Key.NEEDS_LINE)


def _line(view: HospitalView, item: Item, *, show_names: bool) -> str:
    label = patient_label(view.snapshot.patient_of[item[0]], show_names=show_names)
    need = need_of(view, item)
    if need is None:
        return label
    sign = "✓" if is_corrected(view, item) and not need.confirm else CONFIRM_SIGNS[need.confirm] if need.confirm else ""
    return f"{sign} **{label}** · {need_text.title(need)}"
