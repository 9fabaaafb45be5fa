"""Needs: the table with its filters, and one patient with notes, evidence and vital signs."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from medalloc.domain.needs import NeedName, Needs
from medalloc.domain.people import Patient
from medalloc.locale import gettext as _
from medalloc.needs import news2
from medalloc.needs.news2 import ADULT_AGE
from medalloc.ui import charts, tables
from medalloc.ui.highlight import STYLE, Mark, marked_html
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.state import Key
from medalloc.ui.times import clock
from medalloc.ui.words import NEEDS, NOTE_KINDS, need_value

TABLE_HEIGHT = 250
"""[px]."""


def choose(view: HospitalView, *, show_names: bool) -> Patient | None:
    """The table of patients under its filters; returns the one that is picked."""
    if not view.needs:
        st.info(_("The notes have not been read yet; what is shown comes from the record alone."))
    people = _filtered(view)
    st.caption(
        _("%(shown)d of %(all)d patients · %(confirm)d needs to confirm")
        % {"shown": len(people), "all": len(view.snapshot.patients), "confirm": len(view.to_confirm)}
    )
    if not people:
        st.info(_("No patient matches these filters."))
        return None
    event = st.dataframe(
        tables.patients(view, people, show_names=show_names),
        hide_index=True,
        height=TABLE_HEIGHT,
        key=Key.NEEDS_TABLE,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
    )
    rows = event.selection.rows if event is not None else []
    return people[rows[0]] if rows and rows[0] < len(people) else people[0]


def _filtered(view: HospitalView) -> list[Patient]:
    snapshot = view.snapshot
    wards = {ward.ward_id: ward.name or ward.ward_id for ward in snapshot.wards}
    columns = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    search = columns[0].text_input(_("Patient id or bed"), key=Key.NEEDS_SEARCH, persist_state="session").strip()
    ward = columns[1].selectbox(
        _("Ward"),
        [None, *wards],
        format_func=lambda ward_id: wards.get(ward_id, _("All")),
        key=Key.NEEDS_WARD,
        persist_state="session",
    )
    need = columns[2].selectbox(
        _("Has the need"),
        [None, *(name for name in NEEDS if name not in (NeedName.SPECIALTY, NeedName.ACUITY))],
        format_func=lambda name: _(NEEDS[name]) if name else _("Any"),
        key=Key.NEEDS_NAME,
        persist_state="session",
    )
    doubt = columns[3].toggle(_("To confirm only"), key=Key.NEEDS_DOUBT, persist_state="session")
    last = len(view.to_confirm)
    return [
        patient
        for patient in sorted(snapshot.patients, key=lambda one: view.confirm_rank.get(one.patient_id, last))
        if search.lower() in f"{patient.patient_id} {patient.bed_id}".lower()
        and (ward is None or _ward_id(view, patient) == ward)
        and (need is None or _has(view.needs.get(patient.patient_id), need))
        and (not doubt or patient.patient_id in view.confirm_rank)
    ]


def _ward_id(view: HospitalView, patient: Patient) -> str:
    bed = view.snapshot.bed_of.get(patient.bed_id)
    return bed.ward_id if bed else ""


def _has(found: Needs | None, name: NeedName) -> bool:
    need = found.by_name.get(name) if found else None
    return need is not None and not need.abstained and not need.is_default


def patient(view: HospitalView, chosen: Patient, *, show_names: bool) -> None:
    """One patient: needs with their evidence, notes, and vital signs."""
    label = patient_label(chosen, show_names=show_names)
    st.subheader(f"{label} – {tables.where(view.snapshot, chosen)}", anchor=False)
    left, right = st.columns([6, 5], gap="medium")
    found = view.needs.get(chosen.patient_id)
    with left:
        if found is not None:
            _needs(found)
        _vitals(view, chosen)
    with right:
        _notes(view, chosen, found)


def _needs(found: Needs) -> None:
    asked = [
        f"- **{_(NEEDS[need.name])}: {tables.value_words(need)}** – {tables.confirm_words(need)}"
        for need in found.by_name.values()
        if need.confirm is not None
    ]
    if asked:
        st.markdown("\n".join([_("Please confirm:"), "", *asked]))
    st.dataframe(tables.needs(found), hide_index=True, key="needs.list")


def _vitals(view: HospitalView, chosen: Patient) -> None:
    taken = view.snapshot.vitals_of.get(chosen.patient_id, ())
    if not taken:
        st.caption(_("No vital signs recorded."))
        return
    last = max(taken, key=lambda vitals: vitals.taken_at)
    score = news2(last)
    when = clock(last.taken_at, view.snapshot.at)
    if chosen.age < ADULT_AGE:
        st.caption(_("NEWS2 is for patients of %(age)d and over.") % {"age": ADULT_AGE})
    elif score is None:
        st.caption(_("Last vital signs at %(time)s: incomplete, so no NEWS2.") % {"time": when})
    else:
        st.metric(_("NEWS2 at %(time)s") % {"time": when}, score.total)
    if len(taken) > 1:
        st.plotly_chart(charts.vitals_trend(taken, _), key="needs.vitals")


def _notes(view: HospitalView, chosen: Patient, found: Needs | None) -> None:
    notes = sorted(view.snapshot.notes_of.get(chosen.patient_id, ()), key=lambda note: note.written_at, reverse=True)
    if not notes:
        st.caption(_("No notes."))
    marks = _marks(found)
    for note in notes:
        with st.container(border=True):
            st.caption(f"{_(NOTE_KINDS[note.kind])} · {clock(note.written_at, view.snapshot.at)} · {note.note_id}")
            st.html(STYLE + marked_html(note.text, marks[note.note_id]))


def _marks(found: Needs | None) -> dict[str, list[Mark]]:
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for need in found.by_name.values() if found else ():
        label = f"{_(NEEDS[need.name])}: {need_value(need.name, need.value, _)}"
        for piece in need.evidence:
            marks[piece.note_id].append(Mark(piece.start, piece.end, label))
    return marks
