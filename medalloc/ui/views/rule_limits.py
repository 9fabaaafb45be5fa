"""Beds → Rules: the limits of a set, each a field of its own."""

from __future__ import annotations

from typing import Any

import streamlit as st

from medalloc.locale import gettext as _
from medalloc.review.set_limits import RANGES, WHOLE, SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.settings import settings
from medalloc.ui.views import rule_drafts
from medalloc.ui.weight_rows import LIMITS, Value, words

N_ = str
HELP = {
    "horizon_days": N_("Plans look this many days ahead: the first in steps of four hours, the others as nights."),
    "max_transfers": N_("Step-downs who wait for their move do not count."),
    "max_moves": N_("Those so far and those of the plan; step-downs who wait for their move do not count."),
    "open_escalation": N_("Beds of closed wards that are available; closed beds are never opened."),
    "gap": N_("A plan is called solved once no plan can be better by more than this."),
    "time_limit_s": N_("Then the best plan found so far is taken."),
}
"""What a limit means."""
IN_A_ROW = 3
OPTIONAL = ("time_limit_s",)
"""Limits that may be left empty."""
STEPS = {"gap": 0.1, "time_limit_s": 5.0}
"""By how much a press on + or − changes a limit; others by 1."""


def fields(chosen: WeightSet, *, barred: bool) -> None:
    """One for each limit."""
    values = rule_drafts.values(chosen)
    names = list(LIMITS)
    for start in range(0, len(names), IN_A_ROW):
        columns = st.columns(IN_A_ROW, gap="medium", vertical_alignment="center")
        for column, name in zip(columns, names[start : start + IN_A_ROW], strict=False):
            with column:
                _field(chosen, name, values[name], barred=barred)


def _field(chosen: WeightSet, name: str, value: Value, *, barred: bool) -> None:
    key = f"rules.limit.{name}.{chosen.name}.{chosen.version}.{rule_drafts.drawn_round()}"
    rule_drafts.drawn_limit(name, key)
    shown = rule_drafts.limit_shown(name, value)
    if key not in st.session_state:
        st.session_state[key] = shown
    if isinstance(shown, bool):
        st.toggle(words(name), key=key, help=_(HELP[name]), disabled=barred)
        return
    st.number_input(
        words(name),
        placeholder=_("as the operator has set it: %(seconds)g") % {"seconds": settings().bed_time_limit_s},
        key=key,
        help=_help(name),
        disabled=barred,
        **_numbers(name),
    )


def _numbers(name: str) -> dict[str, Any]:
    """Range, step and form of a limit that is a number; "min": it cannot be emptied, and the state has its value."""
    low, high = (rule_drafts.limit_shown(name, end) for end in RANGES[name])
    kind, form = (int, "%d") if name in WHOLE else (float, "%.4g")
    return {
        "min_value": kind(low or 0),
        "max_value": kind(high or 0),
        "step": kind(STEPS.get(name, 1)),
        "format": form,
        "value": None if name in OPTIONAL else "min",
    }


def _help(name: str) -> str:
    """What it means, and what it is in the standard set."""
    default = rule_drafts.limit_shown(name, SetLimits().to_mapping()[name])
    standard = _("Empty: as the operator of this machine has set it.")
    if default is not None:
        standard = _("Standard: %(value)g.") % {"value": default}
    return f"{_(HELP[name])} {standard}"
