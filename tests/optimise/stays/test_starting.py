from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.frame import StayModel
from medalloc.optimise.stays.model import FREE, build
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Load, MixedPair
from medalloc.optimise.stays.starting import Starter, Sums
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone


def started(problem: BedProblem, berth: list[int], fixed: Ints | None = None) -> tuple[StayModel, dict[str, float]]:
    """A model over all columns, and the values of its variables for a solution, by name."""
    model = build(problem, np.ones(problem.berths.cost.shape, dtype=bool), fixed)
    variables = model.lp.variables()
    values = Starter(model, {variable: k for k, variable in enumerate(variables)}).values(np.array(berth))
    return model, {variable.name: value for variable, value in zip(variables, values.tolist(), strict=True)}


def points(model: StayModel, values: dict[str, float], rule: str) -> float:
    return sum(c * values[variable.name] for variable, c in model.penalties[rule])


def test_many_sums_at_a_time() -> None:
    problem = small_problem([someone()], [[1.0, 2.0]], beds=[1, 1])
    model = build(problem, np.ones((1, 2), dtype=bool))
    one, two = model.come[0, 0], model.come[0, 1]
    index = {one: 1, two: 0}
    assert Sums([[(one, 2.0), (two, 3.0)], [], [(one, -1.0)]], index).of(np.array([10.0, 7.0])).tolist() == [44, 0, -7]


def test_people_are_where_the_solution_has_them() -> None:
    problem = small_problem([someone(), someone()], [[1.0, 2.0], [3.0, 4.0]], beds=[1, 1])
    _, values = started(problem, [1, REMAINS])
    assert {name for name, value in values.items() if value} == {"come_0_1", "remain_1"}


def test_what_is_too_much_is_counted() -> None:
    load = Load((0,), np.array([3.0, 2.5]), np.array([4.0, 4.0, 6.0]), np.array([1.0, 2.0, 1.0]))
    problem = small_problem([someone(), someone(0, 2)], [[1.0], [1.0]], beds=[2], loads=(load,))
    model, values = started(problem, [0, 0])
    assert points(model, values, "loads") == pytest.approx(1.5 * 1.0 + 1.5 * 2.0)
    model, values = started(problem, [0, REMAINS])
    assert points(model, values, "loads") == 0


def test_a_bay_is_open_to_those_who_are_there() -> None:
    people = [someone(0, 2), someone(0, 2), someone(2, 3)]
    problem = small_problem(people, [[1.0]] * 3, beds=[2], bays=(bay(0),), takes=sexes([True, True, False]))
    model, values = started(problem, [0, REMAINS, 0])
    opened = {key: values[variable.name] for key, variable in model.open_to.items()}
    assert all(value == (kind == 0) for (_, slot, kind), value in opened.items() if slot < 2)


def test_a_flip_is_charged_where_it_is_needed() -> None:
    people = [someone(0, 1, home=0), someone(1, 3), someone(0, 3)]
    women = bay(0, flip=4.0, flipped=frozenset({1}))
    problem = small_problem(people, [[np.inf], [1.0], [1.0]], beds=[2], bays=(women,), takes=sexes([True, False, True]))
    model, values = started(problem, [REMAINS, 0, REMAINS])
    assert points(model, values, "flips") == 4.0
    model, values = started(problem, [REMAINS, REMAINS, 0])
    assert points(model, values, "flips") == 0.0


def test_of_a_mixed_pair_the_group_is_kept_whose_others_pay_less() -> None:
    people = [someone(home=0, remaining=1.0) for _ in range(3)]
    pair = MixedPair((0,), (1, 2), np.array([9.0, 4.0, 3.0]))
    problem = small_problem(people, [[np.inf, 1.0]] * 3, beds=[3, 3], mixed=(pair,))
    model, values = started(problem, [REMAINS, REMAINS, REMAINS])
    assert points(model, values, "mixed") == 7.0
    model, values = started(problem, [REMAINS, 1, REMAINS])
    assert points(model, values, "mixed") == 3.0


def test_only_the_free_have_values() -> None:
    problem = small_problem([someone(), someone()], [[1.0, 2.0], [3.0, 4.0]], beds=[1, 1])
    _, values = started(problem, [0, 1], np.array([0, FREE]))
    assert {name for name, value in values.items() if value} == {"come_1_1"}


def test_a_column_that_the_model_does_not_have_is_an_error() -> None:
    problem = small_problem([someone()], [[1.0, np.inf]], beds=[1, 1])
    with pytest.raises(KeyError):
        started(problem, [1])
