"""A first solution: one person after the other into the best berth that is left."""

from __future__ import annotations

import numpy as np

from medalloc.optimise.stays.around import around
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask


def first_solution(problem: BedProblem, price: Costs, seed: int = 0) -> Ints:
    """A solution in which nobody comes who could break a hard rule; those for whom nothing is left remain. (n,).

    Those in bed remain there unless they must not. The order is by the first slot, then by the cost of remaining.

    Parameters
    ----------
    price : of each berth, the cheapest being taken; infinite: forbidden. (n, m).
    """
    return _Greedy(problem, price, np.random.default_rng(seed)).run()


class _Greedy:
    def __init__(self, problem: BedProblem, price: Costs, rng: np.random.Generator) -> None:
        self._problem, self._rng = problem, rng
        self._price = np.where(np.isfinite(problem.berths.cost), price, np.inf)
        self._berth = np.full(len(price), REMAINS)
        nearby = around(problem, self._berth)
        self._left, self._others, self._moves = nearby.left, nearby.others, nearby.moves
        self._can = np.zeros((len(problem.bays), len(problem.takes)), dtype=bool)
        for number, bay in enumerate(problem.bays):
            self._can[number, list(bay.kinds)] = True

    def run(self) -> Ints:
        """Place all who have no bed, or must leave theirs."""
        people = self._problem.people
        rows = np.flatnonzero((people.home < 0) | np.isinf(people.remaining))
        chance = self._rng.random(len(rows))
        for i in rows[np.lexsort((chance, -people.remaining[rows], people.first[rows]))].tolist():
            if people.capped[i] and self._moves <= 0:
                continue
            price = np.where(self._possible(i), self._price[i], np.inf)
            best = int(np.argmin(price)) if len(price) else 0
            if len(price) and np.isfinite(price[best]):
                self._place(i, best)
        return self._berth

    def _possible(self, i: int) -> Mask:
        """Berths with a bed and with company of one kind in every slot of the stay. (m,)."""
        problem = self._problem
        well = self._left > 0
        if problem.bays:
            kinds, inside = np.flatnonzero(problem.takes[:, i]), problem.bay_of >= 0
            fits = (self._can[:, kinds, None] & (self._others[:, kinds] == 0)).any(axis=1)
            well[inside] &= fits[problem.bay_of[inside]]
        ill = np.zeros((len(well), problem.n_slots + 1), dtype=int)
        ill[:, 1:] = np.cumsum(~well, axis=1)
        cell, end = problem.berths.cell, int(problem.people.end[i])
        start = np.minimum(problem.start[i], end)
        return np.asarray(ill[cell, end] == ill[cell, start])

    def _place(self, i: int, berth: int) -> None:
        problem = self._problem
        home, start, end = int(problem.people.home[i]), int(problem.start[i, berth]), int(problem.people.end[i])
        self._berth[i] = berth
        self._moves -= int(problem.people.capped[i])
        self._count(i, int(problem.berths.cell[berth]), slice(start, end), 1)
        if home >= 0 and home not in problem.crowded:
            self._count(i, home, slice(start, end), -1)

    def _count(self, i: int, cell: int, slots: slice, more: int) -> None:
        self._left[cell, slots] -= more
        bay = int(self._problem.bay_of[cell])
        if bay >= 0:
            self._others[bay, ~self._problem.takes[:, i], slots] += more
