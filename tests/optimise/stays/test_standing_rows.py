from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem, Clash, Load, MixedPair
from medalloc.optimise.stays.rows import usual
from medalloc.optimise.stays.standing_rows import add_standing_rows, strict_bay
from tests.optimise.stays.random_problem import best_of_all, tiny_problem
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone
from tests.optimise.stays.test_standing import lying


def relaxed(problem: BedProblem) -> float:
    """Value of the relaxation with the rows that are there from the start."""
    master, mask = Master(problem), usual(problem)
    add_standing_rows(master, mask)
    master.add_columns(mask)
    assert master.solve(Limits(10))
    return master.value


def test_who_remains_in_a_crowded_cell_pays() -> None:
    problem = replace(lying(40.0, 5.0), crowded=frozenset({0}), crowding=10.0)
    problem = replace(problem, capacity=np.array([[1] * 3, [9] * 3]))
    assert relaxed(problem) == pytest.approx(1 + 5)
    assert relaxed(replace(problem, crowding=2.5)) == pytest.approx(1 + 1 + 2.5)


def test_a_newcomer_to_a_crowded_cell_waits_for_all_to_leave() -> None:
    people = [someone(home=0, remaining=1.0), someone(home=0, remaining=1.0), someone(remaining=30.0)]
    problem = small_problem(people, [[np.inf, 6.0], [np.inf, 8.0], [2.0, np.inf]], beds=[1, 9], crowded=frozenset({0}))
    assert relaxed(problem) == pytest.approx(6 + 8 + 2)


def test_a_clash_is_paid_or_ended() -> None:
    assert relaxed(lying(40.0, 50.0, 50.0, clashes=(Clash(0, (1, 2), 7.0),))) == pytest.approx(3 + 7)
    assert relaxed(lying(5.0, 50.0, 50.0, clashes=(Clash(0, (1, 2), 30.0),))) == pytest.approx(5 + 2)


def test_a_mixed_pair_is_paid_or_ended() -> None:
    pair = MixedPair((0,), (1, 2), np.array([9.0, 4.0, 3.0]))
    assert relaxed(lying(40.0, 40.0, 40.0, mixed=(pair,))) == pytest.approx(3 + 7)
    assert relaxed(lying(6.0, 40.0, 40.0, mixed=(pair,))) == pytest.approx(6 + 2)


def test_a_load_above_the_supply_is_paid_slot_by_slot_or_lightened() -> None:
    load = Load((0,), np.array([3.0, 2.5]), np.array([4.0, 9.0, 5.0]), np.array([1.0, 2.0, 4.0]))
    assert relaxed(lying(90.0, 90.0, loads=(load,))) == pytest.approx(2 + 1.5 * 1 + 0.5 * 4)
    part = 0.5 / 2.5
    cheap = relaxed(lying(90.0, 2.0, loads=(load,)))
    assert cheap < 2 + 1.5 + 2.0
    assert cheap <= 2 + part + 1.0 + 1e-6, "a fifth of the second would do for the last slot"


def test_whoever_comes_adds_to_the_load() -> None:
    load = Load((1,), np.array([3.0, 2.5]), np.array([2.0, 9.0, 9.0]), np.array([4.0, 1.0, 1.0]))
    problem = small_problem(
        [someone(remaining=30.0), someone(1, 3)], [[np.inf, 1.0], [np.inf, 1.0]], beds=[1, 2], loads=(load,)
    )
    assert relaxed(problem) == pytest.approx(1 + 1 + 1 * 4)


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_no_solution_is_cut_off(seed: int) -> None:
    problem = tiny_problem(seed)
    best = best_of_all(problem)
    if best is not None:
        assert relaxed(problem) <= best[1].total + 1e-6


def test_groups_of_a_strict_bay_who_could_not_change_beds_beside_one_another() -> None:
    people = [someone(home=0), someone(home=1), someone(home=1)]
    problem = small_problem(
        people, [[1.0, 1.0, 1.0]] * 3, beds=[3, 3, 3], bays=(bay(0, 1),), takes=sexes([True, False, True])
    )
    mask = np.ones((3, 3), dtype=bool)
    assert strict_bay(problem, mask, (0,), (1,)) == 0
    assert strict_bay(problem, mask, (0,), (2,)) == -1, "two women can"
    assert strict_bay(replace(problem, bays=(bay(0, 1, mixing=2.0),)), mask, (0,), (1,)) == -1
    soon = replace(problem, people=replace(problem.people, end=np.array([1, 3, 3])))
    late = replace(soon, berths=replace(problem.berths, opens=np.array([0, 2, 0])))
    assert strict_bay(soon, mask, (0,), (1,)) == 0
    assert strict_bay(late, mask, (0,), (1,)) == -1, "he could change beds once she has left"
