"""A known plan as a solution to start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pulp

from medalloc.optimise.beds.model import BedModel
from medalloc.optimise.beds.problem import BedProblem
from medalloc.optimise.rules import Person


def start_of(model: BedModel, problem: BedProblem, cell_of: Mapping[int, int]) -> dict[pulp.LpVariable, float] | None:
    """Values of the model's variables for a plan by the cell of its newcomers; None where it does not fit.

    Every breach that the plan could leave standing is counted; the solver finds out which do not.
    """
    locked_elsewhere = set(range(len(problem.people))) - model.remain.keys()
    if locked_elsewhere - cell_of.keys() or any(column not in model.come for column in cell_of.items()):
        return None
    values = dict(model.most_broken)
    values |= {variable: float(i not in cell_of) for i, variable in model.remain.items()}
    values |= {model.come[column]: 1.0 for column in cell_of.items()}
    newcomers: defaultdict[int, list[Person]] = defaultdict(list)
    for i, j in cell_of.items():
        newcomers[int(problem.bay[j])].append(problem.people[i])
    for (number, kind), variable in model.open_to.items():
        people = newcomers.get(number)
        if people and all(kind.takes(person) for person in people):
            values[variable] = 1.0
            del newcomers[number]
    return values
