"""Needs: what each patient needs, and the sentence that proves it."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame, needs

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("What patients need"), view)
    patient = needs.choose(view, show_names=state.show_names())
    if patient is not None:
        needs.patient(view, patient, show_names=state.show_names())
