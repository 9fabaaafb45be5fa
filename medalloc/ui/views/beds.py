"""Beds: what the plan brings, the board now and as proposed, and what every rule costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

import streamlit as st

from medalloc.domain.plan import Action
from medalloc.locale import gettext as _
from medalloc.locale import language
from medalloc.store import StoredPlan
from medalloc.ui import charts, hold_rows, state, tables
from medalloc.ui.beds_at import BedTimes
from medalloc.ui.board import Board, BoardEvent, View, bed_board, board_model
from medalloc.ui.hospital import HospitalView
from medalloc.ui.moments import moment_words
from medalloc.ui.state import Key
from medalloc.ui.views import answers, planning
from medalloc.ui.words import SOLVE_STATUS

BOARD_HEIGHT = 660
"""[px]."""


_VIEWS: dict[str, tuple[View, ...]] = {
    "proposed": ("proposed",),
    "current": ("current",),
    "both": ("current", "proposed"),
}


def summary(view: HospitalView) -> None:
    """What the plan brings against doing nothing, how good it is proved to be, and solving again."""
    if view.stored is None:
        st.info(_("There is no bed plan for this hospital yet."))
        planning.solve_button(view, _("Make a bed plan"))
        return
    plan, before = view.stored.plan, view.stored.before
    actions = [placement.action for placement in plan.placements]
    saved = (plan.objective - before.objective) / before.objective if before.objective else 0.0
    columns = st.columns([2, 2, 2, 2, 4, 6], vertical_alignment="center")
    columns[0].metric(_("Admissions"), actions.count(Action.ADMIT))
    columns[1].metric(_("Beds held"), actions.count(Action.HOLD))
    columns[2].metric(_("Transfers"), actions.count(Action.TRANSFER))
    columns[3].metric(_("Still waiting"), actions.count(Action.WAIT))
    columns[4].metric(
        _("Penalty: do nothing → plan"),
        f"{before.objective:,.0f} → {plan.objective:,.0f} ({saved:+.0%})",
        help=_("Sum of all penalties; each is weight × unit, listed below and in docs/rules.md."),
    )
    with columns[5]:
        with st.container(horizontal=True):
            planning.solve_button(view, _("Solve again, keep decisions"))
            planning.publishing(view, view.stored)
        st.caption(_proved(view.stored))
        if view.published is not None:
            st.caption(planning.published_words(view))


def _proved(stored: StoredPlan) -> str:
    plan = stored.plan
    return _("Plan %(number)d · %(status)s · gap %(gap).2f %% · %(seconds).1f s") % {
        "number": stored.plan_id,
        "status": _(SOLVE_STATUS[plan.status]),
        "gap": 100 * plan.gap,
        "seconds": plan.runtime_s,
    }


def choose_view() -> tuple[View, ...]:
    """Which boards to show."""
    words = {"proposed": _("Proposed"), "current": _("Current"), "both": _("Side by side")}
    show = st.segmented_control(
        _("Show"),
        list(words),
        default="proposed",
        required=True,
        format_func=words.__getitem__,
        key=Key.BEDS_SHOW,
        label_visibility="collapsed",
        persist_state="session",
    )
    return _VIEWS[show]


def choose_layout() -> Literal["board", "ward"]:
    """Whether to show all beds at a moment, or those of one ward over time."""
    words: dict[Literal["board", "ward"], str] = {"board": _("All beds"), "ward": _("One ward over time")}
    return st.segmented_control(
        _("Layout"),
        list(words),
        default="board",
        required=True,
        format_func=words.__getitem__,
        key=Key.BEDS_LAYOUT,
        label_visibility="collapsed",
        persist_state="session",
    )


@st.fragment
def boards(view: HospitalView, shown: tuple[View, ...], chosen: str | None, *, show_names: bool) -> None:
    """The beds as they are, as proposed, or both side by side, at the moment of the slider.

    What the signs mean stands once. A step of the slider draws the boards alone; a picked tile the whole page.
    """
    if st.session_state.pop(Key.BOARD_PICKED, False):
        st.rerun()
    moment = choose_moment(times(view, shown[-1]))
    for column, which in zip(st.columns(len(shown)), shown, strict=True):
        with column:
            _one_board(view, which, moment, chosen, show_names=show_names, legend=which == shown[-1])


def times(view: HospitalView, which: View) -> BedTimes:
    """When everybody comes and goes in a view."""
    plan = view.stored.plan if view.stored else None
    return state.held(
        f"times.{which}",
        view.revision,
        lambda: BedTimes(view.snapshot, view.needs, plan, which == "proposed"),
    )


def choose_moment(known: BedTimes) -> datetime:
    """The moment that is looked at: now, or an edge of the plan's time slots."""
    if st.session_state.get(Key.MOMENT, 0) >= len(known.moments):
        st.session_state[Key.MOMENT] = 0  # an earlier plan looked further ahead
    step = st.select_slider(
        _("Moment"),
        range(len(known.moments)),
        format_func=lambda step: moment_words(known.moments[step], known.at, _),
        key=Key.MOMENT,
        label_visibility="collapsed",
        persist_state="session",
    )
    return known.moments[step]


def _one_board(
    view: HospitalView, which: View, moment: datetime, chosen: str | None, *, show_names: bool, legend: bool
) -> None:
    stamp = (*view.revision, show_names, language(), moment)
    name = "later" if moment > view.snapshot.at else "now"
    board = state.held(f"board.{which}.{name}", stamp, lambda: _board(view, which, moment, show_names=show_names))
    bed_board(
        board if legend else replace(board, legend=()),
        key=f"{Key.BOARD}.{which}",
        selected=chosen,
        selected_bed=st.session_state.get(Key.BOARD_BED),
        on_pick=_picked,
        height=BOARD_HEIGHT,
    )


def _board(view: HospitalView, which: View, moment: datetime, *, show_names: bool) -> Board:
    return board_model(
        view.snapshot,
        needs=view.needs,
        plan=view.stored.plan if view.stored else None,
        decisions=view.decisions,
        view=which,
        show_names=show_names,
        breaches=view.breaches if which == "current" else view.breaches_left,
        translate=_,
        moment=moment,
        times=times(view, which),
    )


def _picked(event: BoardEvent) -> None:
    """Callback: a tile was picked; where its patient has a suggestion, that one is opened."""
    st.session_state[Key.BOARD_BED] = event.bed_id
    st.session_state[Key.BOARD_PICKED] = True
    if event.patient_id:
        st.session_state[Key.WANTED] = event.patient_id


def details(view: HospitalView, *, show_names: bool) -> None:
    """Beds held for later, who still waits and what would help, what is short, what changed, what each rule costs."""
    if view.stored is None:
        return
    plan, before = view.stored.plan, view.stored.before
    words = [
        _("Beds held for later"),
        _("Who still waits, and what would help"),
        _("Which beds are short"),
        _("What changed from the last plan"),
        _("What each rule costs"),
    ]
    held, waiting, scarce, changed, rules = st.tabs(words)
    with held:
        rows = hold_rows.held_beds(view, times(view, "proposed"), show_names=show_names)
        if rows.empty:
            st.info(_("The plan holds no bed for later."))
        else:
            st.dataframe(rows, hide_index=True, key="beds.held")
    with waiting:
        answers.still_waiting(view, show_names=show_names)
    with scarce:
        answers.scarce(view)
    with changed:
        answers.changed(view, show_names=show_names)
    with rules:
        left, right = st.columns([3, 2])
        left.plotly_chart(charts.penalty_terms(before.penalties, plan.penalties, translate=_), key="beds.terms")
        right.dataframe(tables.penalties(before.penalties, plan.penalties), hide_index=True, key="beds.terms_table")
