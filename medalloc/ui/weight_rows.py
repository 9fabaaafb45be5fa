"""Weights and limits of bed plans as an editor shows them, what is changed in them, and what is wrong with that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from medalloc.locale import gettext as _
from medalloc.optimise.beds.weights import DESCRIBED, BedWeights, most_of
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import STANDARD, Difference, WeightSet, differences
from medalloc.store import StoredPlan
from medalloc.ui.times import clock

Value = float | bool | None
"""Of a weight or limit; None: an empty cell, or a limit that the operator sets."""

N_ = str
TABLES = {
    "waiting": (N_("Waiting"), ("waiting",)),
    "place": (N_("The bed"), ("place",)),
    "moves": (N_("Moves"), ("moves",)),
    "hospital": (N_("Wards and hospital"), ("ward", "breach")),
    "priority": (N_("Whose wait counts how much"), ("priority",)),
}
"""Title of each table, and the groups of weights that stand in it."""
WEIGHTS = {
    "waiting": N_("Waiting without a bed"),
    "priority_ed": N_("From the emergency department"),
    "priority_step_down": N_("Waiting to step down"),
    "priority_transfer": N_("From another hospital"),
    "priority_repatriation": N_("Coming back from another hospital"),
    "priority_elective": N_("Planned admission"),
    "priority_unknown": N_("From where is not known"),
    "acuity_1": N_("Acuity 1 (most ill)"),
    "acuity_2": N_("Acuity 2"),
    "acuity_3": N_("Acuity 3"),
    "acuity_4": N_("Acuity 4"),
    "acuity_5": N_("Acuity 5 (least ill)"),
    "outlier": N_("Outside the specialty"),
    "preferred": N_("Something wanted is missing"),
    "unsuited": N_("Whom the ward would rather not have"),
    "room_size": N_("Larger bay than wished"),
    "side_room": N_("Single room without need"),
    "over_level": N_("Bed above the level needed"),
    "enter_over_level": N_("Put into a bed above the level needed"),
    "out_of_sight": N_("Falls risk out of sight"),
    "distance": N_("Away from the specialty's site"),
    "escalation": N_("Escalation bed in use"),
    "care_hours": N_("Care hours above what is staffed"),
    "flip": N_("Bay changes sex"),
    "transfer": N_("Move of an inpatient"),
    "transfer_frail": N_("More: frail patient"),
    "transfer_again": N_("More: third or later move"),
    "transfer_soon": N_("More: leaves soon"),
    "transfer_night": N_("More: at night"),
    "change": N_("Otherwise than in the last plan"),
    "breach": N_("Hard rule broken and left so"),
}
"""What each weight is about."""
LIMITS = {
    "horizon_days": N_("Days to look ahead"),
    "max_transfers": N_("Most transfers in one plan"),
    "max_moves": N_("Most moves of a patient in a stay"),
    "gap": N_("Stop once the gap is at most [%]"),
    "time_limit_s": N_("Time limit [s]"),
    "open_escalation": N_("Open beds of closed wards"),
}
"""What each limit is about."""
SHARES = ("gap",)
"""Limits that are shares, and shown in per cent."""
_IN_TRANSFER = ("transfer_frail", "transfer_again", "transfer_soon", "transfer_night")
"""Weights whose points are paid, and shown, as those of `transfer`."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Points that a soft rule costs."""

    now: float
    """Doing nothing."""
    plan: float
    weight: float = 0.0
    """That the plan was made with; 0 where it is not known."""


def words(name: str) -> str:
    """What a weight or limit is about; one without words is shown as it is."""
    known = WEIGHTS | LIMITS
    return _(known[name]) if name in known else name.replace("_", " ")


def set_words(name: str) -> str:
    """The name of a set, the standard one in the reader's language."""
    return _("Standard") if name == STANDARD else name


def version_words(name: str, version: int) -> str:
    """A version of a set; the standard one has none."""
    if not version:
        return set_words(name)
    return _("%(name)s, version %(version)d") % {"name": name, "version": version}


def values_of(chosen: WeightSet) -> dict[str, Value]:
    """Every weight and limit of a set by name."""
    return {**chosen.weights.to_mapping(), **chosen.limits.to_mapping()}


def names_in(table: str) -> tuple[str, ...]:
    """Weights that stand in a table, in their order."""
    groups = TABLES[table][1]
    return tuple(name for group in groups for name, info in DESCRIBED.items() if info.group == group)


def costs(stored: StoredPlan | None) -> dict[str, Cost]:
    """What each weight costs in the plan at hand, and doing nothing; factors and parts of a price have no cost."""
    if stored is None:
        return {}
    now, plan, weights = stored.before.penalties, stored.plan.penalties, stored.plan.weights
    own = (name for name, info in DESCRIBED.items() if info.group != "priority" and name not in _IN_TRANSFER)
    return {name: Cost(now.get(name, 0.0), plan.get(name, 0.0), weights.get(name, 0.0)) for name in own}


def unused(stored: StoredPlan | None, chosen: WeightSet) -> bool:
    """Whether the plan at hand was made with another set, or another version of it; no plan, or one of old: no."""
    used = stored.made_with if stored else {}
    return bool(used) and (used["set"], used["version"]) != (chosen.name, chosen.version)


def frame(table: str, values: Mapping[str, Value], paid: Mapping[str, Cost]) -> pd.DataFrame:
    """A table for an editor; the index is the name of the weight."""
    names, by_default = names_in(table), BedWeights().to_mapping()
    return pd.DataFrame(
        {
            "what": [words(name) for name in names],
            "value": pd.array([values[name] for name in names], dtype="Float64"),
            "default": [by_default[name] for name in names],
            "unit": [_(DESCRIBED[name].unit) for name in names],
            "now": pd.array([paid[name].now if name in paid else None for name in names], dtype="Float64"),
            "plan": pd.array([paid[name].plan if name in paid else None for name in names], dtype="Float64"),
            "counts": [_(DESCRIBED[name].help) for name in names],
            "source": [_(DESCRIBED[name].source) for name in names],
        },
        index=list(names),
    )


def typed(given: pd.DataFrame, edited_rows: Mapping[int, Mapping[str, object]]) -> dict[str, float | None]:
    """Values by name after what was typed into an editor.

    Parameters
    ----------
    given
        What the editor was given, as `frame` makes it.
    edited_rows
        New cells by row and column.
    """
    values = {str(name): _number(value) for name, value in given["value"].items()}
    for row, cells in edited_rows.items():
        if "value" in cells:
            values[str(given.index[int(row)])] = _number(cells["value"])
    return values


def changed(chosen: WeightSet, values: Mapping[str, Value]) -> dict[str, Value]:
    """Those values that differ from the set."""
    before = values_of(chosen)
    return {name: value for name, value in values.items() if value != before[name]}


def with_changes(chosen: WeightSet, changes: Mapping[str, Value]) -> WeightSet:
    """The set as it is edited; DataError where a value is out of range."""
    values = values_of(chosen) | dict(changes)
    limits = SetLimits.from_mapping({name: values[name] for name in LIMITS})
    weights = BedWeights.from_mapping({name: values[name] for name in DESCRIBED})
    return replace(chosen, weights=weights, limits=limits)


def faults(changes: Mapping[str, Value]) -> list[str]:
    """What is wrong with changed weights, and what would be right, a line each."""
    wrong = [name for name, value in changes.items() if name not in LIMITS and not _in_range(name, value)]
    right = _("Right would be: a number from 0 to %(most)s.")
    return [f"{words(n)}: {value_words(n, changes[n])}. {right % {'most': f'{most_of(n):,.0f}'}}" for n in wrong]


def change_words(chosen: WeightSet, changes: Mapping[str, Value], paid: Mapping[str, Cost]) -> list[str]:
    """What is changed in a set and in range, a line each, with what the plan at hand would then cost by it."""
    before, lines = values_of(chosen), []
    for name, value in changes.items():
        if name not in LIMITS and not _in_range(name, value):
            continue
        line = f"{words(name)}: {value_words(name, before[name])} → {value_words(name, value)}"
        lines.append(line + _effect(name, value, paid))
    return lines


def difference_words(found: Iterable[Difference]) -> list[str]:
    """What two sets have otherwise, a line each."""
    return [f"{words(one.name)}: {value_words(one.name, one.was)} → {value_words(one.name, one.now)}" for one in found]


def history(versions: Sequence[WeightSet]) -> pd.DataFrame:
    """Versions of a set, the latest first, each with what it changed."""
    before = (*versions[1:], WeightSet())
    return pd.DataFrame(
        {
            _("Version"): one.version,
            _("Saved by"): one.by,
            _("Saved at (UTC)"): clock(one.made_at),
            _("What it changed"): "; ".join((*_retired(one, last), *difference_words(differences(last, one)))),
        }
        for one, last in zip(versions, before, strict=True)
    )


def _retired(one: WeightSet, last: WeightSet) -> list[str]:
    if one.retired == last.retired:
        return []
    return [_("retired") if one.retired else _("brought back")]


def value_words(name: str, value: Value) -> str:
    """A value as it is read: in per cent, yes or no, or as it stands."""
    if value is None:
        return _("as the operator has set it") if name == "time_limit_s" else "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{100 * value:g} %" if name in SHARES else f"{value:,.10g}"


def _effect(name: str, now: Value, paid: Mapping[str, Cost]) -> str:
    """What the plan at hand would cost by this rule, were it not made anew; "" where that cannot be told."""
    cost = paid.get(name)
    if cost is None or not (cost.plan and cost.weight) or name == "transfer":  # of which four more weights are part
        return ""
    then = cost.plan * float(now or 0.0) / cost.weight
    points = {"was": f"{cost.plan:,.0f}", "now": f"{then:,.0f}"}
    return " " + _("(the plan at hand: %(was)s → %(now)s points)") % points


def _in_range(name: str, value: Value) -> bool:
    return value is not None and not isinstance(value, bool) and 0 <= value <= most_of(name)


def _number(value: object) -> float | None:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(str(value))
