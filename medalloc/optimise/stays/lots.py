"""What columns count in rows of the relaxation: all rows that came together at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.optimise.stays.problem import Costs, Ints
from medalloc.optimise.stays.rows import Columns, Row
from medalloc.optimise.warm import Entries


@dataclass(frozen=True)
class Lot:
    """Rows as arrays; pairs say which cells and people each is about."""

    n_people: int
    number: Ints
    """Of each row in the programme. (r,)."""
    slot: Ints
    """(r,)."""
    bay: Ints
    """(r,)."""
    last: Ints
    """Last slot in which somebody counts who leaves then. (r,)."""
    cells: tuple[Ints, Ints]
    """Pairs of a row and a cell in which newcomers count."""
    newcomers: tuple[Ints, Costs]
    """Pairs of a row and a newcomer, as row * n + person, in ascending order, with what they count."""
    leavers: tuple[Ints, Ints, Costs]
    """Pairs of a row and a leaver, with what they count."""

    def entries(self, columns: Columns, since: int = 0) -> Entries:
        """Coefficients of the columns from the place `since` on; none that are 0."""
        come, left = self._coming(columns, since), self._leaving(columns, since)
        row, at = np.concatenate([come[0], left[0]]), np.concatenate([come[1], left[1]])
        value = np.concatenate([come[2], left[2]])
        if len(come[0]) and len(left[0]):
            place, which = np.unique(row * len(columns) + at, return_inverse=True)
            row, at, value = place // len(columns), place % len(columns), np.bincount(which, value, len(place))
        kept = np.flatnonzero(value)
        return Entries(self.number[row[kept]], columns.number[at[kept]], value[kept])

    def _coming(self, columns: Columns, since: int) -> tuple[Ints, Ints, Costs]:
        """Rows and columns of newcomers, and what they count."""
        at, pair = matches(columns.cell[since:], self.cells[1])
        at, row = at + since, self.cells[0][pair]
        there = (columns.start[at] <= self.slot[row]) & (self.slot[row] < columns.end[at])
        at, row = at[there], row[there]
        key, (keys, uses) = row * self.n_people + columns.person[at], self.newcomers
        place = np.minimum(np.searchsorted(keys, key), max(0, len(keys) - 1))
        counts = keys[place] == key if len(keys) else np.zeros(len(key), dtype=bool)
        return row[counts], at[counts], uses[place[counts]]

    def _leaving(self, columns: Columns, since: int) -> tuple[Ints, Ints, Costs]:
        """The same of leavers."""
        rows, people, gains = self.leavers
        at, pair = matches(columns.person[since:], people)
        at, row = at + since, rows[pair]
        elsewhere = (self.bay[row] < 0) | (columns.bay[at] != self.bay[row])
        counts = (columns.start[at] <= self.last[row]) & elsewhere
        return row[counts], at[counts], gains[pair[counts]]


def lot_of(n_people: int, n_slots: int, rows: Sequence[tuple[Row, int]]) -> Lot:
    """Rows, each with its number in the programme, as arrays."""
    those = [row for row, _ in rows]
    comes, newcomers = _pairs([row.newcomers for row in those])
    leaves, leavers = _pairs([row.leavers for row in those])
    keys = comes * n_people + newcomers
    order = np.argsort(keys)
    return Lot(
        n_people,
        np.array([number for _, number in rows], dtype=int),
        np.array([row.slot for row in those], dtype=int),
        np.array([row.bay for row in those], dtype=int),
        np.array([n_slots if row.ever else row.slot for row in those], dtype=int),
        _pairs([row.cells for row in those]),
        (keys[order], np.concatenate([np.zeros(0), *(row.uses for row in those)])[order]),
        (leaves, leavers, np.concatenate([np.zeros(0), *(row.gains for row in those)])),
    )


def matches(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """All pairs (i, j) with left[i] == right[j], in the order of i.

    >>> matches(np.array([7, 8]), np.array([8, 7, 8]))
    (array([0, 1, 1]), array([1, 0, 2]))
    """
    order = np.argsort(right, kind="stable")
    first, beyond = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    many = beyond - first
    begins = np.cumsum(many) - many
    within = np.arange(int(many.sum())) - np.repeat(begins, many)
    return np.repeat(np.arange(len(left)), many), order[np.repeat(first, many) + within]


def _pairs(members: list[Ints]) -> tuple[Ints, Ints]:
    """The place of each list with each of its members."""
    sizes = [len(each) for each in members]
    return np.repeat(np.arange(len(members)), sizes), np.concatenate([np.zeros(0, dtype=int), *members])
