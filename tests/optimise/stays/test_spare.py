from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from medalloc.optimise.stays.cuts import flipped_only
from medalloc.optimise.stays.problem import BedProblem, Costs
from medalloc.optimise.stays.spare import Budget, repaired
from tests.optimise.stays.small_problem import MEN, bay, sexes, small_problem, someone

INF = np.inf


def repair(
    problem: BedProblem, reduced: list[list[float]], kinds: float = 0.0, flips: float = 0.0
) -> tuple[Costs, Costs]:
    """Over all columns, where every bay and slot leaves as much to be charged for each kind."""
    shape = (len(problem.bays), problem.n_slots, len(problem.takes))
    budget = Budget(np.full(shape, kinds), np.full(len(problem.bays), flips), flipped_only(problem))
    return repaired(problem, np.array(reduced), np.isfinite(np.array(reduced)), budget)


def one_bed(beds: int = 1) -> BedProblem:
    """Somebody lies in cell 0, and a newcomer looks for a bed there."""
    return small_problem([someone(home=0), someone()], [[INF, 6.0], [1.0, INF]], beds=[beds, 3])


def test_where_nothing_is_too_cheap_nothing_changes() -> None:
    together, alone = repair(one_bed(), [[INF, 5.0], [0.5, INF]])
    assert together.tolist() == alone.tolist() == [[INF, 5.0], [0.5, INF]]


@pytest.mark.parametrize(("asks", "together", "earned", "alone"), [(-3.0, 0.0, 3.0, 2.0), (-8.0, -3.0, 5.0, -3.0)])
def test_a_newcomer_to_a_full_cell_pays_up_to_what_leaving_costs(
    asks: float, together: float, earned: float, alone: float
) -> None:
    both = repair(one_bed(), [[INF, 5.0], [asks, INF]])
    assert both[0].tolist() == [[INF, 5.0 - earned], [together, INF]]
    assert both[1].tolist() == [[INF, 5.0], [alone, INF]]


def test_a_bed_that_is_free_costs_nothing() -> None:
    together, alone = repair(one_bed(beds=2), [[INF, 5.0], [-3.0, INF]])
    assert together.tolist() == alone.tolist() == [[INF, 5.0], [-3.0, INF]]


def shared(women: list[bool], **fields: Any) -> BedProblem:
    """A bay of three beds in which the first lies; the others would come."""
    people = [someone(home=0), *(someone() for _ in women[1:])]
    cost = [[INF, 6.0], *([1.0, INF] for _ in women[1:])]
    return small_problem(people, cost, beds=[3, 3], bays=(bay(0, **fields),), takes=sexes(women))


def test_a_stranger_pays_for_whoever_must_leave_first() -> None:
    together, alone = repair(shared([True, False]), [[INF, 5.0], [-3.0, INF]])
    assert together.tolist() == [[INF, 2.0], [0.0, INF]]
    assert alone.tolist() == [[INF, 5.0], [2.0, INF]]


def test_strangers_pay_together() -> None:
    together, alone = repair(shared([True, False, False]), [[INF, 5.0], [-3.0, INF], [-7.0, INF]])
    assert together[:, 0].tolist() == [INF, pytest.approx(-1.5), pytest.approx(-3.5)], "5 of 10, half of each"
    assert together[0, 1] == pytest.approx(0.0)
    assert alone[1:, 0].tolist() == [2.0, -2.0]


def test_somebody_of_the_same_kind_pays_nothing() -> None:
    together, _ = repair(shared([True, True]), [[INF, 5.0], [-3.0, INF]])
    assert together.tolist() == [[INF, 5.0], [-3.0, INF]]


def test_a_bay_that_may_be_mixed_charges_nothing() -> None:
    together, _ = repair(shared([True, False], mixing=5.0), [[INF, 5.0], [-3.0, INF]])
    assert together.tolist() == [[INF, 5.0], [-3.0, INF]]


def test_those_who_need_a_flip_pay_for_it_together() -> None:
    people = [someone(), someone()]
    women = bay(0, flip=4.0, flipped=frozenset({MEN}))
    problem = small_problem(people, [[1.0], [1.0]], beds=[3], bays=(women,), takes=sexes([False, False]))
    together, alone = repair(problem, [[-1.0], [-7.0]], flips=4.0)
    assert together[:, 0].tolist() == [pytest.approx(-0.5), pytest.approx(-3.5)], "4 of 8"
    assert alone[:, 0].tolist() == [3.0, -3.0]
    together, _ = repair(problem, [[-1.0], [-7.0]], flips=20.0)
    assert together[:, 0].tolist() == [0.0, 0.0], "no more than they ask for"


def test_columns_outside_the_mask_are_infinite() -> None:
    problem = one_bed()
    budget = Budget(np.zeros((0, 3, 0)), np.zeros(0), np.zeros((0, 2), dtype=bool))
    mask = np.array([[False, True], [False, False]])
    together, alone = repaired(problem, np.array([[1.0, 2.0], [-3.0, 4.0]]), mask, budget)
    assert together.tolist() == alone.tolist() == [[INF, 2.0], [INF, INF]]
