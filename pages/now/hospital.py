"""Now: the whole hospital at one look."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame, now

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Hospital now"), view)
    now.numbers(view)
    now.wards(view, show_names=state.show_names())
    now.waiting(view, show_names=state.show_names())
