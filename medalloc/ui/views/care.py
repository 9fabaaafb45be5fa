"""Needs → Care hours: the editor, what it changes, and the way back."""

from __future__ import annotations

import streamlit as st

from medalloc import pipeline
from medalloc.errors import DataError
from medalloc.locale import gettext as _
from medalloc.needs.care import care_hours
from medalloc.needs.care_table import CareTable, load_care_table
from medalloc.review.permissions import Permission, may
from medalloc.store import Document
from medalloc.ui import care_rows, state
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.times import clock

NAME = pipeline.CARE_HOURS


def show(view: HospitalView) -> None:
    """The table in force, what is changed in it, and saving that."""
    kept = state.store().document(NAME, NAME)
    table = pipeline.care_table(state.store())
    st.caption(
        _("Hours of care a day that a patient needs: one row for the ward, and what is added. Sources stand beside.")
    )
    st.caption(_said(kept))
    barred = not may(state.user(), Permission.EDIT_SETTINGS)
    if barred:
        st.info(_("Your role may read this table, not change it: capacity planners and administrators may."))
    rows = [*_editor(table, kept, "hours", barred=barred), *_tool(table, kept, barred=barred)]
    _saving(view, table, rows, kept, barred=barred)


def _said(kept: Document | None) -> str:
    if kept is None:
        return _("In use: the shipped table.")
    words = _("In use: version %(version)d, saved by %(by)s at %(time)s UTC.")
    return words % {"version": kept.version, "by": kept.by, "time": clock(kept.made_at)}


def _tool(table: CareTable, kept: Document | None, *, barred: bool) -> list[dict[str, object]]:
    words = _("Licensed acuity tool (empty: no numbers are shipped)")
    with st.expander(words, expanded=table.has_tool, key="care.tool_box"):
        st.caption(_("Filled in for every level, these rows count instead of all those above."))
        return _editor(table, kept, "tool", barred=barred)


def _editor(table: CareTable, kept: Document | None, part: str, *, barred: bool) -> list[dict[str, object]]:
    """Rows of a part of the table as they are edited.

    What the editor is given stays the same until it is saved, or until the page is left: then it is what was edited.
    """
    version = kept.version if kept else 0
    keys = care_rows.TOOL if part == "tool" else care_rows.HOURS
    editor = f"care.{part}.{version}.{st.session_state.get(Key.CARE_ROUND, 0)}"
    given, draft = f"{editor}.given", f"{editor}.draft"
    if editor not in st.session_state or given not in st.session_state:
        shown = care_rows.frame([table.by_key[key] for key in keys])
        st.session_state[given] = st.session_state.get(draft, shown)
    edited = st.data_editor(
        st.session_state[given],
        hide_index=True,
        height="content",
        placeholder="",
        disabled=True if barred else ["what"],
        key=editor,
        column_config={
            "what": st.column_config.TextColumn(_("What"), width="medium"),
            "nurse": st.column_config.NumberColumn(_("Nurse"), format="%.2f", step=0.01, width="small"),
            "assistant": st.column_config.NumberColumn(_("Assistant"), format="%.2f", step=0.01, width="small"),
            "source": st.column_config.TextColumn(_("Source"), width="large"),
        },
    )
    st.session_state[draft] = edited
    return care_rows.edited(edited)


def _saving(
    view: HospitalView, table: CareTable, rows: list[dict[str, object]], kept: Document | None, *, barred: bool
) -> None:
    changes = care_rows.changes(table, rows)
    wanted = _checked(rows)
    if changes and wanted is not None:
        st.markdown("\n".join([_("Not saved yet:"), "", *(f"- {change}" for change in changes)]))
        _effect(view, table, wanted)
    with st.container(horizontal=True):
        st.button(
            _("Save the table"),
            type=state.main_button(),
            key="care.save",
            disabled=barred or not changes or wanted is None,
            on_click=_save,
            args=(rows, kept),
        )
        st.button(_("Throw changes away"), key="care.reset", disabled=not changes, on_click=_new_round)
        _ways_back(table, kept, barred=barred)


def _ways_back(table: CareTable, kept: Document | None, *, barred: bool) -> None:
    """To the version before, and to the table that was shipped."""
    shipped = load_care_table()
    versions = state.store().document_versions(NAME, NAME)
    before = versions[1].content if len(versions) > 1 else shipped.as_rows()
    st.button(
        _("Undo the last save"),
        icon=":material/undo:",
        key="care.undo",
        disabled=barred or kept is None,
        on_click=_save,
        args=(before, kept),
    )
    st.button(
        _("Back to the shipped table"),
        key="care.shipped",
        disabled=barred or table == shipped,
        on_click=_save,
        args=(shipped.as_rows(), kept),
    )


def _checked(rows: list[dict[str, object]]) -> CareTable | None:
    """The table as it is edited; where it is not right, what would be."""
    try:
        return CareTable.from_rows(rows)
    except DataError as error:
        st.error("\n".join(f"- {care_rows.fault(issue)}" for issue in error.issues))
        return None


def _effect(view: HospitalView, table: CareTable, wanted: CareTable) -> None:
    """Care of all patients together, before and after."""
    before, after = ([care_hours(each, found) for found in view.needs.values()] for each in (table, wanted))
    words = _("All patients together: nurse hours a day %(nurse)s, assistant hours %(assistant)s.")
    sums = {
        role: f"{sum(getattr(one, role) for one in before):,.0f} → {sum(getattr(one, role) for one in after):,.0f}"
        for role in ("nurse", "assistant")
    }
    st.markdown(words % sums)


def _save(rows: list[dict[str, object]], kept: Document | None) -> None:
    """Callback: keep a further version."""
    saw = kept.version if kept else 0
    state.attempt(
        lambda: state.store().save_document(NAME, NAME, CareTable.from_rows(rows).as_rows(), saw=saw, user=state.user())
    )


def _new_round() -> None:
    """Callback: the editors begin anew."""
    st.session_state[Key.CARE_ROUND] = st.session_state.get(Key.CARE_ROUND, 0) + 1
