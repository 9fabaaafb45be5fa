"""Beds: answers to what people ask of the plan; worked out when a question is opened, not before."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from medalloc import inquiry
from medalloc.domain.answers import WhyNot
from medalloc.domain.plan import Action, Placement
from medalloc.locale import gettext as _
from medalloc.optimise.beds.placements import Outcome
from medalloc.store import StoredPlan
from medalloc.ui import answer_rows, state, tables
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.state import Key

WHY_WIDTH = 360
"""So that the column after it is not cut off on a laptop [px]; the cell opens to the whole text."""

CLOSER = f"{Key.WHY_NOT}.closer"
"""Key of the question that is to be answered more closely."""


@dataclass(frozen=True)
class _Asked:
    """A plan that is asked about, as it was when the page was drawn."""

    view: HospitalView
    stored: StoredPlan
    stamp: tuple[int, ...]
    """Of everything that answers depend on."""

    @property
    def outcome(self) -> Outcome:
        """The plan with all that answers need; made at the first question of a session."""
        view = self.view
        return state.held(
            "beds.outcome",
            self.stamp,
            lambda: inquiry.outcome_of_plan(state.store(), self.stored, view.snapshot, view.needs),
        )


def of_patient(view: HospitalView, patient_id: str | None) -> None:
    """Other beds for the patient whose suggestion is open, and why not any one bed."""
    stored = view.stored
    if stored is None or patient_id is None or patient_id not in stored.plan.placement_of:
        return
    _of_patient(_Asked(view, stored, view.revision), patient_id)


@st.fragment
def _of_patient(asked: _Asked, patient_id: str) -> None:
    """The same; what is opened and chosen here draws nothing else of the page anew."""
    with st.expander(_("Other beds, and why not"), key="beds.other_beds", on_change="rerun") as box:
        if box.open:
            _other_beds(asked, patient_id)
            _why_not(asked, patient_id)


def _other_beds(asked: _Asked, patient_id: str) -> None:
    if _out_of_date(asked.view):
        return
    found = state.held("beds.other", (*asked.stamp, patient_id), lambda: inquiry.other_beds(asked.outcome, patient_id))
    if not found:
        st.info(_("No other bed can be had for this patient."))
        return
    st.markdown("\n".join(f"- {answer_rows.other_bed(asked.view.snapshot, one)}" for one in found))
    st.caption(_("Points more than the plan, with everybody else placed as planned."))


def _why_not(asked: _Asked, patient_id: str) -> None:
    snapshot = asked.view.snapshot
    present = asked.stored.plan.placement_of[patient_id].to_bed_id
    bed_id = st.selectbox(
        _("Why not bed …?"),
        [bed.bed_id for bed in snapshot.beds if bed.bed_id != present],
        index=None,
        format_func=lambda bed_id: answer_rows.bed_label(snapshot, bed_id),
        key=f"{Key.WHY_NOT}.{patient_id}",
        placeholder=_("Choose any bed"),
    )
    if bed_id is None or _out_of_date(asked.view):
        return
    stamp = (*asked.stamp, patient_id, bed_id)
    answer = _price(asked, stamp, patient_id, bed_id)
    st.markdown(f"**{answer_rows.bed_label(snapshot, bed_id)}**: {answer_rows.price_words(answer)}")
    if answer.terms:
        st.caption(answer_rows.terms_words(answer.terms))
    if answer_rows.is_open(answer) and st.session_state.get(CLOSER) != stamp:
        st.button(
            _("Work it out more closely"),
            key=f"{CLOSER}.{patient_id}",
            on_click=_look_closer,
            args=(stamp,),
            help=_("Takes some seconds: plans everybody anew around this bed."),
        )
    if len(answer.changes) > 1:
        rows = answer_rows.changes(snapshot, answer.changes, show_names=state.show_names())
        st.table(rows, border="horizontal", hide_index=True)


def _price(asked: _Asked, stamp: tuple[object, ...], patient_id: str, bed_id: str) -> WhyNot:
    """What a bed costs: found at once, and worked out more closely where a person asks for that."""
    with st.spinner(_("Planning with this bed …")):
        if st.session_state.get(CLOSER) != stamp:
            return state.held("beds.why_not", stamp, lambda: inquiry.price_of(asked.outcome, patient_id, bed_id))
        return state.held(
            "beds.why_not_closer", stamp, lambda: inquiry.closer_price_of(asked.outcome, patient_id, bed_id)
        )


def _look_closer(stamp: tuple[object, ...]) -> None:
    """Callback: from now on the closer answer is shown."""
    st.session_state[CLOSER] = stamp


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
    if lines and not _out_of_date(view):
        _would_help(_Asked(view, stored, view.revision), lines, show_names=show_names)


@st.fragment
def _would_help(asked: _Asked, lines: list[Placement], *, show_names: bool) -> None:
    """The least that would have to give for one of those who wait."""
    view = asked.view
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
    found = state.held("beds.help", (*asked.stamp, patient_id), lambda: inquiry.would_help(asked.outcome, patient_id))
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
