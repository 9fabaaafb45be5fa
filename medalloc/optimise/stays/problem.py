"""Stays in beds over time, as arrays: what a bed plan is once words have become numbers.

People come to *berths*. A berth is a cell (interchangeable beds of one bay) from a slot on; whoever comes to it
occupies one bed of the cell from then until the end of their stay. Time is a list of slots; a stay is the
half-open interval [start, end) of slots. Nothing here knows of hospitals, patients or rules: hard rules are
infinite costs, company and loads are data.

Letters in shapes: n people, m berths, c cells, b bays, s slots, k kinds of company.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import DataError

Costs = NDArray[np.float64]
Ints = NDArray[np.int_]
Mask = NDArray[np.bool_]

REMAINS = -1
"""In a solution: the person comes to no berth, but remains where they are (in bed, or without one)."""


@dataclass(frozen=True)
class People:
    """Those to be placed."""

    first: Ints
    """First slot in which each can come. (n,)."""
    end: Ints
    """Slot at whose beginning each has left; the number of slots: beyond the horizon. first < end. (n,)."""
    home: Ints
    """Cell in which each lies from slot 0; -1: none. (n,)."""
    remaining: Costs
    """Cost of remaining: at home until `end`, or without a bed; infinite: must come to a berth. (n,)."""
    capped: Mask
    """Whose coming counts towards `BedProblem.most_moves`. (n,)."""


@dataclass(frozen=True)
class Berths:
    """Where people can come."""

    cell: Ints
    """(m,)."""
    opens: Ints
    """First slot in which somebody can come; person i comes at max(opens, first[i]). (m,)."""
    cost: Costs
    """Of person i coming to berth q; infinite: forbidden. Where i would come at `end[i]` or later it must be
    infinite. (n, m)."""


@dataclass(frozen=True)
class Bay:
    """Cells whose people are company to one another.

    In every slot a bay is open to at most one of its kinds; newcomers must be of a kind that it is open to
    for every slot of their stay, and nobody who is not of that kind may remain. A bay with a finite `mixing`
    is always open to a kind, takes anybody, and pays for each slot of each person who is not of the kind.
    """

    cells: tuple[int, ...]
    kinds: tuple[int, ...]
    """Kinds that it can be open to; rows of `BedProblem.takes`."""
    mixing: float = float("inf")
    """Points per person and slot who is not of the kind."""
    flip: float = 0.0
    """Points, once, if it is open in any slot to one of `flipped`."""
    flipped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Clash:
    """A person who breaks a rule as long as they remain together with any of some others who remain."""

    person: int
    others: tuple[int, ...]
    cost: float
    """Points, once."""


@dataclass(frozen=True)
class MixedPair:
    """Two groups who lie in one bay and should not: the smaller number of those who remain pays."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    cost: Costs
    """Points of each person, if their group is not the one kept. (n,)."""


@dataclass(frozen=True)
class Load:
    """What the people in some cells ask for in a slot against what there is."""

    cells: tuple[int, ...]
    use: Costs
    """Of each person. (n,)."""
    supply: Costs
    """In each slot. (s,)."""
    cost: Costs
    """Points per unit of use above the supply, in each slot. (s,)."""


@dataclass(frozen=True)
class BedProblem:
    """Everything that a search needs."""

    n_slots: int
    people: People
    berths: Berths
    capacity: Ints
    """Beds that can be used or are in use, by cell and slot. (c, s)."""
    bays: tuple[Bay, ...] = ()
    """A cell that is in no bay (a single room) has no company to watch."""
    takes: Mask = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    """Who is of each kind of company. (k, n)."""
    crowded: frozenset[int] = frozenset()
    """Cells in which more people lie than there are beds (one bed, two patients): newcomers only once all have
    left, and all who remain but one pay `crowding`."""
    crowding: float = 0.0
    clashes: tuple[Clash, ...] = ()
    mixed: tuple[MixedPair, ...] = ()
    loads: tuple[Load, ...] = ()
    most_moves: int = 1_000_000
    """Of people who are `capped`."""

    def __post_init__(self) -> None:
        n, m = self.berths.cost.shape
        shapes = {
            "people": len(self.people.first) == len(self.people.end) == len(self.people.home) == n,
            "berths": len(self.berths.cell) == len(self.berths.opens) == m,
            "capacity": self.capacity.shape[1:] == (self.n_slots,),
            "takes": not self.bays or self.takes.shape[1] == n,
        }
        wrong = [name for name, right in shapes.items() if not right]
        if wrong or self.n_slots < 1:
            raise DataError(f"a bed problem whose arrays do not fit together: {', '.join(wrong) or 'no slots'}")

    @cached_property
    def start(self) -> Ints:
        """Slot in which person i would come to berth q. (n, m)."""
        return np.maximum(self.people.first[:, None], self.berths.opens[None, :])

    @cached_property
    def bay_of(self) -> Ints:
        """Bay of each cell; -1: none. (c,)."""
        bay = np.full(len(self.capacity), -1, dtype=int)
        for number, members in enumerate(self.bays):
            bay[list(members.cells)] = number
        return bay
