"""Needs: what each patient needs, the sentence that proves it, and what clinicians say to it."""

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import confirm, frame, need_card, needs, patient, planning

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("What patients need"), view)
    planning.out_of_date(view)
    names = state.show_names()
    chosen = needs.choose(view, needs.filters(view), show_names=names)
    if chosen is not None:
        left, right = st.columns([6, 5], gap="medium")
        with left:
            need_card.show(view, chosen, show_names=names)
            confirm.neighbours(view, chosen, show_names=names)
            patient.needs(view, chosen.item)
            patient.vitals(view, view.snapshot.patient_of[chosen.item[0]])
        with right:
            patient.notes(view, chosen.item)
