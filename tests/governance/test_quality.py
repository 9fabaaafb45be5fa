import math

import numpy as np
import pytest

from medalloc.domain.needs import Binding, Need, NeedName, NeedSource
from medalloc.governance.quality import (
    ReliabilityBin,
    calibration_error,
    f1_interval,
    f1_over_values,
    grouped,
    need_quality,
    paired,
    reliability,
)


def oxygen(value: str, binding: Binding = Binding.SOFT, probability: float = 0.8, *, abstained: bool = False) -> Need:
    return Need(NeedName.OXYGEN, value, probability, NeedSource.NOTE, binding, abstained)


PAIRS = [
    (oxygen("yes", Binding.HARD), "yes"),
    (oxygen("yes"), "yes"),
    (oxygen("yes"), "no"),
    (oxygen("yes", Binding.NONE, abstained=True), "yes"),
    (oxygen("no", Binding.NONE), "yes"),
    (oxygen("no", Binding.NONE), "no"),
]


def test_an_abstained_need_counts_as_not_found() -> None:
    found = need_quality(PAIRS, "no")
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 0.5)
    assert (found.support, found.n, found.hard, found.hard_precision) == (4, 6, 1, 1.0)
    assert found.abstained_share == pytest.approx(1 / 6)
    assert found.decided_accuracy == pytest.approx(3 / 5)


def test_the_interval_holds_the_value() -> None:
    found = need_quality(PAIRS * 20, "no")
    assert found.f1 == pytest.approx(4 / 7)
    assert found.f1 - 0.15 < found.f1_low < found.f1 < found.f1_high < found.f1 + 0.15


def test_rare_values_do_not_count_in_the_mean() -> None:
    truth = np.array(["renal"] * 6 + ["stroke"] * 5 + ["ent"] * 2, dtype=object)
    read = np.array(["renal"] * 6 + ["stroke"] * 4 + ["renal"] + ["stroke"] * 2, dtype=object)
    assert f1_over_values(read, truth) == pytest.approx((12 / 13 + 8 / 11) / 2)


def test_a_need_that_nobody_has_or_claims_has_no_f1() -> None:
    assert math.isnan(need_quality([(oxygen("no"), "no")] * 3, "no").f1)


def test_bins_of_probability() -> None:
    pairs = [(oxygen("yes", probability=0.95), "yes")] * 3 + [(oxygen("yes", probability=0.95), "no")]
    pairs += [(oxygen("yes", probability=0.35), "no")]
    recorded = (Need(NeedName.OXYGEN, "yes", 1.0, NeedSource.RECORD, Binding.HARD), "no")
    assert reliability([*pairs, recorded]) == [
        ReliabilityBin(pytest.approx(0.35), 0.0, 1),
        ReliabilityBin(pytest.approx(0.95), 0.75, 4),
    ]


def test_calibration_error_weighs_bins_by_size() -> None:
    bins = [ReliabilityBin(0.35, 0.0, 1), ReliabilityBin(0.95, 0.75, 4)]
    assert calibration_error(bins) == pytest.approx(0.2 * 0.35 + 0.8 * 0.20)
    assert math.isnan(calibration_error([]))


def test_pairs_by_group() -> None:
    pairs = {"m1": PAIRS[5], "f1": PAIRS[0], "f2": PAIRS[2]}
    found = grouped(pairs, lambda patient_id: patient_id[0])
    assert list(found.items()) == [("f", [PAIRS[0], PAIRS[2]]), ("m", [PAIRS[5]])]


def test_more_patients_make_the_interval_narrower() -> None:
    few, many = (f1_interval(PAIRS * copies, "no") for copies in (4, 64))
    assert few[0] < many[0] < 4 / 7 < many[1] < few[1]


def test_what_the_truth_does_not_say_is_left_out() -> None:
    needs = {"a": {NeedName.OXYGEN: PAIRS[0][0]}, "b": {NeedName.OXYGEN: PAIRS[1][0]}}
    found = paired(needs, {"a": {"oxygen": "no"}, "b": {"level": "icu"}})
    assert found[NeedName.OXYGEN] == {"a": (PAIRS[0][0], "no")}
    assert found[NeedName.LEVEL] == {}
