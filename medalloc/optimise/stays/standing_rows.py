"""Rows of the relaxation that are there from the start: loads, and what those who remain break."""

from __future__ import annotations

import numpy as np

from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Ints, Load, Mask
from medalloc.optimise.stays.rows import Row


def add_standing_rows(master: Master, mask: Mask) -> None:
    """Add to a relaxation, of which the columns of a mask are possible. (n, m)."""
    _crowded_cells(master, mask)
    _clashes(master, mask)
    _mixed_pairs(master, mask)
    for load in master.problem.loads:
        for slot in np.flatnonzero(load.cost > 0).tolist():
            _load(master, load, slot)


def strict_bay(problem: BedProblem, mask: Mask, one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """The bay in which all of two groups lie, if none of them could change beds within it beside the others.

    Whoever does is a newcomer and needs a kind of company that takes both, for as long as the others are there.
    To count them as if they had remained is then right, and keeps the relaxation from moving everybody half a
    bed along.
    """
    home = problem.people.home[[*one, *other]]
    bays = set(problem.bay_of[home[home >= 0]].tolist())
    if len(bays) != 1 or (home < 0).any():
        return -1
    bay = bays.pop()
    if bay < 0 or np.isfinite(problem.bays[bay].mixing):
        return -1
    takes = problem.takes[list(problem.bays[bay].kinds)]
    together = (takes[:, list(one)][:, :, None] & takes[:, list(other)][:, None, :]).any()
    return bay if not together and _early(problem, mask, (*one, *other), bay) else -1


def _early(problem: BedProblem, mask: Mask, people: tuple[int, ...], bay: int) -> bool:
    """Whether all that change beds within a bay would do so before anybody leaves it."""
    who = np.array(people)
    berths = np.flatnonzero(problem.bay_of[problem.berths.cell] == bay)
    moves = mask[np.ix_(who, berths)]
    start = problem.start[np.ix_(who, berths)]
    return bool((start[moves] < problem.people.end[who].min()).all())


def _crowded_cells(master: Master, mask: Mask) -> None:
    """Newcomers once all have left; all who remain but one pay."""
    problem = master.problem
    last = problem.n_slots - 1
    for j in sorted(problem.crowded):
        lying = np.flatnonzero(problem.people.home == j)
        if problem.crowding > 0 and len(lying) > 1:
            spare = master.add_variable(problem.crowding)
            gains = np.full(len(lying), -1.0)
            most = 1.0 - len(lying)
            master.add_row(Row(last, most, leavers=lying, gains=gains, extra=((spare, -1.0),)))
        berths = np.flatnonzero(problem.berths.cell == j)
        who = np.flatnonzero(mask[:, berths].any(axis=1))
        falls = np.flatnonzero(np.diff(problem.capacity[j]) < 0) + 1
        for slot in np.unique(np.append(problem.start[:, berths][mask[:, berths]], falls)).tolist():
            _cleared(master, j, slot, who)


def _cleared(master: Master, cell: int, slot: int, who: Ints) -> None:
    problem, ones = master.problem, np.ones(len(who))
    beds = float(problem.capacity[cell, slot])
    cells = np.array([cell])
    master.add_row(Row(slot, beds, cells, who, ones))
    for k in np.flatnonzero((problem.people.home == cell) & (problem.people.end > slot)).tolist():
        master.add_row(Row(slot, 0.0, cells, who, ones, leavers=np.array([k]), gains=np.array([-max(beds, 1.0)])))


def _clashes(master: Master, mask: Mask) -> None:
    last = master.problem.n_slots - 1
    for clash in master.problem.clashes:
        broken = master.add_variable(clash.cost)
        bay = strict_bay(master.problem, mask, (clash.person,), clash.others)
        for k in clash.others:
            both = np.array([clash.person, k])
            row = Row(last, -1.0, leavers=both, gains=np.array([-1.0, -1.0]), bay=bay, extra=((broken, -1.0),))
            master.add_row(row)


def _mixed_pairs(master: Master, mask: Mask) -> None:
    """Whoever remains is of the group that is kept, or pays."""
    last, minus = master.problem.n_slots - 1, np.array([-1.0])
    for pair in master.problem.mixed:
        kept = master.add_variable(0.0)
        bay = strict_bay(master.problem, mask, pair.one, pair.other)
        for group, sign, most in ((pair.one, -1.0, -1.0), (pair.other, 1.0, 0.0)):
            for i in (i for i in group if pair.cost[i] > 0):
                wrong = master.add_variable(float(pair.cost[i]))
                extra = ((kept, sign), (wrong, -1.0))
                master.add_row(Row(last, most, leavers=np.array([i]), gains=minus, bay=bay, extra=extra))


def _load(master: Master, load: Load, slot: int) -> None:
    """What is asked for above the supply."""
    problem = master.problem
    cells = np.array(load.cells, dtype=int)
    over = master.add_variable(float(load.cost[slot]))
    asks = np.flatnonzero((load.use > 0) & (problem.people.end > slot))
    lying = asks[np.isin(problem.people.home[asks], cells)]
    most = float(load.supply[slot] - load.use[lying].sum())
    master.add_row(Row(slot, most, cells, asks, load.use[asks], lying, -load.use[lying], extra=((over, -1.0),)))
