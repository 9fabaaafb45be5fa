from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.greedy import first_solution
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.stays.random_problem import hospital_problem, tiny_problem
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone


@pytest.mark.parametrize("seed", range(0, 300, 6))
def test_nobody_comes_who_breaks_a_rule(seed: int) -> None:
    problem = tiny_problem(seed)
    faults = evaluate(problem, first_solution(problem, problem.berths.cost, seed)).faults
    assert all("must come" in fault for fault in faults)


def test_a_hospital_is_better_off() -> None:
    problem = hospital_problem(90, 3)
    berth = first_solution(problem, problem.berths.cost)
    assert evaluate(problem, berth).faults == ()
    assert (berth[problem.people.home >= 0] == REMAINS).all()
    nobody = np.full(len(berth), REMAINS)
    assert evaluate(problem, berth).total < 0.9 * evaluate(problem, nobody).total


def test_whoever_waits_most_dearly_goes_first_and_the_beds_are_all_that_there_are() -> None:
    people = [someone(remaining=20.0), someone(remaining=50.0), someone(remaining=30.0)]
    problem = small_problem(people, [[1.0, 5.0]] * 3, beds=[1, 1])
    assert first_solution(problem, problem.berths.cost).tolist() == [REMAINS, 0, 1]


def test_a_bed_is_free_again_once_its_patient_has_left() -> None:
    people = [someone(0, 1), someone(1, 3), someone(0, 2)]
    problem = small_problem(people, [[1.0], [1.0], [1.0]], beds=[1])
    price = np.array([[1.0], [1.0], [np.inf]])
    assert first_solution(problem, price).tolist() == [0, 0, REMAINS]


def test_prices_may_be_others_than_costs_but_what_is_forbidden_stays_so() -> None:
    problem = small_problem([someone()], [[np.inf, 5.0, 7.0]], beds=[1, 1, 1])
    assert first_solution(problem, np.array([[0.0, 9.0, 2.0]])).tolist() == [2]


def test_nobody_joins_those_of_another_kind() -> None:
    people = [someone(0, 2, home=0), someone(0, 3), someone(2, 3)]
    problem = small_problem(
        people, [[np.inf], [1.0], [1.0]], beds=[3], bays=(bay(0),), takes=sexes([True, False, False])
    )
    assert first_solution(problem, problem.berths.cost).tolist() == [REMAINS, REMAINS, 0]


def test_moves_are_capped_and_whoever_must_go_goes_first() -> None:
    people = [someone(home=0, remaining=np.inf, capped=True), someone(remaining=90.0, capped=True)]
    problem = small_problem(people, [[np.inf, 3.0], [np.inf, 1.0]], beds=[1, 2])
    assert first_solution(problem, problem.berths.cost).tolist() == [1, 1]
    assert first_solution(replace(problem, most_moves=1), problem.berths.cost).tolist() == [1, REMAINS]


def test_a_seed_breaks_ties_the_same_each_time() -> None:
    problem = small_problem([someone()] * 4, [[1.0]] * 4, beds=[1])
    chosen = [first_solution(problem, problem.berths.cost, seed).tolist() for seed in range(20)]
    assert chosen == [first_solution(problem, problem.berths.cost, seed).tolist() for seed in range(20)]
    assert {berth.count(0) for berth in chosen} == {1}
    assert len({berth.index(0) for berth in chosen}) > 1
