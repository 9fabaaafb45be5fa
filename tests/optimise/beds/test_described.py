from dataclasses import dataclass, fields

import pytest

from medalloc.optimise.beds.described import WeightInfo, factor, weight


@dataclass(frozen=True)
class Two:
    lift: float = weight(2.5, "lift", "moves", 40.0, "A lift that is taken.", "lifts are slow")
    priority_ward: float = factor(1.25, "An hour of waiting of patients on a ward.")


def test_a_described_weight_is_a_field_with_its_default():
    assert (Two().lift, Two(lift=7.0).lift, Two().priority_ward) == (2.5, 7.0, 1.25)


@pytest.mark.parametrize(
    ("name", "info"),
    [
        ("lift", WeightInfo("lift", "moves", 40.0, "A lift that is taken.", "lifts are slow")),
        (
            "priority_ward",
            WeightInfo("factor", "priority", 10.0, "An hour of waiting of patients on a ward.", "medalloc's default"),
        ),
    ],
)
def test_it_carries_what_a_person_should_know(name, info):
    assert {each.name: each.metadata["info"] for each in fields(Two)}[name] == info
