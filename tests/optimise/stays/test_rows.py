from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.problem import BedProblem, Costs
from medalloc.optimise.stays.rows import Charges, Columns, Row, usual
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.small_problem import small_problem, someone


def random_row(problem: BedProblem, rng: np.random.Generator) -> Row:
    """Some newcomers somewhere in some slot, and some leavers."""
    n, (n_cells, n_slots) = len(problem.people.first), problem.capacity.shape
    new, left = (np.flatnonzero(rng.random(n) < 0.6) for _ in range(2))
    return Row(
        int(rng.integers(n_slots)),
        1.0,
        np.flatnonzero(rng.random(n_cells) < 0.6),
        new,
        np.round(rng.uniform(0.5, 3, len(new)), 2),
        left,
        np.round(rng.uniform(-3, 3, len(left)), 2),
        ever=bool(rng.random() < 0.4),
        bay=int(rng.integers(-1, len(problem.bays))),
    )


def coefficient(problem: BedProblem, row: Row, i: int, q: int) -> float:
    """What a column counts in a row, by what the fields of the row say."""
    start, cell, total = int(problem.start[i, q]), int(problem.berths.cell[q]), 0.0
    if i in row.newcomers and cell in row.cells and start <= row.slot < problem.people.end[i]:
        total += float(row.uses[row.newcomers.tolist().index(i)])
    within = row.bay >= 0 and problem.bay_of[cell] == row.bay
    if i in row.leavers and (row.ever or start <= row.slot) and not within:
        total += float(row.gains[row.leavers.tolist().index(i)])
    return total


def matrix(problem: BedProblem, row: Row) -> Costs:
    """What each column counts. (n, m)."""
    n, m = problem.berths.cost.shape
    return np.array([[coefficient(problem, row, i, q) for q in range(m)] for i in range(n)])


@pytest.mark.parametrize("seed", range(40))
def test_columns_count_in_a_row_as_it_says_and_pay_its_price(seed: int) -> None:
    problem, rng = tiny_problem(seed), np.random.default_rng(seed)
    allowed = np.isfinite(problem.berths.cost)
    columns, charges = Columns(problem), Charges(problem)
    person, berth = np.nonzero(allowed)
    half = len(person) // 2
    columns.add(person[:half], berth[:half], 100 + np.arange(half))
    columns.add(person[half:], berth[half:], 100 + np.arange(half, len(person)))
    expected = np.where(allowed, problem.berths.cost, np.inf)
    for _ in range(3):
        row, price = random_row(problem, rng), float(rng.uniform(0.1, 4))
        counts = matrix(problem, row)
        found = np.zeros(len(person))
        entries = columns.entries(row, 7)
        found[entries.column - 100] = entries.value
        assert set(entries.row.tolist()) <= {7}
        assert found == pytest.approx(counts[person, berth])
        later = columns.entries(row, 7, since=half)
        assert set(later.column.tolist()) == {k for k in entries.column.tolist() if k >= 100 + half}
        charges.add(row, price)
        expected = expected + price * counts
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


def test_a_row_knows_which_columns_it_is_about() -> None:
    row = Row(1, 1.0, np.array([2]), np.array([0]), np.ones(1), np.array([3]), np.ones(1))

    def touches(person: int, cell: int) -> bool:
        return row.touches(np.arange(4) == person, np.arange(3) == cell)

    assert touches(0, 2)
    assert not touches(0, 1), "a newcomer elsewhere"
    assert not touches(1, 2)
    assert touches(3, 0), "a leaver, wherever"


def test_no_column_is_usual_that_costs_more_than_to_go_on_waiting() -> None:
    people = [someone(remaining=5.0), someone(home=0, remaining=5.0)]
    problem = small_problem(people, [[4.0, 6.0, np.inf], [np.inf, 6.0, 4.0]], beds=[1, 1, 1])
    assert usual(problem).tolist() == [[True, False, False], [False, True, True]]
