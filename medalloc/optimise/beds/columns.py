"""Which columns a model gets, and what the columns left out could at best bring.

A hospital of 1,000 beds has some hundred thousand ways to move somebody; hardly any pays. The model starts with
those that look good, the duals of its relaxation price all others, and those that could improve it are added. The
bound is therefore one of the whole problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.optimise.beds.company import bays_of, is_mixed, strangers
from medalloc.optimise.beds.hard import allowed, inpatient
from medalloc.optimise.beds.model import BedModel
from medalloc.optimise.beds.problem import BedProblem, Costs, Mask
from medalloc.optimise.beds.soft import Prices

FEW = 4000
"""A problem of so few columns is solved with all of them."""

FIRST = 4
"""Cheapest empty cells that an inpatient gets to start with."""

PER_ROUND = 8
"""Most columns per person that a round of pricing adds."""


@dataclass(frozen=True)
class Bound:
    """What the relaxation proves."""

    value: float
    """No plan costs less."""
    priced: Costs
    """Cost of each column less the duals of its rows; infinite where forbidden. (n_people, n_cells)."""
    reduced: Costs
    """A plan that uses a column costs at least `value` plus this; infinite where forbidden. (n_people, n_cells)."""


def useful(problem: BedProblem, prices: Prices) -> Mask:
    """Allowed columns, without those that are dearer than to wait without a bed: dropping one breaks nothing."""
    mask = allowed(problem)
    free = ~problem.lies & ~np.array([problem.pin_elsewhere(p) for p in problem.people], dtype=bool)
    mask[free] &= prices.coming[free] < prices.remaining[free, None]
    return mask


def first_columns(problem: BedProblem, prices: Prices, mask: Mask) -> Mask:
    """The columns to start with: into cells with an empty bed; of most inpatients only the cheapest few."""
    if np.count_nonzero(mask) <= FEW:
        return mask
    lying = np.bincount(problem.home[problem.lies], minlength=len(problem.cells))
    empty = np.array([len(cell.beds) for cell in problem.cells]) > lying
    start = mask & empty[None, :]
    coming = np.where(start, prices.coming, np.inf)
    ranks = np.argsort(np.argsort(coming, axis=1, kind="stable"), axis=1)
    calm = ~_restless(problem, prices)
    start[calm] &= ranks[calm] < FIRST
    pinned = np.array([problem.pin_elsewhere(person) for person in problem.people], dtype=bool)
    start[pinned] = mask[pinned]
    return np.asarray(start)


def bound_of(problem: BedProblem, prices: Prices, model: BedModel, relaxed: float, mask: Mask) -> Bound:
    """The bound of the whole problem by the duals of a relaxation over some columns.

    Every person takes one place, so lowering the dual of a person by the most negative reduced cost among their
    columns makes the duals feasible for all columns: the bound falls by the same amount.
    """
    reduced = _reduced_costs(problem, prices, model)
    reduced[~mask] = np.inf
    slack = np.minimum(0.0, reduced.min(axis=1, initial=0.0))
    return Bound(relaxed + float(slack.sum()), reduced, reduced - slack[:, None])


def improving(bound: Bound, columns: Mask) -> Mask:
    """For each person the columns not yet in the model that might improve it most, a few a round."""
    gain = np.where(columns, 0.0, np.minimum(bound.priced, 0.0))
    ranks = np.argsort(np.argsort(gain, axis=1, kind="stable"), axis=1)
    return np.asarray((gain < -1e-6) & (ranks < PER_ROUND))


def _reduced_costs(problem: BedProblem, prices: Prices, model: BedModel) -> Costs:
    """Cost less the duals of the rows a column is in; a row that does not exist yet has the dual 0."""
    reduced = prices.coming.copy()
    for i, row in model.place_rows.items():
        reduced[i] -= row.pi
    for j, rows in model.bed_rows.items():
        reduced[:, j] -= sum(row.pi for row in rows)
    if model.transfer_row is not None:
        reduced[[inpatient(person) for person in problem.people]] -= model.transfer_row.pi
    cells = {bay.number: list(bay.cells) for bay in model.bays}
    for (i, number), row in model.company_rows.items():
        reduced[i, cells[number]] -= row.pi
    return reduced


def _restless(problem: BedProblem, prices: Prices) -> Mask:
    """Those for whom more than the cheapest moves may pay: not inpatients, or in breach of a rule."""
    rows = np.array([not inpatient(person) for person in problem.people], dtype=bool)
    rows |= prices.remain["breach"] > 0
    for bay in bays_of(problem):
        if is_mixed(problem, bay) or any(strangers(problem, bay, i) for i in bay.lying):
            rows[list(bay.lying)] = True
    return rows
