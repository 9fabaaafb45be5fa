from __future__ import annotations

import pytest

from medalloc.optimise.beds import BedSettings, BedWeights
from medalloc.review.plan_settings import bed_settings, made_with
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.settings import settings

WINTER = WeightSet(
    "winter",
    BedWeights(outlier=4.25),
    SetLimits(horizon_days=5, max_transfers=7, max_moves=3, open_escalation=False, gap=0.02, time_limit_s=33.0),
    version=4,
)


@pytest.fixture(autouse=True)
def _of_the_operator(state_dir: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("THREADS", "3"), ("PROCESSES", "5"), ("BED_TIME_LIMIT_S", "11.5")):
        monkeypatch.setenv(f"MEDALLOC_{name}", value)
    settings.cache_clear()


def test_settings_are_those_of_the_set_and_of_the_machine() -> None:
    assert bed_settings(WINTER, seed=2) == BedSettings(
        weights=BedWeights(outlier=4.25),
        horizon_days=5,
        escalation=False,
        max_transfers=7,
        max_moves=3,
        gap=0.02,
        time_limit_s=33.0,
        seed=2,
        threads=3,
        processes=5,
    )


def test_the_standard_set_is_solved_for_as_long_as_the_operator_says() -> None:
    assert bed_settings() == BedSettings(time_limit_s=11.5, threads=3, processes=5)


def test_what_the_caller_says_counts_most() -> None:
    wanted = bed_settings(WINTER, time_limit_s=2.5, processes=1)
    assert (wanted.time_limit_s, wanted.processes) == (2.5, 1)


def test_a_plan_keeps_the_set_its_version_and_the_limits_that_counted() -> None:
    told = made_with(WINTER, bed_settings(WINTER, time_limit_s=2.5))
    assert (told["set"], told["version"]) == ("winter", 4)
    assert told["limits"] == WINTER.limits.to_mapping() | {"time_limit_s": 2.5}
