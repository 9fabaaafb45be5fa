"""Governance → Model quality: how well needs are read, and how that is known."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import frame, quality

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Model quality"), view)
    quality.shipped(quality.in_use())
    quality.local()
    quality.cards()
