from __future__ import annotations

import numpy as np

from medalloc.optimise.stays.evaluate import presence
from medalloc.optimise.stays.pieces import Pieces, Stretch, changes, pieces_of, stretches
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.stays.random_problem import tiny_problem
from tests.optimise.stays.small_problem import small_problem, someone

NONE = np.zeros(5, dtype=bool)


def pieces(*spans: tuple[int, int]) -> Pieces:
    """A piece of each span, of a person each, in cell 0."""
    start, end = np.array(spans).reshape(-1, 2).T
    n = len(start)
    return Pieces(np.arange(n), np.arange(n), np.zeros(n, int), start, end, np.ones(n, bool))


def test_a_column_lies_at_home_until_it_comes() -> None:
    problem = small_problem([someone(0, 4, home=1)], [[1.0, 1.0]], beds=[1, 1], n_slots=4, berths=[(0, 0), (0, 3)])
    found = pieces_of(problem, np.array([0, 0, 0]), np.array([0, 1, REMAINS]))
    rows = zip(found.column, found.cell, found.start, found.end, found.coming, strict=True)
    assert sorted(tuple(map(int, row)) for row in rows) == [
        (0, 0, 0, 4, 1),
        (1, 0, 3, 4, 1),
        (1, 1, 0, 3, 0),
        (2, 1, 0, 4, 0),
    ]


def test_the_pieces_of_a_solution_are_where_its_people_are() -> None:
    for seed in range(30):
        problem = tiny_problem(seed)
        rng = np.random.default_rng(seed)
        berth = np.array([rng.choice([REMAINS, *np.flatnonzero(np.isfinite(cost))]) for cost in problem.berths.cost])
        found = pieces_of(problem, np.arange(len(berth)), berth)
        places = presence(problem, berth)
        ours = sorted(zip(found.person, found.cell, found.start, found.end, found.coming, strict=True))
        assert ours == sorted(zip(places.person, places.cell, places.since, places.until, places.newly, strict=True))


def test_pieces_are_taken_by_slot_and_by_group() -> None:
    found = pieces((0, 2), (1, 5), (2, 3))
    assert found.covering(1).person.tolist() == [0, 1]
    assert found.covering(2).person.tolist() == [1, 2]
    one, none, two = found.grouped(np.array([2, -1, 0]), 3)
    assert (one.person.tolist(), len(none), two.person.tolist()) == ([2], 0, [0])


def test_stretches_end_where_somebody_comes_or_leaves() -> None:
    found = stretches(pieces((0, 2), (1, 4)), NONE, NONE)
    assert found == [Stretch(0, 0, False), Stretch(1, 1, True), Stretch(2, 3, False)]


def test_a_limit_that_changes_makes_peaks_of_its_own() -> None:
    tighter = NONE.copy()
    tighter[3] = True
    assert stretches(pieces((0, 5)), tighter, NONE) == [Stretch(0, 2, False), Stretch(3, 4, True)]
    looser = NONE.copy()
    looser[3] = True
    assert stretches(pieces((0, 5)), NONE, looser) == [Stretch(0, 2, True), Stretch(3, 4, False)]


def test_nobody_lies_in_stretches_left_out() -> None:
    assert stretches(pieces((1, 2), (3, 4)), NONE, NONE) == [Stretch(1, 1, True), Stretch(3, 3, True)]


def test_changes_are_those_of_any_level() -> None:
    tighter, looser = changes(np.array([[2, 2, 1, 1], [0, 3, 3, 2]]))
    assert tighter.tolist() == [False, False, True, True]
    assert looser.tolist() == [False, True, False, False]
