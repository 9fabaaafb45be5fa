"""Beds → Rules: sets of weights, what each weight costs, and the hard rules."""

from __future__ import annotations

from typing import Any

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.locale import language
from medalloc.review import weight_sets
from medalloc.review.permissions import Permission, may
from medalloc.review.weight_sets import InForce, WeightSet
from medalloc.ui import rule_rows, state, weight_rows
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.times import clock
from medalloc.ui.views import rule_deeds, rule_drafts, rule_limits


def show(view: HospitalView) -> None:
    """The set that is looked at, what is changed in it, and the rules."""
    rule_drafts.gather()
    barred = not may(state.user(), Permission.EDIT_SETTINGS)
    force = weight_sets.in_force(state.store())
    chosen = _bar(view, force, barred=barred)
    if barred:
        st.info(_("Your role may read the weights, not change them: capacity planners and administrators may."))
    changes_go = st.container(key="rules.changes")
    weights, limits, hard, history = st.tabs([_("Weights"), _("Limits"), _("Hard rules"), _("Versions")])
    before = rule_drafts.begin(chosen)
    with weights:
        _weights(view, chosen, before, barred=barred)
    with limits:
        rule_limits.fields(chosen, barred=barred)
    with hard:
        _hard(view, force)
    with history:
        _history(chosen)
    rule_drafts.gather()
    with changes_go:
        rule_deeds.unsaved(view, chosen, barred=barred)


def _bar(view: HospitalView, force: InForce, *, barred: bool) -> WeightSet:
    """Choosing a set, what can be done with it, and where it comes from."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="rules.bar"):
        chosen = _choose(force)
        rule_deeds.buttons(view, chosen, force, barred=barred)
    with st.container(horizontal=True, vertical_alignment="center", key="rules.said"):
        _marks(view, chosen, force)
        st.caption(_said(chosen, force), width="content")
    if chosen.left_out:
        words = _("Kept with this set, but no plan uses it any more: %(names)s.")
        st.caption(words % {"names": ", ".join(chosen.left_out)})
    return chosen


def _choose(force: InForce) -> WeightSet:
    """The set that is looked at: at first the one in force."""
    sets = {one.name: one for one in weight_sets.all_sets(state.store())}
    wanted = st.session_state.get(Key.RULES_CHOSEN, force.chosen.name)
    wanted = wanted if wanted in sets else force.chosen.name
    retired = bool(st.session_state.get(Key.RULES_RETIRED))
    names = [name for name, one in sets.items() if not one.retired or retired or name == wanted]
    if st.session_state.get(Key.RULES_SET) not in names:
        st.session_state[Key.RULES_SET] = wanted
    name = st.selectbox(
        _("Set of weights and limits"),
        names,
        key=Key.RULES_SET,
        width=300,
        format_func=weight_rows.set_words,
        on_change=_chosen,
    )
    return sets[name or wanted]


def _chosen() -> None:
    """Callback: another set is looked at."""
    st.session_state[Key.RULES_CHOSEN] = st.session_state[Key.RULES_SET]


def _marks(view: HospitalView, chosen: WeightSet, force: InForce) -> None:
    """Whether plans are made with the set, and whether it is still offered."""
    if chosen.name == force.chosen.name:
        st.badge(_("In force"), icon=":material/check_circle:", color="green")
        if weight_rows.unused(view.stored, chosen):
            st.badge(_("No plan has been made with it yet"), icon=":material/history:", color="orange")
    elif chosen.retired:
        st.badge(_("Retired"), icon=":material/archive:", color="gray")
    else:
        st.badge(_("Not in force"), icon=":material/pause_circle:", color="gray")


def _said(chosen: WeightSet, force: InForce) -> str:
    """Where the set comes from, which one plans are made with, and which others have changes that are not saved."""
    if chosen.fixed:
        words = _("The set that medalloc comes with. To change it, save it under another name.")
    else:
        words = _("Version %(version)d, saved by %(by)s at %(time)s UTC.")
        words %= {"version": chosen.version, "by": chosen.by, "time": clock(chosen.made_at)}
    parts = [words]
    if chosen.name != force.chosen.name:
        parts.append(_("Plans are made with: %(name)s.") % {"name": weight_rows.set_words(force.chosen.name)})
    others = [weight_rows.set_words(name) for name in rule_drafts.names() if name != chosen.name]
    if others:
        parts.append(_("Changes not saved yet in: %(names)s.") % {"names": ", ".join(others)})
    return " ".join(parts)


def _weights(view: HospitalView, chosen: WeightSet, before: rule_drafts.Drawn | None, *, barred: bool) -> None:
    """Every weight, a table for each group."""
    words = _("Points a unit; one point is about an hour's wait of a patient of middling urgency.")
    st.caption(f"{words} {rule_deeds.made_with(view)}")
    paid = weight_rows.costs(view.stored)
    plan_id = view.stored.plan_id if view.stored else 0
    for table, (title, _groups) in weight_rows.TABLES.items():
        st.markdown(f"**{_(title)}** {_sum(table, paid)}")
        place = (table, chosen.name, chosen.version, plan_id, language(), rule_drafts.drawn_round())
        key = "rules." + ".".join(map(str, place))
        given = before.given.get(key) if before is not None and key in st.session_state else None
        if given is None:
            given = weight_rows.frame(table, rule_drafts.values(chosen), paid)
        rule_drafts.drawn_editor(key, given)
        st.data_editor(
            given,
            hide_index=True,
            height="content",
            placeholder="",
            disabled=True if barred else [column for column in given.columns if column != "value"],
            key=key,
            alt=_(title),
            column_config=_columns(),
        )


def _sum(table: str, paid: dict[str, weight_rows.Cost]) -> str:
    theirs = [paid[name] for name in weight_rows.names_in(table) if name in paid]
    if not theirs:
        return ""
    words = _("%(now)s → %(plan)s points")
    return "· " + words % {
        "now": f"{sum(one.now for one in theirs):,.0f}",
        "plan": f"{sum(one.plan for one in theirs):,.0f}",
    }


def _columns() -> dict[str, Any]:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    return {
        "what": text(_("What"), width=215),
        "value": number(_("Value"), step=0.001, format="%.4g", width=75),
        "default": number(_("Default"), format="%.4g", width=75),
        "unit": text(_("Unit"), width=205),
        "now": number(_("Now"), format="%.0f", width=75, help=_("Points that it costs to do nothing")),
        "plan": number(_("In the plan"), format="%.0f", width=85, help=_("Points that it costs in the last plan")),
        "counts": text(_("What counts"), width=430),
        "source": text(_("Source of the default"), width=300),
    }


def _hard(view: HospitalView, force: InForce) -> None:
    """The hard rules, and what each stands in the way of today."""
    opened = force.chosen.limits.open_escalation
    stamp = (view.revision, opened)
    found = state.held("ruled_out", stamp, lambda: rule_rows.ruled_out(view.snapshot, view.needs, escalation=opened))
    st.caption(
        _(
            "Hard rules have no price: a plan never breaks one for a newcomer. Counted are patients who wait without a "
            "bed against beds in which nobody lies: %(pairs)s pairs."
        )
        % {"pairs": f"{found.pairs:,}"}
    )
    st.table(rule_rows.frame(view.breaches, view.breaches_left, found), border="horizontal", hide_index=True)
    st.caption(_("Shut out is a patient who can have none of these beds, and could have one but for this rule alone."))


def _history(chosen: WeightSet) -> None:
    """Every version of the set, and how it differs from the standard one."""
    standard = weight_sets.differences(WeightSet(), chosen)
    if chosen.fixed:
        st.write(_("The standard set has no versions: it comes with medalloc."))
        return
    st.subheader(_("Otherwise than the standard set"), anchor=False)
    lines = [f"- {words}" for words in weight_rows.difference_words(standard)]
    st.markdown("\n".join(lines) or _("Nothing."))
    st.subheader(_("Versions"), anchor=False)
    st.dataframe(
        weight_rows.history(weight_sets.versions(state.store(), chosen.name)), hide_index=True, key="rules.history"
    )
