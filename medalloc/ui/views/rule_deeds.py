"""Beds → Rules: saving a set, putting it in force, and planning with it."""

from __future__ import annotations

import streamlit as st

from medalloc.errors import DataError
from medalloc.locale import gettext as _
from medalloc.review import weight_sets
from medalloc.review.permissions import Permission, may
from medalloc.review.weight_files import as_toml
from medalloc.review.weight_sets import InForce, WeightSet
from medalloc.ui import state, weight_rows
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.times import clock
from medalloc.ui.views import planning, rule_drafts


def buttons(view: HospitalView, chosen: WeightSet, force: InForce, *, barred: bool) -> None:
    """What can be done with a set as it is kept."""
    draft = rule_drafts.of(chosen)
    used = chosen.name == force.chosen.name
    st.button(
        _("Put in force"),
        key="rules.activate",
        icon=":material/check_circle:",
        disabled=barred or used or chosen.retired or draft is not None,
        help=_("Plans are made with this set from then on."),
        on_click=_put_in_force,
        args=(chosen, force),
    )
    _plan_again(view, ready=used and draft is None)
    with st.popover(_("Save as…"), key=f"rules.save_as.{rule_drafts.drawn_round()}", disabled=barred):
        _save_as(chosen)
    with st.popover(_("More"), key="rules.more"):
        _more(chosen, used=used, barred=barred)


def _plan_again(view: HospitalView, *, ready: bool) -> None:
    """Planning with the set in force; where that cannot be, why."""
    label = _("Plan again with these weights")
    allowed = may(state.user(), Permission.PLAN_BEDS)
    if ready and allowed:
        planning.solve_button(view, label, key="rules.plan")
        return
    words = _("Plans are made with the set in force, as it is saved: save this one and put it in force first.")
    if not allowed:
        words = _("Your role makes no plans: bed managers and administrators do.")
    st.button(label, key="rules.plan_later", icon=":material/refresh:", disabled=True, help=words)


def unsaved(view: HospitalView, chosen: WeightSet, *, barred: bool) -> None:
    """Saving what is changed; it takes the same room where nothing is, so that no cell moves under one's hand."""
    draft = rule_drafts.of(chosen)
    wrong = weight_rows.faults(draft.changes) if draft else []
    stale = draft is not None and draft.saw != chosen.version
    if draft is not None and stale:
        _overtaken(chosen, draft)
    with st.container(horizontal=True, vertical_alignment="center", key="rules.saving"):
        st.button(
            _("Save") if chosen.fixed else _("Save as version %(version)d") % {"version": chosen.version + 1},
            type=state.main_button(),
            key="rules.save",
            icon=":material/save:",
            disabled=barred or chosen.fixed or draft is None or bool(wrong) or stale,
            help=_("The standard set stays as it is: save your changes under another name.") if chosen.fixed else None,
            on_click=_save,
            args=(chosen,),
        )
        st.button(
            _("Throw changes away"),
            key="rules.reset",
            disabled=draft is None,
            on_click=rule_drafts.throw_away,
            args=(chosen.name,),
        )
        _status(view, chosen, draft, wrong)


def _status(view: HospitalView, chosen: WeightSet, draft: rule_drafts.Draft | None, wrong: list[str]) -> None:
    """What is wrong with the changes, or what they are, on a line."""
    if draft is None:
        st.caption(_("Nothing is changed."), width="stretch")
        return
    if wrong:
        st.badge(_("Cannot be saved"), icon=":material/error:", color="red")
    else:
        st.badge(_("Not saved yet"), icon=":material/edit:", color="orange")
    lines = weight_rows.change_words(chosen, draft.changes, weight_rows.costs(view.stored))
    st.markdown("  \n".join((*wrong, *lines)), width="stretch")


def made_with(view: HospitalView) -> str:
    """Which weights the plan at hand was made with."""
    if view.stored is None:
        return ""
    used = view.stored.made_with
    if not used:
        return _("Costs are those of plan %(number)d.") % {"number": view.stored.plan_id}
    words = _("Costs are those of plan %(number)d, made with: %(name)s.")
    name = weight_rows.version_words(used["set"], used["version"])
    return words % {"number": view.stored.plan_id, "name": name}


def _overtaken(chosen: WeightSet, draft: rule_drafts.Draft) -> None:
    """Who has saved the set since the changes were begun, and what is otherwise now."""
    kept = {one.version: one for one in weight_sets.versions(state.store(), chosen.name)}
    what = weight_sets.differences(kept[draft.saw], chosen) if draft.saw in kept else ()
    words = _("%(by)s saved version %(version)d at %(time)s UTC while you were changing version %(saw)d: %(what)s.")
    told = words % {
        "by": chosen.by,
        "version": chosen.version,
        "time": clock(chosen.made_at),
        "saw": draft.saw,
        "what": "; ".join(weight_rows.difference_words(what)) or "–",
    }
    with st.container(horizontal=True, vertical_alignment="center", key="rules.overtaken"):
        st.warning(told, icon=":material/sync_problem:", width="stretch")
        st.button(
            _("Put my changes on top of version %(version)d") % {"version": chosen.version},
            key="rules.on_top",
            on_click=rule_drafts.move_on_top,
            args=(chosen,),
        )


def _save_as(chosen: WeightSet) -> None:
    st.text_input(_("Name of the new set"), key=Key.RULES_NAME, max_chars=weight_sets.NAME_LENGTH)
    st.button(_("Save"), key="rules.save_new", type=state.main_button(), on_click=_save_new, args=(chosen,))
    st.caption(_("It holds what you see now, with your changes. Plans use it once it is put in force."))


def _more(chosen: WeightSet, *, used: bool, barred: bool) -> None:
    """The set as a file; retired sets, and retiring this one."""
    st.download_button(
        _("Download as a file for the command line"),
        as_toml(chosen).encode(),
        f"{chosen.name}.toml",
        mime="application/toml",
        key="rules.download",
        icon=":material/download:",
        disabled=not may(state.user(), Permission.EXPORT),
        on_click="ignore",
    )
    st.toggle(_("Show retired sets"), key=Key.RULES_RETIRED)
    if chosen.retired:
        deed, word = weight_sets.bring_back, _("Bring this set back")
    else:
        deed, word = weight_sets.retire, _("Retire this set")
    st.button(
        word,
        key="rules.retire",
        disabled=barred or chosen.fixed or used,
        help=_("It stays kept in every version, but is no longer offered."),
        on_click=state.attempt,
        args=(lambda: deed(state.store(), chosen.name, saw=chosen.version, user=state.user()),),
    )


def _save(chosen: WeightSet) -> None:
    """Callback: keep a further version with the changes."""
    rule_drafts.gather()
    draft = rule_drafts.of(chosen)
    if draft is None:
        return

    def save() -> None:
        wanted = _edited(chosen)
        kept = weight_sets.save_set(state.store(), wanted, saw=draft.saw, user=state.user())
        rule_drafts.throw_away(chosen.name)
        state.notice(_("Saved: %(name)s, version %(version)d.") % {"name": kept.name, "version": kept.version})

    state.attempt(save)


def _save_new(chosen: WeightSet) -> None:
    """Callback: keep what is shown under another name, and look at that."""
    rule_drafts.gather()

    def save() -> None:
        name = str(st.session_state.get(Key.RULES_NAME) or "")
        kept = weight_sets.save_as(state.store(), name, _edited(chosen), user=state.user())
        rule_drafts.throw_away(chosen.name)
        st.session_state[Key.RULES_NAME] = ""
        st.session_state[Key.RULES_CHOSEN] = st.session_state[Key.RULES_SET] = kept.name
        state.notice(_("Saved: %(name)s, version %(version)d.") % {"name": kept.name, "version": kept.version})

    state.attempt(save)


def _put_in_force(chosen: WeightSet, force: InForce) -> None:
    """Callback: make plans with this set from now on."""

    def put() -> None:
        weight_sets.activate(state.store(), chosen.name, saw=force.version, user=state.user())
        state.notice(_("In force: %(name)s.") % {"name": weight_rows.set_words(chosen.name)})

    state.attempt(put)


def _edited(chosen: WeightSet) -> WeightSet:
    draft = rule_drafts.of(chosen)
    if draft is None:
        return chosen
    wrong = weight_rows.faults(draft.changes)
    if wrong:
        raise DataError(" ".join(wrong))
    return weight_rows.with_changes(chosen, draft.changes)
