"""The models of patients with and without a recorded date of discharge."""

from pathlib import Path

import numpy as np
import pytest

from medalloc.needs.models.stay import StayFit, WardStays, fit_ward_stays, load_stays, save_stays

NAMES = ("age", "edd_days")
KNOWN = np.array([[70.0, 3.0], [70.0, np.nan], [31.0, 14.0]])
SPENT = np.array([5.5, 5.5, 0.0])


@pytest.fixture(scope="module")
def model() -> WardStays:
    """Learnt from stays that end within a day of the recorded date; one in four has none."""
    rng = np.random.default_rng(8)
    edd = rng.uniform(1, 20, 1200)
    days = np.maximum(0.1, edd + rng.normal(0, 0.7, 1200))
    edd[::4] = np.nan
    known = np.column_stack([rng.integers(18, 95, 1200).astype(float), edd])
    how = StayFit(trees=40, learning_rate=0.2)
    return fit_ward_stays(days, np.ones(1200, dtype=bool), known, np.zeros(1200), NAMES, how)


def test_each_patient_is_foretold_by_the_model_of_their_kind(model: WardStays) -> None:
    found = model.quantiles(KNOWN, SPENT)
    assert found[0] == pytest.approx(model.dated.quantiles(KNOWN[:1], SPENT[:1])[0])
    assert found[1] == pytest.approx(model.undated.quantiles(KNOWN[1:2], SPENT[1:2])[0])
    assert found[2] == pytest.approx(model.dated.quantiles(KNOWN[2:], SPENT[2:])[0])


def test_who_has_no_date_is_foretold_widely(model: WardStays) -> None:
    low, _, high = model.quantiles(KNOWN, SPENT).T
    assert high[1] - low[1] > 12
    assert high[0] - low[0] < 6


def test_survival_falls_from_one(model: WardStays) -> None:
    left = model.survival(KNOWN, SPENT, np.array([0.0, 2.0, 9.0]))
    assert left[:, 0].tolist() == [1.0, 1.0, 1.0]
    assert (np.diff(left, axis=1) < 0).all()


def test_saved_and_loaded_they_foretell_the_same(model: WardStays, tmp_path: Path) -> None:
    save_stays(model, tmp_path, {"version": "test"})
    assert load_stays(tmp_path).quantiles(KNOWN, SPENT).tolist() == model.quantiles(KNOWN, SPENT).tolist()
