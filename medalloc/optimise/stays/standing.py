"""Rows of a model about people who remain where others are: clashes, mixed bays, crowded beds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pulp

from medalloc.optimise.solver import add_row
from medalloc.optimise.stays.frame import RemainRow, StayModel, Terms
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Clash, MixedPair


def add_standing(model: StayModel) -> None:
    """Add the rows for all that is wrong from the start."""
    for number, clash in enumerate(model.problem.clashes):
        _clash(model, number, clash)
    for number, pair in enumerate(model.problem.mixed):
        _mixed_pair(model, number, pair)
    for cell in sorted(model.problem.crowded):
        _crowded(model, cell)


def strangers(problem: BedProblem, i: int, k: int) -> bool:
    """Whether two people at home in one bay can be there together only as long as nobody comes to it."""
    bay = int(problem.bay_of[problem.people.home[i]]) if problem.people.home[i] >= 0 else -1
    if bay < 0 or np.isfinite(problem.bays[bay].mixing):
        return False
    kinds = list(problem.bays[bay].kinds)
    together = problem.bay_of[problem.people.home[k]] == bay and problem.people.home[k] >= 0
    return bool(together and not (problem.takes[kinds, i] & problem.takes[kinds, k]).any())


def _clash(model: StayModel, number: int, clash: Clash) -> None:
    """Counts once, with whomever the person remains."""
    others = [k for k in clash.others if _may_remain(model, k)]
    if not others or not _may_remain(model, clash.person):
        return
    broken = model.over(f"clash_{number}", "clashes", clash.cost)
    for k in others:
        within = strangers(model.problem, clash.person, k)
        _if_they_remain(model, f"clash_{number}_{k}", (clash.person, k), [(broken, -1.0)], 1, within)


def _mixed_pair(model: StayModel, number: int, pair: MixedPair) -> None:
    """One of the groups is kept; of the other, each who remains pays."""
    if not any(_may_remain(model, i) for i in pair.one) or not any(_may_remain(model, i) for i in pair.other):
        return
    within = all(strangers(model.problem, i, k) for i in pair.one for k in pair.other)
    keeps_one = model.lp.add_variable(f"keep_{number}", 0, 1, pulp.LpInteger)
    pays: tuple[Terms, Terms] = ([], [])
    for group, sign, rhs, own in ((pair.one, -1.0, 0, pays[0]), (pair.other, 1.0, 1, pays[1])):
        for i in (i for i in group if _may_remain(model, i) and pair.cost[i]):
            broken = model.over(f"mixed_pair_{number}_{i}", "mixed", float(pair.cost[i]))
            terms = [(keeps_one, sign), (broken, -1.0)]
            _if_they_remain(model, f"mixed_pair_{number}_{i}", (i,), terms, rhs, within)
            own += [(v, float(pair.cost[i])) for v in _remaining(model, i, within)]
    model.kept.append((keeps_one, pays))


def _crowded(model: StayModel, cell: int) -> None:
    """All who remain but one pay."""
    lying = [int(i) for i in np.flatnonzero(model.problem.people.home == cell) if _may_remain(model, int(i))]
    if len(lying) < 2:
        return
    spare = model.over(f"crowded_{cell}", "crowding", model.problem.crowding)
    _if_they_remain(model, f"crowded_{cell}", lying, [(spare, -1.0)], 1, False)


def _if_they_remain(
    model: StayModel, name: str, people: Iterable[int], excess: Terms, rhs: float, within: bool
) -> None:
    """A row `people who remain + excess <= rhs`, whose last variable takes what is too much.

    If `within`, moving at once to another berth of the bay counts as remaining. Company is then strict, so that the
    row still holds, and the relaxation cannot dodge it by moving everybody half a bed along.
    """
    terms: Terms = []
    fixed = 0
    for i in people:
        if not model.around.free[i]:
            fixed += 1
            continue
        terms += [(v, 1.0) for v in _remaining(model, i, within)]
    row = add_row(model.lp, name, [*terms, *excess], "<=", rhs - fixed)
    model.excess[excess[-1][0]].append(row)
    for i in people:
        model.remain_rows[i].append(RemainRow(row, within))


def _remaining(model: StayModel, i: int, within: bool) -> list[pulp.LpVariable]:
    """The variables by which somebody who is free remains."""
    own = [model.remain[i]] if i in model.remain else []
    return [*own, *model.shifts.get(i, ())] if within else own


def _may_remain(model: StayModel, i: int) -> bool:
    return i in model.remain if model.around.free[i] else bool(model.around.fixed[i] == REMAINS)
