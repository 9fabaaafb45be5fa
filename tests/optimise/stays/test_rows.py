from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.rows import Charges, Row, usual
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.random_row import matrix, random_row
from tests.optimise.stays.small_problem import small_problem, someone


@pytest.mark.parametrize("seed", range(40))
def test_columns_pay_the_price_of_what_they_count(seed: int) -> None:
    problem, rng = tiny_problem(seed), np.random.default_rng(seed)
    allowed, charges = np.isfinite(problem.berths.cost), Charges(problem)
    expected = np.where(allowed, problem.berths.cost, np.inf)
    for _ in range(3):
        row, price = random_row(problem, rng), float(rng.uniform(0.1, 4))
        charges.add(row, price)
        expected = expected + price * matrix(problem, row)
    charged = charges.charged(problem.berths.cost)
    assert charged[allowed] == pytest.approx(expected[allowed])


def test_a_newcomer_pays_for_the_beds_of_every_slot_of_the_stay() -> None:
    problem = small_problem([someone(1, 3)], [[10.0, 20.0]], beds=[1, 1], berths=[(0, 0), (0, 2)])
    charges = Charges(problem)
    charges.cells[0] = [100.0, 5.0, 7.0]
    assert charges.charged(problem.berths.cost).tolist() == [[22.0, 27.0]]


def test_a_row_without_a_price_charges_nothing() -> None:
    problem = small_problem([someone()], [[10.0]], beds=[1])
    charges = Charges(problem)
    charges.add(Row(0, 1.0, np.array([0]), np.array([0]), np.ones(1)), -2.0)
    assert charges.charged(problem.berths.cost).tolist() == [[10.0]]


def test_no_column_is_usual_that_costs_more_than_to_go_on_waiting() -> None:
    people = [someone(remaining=5.0), someone(home=0, remaining=5.0)]
    problem = small_problem(people, [[4.0, 6.0, np.inf], [np.inf, 6.0, 4.0]], beds=[1, 1, 1])
    assert usual(problem).tolist() == [[True, False, False], [False, True, True]]
