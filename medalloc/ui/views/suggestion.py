"""Beds: the list of suggestions, and the one that is open, with its reasons and what can be decided."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from medalloc.domain.people import Patient
from medalloc.domain.review import Decision, RejectReason
from medalloc.locale import gettext as _
from medalloc.review import decisions, explain
from medalloc.review.permissions import Permission, may
from medalloc.review.suggestions import Suggestion, settled
from medalloc.ui import state, tables
from medalloc.ui.board.words import SOURCES, VERDICTS
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.state import Key
from medalloc.ui.times import clock, hours_between, span
from medalloc.ui.views import choosing
from medalloc.ui.views.attention import keep_choice
from medalloc.ui.words import NEEDS, need_value, sentence

LIST_HEIGHT, DETAIL_HEIGHT = 220, 420
"""[px]."""


def choose(view: HospitalView, *, show_names: bool, beside: bool) -> str | None:
    """The list of suggestions and, under or beside it, the open one; returns its patient_id."""
    if view.stored is None:
        return None
    found = view.suggestions
    undecided = sum(suggestion.decision is None for suggestion in found)
    st.subheader(_("%(undecided)d of %(all)d to decide") % {"undecided": undecided, "all": len(found)}, anchor=False)
    if not found:
        st.success(_("The plan moves nobody: no move would make the hospital better."))
        _already_settled(view, show_names=show_names)
        return None
    upper, lower = st.columns(2) if beside else (st.container(), st.container())
    by_patient = {one.patient_id: one for one in found}
    with upper, st.container(height=DETAIL_HEIGHT if beside else LIST_HEIGHT):
        chosen = _list(view, by_patient, show_names=show_names)
    with lower, st.container(border=True, height=DETAIL_HEIGHT):
        _detail(view, by_patient[chosen], show_names=show_names)
    _already_settled(view, show_names=show_names)
    return chosen


def _list(view: HospitalView, by_patient: dict[str, Suggestion], *, show_names: bool) -> str:
    opened = _opened(by_patient)
    key = choosing.list_key(Key.SUGGESTION, Key.SUGGESTION_LINE, opened)
    st.radio(
        _("Suggestions, those that help most first"),
        list(by_patient),
        format_func=lambda patient_id: _line(view, by_patient[patient_id], show_names=show_names),
        key=key,
        on_change=_follow,
        args=(key, tuple(by_patient)),
        label_visibility="collapsed",
    )
    return opened


def _opened(by_patient: dict[str, Suggestion]) -> str:
    """What was asked for elsewhere; else what is open, or the first that is still to be decided."""
    opened: str = st.session_state.get(Key.SUGGESTION, "")
    wanted: str = st.session_state.pop(Key.WANTED, "")
    if wanted not in by_patient and opened in by_patient:
        return opened
    undecided = (patient_id for patient_id, one in by_patient.items() if one.decision is None)
    chosen = wanted if wanted in by_patient else next(undecided, next(iter(by_patient)))
    choosing.move(Key.SUGGESTION)
    st.session_state[Key.SUGGESTION] = chosen
    return chosen


def _follow(key: str, patient_ids: Sequence[str]) -> None:
    """Callback: open the line that was chosen; one that reads otherwise by now is not known any more."""
    patient_id = choosing.choice(Key.SUGGESTION, Key.SUGGESTION_LINE, key)
    if patient_id in patient_ids:
        choosing.move(Key.SUGGESTION, Key.SUGGESTION_LINE)
        st.session_state[Key.SUGGESTION] = patient_id


def _line(view: HospitalView, suggestion: Suggestion, *, show_names: bool) -> str:
    patient = view.snapshot.patient_of[suggestion.patient_id]
    sign = f"{VERDICTS[suggestion.decision.verdict].short} " if suggestion.decision else ""
    label = patient_label(patient, show_names=show_names)
    origin = suggestion.from_bed_id or (_(SOURCES[patient.source]) if patient.source else "–")
    return f"{sign}**{label}** {origin} → {suggestion.to_bed_id} · {suggestion.benefit:+.0f}"


def _detail(view: HospitalView, suggestion: Suggestion, *, show_names: bool) -> None:
    patient = view.snapshot.patient_of[suggestion.patient_id]
    st.markdown(f"**{patient_label(patient, show_names=show_names)}** – {_who(view, patient)}")
    st.markdown(_move(view, suggestion))
    _decide(view, suggestion)
    st.markdown("\n".join(f"- {sentence(explain.reason_words(reason, _))}" for reason in suggestion.reasons))
    st.dataframe(
        tables.penalties(suggestion.terms_before, suggestion.terms_after),
        hide_index=True,
        key="beds.suggestion_terms",
    )
    _proof(view, patient)


def _who(view: HospitalView, patient: Patient) -> str:
    at = view.snapshot.at
    parts = [_("%(age)d years") % {"age": patient.age}, tables.where(view.snapshot, patient)]
    if patient.waiting_since:
        parts.append(_("waiting %(span)s") % {"span": span(hours_between(patient.waiting_since, at), _)})
    needs = tables.needs_line(view, patient)
    return " · ".join([*parts, needs] if needs else parts)


def _move(view: HospitalView, suggestion: Suggestion) -> str:
    snapshot = view.snapshot
    bed = snapshot.bed_of[suggestion.to_bed_id]
    origin = suggestion.from_bed_id or _("no bed")
    ward = snapshot.ward_of[bed.ward_id].name or bed.ward_id
    words = f"{sentence(explain.action_words(suggestion.action, _))}: **{origin} → {bed.bed_id}** ({ward})"
    if suggestion.starts_at and suggestion.starts_at > snapshot.at:
        words += " " + _("from %(time)s") % {"time": clock(suggestion.starts_at, snapshot.at)}
    return words + " · " + _("saves %(points).1f points") % {"points": suggestion.benefit}


def _decide(view: HospitalView, suggestion: Suggestion) -> None:
    """Accept, reject with a reason, lock; or undo what was decided.

    Each suggestion has buttons of its own: a press is about the one that was on screen, whatever is drawn next.
    """
    if suggestion.decision is not None:
        _decided(view, suggestion.decision)
        return
    barred = not may(state.user(), Permission.DECIDE_BEDS)
    with st.container(horizontal=True, key="beds.choices"):
        st.button(
            _("Accept"),
            type=state.main_button(),
            icon=":material/check:",
            key=f"beds.accept.{suggestion.patient_id}",
            disabled=barred,
            shortcut="a",
            on_click=_say,
            args=(view, suggestion, "accept"),
        )
        with st.popover(_("Reject…"), icon=":material/close:", disabled=barred, key="beds.reject_box"):
            st.radio(
                _("Why?"),
                list(RejectReason),
                format_func=lambda one: sentence(explain.refusal_words(one, _)),
                key=Key.REASON,
            )
            st.text_input(_("In your own words (optional)"), key=Key.COMMENT, max_chars=500)
            st.button(
                _("Reject this move"),
                key=f"beds.reject.{suggestion.patient_id}",
                on_click=_say,
                args=(view, suggestion, "reject"),
            )
        st.button(
            _("Lock"),
            icon=":material/lock:",
            key=f"beds.lock.{suggestion.patient_id}",
            disabled=barred,
            shortcut="l",
            on_click=_say,
            args=(view, suggestion, "lock"),
            help=_("Later plans keep this bed for this patient."),
        )
    keep_choice("beds.choices", suggestion.patient_id)
    if suggestion.overtaken is not None:
        st.caption(
            _("An earlier decision about this patient was for another move: %(what)s")
            % {"what": _summary(suggestion.overtaken)}
        )


def _decided(view: HospitalView, decision: Decision) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.success(_summary(decision), icon=":material/task_alt:")
    right.button(
        _("Undo"),
        icon=":material/undo:",
        key=f"beds.undo.{decision.patient_id}",
        disabled=not may(state.user(), Permission.DECIDE_BEDS),
        on_click=_undo,
        args=(view, decision),
    )


def _summary(decision: Decision) -> str:
    verdict = sentence(explain.verdict_words(decision.verdict, _))
    words = f"{VERDICTS[decision.verdict].short} {verdict}: {decision.bed_id}"
    if decision.reason:
        words += f" – {explain.refusal_words(decision.reason, _)}"
    if decision.comment:
        words += f" – “{decision.comment}”"
    return words + f" ({decision.decided_by}, {clock(decision.decided_at)} UTC)"


def _target(view: HospitalView, patient_id: str, version: int) -> decisions.Target:
    plan_id = view.stored.plan_id if view.stored else 0
    return decisions.Target(view.info.snapshot_id, plan_id, patient_id, version)


def _say(view: HospitalView, suggestion: Suggestion, what: str) -> None:
    """Callback: put a verdict on record and open the next suggestion that is still to be decided."""
    target = _target(view, suggestion.patient_id, suggestion.version)
    store, user = state.store(), state.user()

    def act() -> None:
        if what == "reject":
            reason = st.session_state.get(Key.REASON, RejectReason.NOT_THIS_BED)
            decisions.reject(store, user, target, reason, str(st.session_state.get(Key.COMMENT, "")))
            st.session_state[Key.COMMENT] = ""
        elif what == "lock":
            decisions.lock(store, user, target)
        else:
            decisions.accept(store, user, target)
        st.session_state[Key.WANTED] = _next_open(view, suggestion)

    state.attempt(act)


def _next_open(view: HospitalView, done: Suggestion) -> str:
    order = [suggestion.patient_id for suggestion in view.suggestions]
    place = order.index(done.patient_id)
    behind = view.suggestions[place + 1 :] + view.suggestions[:place]
    return next((one.patient_id for one in behind if one.decision is None), done.patient_id)


def _undo(view: HospitalView, decision: Decision) -> None:
    target = _target(view, decision.patient_id, decision.version)
    state.attempt(lambda: decisions.undo(state.store(), state.user(), target))
    st.session_state[Key.WANTED] = decision.patient_id


def _already_settled(view: HospitalView, *, show_names: bool) -> None:
    """Decisions about patients whom the plan no longer moves; they can still be undone."""
    if view.stored is None:
        return
    done = settled(view.stored.plan, view.decisions.values())
    if not done:
        return
    with st.expander(_("Kept from earlier plans (%(count)d)") % {"count": len(done)}, key="beds.settled"):
        for decision in done:
            patient = view.snapshot.patient_of[decision.patient_id]
            st.markdown(f"**{patient_label(patient, show_names=show_names)}**")
            _decided(view, decision)


def _proof(view: HospitalView, patient: Patient) -> None:
    """What the plan read from the notes, in the notes' own words."""
    found = view.needs.get(patient.patient_id)
    pieces = [(need, need.evidence[0]) for need in found.by_name.values() if need.evidence] if found else []
    if not pieces:
        return
    st.markdown("**" + _("From the notes") + "**")
    for need, piece in pieces:
        st.markdown(f"{_(NEEDS[need.name])}: {need_value(need.name, need.value, _)} ({need.probability:.0%})")
        st.text(f"“{piece.quote}”")
