"""Which columns a model gets, and what the columns left out could at best bring.

A hospital of 1,000 beds has some hundred thousand ways to move somebody; hardly any pays. The model starts
with those that look good, the duals of its relaxation price all others, and those that could improve it are
added. The bound is therefore one of the whole problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.optimise.beds.company import bays_of, is_mixed, strangers
from medalloc.optimise.beds.hard import allowed, inpatient
from medalloc.optimise.beds.model import BedModel
from medalloc.optimise.beds.problem import BedProblem, Costs, Mask
from medalloc.optimise.beds.repair import repaired
from medalloc.optimise.beds.soft import Prices

FEW = 1000
"""A problem of so few columns is solved with all of them."""

FIRST_CALM = 2
"""Cheapest cells with an empty bed that an inpatient gets to start with."""

FIRST_RESTLESS = (10, 20)
"""Cheapest cells that anybody else gets to start with: with an empty bed, without one."""

PER_ROUND = 15
"""Most columns per person that a round of pricing adds."""


@dataclass(frozen=True)
class Bound:
    """What the relaxation proves."""

    value: float
    """No plan costs less."""
    alone: Costs
    """What each column would cost more than it saves if it came alone; infinite where forbidden."""
    priced: Costs
    """Cost of each column less the duals of its rows; infinite where forbidden. (n_people, n_cells)."""
    reduced: Costs
    """A plan with this column costs at least `value` plus this; infinite where forbidden."""


def useful(problem: BedProblem, prices: Prices) -> Mask:
    """Allowed columns less those dearer than to wait without a bed: whoever takes one may as well wait."""
    mask = allowed(problem)
    free = ~problem.lies & ~np.array([problem.pin_elsewhere(p) for p in problem.people], dtype=bool)
    mask[free] &= prices.coming[free] < prices.remaining[free, None]
    return mask


def first_columns(problem: BedProblem, prices: Prices, mask: Mask) -> Mask:
    """The cheapest few columns of each person, most of them into cells with an empty bed."""
    if np.count_nonzero(mask) <= FEW:
        return mask
    lying = np.bincount(problem.home[problem.lies], minlength=len(problem.cells))
    empty = np.array([len(cell.beds) for cell in problem.cells]) > lying
    restless = _restless(problem, prices)[:, None]
    into_empty = np.where(restless, FIRST_RESTLESS[0], FIRST_CALM)
    into_full = np.where(restless, FIRST_RESTLESS[1], 0)
    start = _cheapest(prices.coming, mask & empty, into_empty)
    start |= _cheapest(prices.coming, mask & ~empty, into_full)
    pinned = np.array([problem.pin_elsewhere(person) for person in problem.people], dtype=bool)
    return np.asarray(start | (mask & pinned[:, None]))


def bound_of(problem: BedProblem, prices: Prices, model: BedModel, relaxed: float, mask: Mask) -> Bound:
    """The bound of the whole problem by the duals of a relaxation over some columns.

    Every person takes one place, so lowering the dual of a person by the most negative reduced cost among
    their columns makes the duals feasible for all columns: the bound falls by the same amount.
    """
    reduced, alone = repaired(problem, model, _reduced_costs(problem, prices, model), mask)
    slack = np.minimum(0.0, reduced.min(axis=1, initial=0.0))
    return Bound(relaxed + float(slack.sum()), alone, reduced, reduced - slack[:, None])


def improving(bound: Bound, columns: Mask, *, closing: bool) -> Mask:
    """For each person the columns not yet in the model that might improve it most, a few a round.

    To lower the relaxation those will do that improve it alone; to close in on the bound all must be there that
    improve it together.
    """
    most = np.full((len(columns), 1), PER_ROUND)
    more = _cheapest(bound.alone, ~columns & (bound.alone < -1e-6), most)
    if closing or not more.any():
        more |= _cheapest(bound.priced, ~columns & (bound.priced < -1e-6), most)
    return more


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
    for bay, who, row in model.kind_rows:
        if row.pi:
            reduced[np.ix_(np.flatnonzero(who), np.array(bay.cells))] -= row.pi
    for i, rows in model.present_rows.items():
        reduced[i, cells[int(problem.bay[problem.home[i]])]] -= sum(row.pi for row in rows)
    return reduced


def _restless(problem: BedProblem, prices: Prices) -> Mask:
    """Those for whom more than the cheapest moves may pay: not inpatients, or in breach of a rule."""
    rows = np.array([not inpatient(person) for person in problem.people], dtype=bool)
    rows |= prices.remain["breach"] > 0
    for bay in bays_of(problem):
        if is_mixed(problem, bay) or any(strangers(problem, bay, i) for i in bay.lying):
            rows[list(bay.lying)] = True
    return rows


def _cheapest(costs: Costs, mask: Mask, most: NDArray[np.int_]) -> Mask:
    """Of each row of a mask the cheapest entries, at most so many. `most` has the shape (n_people, 1)."""
    ranks = np.argsort(np.argsort(np.where(mask, costs, np.inf), axis=1, kind="stable"), axis=1)
    return np.asarray(mask & (ranks < most))
