"""Beds: suggestions to decide on beside the board, one ward over time, who still waits, and what every rule costs."""

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import answers, beds, frame, gantt, planning, suggestion

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Bed plan"), view)
    planning.out_of_date(view)
    beds.summary(view)
    names = state.show_names()
    work, right = st.columns([5, 7], gap="medium")
    with right, st.container(horizontal=True, key="beds.toggles"):
        shown, layout = beds.choose_view(), beds.choose_layout()
    if layout == "ward":
        plot = st.container()
        chosen = suggestion.choose(view, show_names=names, beside=True)
        answers.of_patient(view, chosen)
        with work:
            ward_id = gantt.choose_ward(view, chosen)
        with plot:
            gantt.ward_over_time(view, ward_id, shown, chosen, show_names=names)
    else:
        side_by_side = len(shown) > 1
        with st.container() if side_by_side else work:
            chosen = suggestion.choose(view, show_names=names, beside=side_by_side)
            answers.of_patient(view, chosen)
        with st.container() if side_by_side else right:
            beds.boards(view, shown, chosen, show_names=names)
    beds.details(view, show_names=names)
