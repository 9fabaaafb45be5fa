"""What people whose berths are fixed leave to those who are free."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.evaluate import presence
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask

FREE = -2
"""In an array of fixed berths: a person who is free."""


def all_free(problem: BedProblem) -> Ints:
    """Nobody fixed. (n,)."""
    return np.full(len(problem.people.first), FREE, dtype=int)


@dataclass(frozen=True)
class Around:
    """Beds, company, loads and moves that are left."""

    fixed: Ints
    """Berth of each person, or `FREE`. (n,)."""
    free: Mask
    """(n,)."""
    left: Ints
    """Beds that newcomers, and people at home, find in each cell and slot. (c, s)."""
    newcomers_in: Ints
    """Fixed people who have come to a cell. (c, s)."""
    others: Ints
    """Fixed people in each bay who are not of a kind, by slot. (b, k, s)."""
    newcomers: Ints
    """Fixed people who have come to a bay. (b, s)."""
    use: Costs
    """What fixed people ask for of each load. (loads, s)."""
    moves: int
    """Moves that may still be made."""


def around(problem: BedProblem, fixed: Ints) -> Around:
    """What is left beside the people who are not `FREE`. `fixed` has the shape (n,)."""
    free = fixed == FREE
    shape = (len(problem.capacity), problem.n_slots)
    places = presence(problem, np.where(free, REMAINS, fixed))
    places = places.part(~free[places.person])
    homely, newly = places.part(~places.newly), places.part(places.newly)
    at_home, come = homely.counted(homely.cell, *shape), newly.counted(newly.cell, *shape)
    crowded = np.isin(np.arange(shape[0]), list(problem.crowded))[:, None]
    left = np.where(crowded, np.where(at_home > 0, 0, problem.capacity - come), problem.capacity - come - at_home)
    n_bays, n_kinds = len(problem.bays), len(problem.takes)
    bay = problem.bay_of[places.cell]
    others = np.zeros((n_bays, n_kinds, problem.n_slots), dtype=int)
    for k in range(n_kinds):
        wrong = ~problem.takes[k, places.person] & (bay >= 0)
        others[:, k] = places.part(wrong).counted(bay[wrong], n_bays, problem.n_slots)
    within = problem.bay_of[newly.cell] >= 0
    newcomers = newly.part(within).counted(problem.bay_of[newly.cell[within]], n_bays, problem.n_slots)
    use = np.zeros((len(problem.loads), problem.n_slots))
    for number, load in enumerate(problem.loads):
        inside = places.part(np.isin(places.cell, load.cells))
        use[number] = inside.counted(np.zeros_like(inside.cell), 1, problem.n_slots, load.use[inside.person])[0]
    moves = problem.most_moves - int(np.count_nonzero(problem.people.capped & ~free & (fixed != REMAINS)))
    return Around(fixed, free, left.astype(int), come.astype(int), others, newcomers.astype(int), use, moves)


def mixed_bays(problem: BedProblem, berth: Ints) -> Mask:
    """Bays in which people of no common kind lie in some slot of a solution; nobody who is `FREE` does. (b,)."""
    others = around(problem, berth).others
    mixed = np.zeros(len(problem.bays), dtype=bool)
    for number, bay in enumerate(problem.bays):
        mixed[number] = (others[number, list(bay.kinds)] > 0).all(axis=0).any()
    return mixed
