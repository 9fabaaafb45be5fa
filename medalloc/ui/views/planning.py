"""Planning the beds again, and saying when that is due."""

from __future__ import annotations

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.review.permissions import Permission, may
from medalloc.ui import state
from medalloc.ui.hospital import HospitalView


def solve_button(view: HospitalView, label: str, key: str = "beds.solve") -> None:
    """Starts the plan; where the notes were never read, reading them first."""
    kind = "beds" if view.needs else "prepare"
    st.button(
        label,
        key=key,
        icon=":material/refresh:",
        on_click=state.attempt,
        args=(lambda: state.start_job(kind, view.info.snapshot_id),),
        disabled=not may(state.user(), Permission.PLAN_BEDS) or bool(state.running_job()),
    )


def out_of_date(view: HospitalView) -> None:
    """Where needs have changed since the plan was made: of how many patients, and how many were corrected."""
    count = len(view.needs_changed)
    if not count:
        return
    words = _("Needs have changed since this plan was made (patients: %(count)d).")
    if view.corrected_since:
        words = _("Needs corrected since this plan was made: %(corrected)d (patients it concerns: %(count)d).")
    with st.container(horizontal=True, vertical_alignment="center", key="beds.out_of_date"):
        st.warning(words % {"count": count, "corrected": view.corrected_since}, icon=":material/history:", width=640)
        solve_button(view, _("Plan again"), key="beds.plan_again")
