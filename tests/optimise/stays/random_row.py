"""Rows of the relaxation at random, and what columns count in them by what their fields say."""

from __future__ import annotations

import numpy as np

from medalloc.optimise.stays.problem import BedProblem, Costs
from medalloc.optimise.stays.rows import Row


def random_row(problem: BedProblem, rng: np.random.Generator) -> Row:
    """Some newcomers somewhere in some slot, and some leavers."""
    n, (n_cells, n_slots) = len(problem.people.first), problem.capacity.shape
    new, left = (np.flatnonzero(rng.random(n) < 0.6) for _ in range(2))
    return Row(
        int(rng.integers(n_slots)),
        1.0,
        np.flatnonzero(rng.random(n_cells) < 0.6),
        new,
        np.round(rng.uniform(0.5, 3, len(new)), 2),
        left,
        np.round(rng.uniform(-3, 3, len(left)), 2),
        ever=bool(rng.random() < 0.4),
        bay=int(rng.integers(-1, len(problem.bays))),
    )


def coefficient(problem: BedProblem, row: Row, i: int, q: int) -> float:
    """What a column counts in a row, by what the fields of the row say."""
    start, cell, total = int(problem.start[i, q]), int(problem.berths.cell[q]), 0.0
    if i in row.newcomers and cell in row.cells and start <= row.slot < problem.people.end[i]:
        total += float(row.uses[row.newcomers.tolist().index(i)])
    within = row.bay >= 0 and problem.bay_of[cell] == row.bay
    if i in row.leavers and (row.ever or start <= row.slot) and not within:
        total += float(row.gains[row.leavers.tolist().index(i)])
    return total


def matrix(problem: BedProblem, row: Row) -> Costs:
    """What each column counts. (n, m)."""
    n, m = problem.berths.cost.shape
    return np.array([[coefficient(problem, row, i, q) for q in range(m)] for i in range(n)])
