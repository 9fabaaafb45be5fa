from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain import places
from sample_data.simulate.chance import stream
from sample_data.simulate.wards import bay_sizes, build


@given(st.integers(4, 40), st.floats(0.0, 1.0))
def test_bays_have_four_to_six_beds_or_one(beds: int, single_share: float) -> None:
    sizes = bay_sizes(beds, single_share)
    assert sum(sizes) == beds
    assert set(sizes) <= {1, 4, 5, 6}


@pytest.mark.parametrize("beds", [30, 40, 89, 90, 120, 219, 220, 300, 601, 1000, 2000])
def test_a_hospital_has_exactly_the_beds_it_was_asked_for(beds: int) -> None:
    wards, built = build(beds, stream(1))
    assert len(built) == beds
    assert len({bed.bed_id for bed in built}) == beds
    assert sum(not ward.plan.is_open for ward in wards) >= 1


@pytest.mark.parametrize("beds", [40, 120, 300, 1000])
def test_a_fifth_to_three_tenths_of_the_beds_are_single_rooms(beds: int) -> None:
    _, built = build(beds, stream(1))
    assert 0.2 <= sum(bed.is_single for bed in built) / beds <= 0.3


def test_features_and_specialties_are_those_of_the_domain() -> None:
    wards, built = build(300, stream(1))
    assert {feature for bed in built for feature in bed.features} == places.FEATURES
    assert {name for ward in wards for name in ward.plan.specialties} <= set(places.SPECIALTIES)


def test_a_large_hospital_has_several_sites_and_no_ward_of_more_than_34_beds() -> None:
    wards, built = build(2000, stream(1))
    assert len({ward.site for ward in wards}) == 4
    assert max(Counter(bed.ward.ward_id for bed in built).values()) <= 34
