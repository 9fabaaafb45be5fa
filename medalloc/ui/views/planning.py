"""Planning the beds again, and saying when that is due."""

from __future__ import annotations

from functools import partial

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.review.permissions import Permission, may
from medalloc.review.weight_sets import in_force
from medalloc.store import StoredPlan
from medalloc.ui import state, weight_rows
from medalloc.ui.hospital import HospitalView


def solve_button(view: HospitalView, label: str, key: str = "beds.solve", kind: str = "beds") -> None:
    """Starts the plan; where the notes were never read, reading them first."""
    if not view.needs:
        kind = "prepare"
    st.button(
        label,
        key=key,
        icon=":material/refresh:",
        on_click=state.attempt,
        args=(lambda: state.start_job(kind, view.info.snapshot_id),),
        disabled=not may(state.user(), Permission.PLAN_BEDS) or bool(state.running_job()),
    )


def publishing(view: HospitalView, stored: StoredPlan) -> None:
    """Give the plan out, for later ones to keep to, or take it back; says which plan stands published."""
    published, allowed = view.published, may(state.user(), Permission.PUBLISH_PLAN)
    if published is not None and published.plan_id == stored.plan_id:
        take_back = partial(state.store().withdraw_plan, view.snapshot.name, published.number, user=state.user())
        st.button(
            _("Withdraw"),
            key="beds.withdraw",
            icon=":material/undo:",
            help=_("The plan that was published before stands again."),
            on_click=state.attempt,
            args=(take_back,),
            disabled=not allowed,
        )
        return
    saw = published.number if published else 0
    give_out = partial(state.store().publish_plan, stored.plan_id, saw=saw, user=state.user())
    st.button(
        _("Publish"),
        key="beds.publish",
        icon=":material/campaign:",
        help=_("Later plans change as little of a published plan as they can."),
        on_click=state.attempt,
        args=(give_out,),
        disabled=not allowed,
    )


def published_words(view: HospitalView) -> str:
    """Which plan stands published, by whom and since when; "" for none."""
    if view.published is None:
        return ""
    return _("Published: No. %(number)d (plan %(plan)d), %(by)s, %(time)s") % {
        "number": view.published.number,
        "plan": view.published.plan_id,
        "by": view.published.by,
        "time": f"{view.published.at:%Y-%m-%d %H:%M} UTC",
    }


def out_of_date(view: HospitalView) -> None:
    """Where needs, or the weights in force, have changed since the plan was made."""
    needs, weights = _needs_changed(view), _weights_changed(view)
    words = " ".join(part for part in (needs, weights) if part)
    if not words:
        return
    around = "beds" if weights else "replan"
    with st.container(horizontal=True, vertical_alignment="center", key="beds.out_of_date"):
        st.warning(words, icon=":material/history:", width=640)
        solve_button(view, _("Plan again"), key="beds.plan_again", kind=around)


def _needs_changed(view: HospitalView) -> str:
    """Of how many patients, and how many needs were corrected; "" for none."""
    count = len(view.needs_changed)
    if not count:
        return ""
    words = _("Needs have changed since this plan was made (patients: %(count)d).")
    if view.corrected_since:
        words = _("Needs corrected since this plan was made: %(corrected)d (patients it concerns: %(count)d).")
    return words % {"count": count, "corrected": view.corrected_since}


def _weights_changed(view: HospitalView) -> str:
    """Which weights are in force now, where the plan was made with others; "" where it was not."""
    chosen = in_force(state.store()).chosen
    if not weight_rows.unused(view.stored, chosen):
        return ""
    words = _("Other weights are in force than this plan was made with: %(name)s.")
    return words % {"name": weight_rows.version_words(chosen.name, chosen.version)}
