"""Solutions counted by hand: one rule kept, one broken."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Bay, BedProblem, Berths, Clash, Load, MixedPair, People

INF = float("inf")

WOMEN, MEN, BUG = 0, 1, 2


def problem(**changes: Any) -> BedProblem:
    """Four slots; cells 0 and 1 (2 beds, 1 bed) are bay 0, cell 2 (3 beds) is in none.

    0 is a woman at home in cell 0 until the end, 1 a man at home in cell 0 until slot 2, 2 a woman with a bug
    who waits, 3 a man who waits and comes in slot 1 at the earliest. Berths: cell 0 and 1 from slot 0, cell 0
    from slot 2, cell 2 from slot 0.
    """
    cost = np.array(
        [
            [INF, 11.0, INF, 13.0],
            [INF, 17.0, INF, 19.0],
            [2.0, 3.0, 4.0, 5.0],
            [6.0, 7.0, 8.0, 9.0],
        ]
    )
    people = People(
        first=np.array([0, 0, 0, 1]),
        end=np.array([4, 2, 4, 4]),
        home=np.array([0, 0, -1, -1]),
        remaining=np.array([0.5, 0.25, 30.0, 40.0]),
        capped=np.array([True, True, False, False]),
    )
    plain = BedProblem(
        n_slots=4,
        people=people,
        berths=Berths(np.array([0, 1, 0, 2]), np.array([0, 0, 2, 0]), cost),
        capacity=np.array([[2] * 4, [1] * 4, [3] * 4]),
        takes=np.array([[True, False, True, False], [False, True, False, True], [False, False, True, False]]),
    )
    return replace(plain, **changes)


def value(changed: BedProblem, *berth: int) -> tuple[float, tuple[str, ...]]:
    counted = evaluate(changed, np.array(berth))
    assert counted.total == sum(counted.parts.values())
    return counted.total, counted.faults


def test_costs_of_places_add_up() -> None:
    assert value(problem(), 3, REMAINS, 1, REMAINS) == (13 + 0.25 + 3 + 40, ())


def test_whoever_remains_without_leave_is_forbidden() -> None:
    people = replace(problem().people, remaining=np.array([0.5, 0.25, INF, 40.0]))
    total, faults = value(problem(people=people), REMAINS, REMAINS, REMAINS, REMAINS)
    assert (total, faults) == (INF, ("person 2 must come to a berth",))


def test_forbidden_berths_cost_infinitely() -> None:
    total, faults = value(problem(), 0, REMAINS, REMAINS, REMAINS)
    assert (total, faults) == (INF, ("person 0 comes to a forbidden berth",))


def test_beds_are_free_once_somebody_left() -> None:
    assert value(problem(), REMAINS, REMAINS, 2, REMAINS)[1] == ()
    faults = value(problem(), REMAINS, REMAINS, 0, REMAINS)[1]
    assert faults == tuple(f"more people than beds in cell 0, slot {t}" for t in (0, 1))


def test_home_is_taken_until_the_berth_opens() -> None:
    """Person 0 leaves cell 0 in slot 2 only, so that three are in its two beds in slots 0 and 1."""
    berths = Berths(np.array([0, 2]), np.array([0, 2]), np.array([[INF, 1.0], [INF, 1.0], [2.0, 5.0], [6.0, 9.0]]))
    faults = value(problem(berths=berths), 1, REMAINS, 0, REMAINS)[1]
    assert faults == tuple(f"more people than beds in cell 0, slot {t}" for t in (0, 1))


def test_crowded_cells_take_newcomers_once_empty() -> None:
    capacity = np.array([[1] * 4, [1] * 4, [3] * 4])
    crowded = problem(capacity=capacity, crowded=frozenset({0}), crowding=70.0)
    assert value(crowded, REMAINS, REMAINS, 1, REMAINS) == (70 + 0.75 + 3 + 40, ())
    assert value(crowded, 3, REMAINS, 2, REMAINS) == (13 + 0.25 + 4 + 40, ())
    assert value(crowded, 3, REMAINS, 0, REMAINS)[1] == tuple(
        f"more people than beds in cell 0, slot {t}" for t in (0, 1)
    )


def test_newcomers_are_of_a_kind_with_all_present() -> None:
    strict = problem(bays=(Bay((0, 1), (WOMEN, MEN)),))
    assert value(strict, REMAINS, 3, 1, REMAINS) == (0.5 + 19 + 3 + 40, ())
    assert value(strict, REMAINS, REMAINS, 1, REMAINS)[1] == tuple(f"company in bay 0, slot {t}" for t in (0, 1))
    assert value(strict, REMAINS, REMAINS, 2, REMAINS)[1] == ()
    assert value(strict, REMAINS, REMAINS, REMAINS, REMAINS)[1] == ()


def test_kinds_that_a_bay_lacks_open_it_to_nobody() -> None:
    strict = problem(bays=(Bay((0, 1), (MEN, BUG)),))
    assert value(strict, 3, 3, 1, REMAINS)[1] == ()
    assert value(strict, REMAINS, 3, 1, REMAINS)[1] == tuple(f"company in bay 0, slot {t}" for t in range(4))


def test_flips_are_paid_once_and_only_where_needed() -> None:
    flipping = problem(bays=(Bay((0, 1), (WOMEN, MEN), flip=4.0, flipped=frozenset({MEN})),))
    assert value(flipping, 3, 3, REMAINS, 1) == (4 + 13 + 19 + 30 + 7, ())
    assert value(flipping, REMAINS, 3, 1, REMAINS) == (0.5 + 19 + 3 + 40, ())
    either = problem(bays=(Bay((0, 1), (WOMEN, BUG), flip=4.0, flipped=frozenset({WOMEN})),))
    assert value(either, 3, 3, 1, REMAINS) == (13 + 19 + 3 + 40, ())


def test_mixing_is_paid_by_slot_for_the_fewer() -> None:
    """Woman 0 and man 1 lie together in slots 0 and 1; with woman 2 from slot 0 and man 3 from slot 1 still one
    man, then two of each, then two women with one man."""
    mixing = problem(bays=(Bay((0, 1), (WOMEN, MEN), mixing=5.0),), capacity=np.full((3, 4), 4))
    assert evaluate(mixing, np.array([-1, -1, -1, -1])).parts["mixing"] == 10
    assert evaluate(mixing, np.array([-1, -1, 0, 1])).parts["mixing"] == 5 * (1 + 2 + 1 + 1)


def test_mixing_weighs_against_flips() -> None:
    bay = Bay((0, 1), (WOMEN, MEN), mixing=5.0, flip=7.0, flipped=frozenset({MEN}))
    mixing = problem(bays=(bay,), capacity=np.full((3, 4), 4))
    assert evaluate(mixing, np.array([3, -1, -1, -1])).parts["mixing"] == 7
    cheap = replace(mixing, bays=(replace(bay, flip=11.0),))
    assert evaluate(cheap, np.array([3, -1, -1, -1])).parts["mixing"] == 10


@pytest.mark.parametrize(("berth", "points"), [((-1, -1), 70), ((3, -1), 0), ((-1, 3), 0), ((3, 3), 0)])
def test_clashes_cost_those_who_remain_together(berth: tuple[int, int], points: float) -> None:
    clashing = problem(clashes=(Clash(1, (0, 3), 70.0),))
    assert evaluate(clashing, np.array([*berth, REMAINS, 1])).parts["clashes"] == points


def test_clashes_cost_once() -> None:
    clashing = problem(clashes=(Clash(1, (0, 3), 70.0),))
    assert evaluate(clashing, np.full(4, REMAINS)).parts["clashes"] == 70


def test_the_cheaper_group_of_a_mixed_pair_pays() -> None:
    mixed = problem(mixed=(MixedPair((0, 2), (1,), np.array([3.0, 8.0, 4.0, 0.0])),))
    assert evaluate(mixed, np.full(4, REMAINS)).parts["mixed"] == 7
    assert evaluate(mixed, np.array([REMAINS, REMAINS, 3, REMAINS])).parts["mixed"] == 3
    assert evaluate(mixed, np.array([REMAINS, 3, REMAINS, REMAINS])).parts["mixed"] == 0


def test_loads_cost_what_is_above_the_supply() -> None:
    """0 asks for 1.5 in all slots, 1 for 0.7 in slots 0 and 1, 3 for 2.5 from slot 1 on."""
    load = Load(
        (0, 1), np.array([1.5, 0.7, 9.0, 2.5]), np.array([2.0, 2.0, 1.0, 4.5]), np.array([10.0, 100.0, 1000.0, 1.0])
    )
    loaded = problem(loads=(load,))
    assert evaluate(loaded, np.full(4, REMAINS)).parts["loads"] == pytest.approx(10 * 0.2 + 100 * 0.2 + 1000 * 0.5)
    comes = evaluate(loaded, np.array([REMAINS, REMAINS, REMAINS, 1])).parts["loads"]
    assert comes == pytest.approx(10 * 0.2 + 100 * 2.7 + 1000 * 3.0)


def test_moves_of_the_capped_are_counted() -> None:
    capped = problem(most_moves=1)
    assert value(capped, 3, REMAINS, 3, 3)[1] == ()
    assert value(capped, 3, 3, REMAINS, REMAINS)[1] == ("2 moves, at most 1 allowed",)


def test_a_problem_without_berths_counts() -> None:
    nothing = Berths(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros((4, 0)))
    assert value(problem(berths=nothing), *[REMAINS] * 4) == (0.5 + 0.25 + 30 + 40, ())
