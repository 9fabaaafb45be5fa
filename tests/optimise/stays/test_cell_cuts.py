from __future__ import annotations

import numpy as np
import pytest

from medalloc.optimise.stays.cell_cuts import CellCuts, Opened
from medalloc.optimise.stays.in_bays import Inside
from medalloc.optimise.stays.master import Master
from medalloc.optimise.stays.problem import BedProblem
from tests.optimise.stays.small_problem import bay, sexes, small_problem, someone
from tests.optimise.stays.test_cuts import cut

PEOPLE = [someone(), someone(), someone()]
TAKES = sexes([False, False, True])
"""Two men, whose bed would be in cell 0, and a woman, whose would be in cell 1 of the same bay."""

PROBLEM = small_problem(
    PEOPLE, [[1.0, np.inf], [1.0, np.inf], [np.inf, 1.0]], beds=[1, 1], bays=(bay(0, 1),), takes=TAKES
)


def test_half_a_bay_is_half_the_beds_of_each_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cut(PROBLEM, crowds=False)[1] == pytest.approx(1 + 20 + 20), "one man, as in the best solution"
    monkeypatch.setattr(CellCuts, "add", lambda *_: False)
    assert cut(PROBLEM, crowds=False)[1] == pytest.approx(60 - 3 * 19 / 2), "half of each"


def opened(problem: BedProblem, women: float, men: float) -> tuple[Master, Opened]:
    """A relaxation in which the bay is open by halves."""
    master = Master(problem)
    known = Opened({0: master.add_variable(0.0), 1: master.add_variable(0.0)})
    values = {known.kinds[0]: women, known.kinds[1]: men}
    master.value_of = values.__getitem__  # type: ignore[assignment,method-assign]
    return master, known


def inside(*entries: tuple[int, int, float, bool]) -> Inside:
    person, cell, amount, newly = zip(*entries, strict=True)
    return Inside(np.array(person), np.array(cell), np.array(amount), np.array(newly))


@pytest.mark.parametrize(("second", "broken"), [(0.0, False), (0.04, False), (0.3, True)])
def test_a_row_is_added_where_a_cell_has_more_than_its_share(second: float, broken: bool) -> None:
    master, known = opened(PROBLEM, 0.5, 0.5)
    there = inside((0, 0, 0.5, True), (1, 0, second, True), (2, 1, 0.5, True))
    cuts = CellCuts(master)
    assert cuts.add(0, 0, known, there) is broken
    assert bool(known.cells) is broken
    assert not cuts.add(0, 0, known, there), "the same row is added once"


def test_those_at_home_leave_to_newcomers_what_is_open_to_them() -> None:
    """A man who has left half his bed leaves it to no other man while the bay is half open to women."""
    people = [someone(home=0, remaining=2.0), someone(), someone()]
    problem = small_problem(
        people, [[np.inf, 6.0], [1.0, 9.0], [9.0, 1.0]], beds=[1, 1], bays=(bay(0, 1),), takes=TAKES
    )
    master, known = opened(problem, 0.5, 0.5)
    there = inside((0, 0, 0.5, False), (1, 0, 0.5, True), (2, 1, 0.5, True))
    assert CellCuts(master).add(0, 0, known, there)
    assert {(cell, newly) for cell, newly, _ in known.cells} == {(0, False)}
