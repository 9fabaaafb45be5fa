from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.in_bays import InBays
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Ints
from medalloc.optimise.stays.rows import usual
from tests.optimise.stays.random_problem import tiny_problem


def lying_in(problem: BedProblem) -> list[Ints]:
    home = problem.people.home
    bay = np.where(home >= 0, problem.bay_of[home], -1)
    return [np.flatnonzero(bay == number) for number in range(len(problem.bays))]


@pytest.mark.parametrize("seed", range(20))
def test_everybody_is_there_as_far_as_they_have_come_and_not_left(seed: int) -> None:
    problem = tiny_problem(seed)
    master = Master(problem)
    master.add_columns(usual(problem))
    assert master.solve(Limits(10))
    seen, columns, value = InBays(master, lying_in(problem)), master.columns, master.primal
    for number in range(len(problem.bays)):
        for slot in range(problem.n_slots):
            amount = np.zeros(len(problem.people.first))
            homes = lying_in(problem)[number]
            amount[homes] = problem.people.end[homes] > slot
            for k, x in enumerate(value):
                i, inside = columns.person[k], columns.bay[k] == number
                if amount[i] and i in homes and problem.people.end[i] > slot:
                    amount[i] -= x * (columns.start[k] <= slot and not inside)
                elif i not in homes and inside and columns.start[k] <= slot < columns.end[k]:
                    amount[i] += x
            who, found = seen.present(number, slot)
            assert who.tolist() == np.flatnonzero(amount > 1e-6).tolist()
            assert found == pytest.approx(amount[who])
            inside = seen.inside(number, slot)
            beds = np.bincount(inside.person, inside.amount, len(amount))
            assert (beds + 1e-6 >= amount).all(), "whoever shifts within the bay is in one of its cells"
        assert (number in seen.bays) == bool(len(seen.comes(number)[0])) == bool(seen.slots(number))
