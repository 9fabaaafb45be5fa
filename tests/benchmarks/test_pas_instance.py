from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.pas_instance import (
    Instance,
    bed_problem,
    outlier,
    possible,
    preferred,
    read_instance,
    room_size,
    solution_lines,
)
from medalloc.errors import DataError
from medalloc.optimise.stays.problem import REMAINS
from tests.benchmarks.pas_example import EXAMPLE


def read(folder: Path, text: str = EXAMPLE) -> Instance:
    path = folder / "example.txt"
    path.write_text(text, encoding="latin-1")
    return read_instance(path)


def test_an_instance_is_read_as_far_as_its_horizon(tmp_path: Path) -> None:
    instance = read(tmp_path)
    assert (instance.nights, [room.id for room in instance.rooms]) == (5, [11, 12, 13])
    assert instance.departments[1].ranks == {1: 1, 2: 2}
    assert [(p.id, p.first, p.last, p.specialisms) for p in instance.patients] == [
        (1, 0, 2, (1, 1, 1)),
        (2, 1, 3, (1, 2, 2)),
        (3, 2, 4, (3, 3, 3)),
    ]


def test_age_property_and_sex_are_hard(tmp_path: Path) -> None:
    instance = read(tmp_path)
    assert [possible(instance, p).tolist() for p in instance.patients] == [
        [True, True, False],  # too old for the children
        [True, False, False],  # needs what room 12 lacks
        [True, True, True],
    ]
    boys = read(tmp_path, EXAMPLE.replace("Cat 10 F", "Cat 10 M"))
    assert possible(boys, boys.patients[2]).tolist() == [True, True, False]


def test_each_rule_has_its_points(tmp_path: Path) -> None:
    instance = read(tmp_path)
    ann, bob, cat = instance.patients
    assert outlier(instance, ann).tolist() == [0.0, 3.0, 9.0], "rank 2 costs 1 a night, no rank 2 and 1 more"
    assert outlier(instance, bob).tolist()[0] == 0 + 1 + 1
    assert preferred(instance, bob).tolist() == [6.0, 0.0, 0.0], "what is needed as well is not counted"
    assert preferred(instance, cat).tolist() == [0.0, 6.0, 0.0]
    assert room_size(instance, bob) == pytest.approx([0.0, 2.4, 2.4])
    assert room_size(instance, ann).tolist() == [0.0, 0.0, 0.0]


def test_the_problem_is_that_of_the_instance(tmp_path: Path) -> None:
    problem = bed_problem(read(tmp_path))
    inf = np.inf
    assert problem.berths.cost.tolist() == [[0.0, 3.0, inf], [8.0, inf, inf], [9.0, 15.0, 0.0]]
    assert problem.people.remaining.tolist() == [300.0, 300.0, 300.0]
    assert problem.capacity[:, 0].tolist() == [1, 2, 2]
    (bay,) = problem.bays
    assert (bay.cells, bay.mixing) == ((1,), 5.0)
    assert problem.takes.tolist() == [[True, False, True], [False, True, False]]


def test_a_solution_names_patient_nights_and_room(tmp_path: Path) -> None:
    lines = solution_lines(read(tmp_path), np.array([1, REMAINS, 2]))
    assert lines == ["1 0 2 12", "2 1 3 -1", "3 2 4 13"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Planning horizon: 5", "", "no planning horizon"),
        ("ROOMS:", "CHAMBERS:", "there is no section ROOMS"),
        ("Bob 50 M", "Bob old M", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=told):
        read(tmp_path, EXAMPLE.replace(old, new))
