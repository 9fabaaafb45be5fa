from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.around import FREE
from medalloc.optimise.stays.model import build
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Clash, Ints, MixedPair
from medalloc.optimise.stays.standing import strangers
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone

INF = float("inf")


def lying(*leaving: float, **fields: Any) -> BedProblem:
    """People in cell 0 who remain at 1, or leave for cell 1 at these prices."""
    people = [someone(home=0, remaining=1.0) for _ in leaving]
    return small_problem(people, [[INF, price] for price in leaving], beds=[len(leaving), 9], **fields)


def solved(problem: BedProblem, fixed: Ints | None = None) -> tuple[float, dict[str, float], list[int]]:
    """Cost, cost by rule, and berths."""
    model = build(problem, np.ones(problem.berths.cost.shape, dtype=bool), fixed)
    solve = minimise(model.lp, model.penalties, Limits(10))
    return (
        solve.objective,
        {rule: points for rule, points in solve.penalties.items() if points},
        model.berths().tolist(),
    )


def test_a_clash_counts_once_with_whomever_one_remains() -> None:
    problem = lying(40.0, 50.0, 50.0, clashes=(Clash(0, (1, 2), 7.0),))
    assert solved(problem)[1] == {"places": 3.0, "clashes": 7.0}


@pytest.mark.parametrize(("leaving", "berth"), [((5.0, 50.0, 50.0), [1, -1, -1]), ((50.0, 3.0, 3.0), [-1, 1, 1])])
def test_a_clash_ends_where_the_one_or_all_others_leave(leaving: tuple[float, ...], berth: list[int]) -> None:
    problem = lying(*leaving, clashes=(Clash(0, (1, 2), 30.0),))
    assert solved(problem)[2] == berth


def test_of_a_mixed_pair_the_cheaper_group_pays_or_leaves() -> None:
    pair = MixedPair((0,), (1, 2), np.array([9.0, 4.0, 3.0]))
    assert solved(lying(40.0, 40.0, 40.0, mixed=(pair,)))[1] == {"places": 3.0, "mixed": 7.0}
    assert solved(lying(6.0, 40.0, 40.0, mixed=(pair,)))[2] == [1, -1, -1]
    assert solved(lying(40.0, 2.0, 40.0, mixed=(pair,)))[1] == {"places": 1 + 2 + 1, "mixed": 3.0}


def test_all_but_one_of_a_crowded_cell_pay() -> None:
    problem = replace(lying(40.0, 40.0, 5.0), crowded=frozenset({0}), crowding=10.0)
    problem = replace(problem, capacity=np.array([[1] * 3, [9] * 3]))
    assert solved(problem)[1] == {"places": 1 + 1 + 5, "crowding": 10.0}


def test_those_who_are_fixed_count_where_they_remain() -> None:
    problem = lying(3.0, 40.0, clashes=(Clash(0, (1,), 7.0),))
    assert solved(problem, np.array([FREE, REMAINS]))[2] == [1, -1]
    assert solved(problem, np.array([FREE, 1])) == (1.0, {"places": 1.0}, [-1, 1]), "the fixed are not counted again"


def test_strangers_are_at_home_in_one_strict_bay_and_of_no_common_kind() -> None:
    people = [someone(home=0), someone(home=1), someone(home=1), someone(home=2), someone()]
    takes = sexes([True, False, True, False, False])
    problem = small_problem(people, [[1.0] * 3] * 5, beds=[3, 3, 3], bays=(bay(0, 1),), takes=takes)
    assert strangers(problem, 0, 1)
    assert not strangers(problem, 0, 2), "two women"
    assert not strangers(problem, 0, 3), "elsewhere"
    assert not strangers(problem, 0, 4), "without a bed"
    assert not strangers(problem, 4, 0)
    mixed = replace(problem, bays=(bay(0, 1, mixing=3.0),))
    assert not strangers(mixed, 0, 1)
