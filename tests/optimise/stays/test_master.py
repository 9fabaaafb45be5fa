from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.plan import SolveStatus
from medalloc.optimise.solver import Limits, relax
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.model import build
from medalloc.optimise.stays.problem import REMAINS, BedProblem
from medalloc.optimise.stays.rows import Row, usual
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.small_problem import small_problem, someone

LIMITS = Limits(10)

TWO_FOR_ONE = small_problem(
    [someone(remaining=20.0), someone(remaining=50.0), someone(remaining=9.0)],
    [[3.0, np.inf], [4.0, 40.0], [np.inf, 1.0]],
    beds=[1, 2],
)
"""Two want the one bed of cell 0; the dearer gets it, for 20 + 4 + 1."""


def solved(problem: BedProblem) -> Master:
    """With all columns that are of use."""
    master = Master(problem)
    master.add_columns(usual(problem))
    assert master.solve(LIMITS)
    return master


def test_it_is_the_relaxation_of_the_model_where_nothing_but_beds_is_scarce() -> None:
    tried = 0
    for seed in range(120):
        problem = tiny_problem(seed)
        if problem.crowded:
            continue
        problem = replace(problem, bays=(), clashes=(), mixed=(), loads=())
        model = build(problem, np.ones(problem.berths.cost.shape, dtype=bool))
        known = relax(model.lp, model.penalties, LIMITS)
        if known.status is SolveStatus.OPTIMAL:
            assert solved(problem).value == pytest.approx(known.objective), seed
            tried += 1
    assert tried > 40


def test_columns_that_come_later_make_it_cheaper() -> None:
    problem, first = TWO_FOR_ONE, np.zeros((3, 2), dtype=bool)
    master = Master(problem)
    first[2, 1] = True
    master.add_columns(first)
    assert master.solve(LIMITS)
    assert master.value == pytest.approx(20 + 50 + 1)
    master.add_columns(usual(problem))
    assert (master.added == usual(problem)).all()
    assert master.solve(LIMITS)
    assert master.value == pytest.approx(20 + 4 + 1)


def test_prices_say_what_a_bed_and_a_place_are_worth() -> None:
    master = solved(TWO_FOR_ONE)
    prices = master.cell_prices()
    bed = float(prices[0].sum())
    assert prices[1].tolist() == [0, 0, 0]
    assert 17 - 1e-6 <= bed <= 36 + 1e-6, "from what the first would save to what the second would lose"
    assert master.place_prices() == pytest.approx([0.0, 46.0 - bed, 8.0])


def test_reduced_costs_are_those_of_all_columns_and_nothing_for_those_in_use() -> None:
    master = solved(TWO_FOR_ONE)
    reduced, bed = master.reduced_costs(), float(master.cell_prices()[0].sum())
    assert reduced[0, 0] == pytest.approx(3 - 20 + bed)
    assert reduced[1] == pytest.approx([0.0, 40 - 50 + 46 - bed])
    assert np.isinf(reduced[0, 1])
    problem = replace(tiny_problem(12), bays=(), clashes=(), mixed=(), loads=())
    again = solved(problem)
    assert again.reduced_costs()[usual(problem)].min() > -1e-6
    assert again.reduced_costs()[again.used] == pytest.approx(np.zeros(int(again.used.sum())), abs=1e-6)


def test_who_comes_and_who_remains_is_settled_where_it_is_whole() -> None:
    master = solved(TWO_FOR_ONE)
    assert master.settled.tolist() == [REMAINS, 0, 1]
    assert master.used.tolist() == [[False, False], [True, False], [False, True]]


def test_whoever_must_come_and_cannot_is_dearer_than_anything() -> None:
    people = [someone(remaining=np.inf), someone(remaining=30.0)]
    problem = small_problem(people, [[70.0, np.inf], [5.0, np.inf]], beds=[1, 1])
    assert solved(problem).value == pytest.approx(70 + 30), "the one bed is for who must"
    none = replace(problem, capacity=np.zeros((2, 3), dtype=int))
    master = solved(none)
    assert master.value > 10 * 70
    assert master.settled[0] == FREE


def test_a_bed_is_free_once_its_patient_has_left_it() -> None:
    """The one at home leaves for the other cell at 6, so that the newcomer is there at 1 instead of 20."""
    people = [someone(home=0, remaining=2.0), someone(remaining=20.0)]
    problem = small_problem(people, [[np.inf, 6.0], [1.0, np.inf]], beds=[1, 1])
    master = solved(problem)
    assert master.value == pytest.approx(7.0)
    assert master.settled.tolist() == [1, 0]


def test_those_who_have_a_berth_whole_are_settled_and_those_in_halves_are_not() -> None:
    assert solved(TWO_FOR_ONE).settled.tolist() == [REMAINS, 0, 1]
    halves = small_problem([someone(), someone()], [[3.0], [4.0]], beds=[1])
    master = Master(halves)
    master.add_columns(usual(halves))
    for one in (0, 1):
        master.add_row(Row(0, 0.5, np.array([0]), np.array([one]), np.ones(1)))
    assert master.solve(LIMITS)
    assert master.settled.tolist() == [FREE, FREE]


def test_whoever_must_come_and_has_no_column_is_not_settled() -> None:
    must = small_problem([someone(remaining=np.inf), someone()], [[np.inf], [4.0]], beds=[1])
    assert solved(must).settled.tolist() == [FREE, 0]
