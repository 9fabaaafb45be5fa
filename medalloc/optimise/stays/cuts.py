"""Rows about company, added to the relaxation where its solution breaks them."""

from __future__ import annotations

import numpy as np

from medalloc.optimise.stays.cell_cuts import BROKEN, CellCuts, Opened
from medalloc.optimise.stays.in_bays import InBays
from medalloc.optimise.stays.master import SURE, Master
from medalloc.optimise.stays.problem import BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.rows import Row

ONE = np.ones(1)


class CompanyCuts:
    """Finds broken rows and adds them."""

    def __init__(self, master: Master, mask: Mask) -> None:
        problem = master.problem
        self._master, self._problem = master, problem
        self._cell_cuts = CellCuts(master)
        self.opened: dict[tuple[int, int], Opened] = {}
        self.flips: dict[int, int] = {}
        """Variable that pays for the flip of a bay."""
        self._flip_rows: set[tuple[int, int]] = set()
        home = problem.people.home
        bay = np.where(home >= 0, problem.bay_of[home], -1)
        self._lying = [np.flatnonzero(bay == b) for b in range(len(problem.bays))]
        self._kinds = [_useful_kinds(problem, mask, b) for b in range(len(problem.bays))]
        self.flipped = flipped_only(problem)

    def add(self, *, crowds: bool) -> int:
        """Add what the last solution breaks; with `crowds` also rows for whole kinds. Returns how many bays and
        slots have changed."""
        seen, changed = InBays(self._master, self._lying), 0
        for number in seen.bays:
            changed += self._flip(number, *seen.comes(number))
            for slot in seen.slots(number):
                changed += self._company(seen, number, slot, crowds=crowds)
        return changed

    def _company(self, seen: InBays, number: int, slot: int, *, crowds: bool) -> int:
        people, amount = seen.present(number, slot)
        takes = self._problem.takes[:, people]
        known = self.opened.get((number, slot))
        if known is None:
            if takes[list(self._problem.bays[number].kinds)].all(axis=1).any():
                return 0
            known = self._open(number, slot)
        room = np.zeros(len(people))
        for kind, variable in known.kinds.items():
            room += np.where(takes[kind], self._master.value_of(variable), 0.0)
        if known.over is not None:
            room += self._master.value_of(known.over)
        broken = [i for i in people[amount > room + BROKEN].tolist() if i not in known.joined]
        for i in broken:
            self._join(number, slot, known, i)
        if known.over is None and self._cell_cuts.add(number, slot, known, seen.inside(number, slot)):
            return 1
        half = any(SURE < self._master.value_of(v) < 1 - SURE for v in known.kinds.values())
        if ((crowds and half) or known.over is not None) and not known.crowds:
            self._crowds(number, slot, known)
            return 1
        return int(bool(broken))

    def _open(self, number: int, slot: int) -> Opened:
        bay = self._problem.bays[number]
        known = Opened({kind: self._master.add_variable(0.0) for kind in self._kinds[number]})
        self.opened[number, slot] = known
        if np.isfinite(bay.mixing):
            known.over = self._master.add_variable(bay.mixing)
        self._master.add_row(Row(slot, 1.0, extra=tuple((v, 1.0) for v in known.kinds.values())))
        flipped = [(v, 1.0) for kind, v in known.kinds.items() if kind in bay.flipped]
        if flipped and bay.flip > 0:
            self._master.add_row(Row(slot, 0.0, extra=(*flipped, (self._flip_variable(number), -1.0))))
        if known.over is None:
            lying = self._lying[number]
            for j in lying[self._problem.people.end[lying] > slot].tolist():
                against = tuple((v, 1.0) for kind, v in known.kinds.items() if not self._problem.takes[kind, j])
                self._master.add_row(Row(slot, 0.0, leavers=np.array([j]), gains=-ONE, bay=number, extra=against))
        return known

    def _join(self, number: int, slot: int, known: Opened, i: int) -> None:
        """A person is present only as far as the bay is open to one of their kinds."""
        known.joined.add(i)
        extra = [(v, -1.0) for kind, v in known.kinds.items() if self._problem.takes[kind, i]]
        if known.over is not None:
            extra.append((known.over, -1.0))
        who, cells = np.array([i]), np.array(self._problem.bays[number].cells)
        row = Row(slot, 0.0, cells, who, ONE, extra=tuple(extra))
        if known.over is not None and i in self._lying[number] and self._problem.people.end[i] > slot:
            row = Row(slot, -1.0, leavers=who, gains=-ONE, bay=number, extra=tuple(extra))
        self._master.add_row(row)

    def _crowds(self, number: int, slot: int, known: Opened) -> None:
        """Rows for all people of a kind together: where a bay is half open to a kind, others have half the beds."""
        known.crowds = True
        problem, cells = self._problem, np.array(self._problem.bays[number].cells)
        lying = self._lying[number]
        lying = lying[problem.people.end[lying] > slot]
        beds = float(
            np.maximum(
                problem.capacity[cells, slot],
                np.bincount(problem.people.home[lying], minlength=len(problem.capacity))[cells],
            ).sum()
        )
        over = () if known.over is None else ((known.over, -1.0),)
        kinds = list(problem.bays[number].kinds)
        stays = (problem.people.first <= slot) & (problem.people.end > slot)
        for kind, variable in known.kinds.items():
            others = np.flatnonzero(~problem.takes[kind] & stays)
            there = lying[~problem.takes[kind, lying]]
            ones, minus = np.ones(len(others)), np.full(len(there), -1.0)
            extra = ((variable, beds), *over)
            self._master.add_row(Row(slot, beds - len(there), cells, others, ones, there, minus, extra=extra))
            only = np.flatnonzero(problem.takes[kind] & (problem.takes[kinds].sum(axis=0) == 1) & stays)
            if known.over is None and len(only):
                self._master.add_row(Row(slot, 0.0, cells, only, np.ones(len(only)), extra=((variable, -beds),)))

    def _flip(self, number: int, comes: Ints, amount: Costs) -> int:
        """Whoever can be in a bay only once it is flipped pays for that."""
        people = self._problem.people
        paid = self._master.value_of(self.flips[number]) if number in self.flips else 0.0
        who = comes[self.flipped[number, comes] & (amount > paid + BROKEN)].tolist()
        broken = [i for i in who if (number, i) not in self._flip_rows]
        for i in broken:
            self._flip_rows.add((number, i))
            extra = ((self._flip_variable(number), -1.0),)
            cells = np.array(self._problem.bays[number].cells)
            self._master.add_row(Row(int(people.end[i]) - 1, 0.0, cells, np.array([i]), ONE, extra=extra))
        return int(bool(broken))

    def _flip_variable(self, number: int) -> int:
        if number not in self.flips:
            self.flips[number] = self._master.add_variable(self._problem.bays[number].flip)
        return self.flips[number]


def flipped_only(problem: BedProblem) -> Mask:
    """Who can come into a bay only once it has been flipped, at a price. (b, n)."""
    only = np.zeros((len(problem.bays), problem.takes.shape[1]), dtype=bool)
    for number, bay in enumerate(problem.bays):
        plain = [kind for kind in bay.kinds if kind not in bay.flipped]
        if bay.flip > 0 and not np.isfinite(bay.mixing):
            only[number] = ~problem.takes[plain].any(axis=0)
    return only


def _useful_kinds(problem: BedProblem, mask: Mask, number: int) -> list[int]:
    """Kinds of a bay that take anybody who can come to it."""
    bay = problem.bays[number]
    if np.isfinite(bay.mixing):
        return list(bay.kinds)
    comes = mask[:, problem.bay_of[problem.berths.cell] == number].any(axis=1)
    return [kind for kind in bay.kinds if problem.takes[kind, comes].any()]
