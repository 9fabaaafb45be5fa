"""Duals for the rows that a relaxation over some columns leaves out, so that its bound stays close.

A row that is missing has no dual, and whatever would be in it looks too cheap: a column into a full bay of another
kind seems to displace nobody. But whoever lies there could pay for it: up to their `spare`, the least reduced cost
of leaving, the duals of the rows that make them leave can grow while the value of the relaxation remains. The row
of their bed takes as much as those need who could share the bay; the rest goes to the rows by which the bay cannot
be opened to others as long as they are there. What newcomers are charged, leaving earns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.problem import BedProblem, Costs, Ints, Mask

MUCH = 1e9
"""More than any spare."""


@dataclass(frozen=True)
class Budget:
    """What rows that are there leave to be charged."""

    kinds: Costs
    """For opening a bay in a slot to a kind; infinite for kinds that it cannot be open to. (b, s, k)."""
    flips: Costs
    """For flipping a bay. (b,)."""
    flipped: Mask
    """Who can come into a bay only once it has been flipped. (b, n)."""


def repaired(problem: BedProblem, reduced: Costs, mask: Mask, budget: Budget) -> tuple[Costs, Costs]:
    """Reduced costs that hold together, which bound, and that hold for each column alone, which tell what to add.

    All have the shape (n, m) and are infinite outside the mask.
    """
    together = np.where(mask, reduced, np.inf)
    cheap = _Cheap(problem, together)
    if not len(cheap.person):
        return together, together
    lies = np.flatnonzero(problem.people.home >= 0)
    spare = np.zeros(len(together))
    spare[lies] = np.clip(together[lies].min(axis=1, initial=MUCH), 0.0, MUCH)
    earns = np.zeros(len(together))
    cheap.charge_beds(spare, earns)
    if problem.bays:
        cheap.charge_company(spare - earns, earns, budget)
        cheap.charge_flips(budget)
    alone = together.copy()
    together[cheap.person, cheap.berth] = cheap.together
    alone[cheap.person, cheap.berth] = cheap.alone
    together -= earns[:, None]
    return together, alone


class _Cheap:
    """Columns of negative reduced cost, which others could be paid by."""

    def __init__(self, problem: BedProblem, reduced: Costs) -> None:
        self._problem = problem
        self.person, self.berth = np.nonzero(reduced < 0)
        self.together = reduced[self.person, self.berth]
        self.alone = self.together.copy()
        self._cell = problem.berths.cell[self.berth]
        self._bay = np.where(problem.bay_of[self._cell] < 0, len(problem.bays), problem.bay_of[self._cell])
        self._start = problem.start[self.person, self.berth]
        self._end = problem.people.end[self.person]
        self._strict = np.array([*(not np.isfinite(bay.mixing) for bay in problem.bays), False])[self._bay]
        self._pair, self._bay_of_pair, self._person_of_pair = _pairs(self._bay, self.person, len(reduced))

    def charge_beds(self, spare: Costs, earns: Costs) -> None:
        """Newcomers to a full cell pay what the one who lies there with the least spare can lose."""
        problem, n_cells = self._problem, len(self._problem.capacity)
        lies = np.flatnonzero((problem.people.home >= 0) & ~np.isin(problem.people.home, list(problem.crowded)))
        home = problem.people.home[lies]
        least, last = np.full(n_cells, np.inf), np.full(n_cells, problem.n_slots)
        np.minimum.at(least, home, spare[lies])
        np.minimum.at(last, home, problem.people.end[lies])
        last = last - 1
        full = np.bincount(home, minlength=n_cells) >= problem.capacity[np.arange(n_cells), last]
        least = np.where(full & np.isfinite(least), least, 0.0)
        there = (self._start <= last[self._cell]) & (last[self._cell] < self._end)
        wanted = np.zeros(n_cells)
        asks = there & self._welcome()
        np.maximum.at(wanted, self._cell[asks], -self.together[asks])
        charged = np.minimum(least, wanted)
        self.together[there] += charged[self._cell[there]]
        self.alone[there] += least[self._cell[there]]
        earns[lies] += charged[home]

    def _welcome(self) -> Mask:
        """Who could share the bay with all who lie there then."""
        problem = self._problem
        if not problem.bays:
            return np.ones(len(self.person), dtype=bool)
        fits = np.zeros((len(problem.bays) + 1, problem.n_slots, len(problem.takes)), dtype=bool)
        for number, bay in enumerate(problem.bays):
            fits[number][:, list(bay.kinds)] = True
        lies = np.flatnonzero(problem.people.home >= 0)
        for i in lies[problem.bay_of[problem.people.home[lies]] >= 0].tolist():
            fits[problem.bay_of[problem.people.home[i]], : problem.people.end[i]] &= problem.takes[:, i]
        shares = (fits[self._bay, self._start] & problem.takes[:, self.person].T).any(axis=1)
        return np.asarray(shares | ~self._strict)

    def charge_company(self, left: Costs, earns: Costs, budget: Budget) -> None:
        """Newcomers of a kind pay together what it costs to open the bay to the kind.

        Whoever lies there is asked in the last slot of their stay, in which most newcomers would be there too.
        """
        problem, nowhere = self._problem, np.full((1, *budget.kinds.shape[1:]), np.inf)
        worth = np.concatenate([budget.kinds, nowhere])
        lies = np.flatnonzero((problem.people.home >= 0) & (left > 0))
        lies = lies[problem.bay_of[problem.people.home[lies]] >= 0]
        bay, slot = problem.bay_of[problem.people.home[lies]], problem.people.end[lies] - 1
        np.add.at(worth, (bay, slot), left[lies, None] * ~problem.takes[:, lies].T)
        takes = problem.takes[:, self._person_of_pair].T
        for t in range(problem.n_slots):
            asks = np.flatnonzero(self._strict & (self._start <= t) & (t < self._end))
            if len(asks):
                share = self._charge_slot(asks, takes, worth[:, t])
                there = slot == t
                np.add.at(earns, lies[there], left[lies[there]] * share[bay[there]])

    def _charge_slot(self, asks: Ints, takes: Mask, worth: Costs) -> Costs:
        """Charge in one slot; what share of what it is worth was charged, by bay. (b + 1,).

        Parameters
        ----------
        takes : of each pair of a bay and a person, by kind. (pairs, k).
        worth : of opening each bay, and no bay, to each kind. (b + 1, k).
        """
        wanting, charged, n_bays = self._wanting(asks), np.zeros(len(takes)), len(worth)
        some = np.flatnonzero(wanting)
        bay, kinds = self._bay_of_pair[some], takes[some]
        total = _summed(bay, kinds * wanting[some, None], n_bays)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(total > 0, np.minimum(1.0, worth / total), 1.0)
        charged[some] = wanting[some] * np.where(kinds, share[bay], 1.0).min(axis=1, initial=1.0)
        self.together[asks] += charged[self._pair[asks]]
        least = np.where(takes, worth[self._bay_of_pair], np.inf).min(axis=1, initial=np.inf)
        self.alone[asks] += np.where(np.isfinite(least), least, 0.0)[self._pair[asks]]
        used = _summed(bay, kinds * charged[some, None], n_bays)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where((used > 0) & np.isfinite(worth), used / worth, 0.0).max(axis=1, initial=0.0))

    def _wanting(self, asks: Ints) -> Costs:
        """What each pair of a bay and a person would pay at most for what some columns gain. (pairs,)."""
        wanting = np.zeros(len(self._bay_of_pair))
        np.maximum.at(wanting, self._pair[asks], -self.together[asks])
        return wanting

    def charge_flips(self, budget: Budget) -> None:
        """Those who can come only once a bay is flipped pay for that together."""
        asks = np.flatnonzero(self._strict)
        asks = asks[budget.flipped[self._bay[asks], self.person[asks]]]
        if not len(asks):
            return
        wanting, bay = self._wanting(asks), self._bay[asks]
        total = np.bincount(self._bay_of_pair, wanting, len(budget.flips) + 1)[:-1]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(total > 0, np.minimum(1.0, budget.flips / total), 0.0)
        self.together[asks] += wanting[self._pair[asks]] * share[bay]
        self.alone[asks] += budget.flips[bay]


def _pairs(bay: Ints, person: Ints, n: int) -> tuple[Ints, Ints, Ints]:
    """The pair of a bay and a person that each entry is of; the bay and the person of every pair."""
    pairs, pair = np.unique(bay * n + person, return_inverse=True)
    return pair, pairs // n, pairs % n


def _summed(group: Ints, values: Costs, n_groups: int) -> Costs:
    """Sums of rows by group, for groups in ascending order. (groups, k)."""
    summed = np.zeros((n_groups, values.shape[1]))
    if len(group):
        first = np.flatnonzero(np.diff(group, prepend=-1))
        summed[group[first]] = np.add.reduceat(values, first, axis=0)
    return summed
