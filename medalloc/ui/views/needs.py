"""Needs: filters, and what they leave: the list of needs to confirm, or the table of patients."""

from __future__ import annotations

import streamlit as st

from medalloc.domain.needs import NeedName
from medalloc.locale import gettext as _
from medalloc.ui import state, tables
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.views import confirm
from medalloc.ui.words import NEEDS
from medalloc.ui.worklist import Chosen, Doubt, Filters, Item, is_asked, people

TABLE_HEIGHT, TABLE_ROWS = 250, 6
"""[px], and the rows that fit into it."""
CONFIRM, PATIENTS = "confirm", "patients"


def filters(view: HospitalView) -> Filters:
    """What the reader narrows the list down to."""
    wards = {ward.ward_id: ward.name or ward.ward_id for ward in view.snapshot.wards}
    columns = st.columns([5, 3, 3, 3, 3], vertical_alignment="bottom")
    with columns[0]:
        _show(view)
    search = columns[1].text_input(_("Patient id or bed"), key=Key.NEEDS_SEARCH, persist_state="session")
    ward = columns[2].selectbox(
        _("Ward"),
        ["", *wards],
        format_func=lambda ward_id: wards[ward_id] if ward_id else _("All"),
        key=Key.NEEDS_WARD,
        persist_state="session",
    )
    need = columns[3].selectbox(
        _("Need"),
        ["", *NEEDS],
        format_func=lambda name: _(NEEDS[name]) if name else _("Any"),
        key=Key.NEEDS_NAME,
        persist_state="session",
    )
    doubts = _doubts()
    doubt = columns[4].selectbox(
        _("Doubt"),
        ["", *doubts],
        format_func=lambda one: doubts[one] if one else _("Any"),
        key=Key.NEEDS_DOUBT,
        persist_state="session",
    )
    return Filters(search or "", ward or None, NeedName(need) if need else None, Doubt(doubt) if doubt else None)


def _show(view: HospitalView) -> None:
    asked, everybody = len(view.to_confirm), len(view.snapshot.patients)
    words = {
        CONFIRM: _("To confirm (%(count)d)") % {"count": asked},
        PATIENTS: _("All patients (%(count)d)") % {"count": everybody},
    }
    st.segmented_control(
        _("Show"),
        list(words),
        default=CONFIRM,
        required=True,
        format_func=words.__getitem__,
        key=Key.NEEDS_SHOW,
        label_visibility="collapsed",
        persist_state="session",
    )


def _doubts() -> dict[Doubt, str]:
    return {
        Doubt.ANY: _("To confirm"),
        Doubt.CONFLICT: _("Conflict"),
        Doubt.UNSURE: _("Unsure"),
        Doubt.FROM_NOTE: _("Read from notes"),
        Doubt.CORRECTED: _("Corrected"),
    }


def choose(view: HospitalView, wanted: Filters, *, show_names: bool) -> Chosen | None:
    """The need to look at: the next to confirm, or one of the patient picked in the table; None where there is none."""
    if not view.needs:
        st.info(_("The notes have not been read yet; what is shown comes from the record alone."))
    if st.session_state[Key.NEEDS_SHOW] == CONFIRM and view.needs:
        return confirm.choose(view, wanted)
    return _from_table(view, wanted, show_names=show_names)


def _from_table(view: HospitalView, wanted: Filters, *, show_names: bool) -> Chosen | None:
    listed = people(view, wanted)
    if not listed:
        st.info(_("No patient matches these filters."))
        return None
    event = st.dataframe(
        tables.patients(view, listed, show_names=show_names),
        hide_index=True,
        height=TABLE_HEIGHT if len(listed) > TABLE_ROWS else "content",
        placeholder="–",
        key=Key.NEEDS_TABLE,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
    )
    rows = event.selection.rows if event is not None else []
    place = rows[0] if rows and rows[0] < len(listed) else 0
    return Chosen(_need_of_patient(view, listed[place].patient_id, wanted))


def _need_of_patient(view: HospitalView, patient_id: str, wanted: Filters) -> Item:
    """The need that is open, else the one filtered by, else the first question, else the first of all."""
    opened = state.open_need()
    if opened and opened[0] == patient_id:
        return opened
    found = view.needs.get(patient_id)
    names = list(found.by_name) if found else [NeedName.SPECIALTY]
    asked = [name for name in names if is_asked(view, (patient_id, name))]
    first = wanted.need if wanted.need in names else next(iter(asked), names[0])
    return patient_id, NeedName(first or names[0])
