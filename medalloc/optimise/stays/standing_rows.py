"""Rows of the relaxation that are there from the start: loads, and what those who remain break."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Clash, Ints, Load, Mask, MixedPair
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
    bay = _strict_bay(problem, (*one, *other))
    if bay < 0:
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
            master.add_row(Row(last, most, leavers=lying, gains=gains, ever=True, extra=((spare, -1.0),)))
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
            gains, extra = np.array([-1.0, -1.0]), ((broken, -1.0),)
            master.add_row(Row(last, -1.0, leavers=both, gains=gains, ever=True, bay=bay, extra=extra))
        _clash_by_cell(master, mask, clash, broken)


def _mixed_pairs(master: Master, mask: Mask) -> None:
    """Whoever remains is of the group that is kept, or pays."""
    last, minus = master.problem.n_slots - 1, np.array([-1.0])
    for pair in master.problem.mixed:
        kept = master.add_variable(0.0)
        bay = strict_bay(master.problem, mask, pair.one, pair.other)
        both = [*pair.one, *pair.other]
        wrong = {i: master.add_variable(float(pair.cost[i])) for i in both if pair.cost[i] > 0}
        for group, sign, most in ((pair.one, -1.0, -1.0), (pair.other, 1.0, 0.0)):
            for i in (i for i in group if i in wrong):
                extra = ((kept, sign), (wrong[i], -1.0))
                row = Row(last, most, leavers=np.array([i]), gains=minus, ever=True, bay=bay, extra=extra)
                master.add_row(row)
        _mixed_by_cell(master, mask, pair, kept, wrong)


def _mixed_by_cell(master: Master, mask: Mask, pair: MixedPair, kept: int, wrong: dict[int, int]) -> None:
    """A cell is for one group, newcomers who could be with that group alone among them, only if it is the one kept.

    They show that the others have left: not to keep those then costs nothing.
    """
    problem = master.problem
    bay = _strict_bay(problem, (*pair.one, *pair.other))
    if bay < 0:
        return
    takes = problem.takes[list(problem.bays[bay].kinds)]
    like_one, like_other = (takes[takes[:, list(group)].any(axis=1)].any(axis=0) for group in (pair.one, pair.other))
    only_one, only_other = like_one & ~like_other, like_other & ~like_one
    if (takes[:, only_one].any(axis=1) & takes[:, only_other].any(axis=1)).any():
        return
    slot = int(problem.people.end[[*pair.one, *pair.other]].min()) - 1
    comes = mask & (problem.start <= slot) & (slot < problem.people.end[:, None])
    for group, like, sign in ((pair.one, only_one, -1.0), (pair.other, only_other, 1.0)):
        for cell in problem.bays[bay].cells:
            lying = np.array([i for i in group if i in wrong and problem.people.home[i] == cell], dtype=int)
            new = np.flatnonzero(like & comes[:, problem.berths.cell == cell].any(axis=1))
            beds = _beds(problem, cell, slot)
            extra = ((kept, sign * beds), *((wrong[i], -1.0) for i in lying.tolist()))
            most = (beds if sign > 0 else 0.0) - len(lying)
            if len(new) and cell not in problem.crowded:
                uses, gains, cells = np.ones(len(new)), np.full(len(lying), -1.0), np.array([cell])
                master.add_row(Row(slot, most, cells, new, uses, lying, gains, ever=True, extra=extra))


def _clash_by_cell(master: Master, mask: Mask, clash: Clash, broken: int) -> None:
    """A cell is for those who should not be with a person, newcomers among them, only if that person leaves."""
    people = master.problem.people
    for alone, group in ((clash.person, clash.others), *((k, (clash.person,)) for k in clash.others)):
        for cell, slot, strangers in _meetings(master.problem, mask, alone):
            at_home = (people.home == cell) & (people.end > slot)
            lying = np.array([k for k in group if at_home[k] and k != alone], dtype=int)
            if len(lying):
                leavers, uses = np.append(lying, alone), np.ones(len(strangers))
                gains = np.append(np.full(len(lying), -1.0), -_beds(master.problem, cell, slot))
                most, extra, cells = -float(len(lying)), ((broken, -float(len(lying))),), np.array([cell])
                master.add_row(Row(slot, most, cells, strangers, uses, leavers, gains, ever=True, extra=extra))


def _meetings(problem: BedProblem, mask: Mask, alone: int) -> Iterator[tuple[int, int, Ints]]:
    """Cells of a person's bay, and slots in which they would still be there, to which others could come who cannot
    be with them."""
    bay = _strict_bay(problem, (alone,))
    if bay < 0:
        return
    takes = problem.takes[list(problem.bays[bay].kinds)]
    strange = np.asarray(~takes[takes[:, alone]].any(axis=0))
    strange[alone] = False
    for cell in problem.bays[bay].cells:
        berths = np.flatnonzero(problem.berths.cell == cell)
        comes = mask[:, berths] & strange[:, None]
        for slot in np.unique(problem.start[:, berths][comes]).tolist():
            if slot < problem.people.end[alone] and cell not in problem.crowded:
                stays = (problem.people.first <= slot) & (slot < problem.people.end)
                yield cell, slot, np.flatnonzero(strange & stays & comes.any(axis=1))


def _strict_bay(problem: BedProblem, people: tuple[int, ...]) -> int:
    """The bay, strict about company, in which all of some people are at home; -1 where there is none."""
    home = problem.people.home[list(people)]
    bays = np.unique(np.where(home >= 0, problem.bay_of[home], -1))
    if len(bays) != 1 or bays[0] < 0 or np.isfinite(problem.bays[bays[0]].mixing):
        return -1
    return int(bays[0])


def _beds(problem: BedProblem, cell: int, slot: int) -> float:
    lying = np.count_nonzero((problem.people.home == cell) & (problem.people.end > slot))
    return float(max(lying, problem.capacity[cell, slot]))


def _load(master: Master, load: Load, slot: int) -> None:
    """What is asked for above the supply."""
    problem = master.problem
    cells = np.array(load.cells, dtype=int)
    over = master.add_variable(float(load.cost[slot]))
    asks = np.flatnonzero((load.use > 0) & (problem.people.end > slot))
    lying = asks[np.isin(problem.people.home[asks], cells)]
    most = float(load.supply[slot] - load.use[lying].sum())
    master.add_row(Row(slot, most, cells, asks, load.use[asks], lying, -load.use[lying], extra=((over, -1.0),)))
