"""Who is in each bay in a solution of the relaxation, and how much of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.master import SURE, Master
from medalloc.optimise.stays.problem import Costs, Ints, Mask


@dataclass(frozen=True)
class Inside:
    """What a solution of the relaxation has in a bay in a slot: an entry per newcomer's column or person at home."""

    person: Ints
    cell: Ints
    amount: Costs
    newly: Mask


class InBays:
    """The last solution of a relaxation, by bay."""

    def __init__(self, master: Master, lying: list[Ints]) -> None:
        """`lying`: who lies in each bay at first."""
        columns, value = master.columns, master.primal
        used = np.flatnonzero(value > SURE)
        self._people, self._lying = master.problem.people, lying
        self._person, self._cell, self._bay = columns.person[used], columns.cell[used], columns.bay[used]
        self._start, self._end, self._amount = columns.start[used], columns.end[used], value[used]
        home = self._people.home[self._person]
        bay_of_home = np.where(home >= 0, master.problem.bay_of[home], -1)
        self._bay_of_home = bay_of_home
        self._into = _grouped(self._bay, len(lying))
        self._from = _grouped(bay_of_home, len(lying))

    @property
    def bays(self) -> list[int]:
        """Bays to which anybody comes."""
        return [number for number, into in enumerate(self._into) if len(into)]

    def slots(self, number: int) -> list[int]:
        """Slots in which anybody comes to a bay."""
        found: list[int] = np.unique(self._start[self._into[number]]).tolist()
        return found

    def comes(self, number: int) -> tuple[Ints, Costs]:
        """Everybody who comes to a bay in any slot, and how much of them."""
        into = self._into[number]
        return self._summed(self._person[into], self._amount[into])

    def present(self, number: int, slot: int) -> tuple[Ints, Costs]:
        """Everybody who is in a bay in a slot, and how much of them."""
        lying, out, into = self._at_home(number, slot), self._from[number], self._into[number]
        out = out[self._there(out, slot) & (self._bay[out] != number)]
        into = into[self._there(into, slot) & (self._bay_of_home[into] != number)]
        people = np.concatenate([lying, self._person[out], self._person[into]])
        return self._summed(people, np.concatenate([np.ones(len(lying)), -self._amount[out], self._amount[into]]))

    def inside(self, number: int, slot: int) -> Inside:
        """The newcomers' columns of a bay in a slot, and how much those at home have not left their cells."""
        lying, out, into = self._at_home(number, slot), self._from[number], self._into[number]
        into, out = into[self._there(into, slot)], out[self._there(out, slot)]
        left = np.bincount(self._person[out], self._amount[out], len(self._people.first))[lying]
        return Inside(
            np.concatenate([self._person[into], lying]),
            np.concatenate([self._cell[into], self._people.home[lying]]),
            np.concatenate([self._amount[into], np.maximum(0.0, 1.0 - left)]),
            np.arange(len(into) + len(lying)) < len(into),
        )

    def _at_home(self, number: int, slot: int) -> Ints:
        lying = self._lying[number]
        return lying[self._people.end[lying] > slot]

    def _there(self, places: Ints, slot: int) -> Mask:
        """Which have come by a slot and stay beyond it."""
        return np.asarray((self._start[places] <= slot) & (slot < self._end[places]))

    def _summed(self, people: Ints, amount: Costs) -> tuple[Ints, Costs]:
        """Everybody once, with the sum of their amounts where it is more than nothing."""
        total: Costs = np.bincount(people, amount, len(self._people.first)).astype(float)
        who = np.flatnonzero(total > SURE)
        return who, total[who]


def _grouped(group: Ints, n_groups: int) -> list[Ints]:
    """Places of the members of each group; groups below 0 are left out."""
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(n_groups + 1))
    return [order[edges[g] : edges[g + 1]] for g in range(n_groups)]
