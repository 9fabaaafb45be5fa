from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.around import FREE, all_free, around, mixed_bays
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Load
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.small_problem import MEN, WOMEN, bay, sexes, small_problem, someone

PEOPLE = [
    someone(0, 2, home=0, capped=True),
    someone(1, 3),
    someone(0, 3, home=1, capped=True),
    someone(0, 3),
]
LOAD = Load((0, 1), np.array([4.0, 2.5, 3.0, 9.0]), np.zeros(3), np.ones(3))
PROBLEM = small_problem(
    PEOPLE,
    np.ones((4, 3)),
    beds=[2, 1, 3],
    bays=(bay(0, 1),),
    takes=sexes([True, False, True, False]),
    loads=(LOAD,),
    most_moves=5,
)


def test_nobody_fixed_leaves_everything() -> None:
    nearby = around(PROBLEM, all_free(PROBLEM))
    assert nearby.free.all()
    assert (nearby.left == PROBLEM.capacity).all()
    assert not nearby.others.any()
    assert nearby.moves == 5


def test_those_who_are_fixed_take_beds_company_loads_and_moves() -> None:
    nearby = around(PROBLEM, np.array([REMAINS, 0, 2, FREE]))
    assert nearby.left.tolist() == [[1, 0, 1], [1, 1, 1], [2, 2, 2]]
    assert nearby.newcomers_in.tolist() == [[0, 1, 1], [0, 0, 0], [1, 1, 1]]
    assert nearby.others[0, WOMEN].tolist() == [0, 1, 1], "the man who comes to cell 0"
    assert nearby.others[0, MEN].tolist() == [1, 1, 0], "the woman at home there, until she leaves"
    assert nearby.newcomers.tolist() == [[0, 1, 1]]
    assert nearby.use.tolist() == [[4.0, 6.5, 2.5]]
    assert nearby.moves == 4


def test_somebody_who_comes_later_is_at_home_until_then() -> None:
    problem = small_problem(PEOPLE, np.ones((4, 1)), beds=[2, 1, 3], berths=[(2, 1)])
    nearby = around(problem, np.array([FREE, FREE, 0, FREE]))
    assert nearby.left.tolist() == [[2, 2, 2], [0, 1, 1], [3, 2, 2]]


def test_crowded_beds_are_left_to_nobody_while_somebody_remains() -> None:
    people = [someone(0, 2, home=0), someone(0, 3, home=0), someone(0, 3)]
    problem = small_problem(people, np.ones((3, 2)), beds=[1, 2], crowded=frozenset({0}))
    assert around(problem, np.array([REMAINS, 1, FREE])).left[0].tolist() == [0, 0, 1]
    assert around(problem, np.array([1, 1, FREE])).left[0].tolist() == [1, 1, 1]


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_a_solution_breaks_no_rule_where_all_that_is_left_is_not_negative(seed: int) -> None:
    problem = tiny_problem(seed)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        berth = rng.integers(-1, problem.berths.cost.shape[1], len(problem.people.first))
        nearby = around(problem, berth)
        faults = evaluate(problem, berth).faults
        crowded = list(problem.crowded)
        calm = np.delete(nearby.left, crowded, axis=0)
        fits = calm.min(initial=0) >= 0 and nearby.moves >= 0
        told = [fault for fault in faults if "moves" in fault or "more people" in fault]
        told = [fault for fault in told if not any(f"cell {j}," in fault for j in crowded)]
        assert fits == (not told), seed


def test_bays_are_mixed_where_no_kind_takes_all() -> None:
    people = [someone(0, 2), someone(1, 3), someone(0, 1)]
    bays = (bay(0, mixing=5.0), bay(1, mixing=5.0))
    problem = small_problem(people, np.ones((3, 2)), beds=[3, 3], bays=bays, takes=sexes([True, False, True]))
    assert mixed_bays(problem, np.array([0, 0, 1])).tolist() == [True, False]
    assert mixed_bays(problem, np.array([0, 1, 1])).tolist() == [False, False], "she has left when he comes"
