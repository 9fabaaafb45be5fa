"""Data → Export: the plan and what was decided, as CSV with its provenance."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import export, frame

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Export"), view)
    export.plan(view)
    export.needs(view)
