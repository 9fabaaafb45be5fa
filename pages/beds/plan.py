"""Beds: the board as it is and as proposed, and the suggestions to decide on."""

from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.views import beds, frame, suggestion

view = state.hospital()
if view is None:
    frame.empty()
else:
    frame.head(_("Bed plan"), view)
    beds.summary(view)
    if view.stored is not None:
        chosen = suggestion.choose(view, show_names=state.show_names())
        beds.board(view, chosen, show_names=state.show_names())
        beds.costs(view)
