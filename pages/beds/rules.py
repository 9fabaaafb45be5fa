"""Beds → Rules: what a plan weighs, what it may never do, and how far it looks ahead."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame, rules

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Rules"), view)
    rules.show(view)
