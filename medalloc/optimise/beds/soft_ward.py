"""Soft rules that cost a ward or a bay, by who is there together.

==========  ==============================================================================
flip        1 for a bay of women given to men, or of men to women
care_hours  hours of care that newcomers ask of a ward above what it staffs, or above what its
            present patients ask already, whichever is more
==========  ==============================================================================

A ward that is short of staff today is so whatever the plan does: only what a plan adds is charged to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from medalloc.domain.people import Sex
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.slots import Slots
from medalloc.optimise.beds.weights import COUNTED_DAYS
from medalloc.optimise.rules import Person
from medalloc.optimise.stays.problem import Costs, Load, Mask


def flip(lying: Iterable[Person], sex: Sex | None) -> bool:
    """Whether a bay in which these people lie now is turned over to the other sex, if it is open to this one.

    A bay that is empty, mixed, or holds nobody recorded as female or male has no sex to change; nor has one that
    is open to any (None).
    """
    sexes = {person.patient.sex for person in lying} - {Sex.OTHER}
    return sex is not None and len(sexes) == 1 and sex not in sexes


def care_loads(situation: Situation) -> tuple[Load, ...]:
    """Of each ward that says how many hours it staffs: hours of care needed against them, in each slot.

    A ward whose present patients need more than it staffs has as much as they need. Whose hours of care are not
    known count none.
    """
    use = situation.care_hours
    cost = situation.settings.weights.care_hours * counted_days(situation.slots)
    if not use.any() or not cost.any():
        return ()
    cells: dict[str, list[int]] = {}
    for j, cell in enumerate(situation.cells):
        cells.setdefault(cell.ward.ward_id, []).append(j)
    staffed = {ward.ward_id: ward.care_hours for ward in situation.snapshot.wards if ward.care_hours is not None}
    loads = []
    for ward_id, members in cells.items():
        if ward_id in staffed:
            now = float(use[np.isin(situation.home, members)].sum())
            supply = np.full(situation.slots.count, max(staffed[ward_id], now))
            loads.append(Load(tuple(members), use, supply, cost))
    return tuple(loads)


def counted_days(slots: Slots) -> Costs:
    """Length of each slot, as far as it lies in the days that are priced [days]. (s,)."""
    edges = np.minimum(slots.edges, COUNTED_DAYS * 24)
    return np.diff(edges) / 24


def care_points(load: Load, present: Mask, newly: Mask) -> Costs:
    """What each costs by a ward's excess: shared by those who have come newly, in proportion to their hours. (n,).

    Parameters
    ----------
    present : who is in the ward in each slot. (n, s).
    newly : who of them has come there by the plan. (n, s).
    """
    total = np.where(present, load.use[:, None], 0.0).sum(axis=0)
    points = load.cost * np.maximum(0.0, total - load.supply)
    hours = np.where(newly, load.use[:, None], 0.0)
    added = hours.sum(axis=0)
    return np.asarray(np.divide(hours, added, out=np.zeros_like(hours), where=added > 0) @ points)
