"""Data → Report: what was loaded, what was refused and why."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame, load

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("What was loaded"), view)
    load.kept_report(view)
