from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.simulate.chance import lognormal, poisson, split, stream, weighted


def test_streams_of_the_same_name_agree_and_others_do_not() -> None:
    assert stream(3, "notes", "P1").random() == stream(3, "notes", "P1").random()
    assert stream(3, "notes", "P1").random() != stream(3, "notes", "P2").random()


def test_weighted_never_draws_what_weighs_nothing() -> None:
    rng = Random(1)
    assert {weighted(rng, {"a": 0.0, "b": 2.0}) for _ in range(50)} == {"b"}


@pytest.mark.parametrize("mean", [0.4, 7.0, 90.0])
def test_poisson_has_its_mean(mean: float) -> None:
    rng = Random(5)
    draws = [poisson(rng, mean) for _ in range(4000)]
    assert sum(draws) / len(draws) == pytest.approx(mean, rel=0.06)


def test_lognormal_has_its_median() -> None:
    rng = Random(5)
    draws = sorted(lognormal(rng, 9.0, 0.5) for _ in range(3001))
    assert draws[1500] == pytest.approx(9.0, rel=0.06)


@given(st.integers(0, 500), st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9.0), min_size=1))
def test_split_leaves_nothing_over(total: int, weights: dict[str, float]) -> None:
    assert sum(split(total, weights).values()) == total
