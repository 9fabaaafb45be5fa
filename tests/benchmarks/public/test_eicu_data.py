"""What is read of the eICU demo, and what is not."""

import numpy as np
import pytest

from benchmarks.public.eicu_data import EicuStays, read_eicu
from medalloc.needs.models.organ_support import MEASURES, Measure, Support
from tests.benchmarks.public.eicu_tables import write_two_stays

WELL_KNOWN, LATE = 0, 1


@pytest.fixture(scope="module")
def stays(tmp_path_factory: pytest.TempPathFactory) -> EicuStays:
    folder = tmp_path_factory.mktemp("eicu")
    write_two_stays(folder)
    return read_eicu(folder)


@pytest.mark.parametrize(
    ("support", "flags"),
    [
        (Support.VENTILATED, [1, 0]),
        (Support.NIV, [0, 1]),
        (Support.VASOPRESSOR, [1, 0]),
        (Support.DNR, [0, 1]),
    ],
)
def test_outcomes_are_those_recorded_at_any_time(stays: EicuStays, support: Support, flags: list[int]) -> None:
    assert stays.cases.outcomes[support].tolist() == flags


def test_the_text_says_source_reason_and_problems_but_no_outcome(stays: EicuStays) -> None:
    assert stays.cases.texts[WELL_KNOWN] == (
        "Emergency Department. Pneumonia, bacterial. Non-operative Diagnosis Respiratory Pneumonia, bacterial. "
        "cardiovascular shock hypotension hypotension"
    )


def test_what_was_entered_after_six_hours_is_not_read(stays: EicuStays) -> None:
    assert stays.cases.texts[LATE] == (
        "Floor. Pulmonary COPD COPD - severe. "
        "Interventions Major Hypotension - evaluation and management. Interventions Major"
    )
    assert np.isnan(stays.cases.measures[LATE, MEASURES.index(Measure.PULSE)])


def test_the_first_of_each_measure_counts(stays: EicuStays) -> None:
    found = dict(zip(MEASURES, stays.cases.measures[WELL_KNOWN].tolist(), strict=True))
    assert (found[Measure.PULSE], found[Measure.GCS], found[Measure.FEMALE]) == (121.0, 9.0, 1.0)


def test_ages_over_89_are_90(stays: EicuStays) -> None:
    assert stays.age.tolist() == [64.0, 90.0]


def test_days_before_and_after_admission_to_the_unit(stays: EicuStays) -> None:
    assert stays.remaining_days.tolist() == [5.0, 1.5]
    assert stays.elapsed_days.tolist() == [0.5, 0.0]
    assert stays.cases.hospitals.tolist() == [60, 70]
