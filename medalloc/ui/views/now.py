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
    longest = _("%(count)d, longest %(span)s") % {"count": len(waits), "span": span(max(waits), _)} if waits else "0"
    facts = {
        _("Occupied of open beds"): f"{total.occupied} / {total.open} · {total.occupancy_share:.0%}",
        _("Free now"): str(total.available),
        _("Being cleaned"): str(total.cleaning),
        _("Waiting"): longest,
        _("Expected"): str(len(view.patients(PatientStatus.EXPECTED))),
        _("Rules broken now"): str(len(view.breaches)),
    }
    for column, (label, value) in zip(st.columns([3, 1, 1, 3, 1, 2]), facts.items(), strict=True):
        column.metric(label, value)


def wards(view: HospitalView, *, show_names: bool) -> None:
    """Occupancy by ward; beside it who waits from where, and what is broken now."""
    left, right = st.columns([1, 1], gap="medium")
    left.plotly_chart(charts.occupancy_by_ward(view, _), key="now.occupancy")
    with right:
        st.plotly_chart(charts.waiting_by_source(view, _), key="now.waiting")
        _breaches(view, show_names=show_names)


def _breaches(view: HospitalView, *, show_names: bool) -> None:
    st.subheader(_("Rules broken now"), anchor=False)
    if view.breaches:
        st.dataframe(tables.breaches(view, show_names=show_names), hide_index=True, key="now.breaches")
    else:
        st.success(_("No rule is broken: every bay, isolation and level of care is as it should be."))


def waiting(view: HospitalView, *, show_names: bool) -> None:
    """Who waits, the longest first."""
    st.subheader(_("Waiting for a bed"), anchor=False)
    frame = tables.waiting(view, show_names=show_names)
    if frame.empty:
        st.success(_("Nobody is waiting."))
        return
    st.dataframe(frame, hide_index=True, key="now.waiting_table")
