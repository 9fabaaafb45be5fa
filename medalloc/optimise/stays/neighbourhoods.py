"""Whom to free next: a few people who have to do with one another, and those whom the relaxation would then move.

A neighbourhood begins with people near one another in time or in the berths that are good for them. Then the
relaxation with everybody else fixed is solved, its reduced costs say who else would improve it if they were freed,
the most promising are added, and so on: so grown, a neighbourhood improves a solution much more often than one of
the same size drawn at random.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.held import Freed, HeldStays
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints

RUNGS = (1.0, 1 / 3, 1 / 9)
"""Limits of the reduced cost of columns, as shares of the largest."""

CHANCES = (0.2, 0.4, 0.4)
"""How often each is drawn."""

SEEDS = (15, 50)
"""Fewest and most people whom a neighbourhood begins with."""

STEP = 40
"""People added at a time."""

FIRST_SIZE = 120.0
"""People in the first neighbourhoods; later ones are as large as can be solved with the work allowed."""

SMALLEST = 40.0

GROWN, SHRUNK = 1.06, 0.92
"""Factors of the size after a model that took little work, and after one that took much."""

RELAXATION_S = 5.0
"""Longest that one relaxation may take [s]."""

DEAR = 10
"""Whose own reduced cost is so many times the limit of the columns is misplaced, and often among the first."""


@dataclass(frozen=True)
class Neighbourhood:
    """People to be freed."""

    freed: Freed
    promised: float
    """By how much the relaxation improves on the solution: no more can be gained."""
    rung: int
    work: int
    """Iterations that it took to find."""


class Neighbourhoods:
    """Draws neighbourhoods, and learns how large they may be."""

    def __init__(self, problem: BedProblem, reduced: Costs, rng: np.random.Generator) -> None:
        """`reduced` has the shape (n, m + 1), its last column being to remain."""
        self._problem, self._reduced, self._rng = problem, reduced, rng
        self._middle = (problem.people.first + problem.people.end) / 2
        self._sizes = [FIRST_SIZE] * len(RUNGS)
        self.until = math.inf
        """When the search ends, by the performance counter."""

    def draw(self, held: HeldStays, berth: Ints, value: float, most: float) -> Neighbourhood:
        """A neighbourhood of a solution; `most` is the largest limit of the reduced cost of columns."""
        rung = int(self._rng.choice(len(RUNGS), p=CHANCES))
        limit = most * RUNGS[rung]
        start = self._seeds(berth, limit, int(self._rng.integers(*SEEDS)))
        return self._grown(held, berth, value, start, rung, most)

    def between(self, held: HeldStays, berth: Ints, value: float, other: Ints, most: float) -> Neighbourhood | None:
        """A neighbourhood of those who are elsewhere in another solution; None if nobody is."""
        differ = np.flatnonzero(berth != other)
        if len(differ) == 0:
            return None
        rung = int(self._rng.integers(len(RUNGS)))
        most_people = int(self._sizes[rung])
        if len(differ) > most_people:
            differ = self._rng.choice(differ, most_people, replace=False)
        return self._grown(held, berth, value, differ, rung, most)

    def learn(self, drawn: Neighbourhood, work: float, *, closed: bool) -> None:
        """Let the next be larger after little work, smaller after much. `work`: share of what is allowed."""
        size = self._sizes[drawn.rung]
        if closed and work < 1:
            self._sizes[drawn.rung] = min(size * GROWN, float(len(self._middle)))
        elif not closed or work > 2:
            self._sizes[drawn.rung] = max(size * SHRUNK, min(SMALLEST, size))

    def _grown(self, held: HeldStays, berth: Ints, value: float, start: Ints, rung: int, most: float) -> Neighbourhood:
        limit, size, work = most * RUNGS[rung], int(self._sizes[rung]), 0
        noise = self._rng.random() * limit / 4
        people = np.zeros(len(berth), dtype=bool)
        people[start] = True
        while True:
            freed = Freed(people.copy(), limit)
            left_s = min(RELAXATION_S, self.until - time.perf_counter())
            relaxed = held.relax(berth, freed, Limits(max(0.0, left_s)))
            work += relaxed.iterations
            if relaxed.reduced is None or people.sum() >= min(size, len(berth)):
                return Neighbourhood(freed, value - relaxed.value, rung, work)
            gains = held.gains(berth, relaxed.reduced, limit) + noise * self._rng.random(len(berth))
            gains[people] = -np.inf
            able = np.flatnonzero(np.isfinite(gains))
            if not len(able):
                return Neighbourhood(freed, value - relaxed.value, rung, work)
            people[able[np.argsort(-gains[able], kind="stable")[:STEP]]] = True

    def _seeds(self, berth: Ints, limit: float, count: int) -> Ints:
        """People near one who is expensively placed, and some of those who are so most of all."""
        n = len(berth)
        own = self._reduced[np.arange(n), np.where(berth == REMAINS, self._reduced.shape[1] - 1, berth)]
        own = np.where(np.isfinite(own), own, 0.0)
        weight = np.minimum(own, 3 * limit) + 0.02 * limit + 1e-9
        first = int(self._rng.choice(n, p=weight / weight.sum()))
        distance = self._near_in_time(first) if self._rng.random() < 0.5 else self._near_in_place(first, limit)
        distance[first] = -np.inf
        near = np.argsort(distance, kind="stable")[: min(count, n)]
        dear = np.flatnonzero(own > DEAR * limit)
        return np.union1d(near, self._rng.permutation(dear)[:STEP])

    def _near_in_time(self, i: int) -> Costs:
        people = self._problem.people
        apart = np.maximum(0, np.maximum(people.first - people.end[i], people.first[i] - people.end))
        spread = self._rng.choice([0.5, 2.0, 5.0])
        chance = self._rng.random(len(apart)) * spread
        return np.asarray(np.abs(self._middle - self._middle[i]) + apart + chance)

    def _near_in_place(self, i: int, limit: float) -> Costs:
        good = self._reduced[:, :-1] <= limit
        shared = (good & good[i]).sum(axis=1) / np.sqrt(good.sum(axis=1) + 1)
        apart = np.abs(self._middle - self._middle[i]) * self._rng.choice([0.1, 0.5])
        return np.asarray(apart - 3 * shared / (shared.max() + 1e-9) + self._rng.random(len(shared)))
