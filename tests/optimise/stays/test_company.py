from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.solver import Limits, minimise
from medalloc.optimise.stays.around import FREE, all_free, around
from medalloc.optimise.stays.company import allowed, fitting
from medalloc.optimise.stays.frame import Build
from medalloc.optimise.stays.model import StayModel, build
from medalloc.optimise.stays.pieces import pieces_of
from medalloc.optimise.stays.problem import REMAINS, Bay, BedProblem
from tests.optimise.stays.small_problem import MEN, WOMEN, bay, sexes, small_problem, someone

INF = float("inf")


def problem_of(women: list[bool], company: Bay, **home: int) -> BedProblem:
    """People who wait at 20 for one of three beds of a bay at 1; the first lies in it at 2 where `first` says so."""
    lies = home.get("first", -1)
    people = [someone(home=lies, remaining=2.0 if lies >= 0 else 20.0), *(someone() for _ in women[1:])]
    cost = [[INF if lies == 0 else 1.0, 9.0], *([1.0, INF] for _ in women[1:])]
    return small_problem(people, cost, beds=[3, 3], bays=(company,), takes=sexes(women))


def best(problem: BedProblem, how: Build | None = None) -> tuple[float, list[int], StayModel]:
    """What the model finds: cost and berths."""
    model = build(problem, np.ones(problem.berths.cost.shape, dtype=bool), how=how)
    solve = minimise(model.lp, model.penalties, Limits(10))
    return solve.objective, model.berths().tolist(), model


def test_a_bay_is_open_to_those_of_whom_more_would_come() -> None:
    cost, berth, _ = best(problem_of([True, False, False], bay(0)))
    assert (cost, berth) == (pytest.approx(9 + 1 + 1), [1, 0, 0])


def test_whoever_lies_there_goes_first_or_keeps_strangers_out() -> None:
    assert best(problem_of([True, False], bay(0), first=0))[:2] == (pytest.approx(9 + 1), [1, 0])
    alone = problem_of([True, False], bay(0), first=0)
    alone.berths.cost[0, 1] = 40.0
    assert best(alone)[:2] == (pytest.approx(2 + 20), [REMAINS, REMAINS])


def test_mixing_costs_each_slot_of_whoever_is_fewer() -> None:
    problem = problem_of([True, False, False], bay(0, mixing=2.0))
    assert best(problem)[:2] == (pytest.approx(3 * 1 + 3 * 2), [0, 0, 0])
    strict = best(problem, Build(may_mix=np.array([False])))
    assert strict[:2] == (pytest.approx(9 + 1 + 1), [1, 0, 0])
    dear = problem_of([True, False, False], bay(0, mixing=5.0))
    assert best(dear)[:2] == (pytest.approx(9 + 1 + 1), [1, 0, 0])


def test_a_flip_is_charged_once() -> None:
    flipped = bay(0, flip=4.0, flipped=frozenset({MEN}))
    assert best(problem_of([False, False], flipped))[0] == pytest.approx(1 + 1 + 4)
    assert best(problem_of([True, True], flipped))[0] == pytest.approx(1 + 1)


@pytest.mark.parametrize("how", [Build(priced=True), Build(tight=np.ones((1, 3), dtype=bool))])
def test_tighter_rows_change_no_solution(how: Build) -> None:
    for women in ([True, False, False], [True, True, False], [False, False, False]):
        for company in (bay(0), bay(0, mixing=2.0), bay(0, flip=4.0, flipped=frozenset({WOMEN}))):
            problem = problem_of(women, company)
            assert best(problem, how)[0] == pytest.approx(best(problem)[0])


def test_kinds_are_allowed_in_slots_in_which_no_one_fixed_is_of_another() -> None:
    people = [someone(0, 2), someone(1, 3), someone()]
    problem = small_problem(people, [[1.0]] * 3, beds=[3], bays=(bay(0),), takes=sexes([True, True, False]))
    kinds, open_to = allowed(problem, around(problem, np.array([0, REMAINS, FREE])), 0)
    assert kinds == [WOMEN, MEN]
    assert open_to.tolist() == [[True, True, True], [False, False, True]]


def test_pieces_fit_where_the_fixed_leave_company() -> None:
    people = [someone(0, 2), someone(0, 1), someone(2, 3), someone(0, 3)]
    problem = small_problem(people, [[1.0]] * 4, beds=[4], bays=(bay(0),), takes=sexes([True, False, False, True]))
    pieces = pieces_of(problem, np.array([1, 2, 3]), np.zeros(3, dtype=int))
    fixed = np.array([0, FREE, FREE, FREE])
    assert fitting(problem, around(problem, fixed), pieces, Build()).tolist() == [False, True, True]
    assert fitting(problem, around(problem, all_free(problem)), pieces, Build()).all()


def test_those_at_home_may_stay_whatever_they_are_while_nobody_comes() -> None:
    people = [someone(home=0), someone(home=0), someone()]
    problem = small_problem(people, [[INF], [INF], [1.0]], beds=[4], bays=(bay(0),), takes=sexes([True, False, True]))
    pieces = pieces_of(problem, np.array([1]), np.array([REMAINS]))
    stays = fitting(problem, around(problem, np.array([REMAINS, FREE, REMAINS])), pieces, Build())
    assert stays.tolist() == [True]
    beside = fitting(problem, around(problem, np.array([REMAINS, FREE, 0])), pieces, Build())
    assert beside.tolist() == [False]
