from __future__ import annotations

import pytest

from benchmarks.growth import growth_of


def test_a_power_law_is_found() -> None:
    growth = growth_of([40, 120, 300], [0.02 * size**1.5 for size in (40, 120, 300)])
    assert (growth.factor, growth.exponent, growth.spread) == pytest.approx((0.02, 1.5, 1.0))
    assert growth.at(1000) == pytest.approx(0.02 * 1000**1.5)


def test_what_lies_off_it_is_told() -> None:
    growth = growth_of([10, 10, 1000, 1000], [1, 4, 100, 400])
    assert growth.exponent == pytest.approx(1.0)
    assert growth.at(10) == pytest.approx(2.0)
    assert growth.spread == pytest.approx(2.0)


@pytest.mark.parametrize(("sizes", "values"), [([], []), ([40], [1.0]), ([40, 40], [1.0, 2.0]), ([40, 80], [1.0, 0.0])])
def test_a_fit_needs_two_sizes_and_values_above_0(sizes: list[float], values: list[float]) -> None:
    with pytest.raises(ValueError, match="growth needs"):
        growth_of(sizes, values)
