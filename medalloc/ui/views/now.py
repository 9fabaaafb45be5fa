"""Now: numbers, wards, breaches and who waits."""

from __future__ import annotations

import streamlit as st

from medalloc.domain.people import PatientStatus
from medalloc.locale import gettext as _
from medalloc.ui import charts, tables
from medalloc.ui.hospital import HospitalView
from medalloc.ui.times import hours_between, span


def numbers(view: HospitalView) -> None:
    """The huddle's first questions, as numbers."""
    total, at = view.total, view.snapshot.at
    waits = [hours_between(patient.waiting_since, at) or 0.0 for patient in view.patients(PatientStatus.WAITING)]
    columns = st.columns(6)
    columns[0].metric(
        _("Occupied of open beds"), f"{total.occupied} / {total.open}", f"{total.occupancy_share:.0%}", delta_color="off"
    )
    columns[1].metric(_("Free now"), total.available, delta_color="off")
    columns[2].metric(_("Being cleaned"), total.cleaning)
    longest = _("longest %(span)s") % {"span": span(max(waits), _)} if waits else None
    columns[3].metric(_("Waiting"), len(waits), longest, delta_color="off", delta_arrow="off")
    columns[4].metric(_("Expected"), len(view.patients(PatientStatus.EXPECTED)))
    columns[5].metric(_("Rules broken now"), len(view.breaches))


def wards(view: HospitalView) -> None:
    """Occupancy by ward, and who waits from where."""
    left, right = st.columns([3, 2])
    left.plotly_chart(charts.occupancy_by_ward(view, _), key="now.occupancy")
    right.plotly_chart(charts.waiting_by_source(view, _), key="now.waiting")


def breaches(view: HospitalView, *, show_names: bool) -> None:
    """Hard rules that are broken now."""
    st.subheader(_("Rules broken now"), anchor=False)
    if not view.breaches:
        st.success(_("No rule is broken: every bay, isolation and level of care is as it should be."))
        return
    st.dataframe(tables.breaches(view, show_names=show_names), hide_index=True, key="now.breaches")


def waiting(view: HospitalView, *, show_names: bool) -> None:
    """Who waits, the longest first."""
    st.subheader(_("Waiting for a bed"), anchor=False)
    frame = tables.waiting(view, show_names=show_names)
    if frame.empty:
        st.success(_("Nobody is waiting."))
        return
    st.dataframe(frame, hide_index=True, key="now.waiting_table")
