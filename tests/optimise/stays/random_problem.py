"""Seeded random bed problems: tiny ones for brute force, and some like a hospital."""

from __future__ import annotations

import itertools

import numpy as np

from medalloc.optimise.stays.evaluate import Value, evaluate
from medalloc.optimise.stays.problem import (
    REMAINS,
    Bay,
    BedProblem,
    Berths,
    Clash,
    Costs,
    Ints,
    Load,
    Mask,
    MixedPair,
    People,
)

INF = float("inf")


def best_of_all(problem: BedProblem) -> tuple[Ints, Value] | None:
    """The cheapest feasible solution by trying every one; None where there is none."""
    choices = [
        [*([REMAINS] if np.isfinite(remain) else []), *np.flatnonzero(np.isfinite(cost)).tolist()]
        for remain, cost in zip(problem.people.remaining, problem.berths.cost, strict=True)
    ]
    best: tuple[Ints, Value] | None = None
    for berths in itertools.product(*choices):
        berth = np.array(berths, dtype=int)
        value = evaluate(problem, berth)
        if not value.faults and (best is None or value.total < best[1].total):
            best = berth, value
    return best


def tiny_problem(seed: int) -> BedProblem:
    """Up to 5 people, 4 berths and 5 slots, with some of everything that a problem can have."""
    rng = np.random.default_rng(seed)
    n_slots, n_cells, m = int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(1, 5))
    n = int(rng.integers(2, 6 if m < 4 else 5))
    people = _tiny_people(rng, n, n_cells, n_slots)
    berths = Berths(
        rng.integers(0, n_cells, m),
        np.minimum(rng.integers(0, 4, m) * (rng.random(m) < 0.4), n_slots - 1),
        np.round(rng.uniform(0, 12, (n, m)), 2),
    )
    late = np.maximum(people.first[:, None], berths.opens) >= people.end[:, None]
    berths.cost[late | (rng.random((n, m)) < 0.2)] = INF
    own = berths.cell[None, :] == people.home[:, None]
    berths.cost[own & (rng.random((n, m)) < 0.8)] = INF
    takes = np.array(_kinds(rng.integers(0, 2, n) == 0, rng.integers(0, 2, n) * (rng.random(n) < 0.5)))
    lying = np.bincount(people.home[people.home >= 0], minlength=n_cells)
    beds = rng.integers(1, 3, n_cells)
    crowded = frozenset(j for j in range(n_cells) if lying[j] > beds[j])
    capacity = np.repeat(beds[:, None], n_slots, axis=1)
    drop = (rng.random(n_cells) < 0.2) & (lying < beds)
    capacity[drop, n_slots // 2 :] -= 1
    return BedProblem(
        n_slots,
        people,
        berths,
        capacity,
        bays=_tiny_bays(rng, n_cells, len(takes)),
        takes=takes,
        crowded=crowded,
        crowding=float(rng.choice([0.0, 3.5, 20.0])),
        clashes=_tiny_clashes(rng, people, takes),
        mixed=_tiny_mixed(rng, people, takes),
        loads=_tiny_loads(rng, n, n_cells, n_slots),
        most_moves=int(rng.choice([0, 1, 2, 99])),
    )


def _tiny_people(rng: np.random.Generator, n: int, n_cells: int, n_slots: int) -> People:
    home = np.where(rng.random(n) < 0.6, rng.integers(0, n_cells, n), -1)
    first = np.where(rng.random(n) < 0.3, rng.integers(0, n_slots, n), 0)
    end = rng.integers(first + 1, n_slots + 1)
    remaining = np.round(rng.uniform(0, 25, n) * np.where(home >= 0, 0.4, 1.0), 2)
    remaining[rng.random(n) < 0.15] = INF
    return People(first, end, home, remaining, rng.random(n) < 0.6)


def _kinds(women: Mask, organism: Ints) -> list[Mask]:
    """Women and men with and without the organism, and some of both who are taken by either kind."""
    carrier = organism == 1
    loose = np.arange(len(women)) % 3 == 1
    return [women & (~carrier | loose), ~women & (~carrier | loose), women & carrier, ~women & carrier]


def _tiny_bays(rng: np.random.Generator, n_cells: int, n_kinds: int) -> tuple[Bay, ...]:
    members = rng.integers(0, 2, n_cells) * (rng.random() < 0.6)
    bays = []
    for number in range(2):
        cells = tuple(np.flatnonzero(members == number).tolist())
        if not cells or rng.random() < 0.2:
            continue
        kinds = tuple(sorted(rng.choice(n_kinds, int(rng.integers(1, n_kinds + 1)), replace=False).tolist()))
        flipped = frozenset(k for k in kinds if rng.random() < 0.4)
        mixing = float(rng.choice([INF, INF, 2.5]))
        bays.append(Bay(cells, kinds, mixing, float(rng.choice([0.0, 4.0])), flipped))
    return tuple(bays)


def _tiny_clashes(rng: np.random.Generator, people: People, takes: Mask) -> tuple[Clash, ...]:
    """At times of people in one cell, at times of any who share no kind, which is how clashes come about."""
    clashes = []
    lying = np.flatnonzero(people.home >= 0).tolist()
    strangers = rng.random() < 0.6
    for i in lying:
        others = tuple(k for k in lying if k != i and (_apart(takes, i, k) if strangers else _near(people, i, k)))
        if others and rng.random() < 0.5:
            clashes.append(Clash(i, others, float(rng.choice([1.5, 9.0, 30.0]))))
    return tuple(clashes)


def _apart(takes: Mask, i: int, k: int) -> bool:
    return not (takes[:, i] & takes[:, k]).any()


def _near(people: People, i: int, k: int) -> bool:
    return bool(people.home[k] == people.home[i])


def _tiny_mixed(rng: np.random.Generator, people: People, takes: Mask) -> tuple[MixedPair, ...]:
    """At times of any groups, at times of women and men, of whom no kind takes both."""
    lying = rng.permutation(np.flatnonzero(people.home >= 0)).tolist()
    cost = np.round(rng.uniform(0, rng.choice([8, 30]), len(people.home)), 2)
    female = (takes[0] | takes[2]).tolist()
    one, other = [i for i in lying if female[i]], [i for i in lying if not female[i]]
    if rng.random() < 0.4:
        cut = int(rng.integers(0, len(lying) + 1))
        one, other = lying[:cut], lying[cut:]
    if not one or not other or rng.random() < 0.3:
        return ()
    return (MixedPair(tuple(one), tuple(other), cost),)


def _tiny_loads(rng: np.random.Generator, n: int, n_cells: int, n_slots: int) -> tuple[Load, ...]:
    loads = []
    for _ in range(int(rng.integers(0, 3))):
        cells = tuple(np.flatnonzero(rng.random(n_cells) < 0.6).tolist())
        cost = np.round(rng.uniform(0, 2, n_slots), 2) * (rng.random(n_slots) < 0.8)
        loads.append(Load(cells, np.round(rng.uniform(0, 3, n), 2), np.round(rng.uniform(0, 4, n_slots), 2), cost))
    return tuple(loads)


def hospital_problem(beds: int, seed: int) -> BedProblem:
    """Wards of bays and single rooms, nine beds in ten taken, one person in ten waiting; 8 slots."""
    return _Hospital(beds, seed).problem()


class _Hospital:
    """Draws a hospital: a cell is the beds of a bay of one sort, a bay has one or two."""

    N_SLOTS = 8
    HOURS = np.array([4, 4, 4, 4, 4, 4, 24, 24]) / 24.0

    def __init__(self, beds: int, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._sizes: list[int] = []
        self._bay_cells: list[tuple[int, ...]] = []
        while sum(self._sizes) < beds:
            size = int(self._rng.choice([1, 2, 4, 4, 4, 6]))
            split = int(self._rng.integers(1, size)) if size > 2 and self._rng.random() < 0.4 else 0
            cells = [part for part in (split, size - split) if part]
            if size > 1:
                self._bay_cells.append(tuple(range(len(self._sizes), len(self._sizes) + len(cells))))
            self._sizes += cells
        self._beds = np.array(self._sizes)
        self._n_cells = len(self._sizes)
        self._ward = np.cumsum(self._beds) // 26
        self._n_wards = int(self._ward.max()) + 1

    def problem(self) -> BedProblem:
        """Draw who lies where, who waits, and what it costs."""
        rng = self._rng
        bed_cell = np.repeat(np.arange(self._n_cells), self._beds)
        taken = bed_cell[rng.random(len(bed_cell)) < 0.92]
        extra = rng.choice(taken, max(1, len(taken) // 150))
        home = np.concatenate([taken, extra, np.full(len(taken) // 10, -1)])
        n, n_home = len(home), len(taken) + len(extra)
        lies = np.arange(n) < n_home
        female, organism = self._who(home, lies)
        crowded = frozenset(np.flatnonzero(np.bincount(home[lies], minlength=self._n_cells) > self._beds).tolist())
        first = np.where(lies | (rng.random(n) < 0.6), 0, rng.integers(0, 7, n))
        end = np.where(rng.random(n) < 0.35, first + rng.integers(1, self.N_SLOTS, n), self.N_SLOTS)
        end = np.minimum(end, self.N_SLOTS)
        berths, remaining = self._priced(home, lies, first, end)
        takes = np.array([(female == sex) & self._cohort(organism, o) for sex in (True, False) for o in range(3)])
        return BedProblem(
            self.N_SLOTS,
            People(first, end, home, remaining, lies),
            berths,
            np.repeat(self._beds[:, None], self.N_SLOTS, axis=1),
            bays=self._bays(home, female),
            takes=takes,
            crowded=crowded,
            crowding=70.0,
            clashes=self._clashes(home, organism),
            mixed=self._mixed(home, female),
            loads=self._loads(home, n),
            most_moves=max(10, n // 12),
        )

    @staticmethod
    def _cohort(organism: Ints, kind: int) -> Mask:
        return np.asarray(organism == kind)

    def _who(self, home: Ints, lies: Mask) -> tuple[Mask, Ints]:
        """Sex and organism: most bays hold one of each."""
        rng, n = self._rng, len(home)
        bay = np.full(self._n_cells, -1)
        for number, cells in enumerate(self._bay_cells):
            bay[list(cells)] = number
        bay_female = rng.random(len(self._bay_cells)) < 0.5
        bay_organism = np.where(rng.random(len(self._bay_cells)) < 0.06, 1, 0)
        in_bay = lies & (bay[home] >= 0)
        female, organism = rng.random(n) < 0.5, np.where(rng.random(n) < 0.06, rng.integers(1, 3, n), 0)
        usual = in_bay & (rng.random(n) < 0.985)
        female[usual] = bay_female[bay[home[usual]]]
        organism[usual] = bay_organism[bay[home[usual]]]
        return female, organism

    def _priced(self, home: Ints, lies: Mask, first: Ints, end: Ints) -> tuple[Berths, Costs]:
        """Everybody wants one of a few wards; whoever lies elsewhere pays by the day."""
        rng, n = self._rng, len(home)
        rank = rng.integers(0, 4, (8, self._n_wards)).astype(float)
        rank[np.arange(8), rng.integers(0, self._n_wards, 8)] = 0.0
        specialty = rng.integers(0, 8, n)
        at_home = lies & (rng.random(n) < 0.85)
        for i in np.flatnonzero(at_home).tolist():
            specialty[i] = int(np.argmin(rank[:, self._ward[home[i]]] + 0.01 * rng.random(8)))
        single = np.isin(np.arange(self._n_cells), [j for cells in self._bay_cells for j in cells], invert=True)
        needs_single = rng.random(n) < 0.04
        a_day = 0.5 * rank[specialty][:, self._ward] + 0.7 * rng.integers(0, 2, (n, self._n_cells))
        a_day += np.where(needs_single[:, None] & ~single, 3.0, 0.0)
        cell = np.concatenate([np.arange(self._n_cells), np.repeat(np.flatnonzero(rng.random(self._n_cells) < 0.5), 3)])
        opens = np.where(np.arange(len(cell)) < self._n_cells, 0, np.arange(len(cell)) % 6 + 1)
        start = np.maximum(first[:, None], opens)
        until = np.concatenate([[0.0], np.cumsum(self.HOURS)])
        days = until[end][:, None] - until[np.minimum(start, end[:, None])]
        waiting = np.where(lies, 0.0, rng.uniform(15, 70, n))
        cost = a_day[:, cell] * days + waiting[:, None] * np.minimum(1.0, until[start] - until[first][:, None])
        cost[lies] += np.round(rng.choice([15.0, 25.0, 45.0], n))[lies, None]
        can = (start < end[:, None]) & (rng.random((n, len(cell))) < 0.7) & (cell != home[:, None])
        can &= ~lies[:, None] | (opens == 0)
        remaining = np.where(lies, a_day[np.arange(n), home] * until[end], waiting)
        remaining[lies & (rng.random(n) < 0.02)] += 70.0
        return Berths(cell, opens, np.where(can, cost, INF)), remaining

    def _bays(self, home: Ints, female: Mask) -> tuple[Bay, ...]:
        bays = []
        for cells in self._bay_cells:
            here = female[np.isin(home, cells)]
            flipped = frozenset() if not len(here) else frozenset(range(3, 6) if here.mean() > 0.5 else range(3))
            bays.append(Bay(cells, tuple(range(6)), flip=4.0, flipped=flipped))
        return tuple(bays)

    def _clashes(self, home: Ints, organism: Ints) -> tuple[Clash, ...]:
        clashes = []
        for cells in self._bay_cells:
            here = np.flatnonzero(np.isin(home, cells)).tolist()
            for i in (i for i in here if organism[i]):
                others = tuple(k for k in here if organism[k] != organism[i])
                clashes += [Clash(i, others, 70.0)] if others else []
        return tuple(clashes)

    def _mixed(self, home: Ints, female: Mask) -> tuple[MixedPair, ...]:
        pairs = []
        for cells in self._bay_cells:
            here = np.flatnonzero(np.isin(home, cells))
            one, other = here[female[here]].tolist(), here[~female[here]].tolist()
            if one and other:
                pairs.append(MixedPair(tuple(one), tuple(other), np.full(len(home), 70.0)))
        return tuple(pairs)

    def _loads(self, home: Ints, n: int) -> tuple[Load, ...]:
        use = np.round(self._rng.choice([3.0, 4.5, 6.0, 9.0], n), 1)
        loads = []
        for ward in range(self._n_wards):
            cells = np.flatnonzero(self._ward == ward)
            asked = use[np.isin(home, cells)].sum()
            supply = np.full(self.N_SLOTS, asked * self._rng.uniform(0.85, 1.1))
            loads.append(Load(tuple(cells.tolist()), use, supply, 0.5 * self.HOURS))
        return tuple(loads)
