"""Beds: answers to what people ask of the plan; worked out when a question is opened, not before."""

from __future__ import annotations

import streamlit as st

from medalloc import inquiry
from medalloc.domain.plan import Action
from medalloc.locale import gettext as _
from medalloc.optimise.beds.placements import Outcome
from medalloc.store import StoredPlan
from medalloc.ui import answer_rows, state, tables
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.state import Key

WHY_WIDTH = 360
"""So that the column after it is not cut off on a laptop [px]; the cell opens to the whole text."""


def of_patient(view: HospitalView, patient_id: str | None) -> None:
    """Other beds for the patient whose suggestion is open, and why not any one bed."""
    stored = view.stored
    if stored is None or patient_id is None or patient_id not in stored.plan.placement_of:
        return
    with st.expander(_("Other beds, and why not"), key="beds.other_beds", on_change="rerun") as box:
        if box.open:
            _other_beds(view, stored, patient_id)
            _why_not(view, stored, patient_id)


def _other_beds(view: HospitalView, stored: StoredPlan, patient_id: str) -> None:
    if _out_of_date(view):
        return
    outcome = _outcome(view, stored)
    found = state.held("beds.other", (*state.revision(), patient_id), lambda: inquiry.other_beds(outcome, patient_id))
    if not found:
        st.info(_("No other bed can be had for this patient."))
        return
    st.markdown("\n".join(f"- {answer_rows.other_bed(view.snapshot, one)}" for one in found))
    st.caption(_("Points more than the plan, with everybody else placed as planned."))


def _why_not(view: HospitalView, stored: StoredPlan, patient_id: str) -> None:
    present = stored.plan.placement_of[patient_id].to_bed_id
    bed_id = st.selectbox(
        _("Why not bed …?"),
        [bed.bed_id for bed in view.snapshot.beds if bed.bed_id != present],
        index=None,
        format_func=lambda bed_id: answer_rows.bed_label(view.snapshot, bed_id),
        key=f"{Key.WHY_NOT}.{patient_id}",
        placeholder=_("Choose any bed"),
    )
    if bed_id is None or _out_of_date(view):
        return
    outcome = _outcome(view, stored)
    with st.spinner(_("Planning with this bed …")):
        answer = state.held(
            "beds.why_not",
            (*state.revision(), patient_id, bed_id),
            lambda: inquiry.price_of(outcome, patient_id, bed_id),
        )
    st.markdown(f"**{answer_rows.bed_label(view.snapshot, bed_id)}**: {answer_rows.price_words(answer)}")
    if answer.terms:
        st.caption(answer_rows.terms_words(answer.terms))
    if len(answer.changes) > 1:
        rows = answer_rows.changes(view.snapshot, answer.changes, show_names=state.show_names())
        st.table(rows, border="horizontal", hide_index=True)


def still_waiting(view: HospitalView, *, show_names: bool) -> None:
    """Everybody who gets no bed, and the least that would have to give for the one who is chosen."""
    stored = view.stored
    if stored is None:
        return
    st.dataframe(
        tables.still_waiting(view, show_names=show_names),
        hide_index=True,
        key="beds.waiting",
        column_config={_("Why"): st.column_config.Column(width=WHY_WIDTH)},
    )
    lines = [one for one in stored.plan.placements if one.action is Action.WAIT]
    if not lines or _out_of_date(view):
        return
    patient_id = st.selectbox(
        _("What would help"),
        [one.patient_id for one in sorted(lines, key=lambda one: -one.penalty)],
        index=None,
        format_func=lambda who: patient_label(view.snapshot.patient_of[who], show_names=show_names),
        key=Key.WOULD_HELP,
        placeholder=_("Choose a patient who waits"),
    )
    if patient_id is None:
        return
    outcome = _outcome(view, stored)
    found = state.held("beds.help", (*state.revision(), patient_id), lambda: inquiry.would_help(outcome, patient_id))
    if found:
        st.table(answer_rows.would_help(view.snapshot, found), border="horizontal", hide_index=True)
        st.caption(_("The fewest rules first. Negative points: the bed would save so many."))
    else:
        st.info(_("No bed is planned for this patient yet."))


def scarce(view: HospitalView) -> None:
    """Which beds are short."""
    found = view.stored.plan.scarce if view.stored else ()
    if not found:
        st.info(_("No type of bed is short."))
        return
    st.dataframe(answer_rows.scarce(view.snapshot, found), hide_index=True, key="beds.scarce")
    st.caption(
        _("Shadow prices: what one more such bed would save where patients could be split between beds; a guide.")
    )


def changed(view: HospitalView, *, show_names: bool) -> None:
    """Who is placed otherwise than in the plan before."""
    stored = view.stored
    if stored is None:
        return
    found = state.held("beds.changed", stored.plan_id, lambda: inquiry.changed_by(state.store(), stored))
    if not found:
        st.info(_("Nothing: there is no plan before this one, or it says the same."))
        return
    rows = answer_rows.changes(view.snapshot, found, show_names=show_names)
    st.table(rows, border="horizontal", hide_index=True)


def _out_of_date(view: HospitalView) -> bool:
    """Whether the plan was made for other needs: an answer would be about another plan."""
    if view.needs_changed:
        st.info(_("Needs have changed since this plan was made: plan again to ask about it."))
    return bool(view.needs_changed)


def _outcome(view: HospitalView, stored: StoredPlan) -> Outcome:
    return state.held(
        "beds.outcome",
        state.revision(),
        lambda: inquiry.outcome_of_plan(state.store(), stored, view.snapshot, view.needs),
    )
