from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.lots import lot_of, matches
from medalloc.optimise.stays.problem import Costs, Ints
from medalloc.optimise.stays.rows import Columns, Row
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.random_row import matrix, random_row
from tests.optimise.stays.small_problem import small_problem, someone


@pytest.mark.parametrize("seed", range(40))
def test_columns_count_in_every_row_as_it_says(seed: int) -> None:
    problem, rng = tiny_problem(seed), np.random.default_rng(seed)
    person, berth = np.nonzero(np.isfinite(problem.berths.cost))
    half, columns = len(person) // 2, Columns(problem)
    columns.add(person[:half], berth[:half], 100 + np.arange(half))
    columns.add(person[half:], berth[half:], 100 + np.arange(half, len(person)))
    rows = [random_row(problem, rng) for _ in range(4)]
    lot = lot_of(len(problem.people.first), problem.n_slots, [(row, 7 + 2 * k) for k, row in enumerate(rows)])
    expected = np.array([matrix(problem, row)[person, berth] for row in rows])
    found, entries = np.zeros_like(expected), lot.entries(columns)
    found[(entries.row - 7) // 2, entries.column - 100] = entries.value
    assert found == pytest.approx(expected)
    assert len(entries.value) == np.count_nonzero(expected), "no place twice, and none for nothing"
    later = lot.entries(columns, since=half)
    kept = entries.column >= 100 + half
    assert by_place(later.row, later.column, later.value) == pytest.approx(
        by_place(entries.row[kept], entries.column[kept], entries.value[kept])
    )


def by_place(row: Ints, column: Ints, value: Costs) -> dict[tuple[int, int], float]:
    return dict(zip(zip(row.tolist(), column.tolist(), strict=True), value.tolist(), strict=True))


def test_nobody_counts_in_no_rows() -> None:
    problem = small_problem([someone()], [[10.0]], beds=[1])
    columns = Columns(problem)
    columns.add(np.array([0]), np.array([0]), np.array([0]))
    assert len(lot_of(1, 1, []).entries(columns).value) == 0
    assert len(lot_of(1, 1, [(Row(0, 1.0), 0)]).entries(columns).value) == 0


@pytest.mark.parametrize("seed", range(10))
def test_matches_are_all_equal_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left, right = (rng.integers(-2, 6, size=int(rng.integers(0, 9))) for _ in range(2))
    found = list(zip(*(part.tolist() for part in matches(left, right)), strict=True))
    assert sorted(found) == [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b]
