"""Organ support: probabilities, exact parts, and what the product passes in."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.domain.people import Consciousness, Sex, Vitals
from medalloc.needs.models.organ_support import (
    MEASURES,
    Case,
    Measure,
    OrganSupportModel,
    Support,
    load_organ_support,
    measures_of,
    read_organ_support,
    save_organ_support,
    scaled,
)
from tests.needs.models.support_cases import fitted, some_cases

SHOCKED = Case("Emergency. septic shock pneumonia respiratory failure", 71, Sex.FEMALE)
MINOR = Case("Emergency. drug overdose observation", 24, Sex.MALE)


@pytest.fixture(scope="module")
def model() -> OrganSupportModel:
    return fitted()


def vitals(at: int, **values: object) -> Vitals:
    return Vitals("7", datetime(2026, 3, 1, at), **values)  # type: ignore[arg-type]


def test_what_goes_with_support_makes_it_likelier(model: OrganSupportModel) -> None:
    shocked, minor = read_organ_support(model, [SHOCKED, MINOR])
    assert shocked[Support.VENTILATED].probability > 2 * minor[Support.VENTILATED].probability


def test_the_parts_name_the_words_that_count(model: OrganSupportModel) -> None:
    parts = read_organ_support(model, [SHOCKED])[0][Support.VENTILATED].parts
    assert parts["shock"] > 0
    assert "overdose" not in {name for name, value in parts.items() if value > 0}


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(st.sampled_from("septic shock pneumonia drug overdose unknownword".split()), max_size=6),
    age=st.integers(0, 100),
    gcs=st.sampled_from([None, *Consciousness]),
)
def test_bias_and_parts_sum_to_the_log_odds(
    model: OrganSupportModel, words: list[str], age: int, gcs: Consciousness | None
) -> None:
    case = Case(" ".join(words), age, Sex.MALE, (vitals(3, consciousness=gcs),))
    row = measures_of(case)[None, :]
    chances = model.probabilities([case.text], row)[0]
    for chance, (support, reading) in zip(chances, read_organ_support(model, [case])[0].items(), strict=True):
        total = reading.bias + sum(reading.parts.values())
        assert total == pytest.approx(np.log(chance / (1 - chance)), abs=1e-9), support
        assert reading.probability == pytest.approx(chance, abs=1e-12)


def test_the_last_and_the_worst_values_are_taken() -> None:
    case = Case(
        "",
        60,
        Sex.FEMALE,
        (
            vitals(1, pulse=131.0, spo2=84.0, consciousness=Consciousness.PAIN),
            vitals(2, pulse=88.0, spo2=93.0, resp_rate=19.0),
        ),
        weight_kg=71.5,
    )
    found = dict(zip(MEASURES, measures_of(case).tolist(), strict=True))
    assert (found[Measure.PULSE], found[Measure.PULSE_HIGHEST]) == (88.0, 131.0)
    assert (found[Measure.SPO2], found[Measure.SPO2_LOWEST]) == (93.0, 84.0)
    assert (found[Measure.RESP_RATE], found[Measure.GCS], found[Measure.WEIGHT_KG]) == (19.0, 8.0, 71.5)
    assert np.isnan(found[Measure.SYSTOLIC_BP])


def test_a_missing_measure_counts_as_the_centre_and_is_marked() -> None:
    found = scaled(np.array([[np.nan, 9.0]]), np.array([5.0, 5.0]), np.array([2.0, 2.0]))
    assert found[0] == pytest.approx([0.0, 0.6, 0.3, 0.0])


def test_saved_and_loaded_it_says_the_same(model: OrganSupportModel, tmp_path: Path) -> None:
    save_organ_support(model, tmp_path, {"version": "test"})
    loaded = load_organ_support(tmp_path)
    cases = some_cases(40, seed=9)
    assert np.array_equal(
        loaded.probabilities(cases.texts, cases.measures), model.probabilities(cases.texts, cases.measures)
    )
