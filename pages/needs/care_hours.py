"""Needs → Care hours: how much care a need asks for, as a table that the hospital may change."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import care, frame

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Care hours"), view)
    care.show(view)
