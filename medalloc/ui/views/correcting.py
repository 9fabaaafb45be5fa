"""What a clinician may say of a need: confirm it, change it, remove it, and take that back."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Basis, Need
from medalloc.domain.review import UserRole
from medalloc.locale import gettext as _
from medalloc.needs.corrected import ABSENT
from medalloc.review import corrections
from medalloc.review.permissions import Permission, may, permissions_of
from medalloc.ui import need_text, state
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.views import choosing, drafts
from medalloc.ui.views.attention import focus, keep_choice
from medalloc.ui.words import CORRECTION_REASONS, CORRECTIONS, NEEDS, ROLES, need_value, sentence
from medalloc.ui.worklist import Chosen, Item, is_corrected, need_of


@dataclass(frozen=True, slots=True)
class Subject:
    """The need that a clinician speaks about."""

    view: HospitalView
    item: Item
    need: Need
    after: Item
    """What is looked at afterwards."""


def show(view: HospitalView, item: Item, need: Need, after: Item) -> None:
    """What was said, or what may be said; `after` is looked at once it has been said."""
    correction = view.corrections.get(item[0], {}).get(item[1])
    if correction is not None:
        st.success(need_text.correction_words(correction), icon=":material/task_alt:")
    if not may(state.user(), Permission.CORRECT_NEEDS):
        st.caption(_barred())
        return
    if not corrections.values_of(item[1]):
        st.caption(_("It follows from the isolation: correct that one."))
        return
    subject = Subject(view, item, need, after)
    kind = drafts.opened(item)
    if kind is not None:
        _form(subject, kind)
        return
    with st.container(horizontal=True, key="needs.choices"):
        _choices(subject, correction)
    keep_choice("needs.choices", state.item_key(item))


def _barred() -> str:
    able = [_(ROLES[role]) for role in UserRole if Permission.CORRECT_NEEDS in permissions_of(role)]
    words = _("As %(role)s you can read needs, not correct them. Those who can: %(roles)s.")
    return words % {"role": _(ROLES[state.user().role]), "roles": _(", ").join(able)}


def _choices(subject: Subject, correction: Correction | None) -> None:
    """The buttons; the value that is confirmed stands on its button.

    Each need has buttons of its own: a press is about the need that was on screen, whatever is drawn next.
    """
    need = subject.need
    if (correction is None or need.confirm is not None) and (need.value or need.name in ABSENT):
        value = need_value(need.name, need.value, _)
        st.button(
            _("Confirm: %(value)s") % {"value": value},
            type="secondary" if need.basis is Basis.UNREAD else state.main_button(),
            icon=":material/check:",
            key=_key("confirm", subject.item),
            shortcut="y",
            on_click=_say,
            args=(subject, CorrectionKind.CONFIRM),
        )
    if drafts.values(need):
        _opener(_("Change…"), "e", subject.item, CorrectionKind.CHANGE)
    if drafts.removable(need):
        _opener(_("Remove…"), "x", subject.item, CorrectionKind.REMOVE)
    if correction is not None:
        st.button(
            _("Undo"),
            icon=":material/undo:",
            key=_key("undo", subject.item),
            shortcut="u",
            on_click=_undo,
            args=(subject.view, subject.item),
        )


def _opener(label: str, shortcut: str, item: Item, kind: CorrectionKind) -> None:
    key = _key(f"open_{kind}", item)
    st.button(label, key=key, shortcut=shortcut, on_click=drafts.open_form, args=(item, kind))


def _key(what: str, item: Item) -> str:
    return f"needs.{what}.{state.item_key(item)}"


def _form(subject: Subject, kind: CorrectionKind) -> None:
    """What is right, and why; what is entered waits in the session until it is said or thrown away."""
    need, item = subject.need, subject.item
    with st.container(key="needs.form"):
        if kind is CorrectionKind.CHANGE:
            st.selectbox(
                _("What is right?"),
                drafts.values(need),
                format_func=lambda value: sentence(need_value(need.name, value, _)),
                key=drafts.key(item, "value"),
                accept_new_options=need.name in corrections.FREE_TEXT,
                persist_state="session",
            )
        st.radio(
            _("Why?"),
            list(CorrectionReason),
            index=list(CorrectionReason).index(drafts.FIRST_REASON[kind]),
            format_func=lambda reason: sentence(_(CORRECTION_REASONS[reason])),
            key=drafts.key(item, "reason"),
            persist_state="session",
        )
        st.text_input(
            _("In your own words (optional)"),
            key=drafts.key(item, "comment"),
            max_chars=500,
            persist_state="session",
        )
        with st.container(horizontal=True):
            label = _("Save the change") if kind is CorrectionKind.CHANGE else _("Remove the need")
            st.button(
                label,
                type=state.main_button(),
                key=_key("save", item),
                shortcut="Ctrl+Enter",
                on_click=_say,
                args=(subject, kind),
            )
            st.button(_("Cancel"), key=_key("cancel", item), shortcut="Esc", on_click=drafts.close_form, args=(item,))
    focus(".st-key-needs-form", "[class*=st-key-needs-save] button", state.item_key(item) + kind)


def said_last(view: HospitalView, chosen: Chosen) -> None:
    """What was said just now, with the way back; the next need stands there already."""
    item: Item | None = st.session_state.get(Key.NEEDS_LAST)
    if item is None or item == chosen.item or not is_corrected(view, item):
        return
    correction = view.corrections[item[0]][item[1]]
    value = f"{_(NEEDS[item[1]])}: {need_value(item[1], correction.value, _)}"
    st.markdown(f"✓ {item[0]} · {value} – {_(CORRECTIONS[correction.kind])}", width="content")
    st.button(
        _("Undo this"),
        icon=":material/undo:",
        key=_key("undo_last", item),
        shortcut=None if is_corrected(view, chosen.item) else "u",
        disabled=not may(state.user(), Permission.CORRECT_NEEDS),
        on_click=_undo,
        args=(view, item),
    )


def _target(view: HospitalView, item: Item, need: Need) -> corrections.NeedTarget:
    correction = view.corrections.get(item[0], {}).get(item[1])
    version = correction.version if correction else 0
    return corrections.NeedTarget(view.info.snapshot_id, view.snapshot.at, item[0], need, version)


def _say(subject: Subject, kind: CorrectionKind) -> None:
    """Callback: put a clinician's word in force, and look at what is next."""
    target, store, user = _target(subject.view, subject.item, subject.need), state.store(), state.user()
    draft = drafts.draft(subject.item, subject.need, kind)

    def act() -> None:
        if kind is CorrectionKind.CONFIRM:
            corrections.confirm_need(store, user, target)
        elif kind is CorrectionKind.CHANGE:
            corrections.change_need(store, user, target, draft.value, draft.why)
        else:
            corrections.remove_need(store, user, target, draft.why)
        drafts.close_form(subject.item)
        st.session_state[Key.NEEDS_LAST] = subject.item
        choosing.open_item(subject.after)

    state.attempt(act)


def _undo(view: HospitalView, item: Item) -> None:
    """Callback: take a clinician's word back, unless that was done with the press before, and look at that need."""
    need = need_of(view, item)
    if need is None:
        return
    if item[1] in state.store().corrections_of(view.snapshot.name, [item[0]]).get(item[0], {}):
        target = _target(view, item, need)
        state.attempt(lambda: corrections.undo_correction(state.store(), state.user(), target))
    choosing.open_item(item)
