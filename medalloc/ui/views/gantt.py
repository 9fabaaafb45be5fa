"""Beds: one ward over time, current and proposed, with whoever is chosen marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from medalloc.locale import gettext as _
from medalloc.ui.board import View
from medalloc.ui.gantt import ward_gantt
from medalloc.ui.gantt_bars import SIGNS, WardPlan, ward_plan
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.times import clock
from medalloc.ui.views import beds
from medalloc.ui.words import sentence


def ward_over_time(
    view: HospitalView, ward_id: str, shown: tuple[View, ...], chosen: str | None, *, show_names: bool
) -> None:
    """The Gantt of a ward in every view that is shown; a bar that is clicked opens its patient's suggestion."""
    for which in shown:
        ward = ward_plan(beds.times(view, which), ward_id, show_names=show_names, translate=_)
        _chart(ward, which, chosen, planned=which == "proposed" and view.stored is not None)
        with st.expander(_("The same as a table"), key=f"beds.gantt_table.{which}"):
            st.dataframe(_table(ward), hide_index=True, key=f"beds.gantt_rows.{which}")


def choose_ward(view: HospitalView, chosen: str | None) -> str:
    """The ward that is looked at: where the chosen patient is to lie, until another one is asked for."""
    wards = view.snapshot.ward_of
    if chosen and st.session_state.get(Key.GANTT_OF) != chosen:
        st.session_state[Key.GANTT_OF] = chosen
        st.session_state[Key.GANTT_WARD] = _ward_of(view, chosen)
    if st.session_state.get(Key.GANTT_WARD) not in wards:
        st.session_state[Key.GANTT_WARD] = next(iter(wards))
    ward: str = st.selectbox(
        _("Ward"),
        list(wards),
        format_func=lambda ward_id: _ward_words(view, ward_id),
        key=Key.GANTT_WARD,
        persist_state="session",
        label_visibility="collapsed",
    )
    return ward


def _ward_of(view: HospitalView, patient_id: str) -> str:
    """The ward of the bed that the plan gives a patient, else of the one they lie in; "" for none."""
    placement = view.stored.plan.placement_of.get(patient_id) if view.stored else None
    bed = view.snapshot.bed_of.get(placement.to_bed_id or placement.from_bed_id if placement else "")
    return bed.ward_id if bed else ""


def _ward_words(view: HospitalView, ward_id: str) -> str:
    name, count = view.snapshot.ward_of[ward_id].name or ward_id, view.bed_counts[ward_id]
    if not count.open:
        return f"{name} · " + _("closed")
    return f"{name} · {count.occupied}/{count.open}"


def _chart(ward: WardPlan, which: View, chosen: str | None, *, planned: bool) -> None:
    title = _("%(ward)s: as proposed") if planned else _("%(ward)s: nobody moved")
    key = f"{Key.GANTT}.{which}"
    st.plotly_chart(
        ward_gantt(ward, title % {"ward": ward.name}, _, selected=chosen or ""),
        key=key,
        on_select=lambda: _clicked(key),
        selection_mode="points",
        config={"displayModeBar": False},
    )


def _clicked(key: str) -> None:
    """Callback: a bar was clicked; where its patient has a suggestion, that one is opened."""
    points = st.session_state[key].selection.points
    found = [str(point["customdata"][0]) for point in points if point.get("customdata")]
    if found and found[0]:
        st.session_state[Key.WANTED] = found[0]


def _table(ward: WardPlan) -> pd.DataFrame:
    """The bars as lines, for whoever cannot see or point at them."""
    return pd.DataFrame(
        {
            _("Bed"): bar.bed_id,
            _("What"): sentence(_(SIGNS[bar.kind].words)),
            _("Patient"): bar.lines[0] if bar.patient_id else "–",
            _("From"): clock(bar.starts_at, ward.at),
            _("Until"): clock(bar.ends_at, ward.at),
            _("Details"): " · ".join(bar.lines[3:] if bar.patient_id else bar.lines[:1]),
        }
        for bar in ward.bars
    )
