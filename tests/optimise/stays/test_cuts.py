from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.solver import Limits
from medalloc.optimise.stays.cuts import CompanyCuts, flipped_only
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem
from medalloc.optimise.stays.rows import usual
from tests.optimise.stays.random_problem import best_of_all, tiny_problem
from tests.optimise.stays.small_problem import MEN, WOMEN, bay, sexes, small_problem, someone

LIMITS = Limits(10)


def cut(problem: BedProblem, *, crowds: bool = True) -> tuple[float, float]:
    """The value of the relaxation before rows about company, and once it breaks none that is known."""
    master, mask = Master(problem), usual(problem)
    cuts = CompanyCuts(master, mask)
    master.add_columns(mask)
    assert master.solve(LIMITS)
    before = master.value
    for _ in range(60):
        if not cuts.add(crowds=crowds):
            return before, master.value
        last = master.value
        assert master.solve(LIMITS)
        assert master.value >= last - 1e-6
    raise AssertionError("there are always more rows")


def test_a_woman_and_a_man_do_not_share_a_bay() -> None:
    problem = small_problem(
        [someone(), someone()], [[1.0], [1.0]], beds=[2], bays=(bay(0),), takes=sexes([True, False])
    )
    assert cut(problem) == (pytest.approx(2.0), pytest.approx(21.0))


def test_two_women_do() -> None:
    problem = small_problem([someone(), someone()], [[1.0], [1.0]], beds=[2], bays=(bay(0),), takes=sexes([True, True]))
    assert cut(problem) == (pytest.approx(2.0), pytest.approx(2.0))


def test_nobody_joins_strangers_who_have_not_left() -> None:
    """She would go for 6, and he come in for 1 instead of 20."""
    people = [someone(home=0, remaining=2.0), someone(remaining=20.0)]
    problem = small_problem(
        people, [[np.inf, 6.0], [1.0, np.inf]], beds=[2, 1], bays=(bay(0),), takes=sexes([True, False])
    )
    assert cut(problem) == (pytest.approx(3.0), pytest.approx(7.0))


def test_mixing_at_a_price_is_charged_at_least_in_part() -> None:
    women = bay(0, mixing=5.0)
    problem = small_problem([someone(), someone()], [[1.0], [1.0]], beds=[2], bays=(women,), takes=sexes([True, False]))
    before, after = cut(problem)
    best = best_of_all(problem)
    assert best is not None
    assert best[1].total == 17.0
    assert before == pytest.approx(2.0)
    assert 4.0 < after <= 17.0


def test_whoever_needs_the_flip_pays_for_it() -> None:
    women = bay(0, flip=4.0, flipped=frozenset({MEN}))
    problem = small_problem([someone()], [[1.0]], beds=[2], bays=(women,), takes=sexes([False]))
    assert cut(problem) == (pytest.approx(1.0), pytest.approx(5.0))
    other = small_problem([someone()], [[1.0]], beds=[2], bays=(women,), takes=sexes([True]))
    assert cut(other) == (pytest.approx(1.0), pytest.approx(1.0))


def test_who_can_come_only_after_a_flip() -> None:
    takes = sexes([True, False])
    plain, flipped = bay(0, flip=4.0), bay(1, flip=4.0, flipped=frozenset({WOMEN}))
    free, mixed = bay(2, flipped=frozenset({WOMEN})), bay(3, mixing=2.0, flip=4.0, flipped=frozenset({WOMEN}))
    bays = (plain, flipped, free, mixed)
    problem = small_problem([someone(), someone()], np.ones((2, 4)).tolist(), beds=[1] * 4, bays=bays, takes=takes)
    assert flipped_only(problem).tolist() == [[False, False], [True, False], [False, False], [False, False]]


@pytest.mark.parametrize("crowds", [False, True])
def test_no_solution_is_cut_off(crowds: bool) -> None:
    tried = raised = 0
    for seed in range(0, 90, 3):
        problem = tiny_problem(seed)
        best = best_of_all(problem)
        if best is None or not problem.bays:
            continue
        before, after = cut(problem, crowds=crowds)
        assert after <= best[1].total + 1e-6, seed
        tried, raised = tried + 1, raised + (after > before + 1e-6)
    assert tried > 10
    assert raised > 1
