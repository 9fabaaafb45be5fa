import math
from dataclasses import fields, replace

import pytest

from medalloc.domain.people import Source
from medalloc.errors import DataError
from medalloc.optimise.beds.described import GROUPS
from medalloc.optimise.beds.weights import DESCRIBED, SETTING_RANGES, BedSettings, BedWeights


@pytest.mark.parametrize("value", [-0.1, 2e6, math.nan, math.inf, True, "3", None, 10**400])
def test_a_weight_that_is_no_sensible_number_is_refused_with_name_value_and_range(value):
    with pytest.raises(DataError, match=r"the weight side_room must be a number from 0 to 1,000,000, not "):
        BedWeights(side_room=value)


def test_a_factor_of_a_wait_goes_less_far():
    assert BedWeights(priority_ed=1000, acuity_5=0).priority(Source.ED, 5) == 0
    with pytest.raises(DataError, match="the weight acuity_2 must be a number from 0 to 1,000, not 1001"):
        BedWeights(acuity_2=1001)


def test_a_weight_of_nothing_and_the_highest_are_allowed():
    assert BedWeights(waiting=0, breach=1e6).to_mapping()["breach"] == 1e6


def test_every_weight_says_what_it_counts_why_and_how_far_it_goes():
    assert list(DESCRIBED) == [each.name for each in fields(BedWeights)]
    for name, info in DESCRIBED.items():
        assert info.unit, name
        assert info.source, name
        assert info.help.endswith("."), name
        assert info.group in GROUPS, name
        assert getattr(BedWeights(), name) < info.most <= 1000, name
    assert {info.group for info in DESCRIBED.values()} == set(GROUPS)


def test_a_mapping_of_weights_comes_back_as_it_went():
    weights = replace(BedWeights(), outlier=0.25, priority_ed=1.75, acuity_5=0.125)
    assert BedWeights.from_mapping(weights.to_mapping()) == weights


def test_weights_missing_from_a_mapping_keep_their_default():
    weights = BedWeights.from_mapping({"flip": 9})
    assert (weights.flip, weights.breach) == (9.0, BedWeights().breach)
    assert isinstance(weights.flip, float)


def test_every_fault_of_a_mapping_is_named():
    with pytest.raises(DataError) as caught:
        BedWeights.from_mapping({"outlyer": 1.0, "flip": -4, "change": "3", "breach": 70})
    told = str(caught.value)
    assert "there is no weight outlyer" in told
    assert "the weight flip must be a number from 0 to 1,000,000, not -4" in told
    assert "the weight change must be a number from 0 to 1,000,000, not '3'" in told
    assert "breach" not in told


@pytest.mark.parametrize(
    ("source", "acuity", "factor"),
    [
        (Source.ED, 2, 1.5 * 2.0),
        (Source.ELECTIVE, 5, 0.6 * 0.8),
        (Source.STEP_DOWN, 1, 1.2 * 3.0),
        (Source.TRANSFER, 4, 1.0),
        (Source.REPATRIATION, 3, 0.8 * 1.25),
        (None, 3, 1.25),
    ],
)
def test_priority_is_by_source_and_by_acuity(source, acuity, factor):
    assert BedWeights().priority(source, acuity) == pytest.approx(factor)


def test_priorities_can_be_changed():
    assert replace(BedWeights(), priority_elective=0.9, acuity_4=1.5).priority(Source.ELECTIVE, 4) == pytest.approx(
        1.35
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("horizon_days", 0, "horizon_days must be a whole number from 1 to 14, not 0"),
        ("horizon_days", 15, "from 1 to 14, not 15"),
        ("horizon_days", 3.0, "a whole number from 1 to 14, not 3.0"),
        ("horizon_days", True, "not True"),
        ("max_transfers", -1, "max_transfers must be a whole number from 0 to 1,000,000, not -1"),
        ("max_moves", -1, "max_moves"),
        ("time_limit_s", 0, "time_limit_s must be a number from 0.001 to"),
        ("gap", 1.0, "gap must be a number from 0 to 0.999, not 1.0"),
        ("gap", math.nan, "gap"),
        ("seed", -1, "seed"),
        ("threads", 0, "threads must be a whole number from 1 to 64"),
        ("processes", 65, "processes must be a whole number from 1 to 64"),
        ("escalation", "no", "escalation must be true or false, not 'no'"),
        ("weights", {"waiting": 2.0}, "weights must be a BedWeights"),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_name_and_range(name, value, told):
    with pytest.raises(DataError, match=told):
        BedSettings(**{name: value})


def test_settings_take_both_ends_of_their_ranges():
    for end in (0, 1):
        ends = {name: limits[end] for name, limits in SETTING_RANGES.items()}
        assert BedSettings(**ends).horizon_days == (1, 14)[end]
