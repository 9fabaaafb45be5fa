import math

import numpy as np
import pulp
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise import solver
from medalloc.optimise.reusable import ReusableModel
from medalloc.optimise.solver import Limits, add_row


@pytest.fixture(params=["HiGHS", "CBC"])
def engine(request, monkeypatch):
    if request.param == "CBC":
        monkeypatch.setattr(solver, "highspy", None)
    return request.param


@pytest.fixture
def knapsack(engine):
    """Cover at least 5 with pieces of 4, 3 and 2 that cost 7, 5 and 4."""
    model = pulp.LpProblem("knapsack", pulp.LpMinimize)
    pieces = [model.add_variable(f"piece_{k}", 0, 1, pulp.LpInteger) for k in range(3)]
    add_row(model, "cover", zip(pieces, (4.0, 3.0, 2.0), strict=True), ">=", 5)
    reusable = ReusableModel(model, {"points": zip(pieces, (7.0, 5.0, 4.0), strict=True)})
    order = [reusable.index_of[piece] for piece in pieces]
    assert [reusable.variables[k] for k in order] == pieces
    return reusable


FREE = (np.zeros(3), np.ones(3))
WITHOUT_THE_LAST = (np.zeros(3), np.array([1.0, 1.0, 0.0]))
WITH_THE_FIRST = (np.array([1.0, 0.0, 0.0]), np.ones(3))
ALL = np.ones(3)
BOTH = np.array([1.0, 1.0, 0.0])


def test_the_same_model_is_solved_within_other_bounds(knapsack):
    costs = [knapsack.minimise(*bounds, BOTH, Limits(9))[0].objective for bounds in (FREE, WITHOUT_THE_LAST, FREE)]
    assert costs == pytest.approx([9, 12, 9])
    solve, values = knapsack.minimise(*WITH_THE_FIRST, ALL, Limits(9))
    assert (solve.status, solve.objective) == (SolveStatus.OPTIMAL, pytest.approx(11))
    assert values == pytest.approx([1, 0, 1])


def test_relaxations_have_reduced_costs(knapsack):
    free = knapsack.relax(*FREE, Limits(9))
    assert free.value == pytest.approx(5 + 2 * 7 / 4)
    assert free.reduced == pytest.approx([0, 5 - 3 * 7 / 4, 4 - 2 * 7 / 4])
    first = knapsack.relax(*WITH_THE_FIRST, Limits(9))
    assert first.value == pytest.approx(7 + 5 / 3)


def test_where_nothing_is_below_the_cutoff_the_start_is_left(knapsack):
    solve, values = knapsack.minimise(*WITHOUT_THE_LAST, BOTH, Limits(9, cutoff=11.5))
    assert (solve.status, solve.objective) == (SolveStatus.INFEASIBLE, math.inf)
    assert values == pytest.approx(BOTH)


def test_a_relaxation_without_a_solution_is_infinite(knapsack):
    none = knapsack.relax(np.zeros(3), np.array([1.0, 0.0, 0.0]), Limits(9))
    assert none.value == math.inf
    assert none.reduced is None
