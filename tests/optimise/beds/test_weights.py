import math

import pytest

from medalloc.errors import DataError
from medalloc.optimise.beds import BedSettings, BedWeights


@pytest.mark.parametrize("value", [-0.1, 2e6, math.nan, math.inf])
def test_a_weight_that_is_negative_or_huge_is_refused_by_name(value):
    with pytest.raises(DataError, match="side_room"):
        BedWeights(side_room=value)


@pytest.mark.parametrize("fields", [{"time_limit_s": 0}, {"gap": 1.0}, {"threads": 0}, {"max_transfers": -1}])
def test_settings_that_make_no_sense_are_refused(fields):
    with pytest.raises(DataError):
        BedSettings(**fields)


def test_a_weight_of_nothing_is_allowed():
    assert BedWeights(waiting=0.0).waiting == 0
