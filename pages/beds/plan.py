"""Beds: suggestions to decide on beside the board, who still waits, and what every rule costs."""

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import beds, frame, suggestion

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Bed plan"), view)
    beds.summary(view)
    names = state.show_names()
    work, board = st.columns([5, 7], gap="medium")
    with work:
        chosen = suggestion.choose(view, show_names=names)
    with board:
        beds.board(view, chosen, show_names=names)
    beds.details(view, show_names=names)
