from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from medalloc.optimise.stays import improver
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.greedy import first_solution
from medalloc.optimise.stays.improver import NO_GRAIN, Improver, Task, grain, task_of
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Load
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone


def rooms(seed: int, people: int = 60, cells: int = 7) -> BedProblem:
    """People for a few nights each, in rooms of costs in steps of 0.2."""
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 6, people)
    end = np.minimum(8, first + rng.integers(1, 4, people))
    spans = [someone(int(a), int(b), remaining=90.0) for a, b in zip(first, end, strict=True)]
    cost = np.round(rng.integers(0, 40, (people, cells)) / 5, 1)
    return small_problem(spans, cost.tolist(), beds=[people // cells // 2 + 1] * cells, n_slots=8)


def task(problem: BedProblem, seed: int = 0) -> tuple[Task, Ints]:
    """Over all columns, whose costs stand for reduced costs, from a solution that a dice made."""
    begin = first_solution(problem, np.random.default_rng(9).random(problem.berths.cost.shape))
    reduced = np.column_stack([problem.berths.cost, problem.people.remaining])
    return Task(problem, reduced, np.isfinite(problem.berths.cost), 9.0, np.zeros(len(problem.bays), bool), seed), begin


def later() -> float:
    return time.perf_counter() + 30.0


def run(seed: int, number: int = 0, steps: int = 4) -> list[tuple[float, int]]:
    """Value and work after each step."""
    given, begin = task(rooms(2), seed)
    line, told = Improver(given, begin, number), []
    for _ in range(steps):
        line.step(later())
        told.append((line.value, line.work))
    assert evaluate(given.problem, line.berth).faults == ()
    assert evaluate(given.problem, line.berth).total == pytest.approx(line.value)
    return told


def test_a_solution_gets_better_and_never_worse() -> None:
    given, begin = task(rooms(2))
    values = [evaluate(given.problem, begin).total, *(value for value, _ in run(1))]
    assert values == sorted(values, reverse=True)
    assert values[-1] < 0.8 * values[0]


def test_a_seed_leads_the_same_way_and_lines_go_their_own() -> None:
    one, same, other = run(1, steps=2), run(1, steps=2), run(1, number=1, steps=2)
    assert one == same
    assert [work for _, work in one] != [work for _, work in other]


def test_two_lines_meet_in_the_better_solution() -> None:
    given, begin = task(rooms(2))
    best = Improver(given, begin)
    for _ in range(3):
        best.step(later())
    line = Improver(given, begin, 1)
    line.meet(best.berth, later())
    assert line.value <= best.value
    before = best.value
    best.meet(begin, later())
    assert best.value <= before


def test_the_better_solution_is_taken_at_once() -> None:
    given, begin = task(rooms(2))
    best = Improver(given, begin)
    best.step(later())
    line, gone = Improver(given, begin, 1), time.perf_counter() - 1.0
    line.meet(best.berth, gone)
    assert (line.berth == best.berth).all()
    assert line.value == best.value
    best.meet(begin, gone)
    assert (best.berth == line.berth).all()


def test_a_solution_that_breaks_a_rule_is_not_taken() -> None:
    given, begin = task(rooms(2))
    line = Improver(given, begin)
    line.meet(np.zeros(60, dtype=int), later())
    assert (line.berth == begin).all()


def test_without_time_nothing_changes() -> None:
    given, begin = task(rooms(2))
    line = Improver(given, begin)
    line.step(time.perf_counter() - 1.0)
    assert (line.berth == begin).all()


def test_a_task_has_the_columns_of_little_reduced_cost_and_of_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = small_problem([someone(), someone()], [[1.0, 2.0, 3.0], [4.0, 5.0, np.inf]], beds=[1, 1, 1])
    reduced = np.array([[0.0, 2.0, 50.0, 9.0], [1.0, 40.0, np.inf, 9.0]])
    monkeypatch.setattr(improver, "FEW_COLUMNS", 1)
    given = task_of(problem, reduced, 400.0, np.array([2, REMAINS]), 7)
    assert given.columns.tolist() == [[True, True, True], [True, False, False]]
    assert given.most == pytest.approx(improver.EXPECTED_GAP / 4 * 400)
    monkeypatch.setattr(improver, "FEW_COLUMNS", 2)
    assert task_of(problem, reduced, 400.0, np.array([2, REMAINS]), 7).columns[1, 1], "two columns per person"


@pytest.mark.parametrize(
    ("costs", "step"), [([[4.0, 7.0]], 1.0), ([[4.0, 7.5]], 0.5), ([[0.8, 2.2]], 0.2), ([[0.3, math.pi]], NO_GRAIN)]
)
def test_costs_come_in_steps(costs: list[list[float]], step: float) -> None:
    assert grain(small_problem([someone()], costs, beds=[1, 1])) == step


def test_steps_are_of_all_that_costs() -> None:
    problem = small_problem([someone()], [[4.0]], beds=[1])
    assert grain(replace(problem, people=replace(problem.people, remaining=np.array([2.25])))) == 0.25
    assert grain(replace(problem, bays=(bay(0, mixing=0.1),), takes=sexes([True]))) == 0.1
    load = Load((0,), np.array([1.0]), np.zeros(3), np.ones(3))
    assert grain(replace(problem, loads=(load,))) == NO_GRAIN
