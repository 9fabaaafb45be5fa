"""Soft rules that cost a ward or a bay, by who is there together.

==========  ==============================================================================
flip        1 for a bay of women given to men, or of men to women
care_hours  hours of care that a ward's patients need above what is staffed (`care_loads`);
            all the hours of whoever waits outside the wards (`care_waiting`, `care_until`)
==========  ==============================================================================

Whoever waits is cared for as well, by staff whom no ward counts. Were their hours left out, a plan would rather let
patients wait than put them into a ward that is short of staff.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from medalloc.domain.people import Sex
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.slots import Slots
from medalloc.optimise.beds.weights import COUNTED_DAYS
from medalloc.optimise.rules import Person
from medalloc.optimise.stays.problem import Costs, Ints, Load, Mask


def flip(lying: Iterable[Person], sex: Sex | None) -> bool:
    """Whether a bay in which these people lie now is turned over to the other sex, if it is open to this one.

    A bay that is empty, mixed, or holds nobody recorded as female or male has no sex to change; nor has one that
    is open to any (None).
    """
    sexes = {person.patient.sex for person in lying} - {Sex.OTHER}
    return sex is not None and len(sexes) == 1 and sex not in sexes


def care_loads(situation: Situation) -> tuple[Load, ...]:
    """Of each ward that says how many hours it staffs: hours of care needed against them, in each slot.

    Whose hours of care are not known count none.
    """
    use = situation.care_hours
    cost = situation.settings.weights.care_hours * counted_days(situation.slots)
    if not use.any() or not cost.any():
        return ()
    cells: dict[str, list[int]] = {}
    for j, cell in enumerate(situation.cells):
        cells.setdefault(cell.ward.ward_id, []).append(j)
    staffed = {ward.ward_id: ward.care_hours for ward in situation.snapshot.wards if ward.care_hours is not None}
    return tuple(
        Load(tuple(members), use, np.full(situation.slots.count, staffed[ward_id]), cost)
        for ward_id, members in cells.items()
        if ward_id in staffed
    )


def care_waiting(situation: Situation) -> Costs:
    """Hours of care that each needs outside the wards if they get no bed; 0 where no ward is staffed. (n,)."""
    return _outside(situation, situation.end[:, None])[:, 0]


def care_until(situation: Situation) -> Costs:
    """Hours of care that each needs outside the wards before they come to each berth. (n, m)."""
    return _outside(situation, situation.start)


def _outside(situation: Situation, until: Ints) -> Costs:
    """Hours of care from the slot in which each could come up to others; in whole slots, as a ward counts them."""
    passed = np.append(0.0, np.cumsum(counted_days(situation.slots)))
    if not any(ward.care_hours is not None for ward in situation.snapshot.wards):
        return np.zeros(until.shape)
    waits = ~situation.lies & np.isfinite(situation.first_hours)
    hours = np.where(waits, situation.care_hours, 0.0)
    return np.asarray(hours[:, None] * (passed[until] - passed[situation.first][:, None]))


def counted_days(slots: Slots) -> Costs:
    """Length of each slot, as far as it lies in the days that are priced [days]. (s,)."""
    edges = np.minimum(slots.edges, COUNTED_DAYS * 24)
    return np.diff(edges) / 24


def care_points(load: Load, present: Mask) -> Costs:
    """What each costs by a ward's excess: shared by those who are there, in proportion to their hours. (n,).

    Parameters
    ----------
    present : who is in the ward in each slot. (n, s).
    """
    hours = np.where(present, load.use[:, None], 0.0)
    total = hours.sum(axis=0)
    points = load.cost * np.maximum(0.0, total - load.supply)
    share = np.divide(hours, total, out=np.zeros_like(hours), where=total > 0)
    return np.asarray(share @ points)
