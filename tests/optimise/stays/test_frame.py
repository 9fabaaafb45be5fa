from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medalloc.optimise.stays.frame import Build, Counts
from medalloc.optimise.stays.model import FREE, build
from medalloc.optimise.stays.pieces import pieces_of
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone

PEOPLE = [someone(0, 3, home=0), someone(1, 3)]
PROBLEM = small_problem(PEOPLE, [[np.inf, 2.0], [3.0, 4.0]], beds=[2, 1])


@pytest.mark.parametrize(
    ("mixing", "may_mix", "mixes"),
    [(5.0, None, True), (5.0, [True], True), (5.0, [False], False), (float("inf"), None, False)],
)
def test_a_bay_is_mixed_only_at_a_price_and_where_it_may(
    mixing: float, may_mix: list[bool] | None, mixes: bool
) -> None:
    problem = replace(PROBLEM, bays=(bay(0, mixing=mixing),), takes=sexes([True, False]))
    how = Build(may_mix=None if may_mix is None else np.array(may_mix))
    assert how.mixes(problem, 0) is mixes


def test_those_counted_have_their_coefficients() -> None:
    model = build(PROBLEM, np.ones((2, 2), dtype=bool))
    pieces = pieces_of(PROBLEM, np.array([0, 1, 1, 0, 1]), np.array([1, 0, 1, REMAINS, REMAINS]))
    model.columns[:] = [model.lp.add_variable(f"column_{j}") for j in range(5)]
    here = pieces.covering(1)
    terms = model.terms(here, Counts((0, 1), 1, np.array([0, 1]), np.array([2.0, 0.5]), staying=3.0))
    assert {variable.name: c for variable, c in terms} == {
        "column_0": 2.0,
        "column_1": 0.5,
        "column_2": 0.5,
        "column_3": 6.0,
    }
    only = model.terms(here, Counts((0, 1), 1, np.array([1]), np.array([0.5]), staying=3.0))
    assert {variable.name for variable, _ in only} == {"column_1", "column_2"}


def test_what_is_too_much_is_priced_under_its_rule() -> None:
    model = build(PROBLEM, np.ones((2, 2), dtype=bool))
    over = model.over("over", "loads", 7.5)
    assert (over.lowBound, over.upBound) == (0, None)
    assert model.penalties["loads"] == [(over, 7.5)]


def test_the_solution_is_read_with_those_who_are_fixed() -> None:
    model = build(PROBLEM, np.ones((2, 2), dtype=bool), np.array([1, FREE]))
    for variable in model.columns:
        variable.varValue = 0.0
    assert model.berths().tolist() == [1, REMAINS]
    model.come[1, 0].varValue = 0.9999
    assert model.berths().tolist() == [1, 0]
