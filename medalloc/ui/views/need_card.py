"""One need of one patient: what is said of it, by whom, what hangs on it, and what a clinician may say."""

from __future__ import annotations

import streamlit as st

from medalloc.domain.needs import Basis, Binding, Need
from medalloc.domain.people import Patient
from medalloc.locale import gettext as _
from medalloc.ui import need_text, tables
from medalloc.ui.bars import evidence_html
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.views import correcting
from medalloc.ui.words import BINDINGS
from medalloc.ui.worklist import Chosen, Item, need_of, next_open


def show(view: HospitalView, chosen: Chosen, *, show_names: bool) -> None:
    """The need that is looked at."""
    patient = view.snapshot.patient_of[chosen.item[0]]
    need = need_of(view, chosen.item)
    with st.container(border=True):
        st.caption(_who(view, patient, show_names=show_names))
        if need is None:
            st.info(_("The notes of this patient have not been read yet."))
            return
        st.subheader(need_text.title(need), anchor=False)
        st.markdown(_badges(need))
        st.markdown(_stakes(view, chosen.item, need))
        after = next_open(view, chosen.items, chosen.item) if chosen.items else chosen.item
        correcting.show(view, chosen.item, need, after)
        _evidence(need)


def _who(view: HospitalView, patient: Patient, *, show_names: bool) -> str:
    parts = [
        f"**{patient_label(patient, show_names=show_names)}**",
        tables.where(view.snapshot, patient),
        _("%(age)d years") % {"age": patient.age},
    ]
    proposal = tables.proposal(view, patient)
    return " · ".join([*parts, _("Plan: %(binding)s") % {"binding": proposal}] if proposal else parts)


def _badges(need: Need) -> str:
    """Why it is asked, how sure it is, who says so, and whether the plan uses it."""
    words = [f":orange-badge[{need_text.confirm_words(need)}]"] if need.confirm else []
    words += [f":gray-badge[{one}]" for one in (need_text.certainty(need), need_text.origin(need)) if one]
    used = _("Plan: %(binding)s") % {"binding": _(BINDINGS[need.binding])}
    colour = "gray" if need.binding is Binding.NONE else "blue"
    return " ".join([*words, f":{colour}-badge[{used}]"])


def _stakes(view: HospitalView, item: Item, need: Need) -> str:
    """What the answer would change, and what else it may be; where nothing was read, why."""
    if need.basis is Basis.UNREAD:
        return need_text.unread_words(view.snapshot.notes_of.get(item[0], ()))
    asked = next((one for one in view.to_confirm if (one.patient_id, one.need.name) == item), None)
    effect = need_text.effect_words(view, asked) if asked else ""
    return " ".join(filter(None, (effect, need_text.candidate_words(need))))


def _evidence(need: Need) -> None:
    """The sentences that speak for it, the weightiest first."""
    if need.evidence:
        st.html(evidence_html(need.evidence))
    if any(piece.contribution for piece in need.evidence):
        st.caption(_("Weight of each sentence in log-odds: +2.3 makes the value ten times as likely."))
