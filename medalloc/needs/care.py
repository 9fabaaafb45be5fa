"""Hours of care per day that a patient needs, from an editable table.

One base row by level of care, as a legal ratio of nurses gives it, and rows that are added for what else the patient
needs; or, where the hospital has filled it in, its licensed acuity tool instead of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from medalloc.domain.needs import Mobility, NeedName, Needs
from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.domain.requirements import CareHours
from medalloc.needs.care_table import WTE_HOURS, CareTable, load_care_table

__all__ = ["CareSum", "CareTable", "care_hours", "care_of", "load_care_table"]

_YES = "yes"
_ONE_PERSON = frozenset({"feeding", "mobility.supervision", "mobility.one"})
"""What the person of a one-to-one does as well, so that no assistant is added."""
_VERY_ILL = ("1", "2")
_DEPENDENT = (Mobility.TWO, Mobility.HOIST, Mobility.BED_BOUND)


@dataclass(frozen=True, slots=True)
class CareSum:
    """Hours of care with the rows of the table that make them."""

    hours: CareHours
    rows: tuple[tuple[str, CareHours], ...]
    """(key of the row, what it adds); they sum to the hours, to a hundredth."""


def care_hours(table: CareTable, needs: Needs) -> CareHours:
    """Hours of care per day that a patient needs.

    >>> care_hours(load_care_table(), Needs("P1", {}))
    CareHours(nurse=4.8, assistant=2.4)
    """
    return care_of(table, needs).hours


def care_of(table: CareTable, needs: Needs) -> CareSum:
    """The same with the rows that make it. A need that is too unsure to use counts as absent."""
    rows = [_of_tool(table, needs)] if table.has_tool else _of_rows(table, needs)
    nurse = round(sum(hours.nurse for _, hours in rows), 2)
    assistant = round(sum(hours.assistant for _, hours in rows), 2)
    return CareSum(CareHours(nurse, assistant), tuple(rows))


def tool_level(needs: Needs) -> str:
    """The level of the acuity tool that comes nearest: our reading, to be checked against the licensed definitions.

    Level 1d (two people at all times) is not read from notes.
    """
    level = _value(needs, NeedName.LEVEL)
    if level in (Level.ICU, Level.HDU):
        return "3" if level == Level.ICU else "2"
    if _value(needs, NeedName.ONE_TO_ONE) == _YES:
        return "1c"
    if _value(needs, NeedName.ACUITY) in _VERY_ILL:
        return "1a"
    needs_help = _YES in (_value(needs, NeedName.FEEDING), _value(needs, NeedName.END_OF_LIFE))
    return "1b" if needs_help or _value(needs, NeedName.MOBILITY) in _DEPENDENT else "0"


def _of_tool(table: CareTable, needs: Needs) -> tuple[str, CareHours]:
    key = f"tool.{tool_level(needs)}"
    (nurse, assistant), (nurse_hours, assistant_hours) = table.hours(key), table.hours(WTE_HOURS)
    return key, CareHours(nurse * nurse_hours, assistant * assistant_hours)


def _of_rows(table: CareTable, needs: Needs) -> list[tuple[str, CareHours]]:
    keys = _keys(needs)
    found = []
    for key in keys:
        nurse, assistant = table.hours(key)
        spared = "one_to_one" in keys and key in _ONE_PERSON
        found.append((key, CareHours(nurse, 0.0 if spared else assistant)))
    return found


def _keys(needs: Needs) -> list[str]:
    """The rows that count for a patient."""
    level = _value(needs, NeedName.LEVEL) or str(Level.WARD)
    on_ward = level == Level.WARD
    base = "telemetry" if on_ward and _value(needs, NeedName.TELEMETRY) == _YES else level
    acuity, mobility = _value(needs, NeedName.ACUITY), _value(needs, NeedName.MOBILITY)
    isolation = _value(needs, NeedName.ISOLATION)
    yes = [
        name for name in (NeedName.ONE_TO_ONE, NeedName.FEEDING, NeedName.END_OF_LIFE) if _value(needs, name) == _YES
    ]
    return [
        f"level.{base}",
        *([f"acuity.{acuity}"] if on_ward and acuity in _VERY_ILL else []),
        *map(str, yes),
        *([f"mobility.{mobility}"] if mobility not in ("", Mobility.INDEPENDENT) else []),
        *([f"isolation.{isolation}"] if isolation not in ("", Isolation.NONE) else []),
    ]


def _value(needs: Needs, name: NeedName) -> str:
    need = needs.by_name.get(name)
    return "" if need is None or need.abstained else need.value
