"""Berths: a cell from a slot on. When each cell can be come to, and who is expected to leave before that.

A cell has a berth for the present (its empty beds, or beds that transfers leave), one for when its patient is
expected to have left, and, in a bay, one for when everybody is expected to have left with whom somebody who needs
a bed may not share the bay. Others come no earlier and cost no less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule, Ward
from medalloc.optimise.beds.cells import Cell
from medalloc.optimise.beds.slots import Slots
from medalloc.optimise.rules import TURNAROUND_HOURS, Person, bay_rules, moves_now
from medalloc.optimise.stays.problem import Costs, Ints, Mask


@dataclass(frozen=True)
class Berth:
    """A cell from a slot on."""

    cell: int
    opens: int
    """Slot."""
    ready_hours: float
    """From `at` until the bed is ready [hours]; the slot may begin later."""
    after: tuple[str, ...] = ()
    """patient_id of those who lie in the bed and are expected to leave first."""
    for_step_downs: bool = False
    """Whether only those who lie in another bed come."""


@dataclass(frozen=True)
class Times:
    """When people come and go."""

    first_hours: Costs
    """From `at` until each could first come into a bed [hours]; infinite: not in this plan. (n,)."""
    leave_hours: Costs
    """From `at` until each is expected to leave the hospital [hours]; infinite: not known. (n,)."""
    first: Ints
    """Slot. (n,)."""
    end: Ints
    """Slot at whose beginning each has left; the number of slots: beyond the horizon. (n,)."""


Kind = tuple[Sex, Isolation, str]
"""What decides with whom somebody may share a bay."""


class Strangers:
    """Who may not share a bay with whom."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._kinds = [_kind(person) for person in people]
        self._some = dict(zip(self._kinds, people, strict=True))
        self._known: dict[tuple[Kind, Kind, SexRule], bool] = {}

    def are(self, i: int, k: int, ward: Ward) -> bool:
        """Whether two people, by row, may not lie in one bay of a ward."""
        pair = (self._kinds[i], self._kinds[k], ward.sex_rule)
        if pair not in self._known:
            self._known[pair] = bool(bay_rules(self._some[pair[0]], [self._some[pair[1]]], ward))
        return self._known[pair]

    def one_of_each(self, rows: Sequence[int]) -> list[int]:
        """Of people by row, one of each kind."""
        return list({self._kinds[i]: i for i in reversed(rows)}.values())

    def of(self, rows: Ints, k: int, ward: Ward) -> Ints:
        """Which of some people may not share a bay with person k."""
        return np.array([i for i in rows.tolist() if self.are(i, k, ward)], dtype=int)


def _kind(person: Person) -> Kind:
    return person.patient.sex, person.needs.isolation, person.needs.organism


def berths_of(
    cells: Sequence[Cell], people: Sequence[Person], times: Times, stuck: Mask, slots: Slots
) -> tuple[Berth, ...]:
    """Every berth to which somebody might come.

    Parameters
    ----------
    stuck : whether each person is to remain where they are. (n,).
    """
    strangers = Strangers(people)
    wanting = [i for i in range(len(people)) if isfinite(times.first_hours[i]) and not moves_now(people[i])]
    steps_down = any(people[i].bed_id and not stuck[i] for i in wanting)
    groups = strangers.one_of_each([i for i in wanting if not stuck[i]])
    in_bay: dict[tuple[str, str], list[int]] = {}
    for cell in cells:
        in_bay.setdefault((cell.ward.ward_id, cell.bay_id), []).extend(cell.lying)
    found: list[Berth] = []
    for j, cell in enumerate(cells):
        if not isfinite(cell.ready_hours):
            continue
        now = list(_now(j, cell, stuck, slots))
        own = [*now, *_after_leaving(j, cell, people, times, slots)]
        lying = in_bay[cell.ward.ward_id, cell.bay_id]
        gone = {_all_gone(strangers, i, lying, cell, times) for i in groups} if not cell.single else set()
        soon = [replace(berth, opens=1, for_step_downs=True) for berth in now if steps_down and _is_soon(berth)]
        found += sorted([*soon, *_berths(own, gone, slots)], key=lambda berth: berth.opens)
    return tuple(found)


def _now(j: int, cell: Cell, stuck: Mask, slots: Slots) -> Iterator[Berth]:
    """The empty beds of a cell, or those whose patients could be moved."""
    opens = int(slots.containing(np.array(cell.ready_hours)))
    if len(cell.beds) > sum(bool(stuck[i]) for i in cell.lying) and opens < slots.count:
        yield Berth(j, opens, cell.ready_hours)


def _is_soon(berth: Berth) -> bool:
    """Whether a bed is not ready yet but will be in the first slot, in which nobody leaves a bed but at once."""
    return berth.opens == 0 and berth.ready_hours > 0


def _after_leaving(j: int, cell: Cell, people: Sequence[Person], times: Times, slots: Slots) -> Iterator[Berth]:
    """The bed of a cell of one once its patient is expected to have left, and it is clean again."""
    rows = list(cell.lying)
    if len(cell.beds) > 1 or not rows or times.end[rows].max() >= slots.count:
        return
    ready = max(float(times.leave_hours[rows].max()) + TURNAROUND_HOURS, cell.ready_hours)
    opens = max(int(slots.containing(np.array(ready))), int(times.end[rows].max()))
    if opens < slots.count:
        yield Berth(j, opens, ready, tuple(people[i].patient_id for i in rows))


def _all_gone(strangers: Strangers, i: int, lying: Sequence[int], cell: Cell, times: Times) -> int:
    """The slot from which nobody lies in the bay with whom a person may not share it, if nobody is moved."""
    return max((int(times.end[k]) for k in lying if strangers.are(i, k, cell.ward)), default=0)


def _berths(own: Sequence[Berth], gone: set[int], slots: Slots) -> Iterator[Berth]:
    """The berths of a cell by itself, and each of them again from the slots at which company has left."""
    for number, berth in enumerate(own):
        yield berth
        until = own[number + 1].opens if number + 1 < len(own) else slots.count
        for slot in sorted(gone):
            if berth.opens < slot < until:
                yield replace(berth, opens=slot)
