from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise import solver, warm
from medalloc.optimise.solver import Limits
from medalloc.optimise.warm import NO_ENTRIES, Entries, GrowingProgram, joined

LIMITS = Limits(10)


@pytest.fixture(params=["HiGHS", "CBC"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either solver."""
    if request.param == "CBC":
        monkeypatch.setattr(solver, "highspy", None)


def entries(*triples: tuple[int, int, float]) -> Entries:
    """Coefficients (row, column, value)."""
    row, column, value = zip(*triples, strict=True)
    return Entries(np.array(row), np.array(column), np.array(value, dtype=float))


def started() -> GrowingProgram:
    """Least 2 x + 7 y where x + y >= 3, that is -x - y <= -3, and x <= 2."""
    program = GrowingProgram()
    minus = np.full(2, -np.inf)
    program.grow(np.array([2.0, 7.0]), minus, np.array([-3.0, 2.0]), entries((0, 0, -1), (0, 1, -1), (1, 0, 1)))
    return program


def test_the_first_programme_is_solved() -> None:
    program = started()
    assert program.solve(LIMITS)
    assert program.value == pytest.approx(2 * 2 + 7)
    assert program.primal == pytest.approx([2, 1])
    assert program.dual == pytest.approx([-7, -5])
    assert program.reduced == pytest.approx([0, 0])


def test_a_column_that_comes_later_is_used() -> None:
    program = started()
    assert program.solve(LIMITS)
    program.grow(np.array([4.0]), np.zeros(0), np.zeros(0), entries((0, 2, -1)))
    assert program.solve(LIMITS)
    assert program.value == pytest.approx(2 * 2 + 4)
    assert program.primal == pytest.approx([2, 0, 1])
    assert program.reduced == pytest.approx([0, 3, 0])


def test_a_row_that_comes_later_holds() -> None:
    program = started()
    assert program.solve(LIMITS)
    program.grow(np.zeros(0), np.array([-np.inf]), np.array([0.5]), entries((2, 1, 1.0), (2, 0, 0.25)))
    assert not program.solve(LIMITS), "at most 2 of x and none of y"
    program = started()
    assert program.solve(LIMITS)
    program.grow(np.zeros(0), np.array([1.5]), np.array([1.5]), entries((2, 1, 1.0)))
    assert program.solve(LIMITS)
    assert program.value == pytest.approx(2 * 1.5 + 7 * 1.5)


def test_columns_and_rows_that_come_together_meet() -> None:
    program = started()
    assert program.solve(LIMITS)
    both = entries((0, 2, -1), (2, 2, 1.0), (2, 0, 1.0))
    program.grow(np.array([1.0]), np.array([-np.inf]), np.array([2.5]), both)
    assert program.solve(LIMITS)
    assert program.value == pytest.approx(2.5 * 1 + 0.5 * 7)


def test_growing_in_steps_is_the_same_as_at_once() -> None:
    rng = np.random.default_rng(4)
    cost, need = rng.uniform(1, 9, 12), rng.uniform(1, 5, 5)
    matrix = np.round(rng.uniform(0, 2, (5, 12)) * (rng.random((5, 12)) < 0.6), 2)
    matrix[:, 0] = 1.0
    whole, steps = GrowingProgram(), GrowingProgram()
    row, column = np.nonzero(matrix)
    minus = np.full(5, -np.inf)
    whole.grow(cost, minus, -need, Entries(row, column, -matrix[row, column]))
    assert whole.solve(LIMITS)
    for first, last, rows in ((0, 4, 3), (4, 9, 5), (9, 12, 5)):
        old = len(steps.upper)
        new = ((column >= first) & (column < last) & (row < rows)) | ((column < last) & (row >= old) & (row < rows))
        part = Entries(row[new], column[new], -matrix[row[new], column[new]])
        steps.grow(cost[first:last], minus[old:rows], -need[old:rows], part)
        assert steps.solve(LIMITS)
    assert steps.value == pytest.approx(whole.value)
    assert steps.cost @ steps.primal == pytest.approx(steps.value)
    assert steps.reduced.min() > -1e-6


def test_no_entries_joined_are_none() -> None:
    assert len(joined([]).row) == len(NO_ENTRIES.row) == 0
    both = joined([entries((0, 1, 2.0)), entries((3, 4, 5.0), (6, 7, 8.0))])
    assert (both.row.tolist(), both.column.tolist(), both.value.tolist()) == ([0, 3, 6], [1, 4, 7], [2, 5, 8])


def test_patience_runs_out_without_losing_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "PATIENCE", 0)
    program = started()
    assert program.solve(LIMITS)
    program.grow(np.array([4.0]), np.zeros(0), np.zeros(0), entries((0, 2, -1)))
    assert program.solve(LIMITS)
    assert program.value == pytest.approx(8)
