"""Stretches of time in which columns make people lie in cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Mask


@dataclass(frozen=True)
class Pieces:
    """Arrays of equal length, an entry per piece.

    A column (a person with a berth, or with remaining) has a piece in the berth and, for somebody who lies in a
    bed, one at home until they come.
    """

    column: Ints
    person: Ints
    cell: Ints
    start: Ints
    end: Ints
    coming: Mask
    """False: a piece at home."""

    def of(self, rows: Ints | Mask) -> Pieces:
        """Some of the pieces."""
        return Pieces(
            self.column[rows],
            self.person[rows],
            self.cell[rows],
            self.start[rows],
            self.end[rows],
            self.coming[rows],
        )

    def covering(self, slot: int) -> Pieces:
        """The pieces that a slot is in."""
        return self.of((self.start <= slot) & (slot < self.end))

    def grouped(self, group: Ints, n_groups: int) -> list[Pieces]:
        """The pieces of each group; group numbers below 0 are left out. `group` has the shape (pieces,)."""
        order = np.argsort(group, kind="stable")
        edges = np.searchsorted(group[order], np.arange(n_groups + 1))
        return [self.of(order[edges[g] : edges[g + 1]]) for g in range(n_groups)]

    def __len__(self) -> int:
        return len(self.person)


def pieces_of(problem: BedProblem, people: Ints, berths: Ints) -> Pieces:
    """The pieces of the columns (people[j], berths[j]); the berth `REMAINS` is remaining."""
    home, end = problem.people.home[people], problem.people.end[people]
    remains = berths == REMAINS
    there = np.flatnonzero(~remains)
    start = end.copy()
    start[there] = problem.start[people[there], berths[there]]
    here = np.flatnonzero((home >= 0) & (start > 0))
    both = np.concatenate([there, here])
    return Pieces(
        both,
        people[both],
        np.concatenate([problem.berths.cell[berths[there]], home[here]]),
        np.concatenate([start[there], np.zeros(len(here), dtype=int)]),
        np.concatenate([end[there], start[here]]),
        np.arange(len(both)) < len(there),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Slots first … last between which nobody comes or leaves."""

    first: int
    last: int
    peak: bool
    """Whether a limit can be broken here without being broken in a stretch beside."""


def stretches(pieces: Pieces, tighter: Mask, looser: Mask) -> list[Stretch]:
    """The stretches in which any of the pieces lies.

    `tighter[s]`: for other reasons than the pieces, slot s limits more than the slot before; `looser[s]`: less. (s,).
    """
    n_slots = len(tighter)
    rises = (np.bincount(pieces.start, minlength=n_slots + 1)[:n_slots] > 0) | tighter
    falls = (np.bincount(pieces.end, minlength=n_slots + 1)[:n_slots] > 0) | looser
    rises[0] = True
    firsts = np.flatnonzero(rises | falls)
    lasts = np.append(firsts[1:], n_slots) - 1
    inside = np.zeros(n_slots + 1, dtype=int)
    np.add.at(inside, pieces.start, 1)
    np.add.at(inside, pieces.end, -1)
    lying = np.cumsum(inside)[firsts] > 0
    ends = np.append(falls[firsts[1:]], True)
    return [
        Stretch(int(first), int(last), bool(up and down))
        for first, last, up, down, some in zip(firsts, lasts, rises[firsts], ends, lying, strict=True)
        if some
    ]


def changes(levels: Ints) -> tuple[Mask, Mask]:
    """Where any of some levels (…, s) is below, and where above, that of the slot before. (s,), (s,)."""
    steps = np.diff(np.atleast_2d(levels), axis=1, prepend=np.atleast_2d(levels)[:, :1])
    return np.asarray((steps < 0).any(axis=0)), np.asarray((steps > 0).any(axis=0))
