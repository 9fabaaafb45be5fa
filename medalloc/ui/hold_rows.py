"""Beds that a plan holds for later, as a table: from when, after whom, and how likely they are free by then."""

from __future__ import annotations

import pandas as pd

from medalloc.domain.plan import Action
from medalloc.locale import gettext as _
from medalloc.optimise.rules import leaves_at
from medalloc.ui import tables
from medalloc.ui.beds_at import BedTimes, Hold
from medalloc.ui.hospital import HospitalView
from medalloc.ui.moments import moment_words
from medalloc.ui.names import patient_label
from medalloc.ui.times import clock


def held_beds(view: HospitalView, times: BedTimes, *, show_names: bool) -> pd.DataFrame:
    """One line per bed that is held, those that help most first, as the list of suggestions has them."""
    holds = {hold.patient_id: hold for hold in times.holds}
    ordered = [holds[one.patient_id] for one in view.suggestions if one.action is Action.HOLD]
    saved = {one.patient_id: one.benefit for one in view.suggestions}
    return pd.DataFrame(
        {
            _("Patient"): _called(view, hold.patient_id, show_names=show_names),
            _("Where"): tables.where(view.snapshot, view.snapshot.patient_of[hold.patient_id]),
            _("Bed held"): hold.bed_id,
            _("From"): moment_words(hold.starts_at, times.at, _),
            _("After"): _after(view, times, hold, show_names=show_names),
            _("Free by then"): chance_words(hold.free_share),
            _("Saves"): round(saved[hold.patient_id], 1),
        }
        for hold in ordered
    )


def chance_words(share: float | None) -> str:
    """A probability in per cent; "not known" where nothing is known."""
    return _("not known") if share is None else f"{share:.0%}"


def _after(view: HospitalView, times: BedTimes, hold: Hold, *, show_names: bool) -> str:
    """Who is to leave bed or bay first, and when; for a bed in which nobody lies, that it is being cleaned or free."""
    if hold.if_left:
        words, known = _("%(patient)s has left, %(time)s"), times.people
        return _("; ").join(
            words
            % {
                "patient": _called(view, patient_id, show_names=show_names),
                "time": clock(leaves_at(known[patient_id], times.at), times.at),
            }
            for patient_id in hold.if_left
        )
    if hold.after is not None:
        patient = _called(view, hold.after.patient_id, show_names=show_names)
        return _("%(patient)s has moved to %(bed)s") % {"patient": patient, "bed": hold.after.to_bed_id}
    cleaning = view.bed_kind(view.snapshot.bed_of[hold.bed_id]) == "cleaning"
    return _("the bed is being cleaned") if cleaning else _("the bed is free")


def _called(view: HospitalView, patient_id: str, *, show_names: bool) -> str:
    return patient_label(view.snapshot.patient_of[patient_id], show_names=show_names)
