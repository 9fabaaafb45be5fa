"""Duals for the rows that a model over some columns leaves out, so that its bound stays close.

A row that is missing has no dual, and whatever would be in it looks too cheap: a column into a full bay of the
other sex seems to displace nobody. But whoever lies there could pay for it: up to their `spare`, the least reduced
cost of leaving, the duals of the rows that they are in can grow, and their own dual with them, while the value of
the relaxation remains. The row of their bed takes as much as those need who could share the bay; the rest goes to
the row that lets them stay only as long as the bay is not opened to others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from medalloc.optimise.beds.company import Bay, Company, all_kinds
from medalloc.optimise.beds.model import BedModel
from medalloc.optimise.beds.problem import BedProblem, Costs, Mask


def repaired(problem: BedProblem, model: BedModel, reduced: Costs, mask: Mask) -> tuple[Costs, Costs]:
    """Reduced costs that hold together, which bound, and that hold for each column alone, which tell what to add."""
    out = np.where(mask, reduced, np.inf)
    spare = np.zeros(len(problem.people))
    rows = [i for i in model.remain if problem.home[i] >= 0]
    spare[rows] = np.clip(out[rows].min(axis=1, initial=1e9), 0.0, 1e9)
    # where somebody's spare is positive, to remain costs them nothing in the relaxation: else they would leave
    most = _least_spare(problem, spare)
    beds = np.minimum(most, np.where(_welcome(problem, model), -out, 0.0).max(axis=0, initial=0.0))
    together, alone = out + beds, out + most
    left = spare - np.where(problem.lies, beds[problem.home], 0.0)
    for bay in model.bays:
        cells = list(bay.cells)
        worth = {kind: _worth(problem, model, bay, kind, left) for kind in all_kinds(problem, bay)}
        if max(worth.values(), default=0.0) > 0:
            together[:, cells] += _shared(problem, model, worth, together[:, cells])[:, None]
            alone[:, cells] += _least(problem, model, worth)[:, None]
    return together, alone


def _least_spare(problem: BedProblem, spare: Costs) -> Costs:
    """What a newcomer can pay for a cell without an empty bed: the least spare of those who lie in it."""
    lying = np.bincount(problem.home[problem.lies], minlength=len(problem.cells))
    least = np.full(len(problem.cells), np.inf)
    np.minimum.at(least, problem.home[problem.lies], spare[problem.lies])
    full = np.array([len(cell.beds) for cell in problem.cells]) == lying
    return np.asarray(np.where(full, np.minimum(least, 1e9), 0.0))


def _welcome(problem: BedProblem, model: BedModel) -> Mask:
    """Who could come into each cell and share the bay with all who lie there. (n_people, n_cells)."""
    mask = np.ones((len(problem.people), len(problem.cells)), dtype=bool)
    for bay in model.bays:
        lying = [problem.people[i] for i in bay.lying]
        kinds = [kind for kind in all_kinds(problem, bay) if all(kind.takes(person) for person in lying)]
        who = np.any([model.taken_by(problem, kind) for kind in kinds] or [np.zeros(len(mask), dtype=bool)], axis=0)
        mask[:, list(bay.cells)] = who[:, None]
    return mask


def _worth(problem: BedProblem, model: BedModel, bay: Bay, kind: Company, left: Costs) -> float:
    """How much newcomers of a kind can pay together: what it costs to open the bay to the kind."""
    variable = model.open_to.get((bay.number, kind))
    own = max(0.0, variable.dj or 0.0) if variable is not None else 0.0
    return own + sum(float(left[i]) for i in bay.lying if not kind.takes(problem.people[i]))


def _shared(problem: BedProblem, model: BedModel, worth: dict[Company, float], reduced: Costs) -> Costs:
    """What each person pays so that no kind pays more than its worth: all that is wanting, or a share of it."""
    wanting = np.maximum(0.0, -reduced.min(axis=1))
    share = np.ones(len(wanting))
    for kind, most in worth.items():
        taken = model.taken_by(problem, kind)
        total = float(wanting[taken].sum())
        if total > most:
            share[taken] = np.minimum(share[taken], most / total)
    return np.asarray(wanting * share)


def _least(problem: BedProblem, model: BedModel, worth: dict[Company, float]) -> Costs:
    """The least worth among the kinds that take each person."""
    least: NDArray[np.float64] = np.full(len(problem.people), np.inf)
    for kind, most in worth.items():
        taken = model.taken_by(problem, kind)
        least[taken] = np.minimum(least[taken], most)
    return np.where(np.isfinite(least), least, 0.0)
