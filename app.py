"""The dashboard: page config, identity, navigation."""

from pathlib import Path

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame

ICON = Path(__file__).parent / "medalloc" / "ui" / "icon.svg"  # named icons would be fetched from elsewhere

st.set_page_config(page_title="medalloc", page_icon=str(ICON), layout="wide")
state.begin()

sections = {
    _("Now"): [st.Page("pages/now/hospital.py", title=_("Hospital now"), icon=":material/monitoring:", default=True)],
    _("Needs"): [
        st.Page("pages/needs/patients.py", title=_("What patients need"), icon=":material/clinical_notes:"),
        st.Page("pages/needs/care_hours.py", title=_("Care hours"), icon=":material/schedule:"),
    ],
    _("Beds"): [
        st.Page("pages/beds/plan.py", title=_("Bed plan"), icon=":material/bed:"),
        st.Page("pages/beds/rules.py", title=_("Rules"), icon=":material/balance:"),
    ],
    _("Governance"): [
        st.Page("pages/governance/model_quality.py", title=_("Model quality"), icon=":material/verified:"),
    ],
    _("Data"): [
        st.Page("pages/data/load.py", title=_("Load"), icon=":material/upload_file:"),
        st.Page("pages/data/report.py", title=_("Report"), icon=":material/fact_check:"),
        st.Page("pages/data/export.py", title=_("Export"), icon=":material/download:"),
    ],
}
frame.show(st.navigation(sections, position="hidden"), sections)
