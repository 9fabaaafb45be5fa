"""What a solution costs and which hard rules it breaks, counted in numpy without any model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask


@dataclass(frozen=True)
class Value:
    """A solution counted."""

    total: float
    """Points; infinite where somebody comes to a forbidden berth, or remains who must not."""
    faults: tuple[str, ...]
    """Hard rules that are broken, each with where; empty for a feasible solution."""
    parts: dict[str, float]
    """Points by `places`, `crowding`, `flips`, `mixing`, `clashes`, `mixed` and `loads`; they sum to the total."""


@dataclass(frozen=True)
class Presence:
    """Who is where from when to when: each person is in up to two places, at home and in their berth."""

    person: Ints
    """(p,)."""
    cell: Ints
    """(p,)."""
    since: Ints
    """(p,)."""
    until: Ints
    """(p,)."""
    newly: Mask
    """Whether it is their berth. (p,)."""

    def part(self, mask: Mask) -> Presence:
        """Only some of the presences. `mask` has the shape (p,)."""
        return Presence(self.person[mask], self.cell[mask], self.since[mask], self.until[mask], self.newly[mask])

    def counted(self, group: Ints, n_groups: int, n_slots: int, weight: Costs | None = None) -> Costs:
        """How many are present, by group and slot. `group` and `weight` have the shape (p,). (n_groups, s)."""
        width = n_slots + 1
        came = np.bincount(group * width + self.since, weight, n_groups * width)
        left = np.bincount(group * width + self.until, weight, n_groups * width)
        return np.asarray(np.cumsum((came - left).reshape(n_groups, width), axis=1)[:, :-1])


def presence(problem: BedProblem, berth: Ints) -> Presence:
    """Where the people are in a solution. `berth` has the shape (n,)."""
    people, everybody, comes = problem.people, np.arange(len(berth)), berth != REMAINS
    since = people.end.copy()
    since[comes] = np.minimum(since[comes], problem.start[comes, berth[comes]])
    at_home = people.home >= 0
    person = np.concatenate([everybody[at_home], everybody[comes]])
    newly = np.arange(len(person)) >= np.count_nonzero(at_home)
    places = Presence(
        person,
        np.concatenate([people.home[at_home], problem.berths.cell[berth[comes]]]),
        np.where(newly, since[person], 0),
        np.where(newly, people.end[person], since[person]),
        newly,
    )
    return places.part(places.since < places.until)


def evaluate(problem: BedProblem, berth: Ints) -> Value:
    """The exact cost of a solution and the hard rules that it breaks.

    Parameters
    ----------
    berth : of each person, `REMAINS` where they come to none. (n,).
    """
    places, remains = presence(problem, berth), berth == REMAINS
    own = problem.people.remaining.copy()
    own[~remains] = problem.berths.cost[~remains, berth[~remains]]
    company = _Company(problem, places)
    parts = {
        "places": float(own.sum()),
        "crowding": _crowding(problem, remains),
        "flips": company.flips,
        "mixing": company.mixing,
        "clashes": sum(clash.cost for clash in problem.clashes if _together(clash.person, clash.others, remains)),
        "mixed": sum(_smaller(pair.one, pair.other, pair.cost * remains) for pair in problem.mixed),
        "loads": _loads(problem, places),
    }
    faults = (*_forbidden(own, remains), *_beds(problem, places), *company.faults(), *_moves(problem, remains))
    return Value(sum(parts.values()), faults, parts)


def _forbidden(own: Costs, remains: Mask) -> Iterator[str]:
    for i in np.flatnonzero(np.isinf(own)):
        yield f"person {i} must come to a berth" if remains[i] else f"person {i} comes to a forbidden berth"


def _beds(problem: BedProblem, places: Presence) -> Iterator[str]:
    """At most one person in each bed; into crowded cells nobody comes as long as anybody is at home there."""
    shape = (len(problem.capacity), problem.n_slots)
    newcomers, at_home = (part.counted(part.cell, *shape) for part in (places.part(places.newly), _at_home(places)))
    crowded = np.isin(np.arange(shape[0]), list(problem.crowded))[:, None]
    full = np.where(crowded, newcomers, newcomers + at_home) > problem.capacity
    for j, t in np.argwhere(full | (crowded & (newcomers > 0) & (at_home > 0))):
        yield f"more people than beds in cell {j}, slot {t}"


def _at_home(places: Presence) -> Presence:
    return places.part(~places.newly)


def _moves(problem: BedProblem, remains: Mask) -> Iterator[str]:
    moves = np.count_nonzero(problem.people.capped & ~remains)
    if moves > problem.most_moves:
        yield f"{moves} moves, at most {problem.most_moves} allowed"


def _crowding(problem: BedProblem, remains: Mask) -> float:
    """All who remain in a crowded cell but one pay."""
    homes = problem.people.home[remains]
    return problem.crowding * sum(max(0, int(np.count_nonzero(homes == j)) - 1) for j in problem.crowded)


def _together(person: int, others: tuple[int, ...], remains: Mask) -> bool:
    return bool(remains[person] and remains[list(others)].any())


def _smaller(one: tuple[int, ...], other: tuple[int, ...], cost: Costs) -> float:
    """What the cheaper of two groups pays."""
    return float(min(cost[list(one)].sum(), cost[list(other)].sum()))


def _loads(problem: BedProblem, places: Presence) -> float:
    total = 0.0
    for load in problem.loads:
        inside = places.part(np.isin(places.cell, load.cells))
        use = inside.counted(np.zeros_like(inside.cell), 1, problem.n_slots, load.use[inside.person])[0]
        total += float(np.maximum(0.0, use - load.supply) @ load.cost)
    return total


class _Company:
    """The company in every bay and slot."""

    def __init__(self, problem: BedProblem, places: Presence) -> None:
        self._bays = problem.bays
        n_kinds, n_bays = len(problem.takes), len(problem.bays)
        shape = (n_bays, n_kinds, problem.n_slots)
        inside = places.part(problem.bay_of[places.cell] >= 0)
        bay = problem.bay_of[inside.cell]
        self._newcomers = inside.part(inside.newly).counted(bay[inside.newly], n_bays, problem.n_slots)
        self._others = np.zeros(shape)
        for k in range(n_kinds):
            wrong = ~problem.takes[k, inside.person]
            self._others[:, k] = inside.part(wrong).counted(bay[wrong], n_bays, problem.n_slots)
        self._can = np.zeros((n_bays, n_kinds), dtype=bool)
        self._can_unflipped = np.zeros((n_bays, n_kinds), dtype=bool)
        for number, members in enumerate(problem.bays):
            self._can[number, list(members.kinds)] = True
            self._can_unflipped[number, [k for k in members.kinds if k not in members.flipped]] = True
        self._mixes = np.array([np.isfinite(members.mixing) for members in problem.bays], dtype=bool)
        self._flip = np.array([members.flip for members in problem.bays])

    def faults(self) -> Iterator[str]:
        """Newcomers in company that no kind takes."""
        for number, t in np.argwhere((self._newcomers > 0) & ~self._fits(self._can) & ~self._mixes[:, None]):
            yield f"company in bay {number}, slot {t}"

    @property
    def flips(self) -> float:
        """Of the bays that are strict about company."""
        flipped = (self._newcomers > 0) & self._fits(self._can) & ~self._fits(self._can_unflipped)
        return float(self._flip[flipped.any(axis=1) & ~self._mixes].sum())

    @property
    def mixing(self) -> float:
        """Of the bays that are not, with their flips."""
        total = 0.0
        for number in np.flatnonzero(self._mixes).tolist():
            plain = self._mixed(number, self._can_unflipped[number])
            total += min(plain, self._mixed(number, self._can[number]) + self._flip[number])
        return total

    def _fits(self, can: Mask) -> Mask:
        """Whether one of the kinds takes all who are present. (b, s)."""
        return np.asarray((can[:, :, None] & (self._others == 0)).any(axis=1))

    def _mixed(self, number: int, can: Mask) -> float:
        """What those pay who are not of the kind that most are of."""
        fewest = self._others[number][can].min(axis=0, initial=np.inf)
        return float(self._bays[number].mixing * fewest.sum())
