"""The table of care hours as an editor shows it, and what an editor gives back."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from medalloc.errors import Issue
from medalloc.locale import gettext as _
from medalloc.needs.care_table import TOOL_LEVELS, WTE_HOURS, CareRow, CareTable

N_ = str
ROWS = {
    "level.ward": N_("Ward"),
    "level.telemetry": N_("Ward with telemetry"),
    "level.hdu": N_("High dependency"),
    "level.icu": N_("Intensive care"),
    "acuity.1": N_("Acuity 1 on a ward: added"),
    "acuity.2": N_("Acuity 2 on a ward: added"),
    "one_to_one": N_("One-to-one care: added"),
    "mobility.supervision": N_("Moves under supervision: added"),
    "mobility.one": N_("Help of one to move: added"),
    "mobility.two": N_("Help of two to move: added"),
    "mobility.hoist": N_("Hoist: added"),
    "mobility.bed_bound": N_("Bed-bound: added"),
    "feeding": N_("Help with eating: added"),
    "isolation.contact": N_("Contact isolation: added"),
    "isolation.droplet": N_("Droplet isolation: added"),
    "isolation.protective": N_("Protective isolation: added"),
    "isolation.airborne": N_("Airborne isolation: added"),
    "end_of_life": N_("End-of-life care: added"),
    WTE_HOURS: N_("Hours a day of one whole-time equivalent"),
}
"""What each row of hours is about; base rows first, then what is added to them."""
TOOL = (WTE_HOURS, *(f"tool.{level}" for level in TOOL_LEVELS))
"""Rows of the licensed tool."""
HOURS = tuple(key for key in ROWS if key not in TOOL)
"""All others."""


def words(key: str) -> str:
    """What a row is about."""
    level = key.removeprefix("tool.")
    return _(ROWS[key]) if key in ROWS else _("Level %(level)s, whole-time equivalents a bed") % {"level": level}


def frame(rows: Sequence[CareRow]) -> pd.DataFrame:
    """Rows for an editor; the index is the key."""
    return pd.DataFrame(
        {
            "what": [words(row.key) for row in rows],
            "nurse": pd.array([row.nurse for row in rows], dtype="Float64"),
            "assistant": pd.array([row.assistant for row in rows], dtype="Float64"),
            "source": [row.source for row in rows],
        },
        index=[row.key for row in rows],
    )


def edited(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as `CareTable.from_rows` takes them; an empty cell is None."""
    return [
        {
            "key": key,
            "nurse": _number(row["nurse"]),
            "assistant": _number(row["assistant"]),
            "source": str(row["source"] or ""),
        }
        for key, row in zip(table.index, table.to_dict("records"), strict=True)
    ]


def _number(value: object) -> float | None:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(str(value))


def changes(before: CareTable, rows: Sequence[dict[str, object]]) -> list[str]:
    """What differs from the table in force, a line each."""
    found = []
    for row in rows:
        old, key = before.by_key[str(row["key"])], str(row["key"])
        for column, title in (("nurse", _("Nurse")), ("assistant", _("Assistant")), ("source", _("Source"))):
            was, now = getattr(old, column), row[column]
            if was != now:
                found.append(f"{words(key)} – {title}: {_cell(was)} → {_cell(now)}")
    return found


def _cell(value: object) -> str:
    return "–" if value in (None, "") else str(value)


def fault(issue: Issue) -> str:
    """What is wrong with a row, and what would be right."""
    column = {"nurse": _("Nurse"), "assistant": _("Assistant")}.get(issue.column, issue.column)
    key = issue.message.partition(":")[0].removeprefix("row ")
    row = words(key) if key in ROWS or key in TOOL else key
    right = _("Right would be: %(what)s.") % {"what": _right(issue, key)}
    return f"{row} – {column}: {_cell(issue.value)}. {right}"


def _right(issue: Issue, key: str) -> str:
    if "fill in all" in issue.message:
        return _("all levels of the tool, or none of them")
    return _("a number from 0 to 48") if key in ROWS else _("a number from 0 to 48, or nothing")
