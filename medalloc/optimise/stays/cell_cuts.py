"""Rows about the company in a single cell of a bay: its beds are taken by those of a kind, or by the others.

They are cliques of a kind that rows about one person each do not have: a man who leaves half his bed, for a woman
elsewhere in the bay, leaves that half to no other man.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from medalloc.optimise.stays.in_bays import Inside
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Mask
from medalloc.optimise.stays.rows import Row

BROKEN = 0.05
"""Rows that are broken by less are left out."""


@dataclass
class Opened:
    """The variables of a bay in a slot in which the relaxation watches its company."""

    kinds: dict[int, int]
    """Variable that opens it, by kind."""
    over: int | None = None
    """Variable that counts those who are not of the kind, where that has a price."""
    joined: set[int] = field(default_factory=set)
    """People who have a row."""
    crowds: bool = False
    """Whether it has rows for all people of a kind together."""
    cells: set[tuple[int, bool, bytes]] = field(default_factory=set)
    """Rows about a cell: for whom it is opened, or from whom it is kept, and for which kinds."""


class CellCuts:
    """Finds broken rows about cells and adds them."""

    def __init__(self, master: Master) -> None:
        self._master, self._problem = master, master.problem
        self._beds = np.maximum(master.problem.capacity, master.at_home)
        """Beds of each cell in each slot, or people where there are more. (c, s)."""

    def add(self, number: int, slot: int, known: Opened, inside: Inside) -> bool:
        """Add what is broken in a bay and slot; whether anything is."""
        kinds = list(known.kinds)
        opened = np.array([self._master.value_of(known.kinds[kind]) for kind in kinds])
        takes = self._problem.takes[kinds][:, inside.person]
        broken = False
        for group in {each.tobytes(): each for each in takes.T.copy()}.values():
            others = ~takes[~group].any(axis=0)
            one = inside.newly & others
            room = float(opened[group].sum())
            kept = 1.0 - float(opened[~group].sum())
            for newly, mask, share in ((True, one, room), (False, others, kept)):
                for cell in self._over(inside, mask, share, slot):
                    key = (cell, newly, group.tobytes())
                    if key not in known.cells:
                        known.cells.add(key)
                        self._add_row(cell, slot, known, kinds, group, newly=newly)
                        broken = True
        return broken

    def _over(self, inside: Inside, mask: Mask, share: float, slot: int) -> list[int]:
        """Cells in which those of a mask take more than a share of the beds."""
        taken = np.bincount(inside.cell[mask], inside.amount[mask], len(self._beds))
        there = np.bincount(inside.cell[mask], minlength=len(self._beds)) > 0
        over: list[int] = np.flatnonzero(there & (taken > self._beds[:, slot] * share + BROKEN)).tolist()
        return over

    def _at_home(self, cell: int, slot: int) -> Mask:
        people = self._problem.people
        return np.asarray((people.home == cell) & (people.end > slot))

    def _add_row(self, cell: int, slot: int, known: Opened, kinds: list[int], group: Mask, *, newly: bool) -> None:
        """Those who are of no kind beyond a group find beds as far as the bay is open to the group (newcomers), or
        is not open to a kind beyond it (everybody)."""
        problem, beds = self._problem, float(self._beds[cell, slot])
        who = within(problem, kinds, group)
        comes = who & (problem.people.first <= slot) & (problem.people.end > slot)
        newcomers = np.flatnonzero(comes)
        uses, cells = np.ones(len(newcomers)), np.array([cell])
        if newly:
            extra = tuple((known.kinds[k], -beds) for k, ours in zip(kinds, group, strict=True) if ours)
            self._master.add_row(Row(slot, 0.0, cells, newcomers, uses, extra=extra))
            return
        lying = np.flatnonzero(who & self._at_home(cell, slot))
        extra = tuple((known.kinds[k], beds) for k, ours in zip(kinds, group, strict=True) if not ours)
        gains = np.full(len(lying), -1.0)
        self._master.add_row(Row(slot, beds - len(lying), cells, newcomers, uses, lying, gains, extra=extra))


def within(problem: BedProblem, kinds: list[int], group: Mask) -> Mask:
    """Who is of no kind of some kinds that is not in a group of them. (n,)."""
    outside = [kind for kind, ours in zip(kinds, group, strict=True) if not ours]
    return np.asarray(~problem.takes[outside].any(axis=0))
