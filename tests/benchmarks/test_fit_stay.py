"""Fitting the stay model on data folders with their truth."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmarks.fit_stay import EDD, Patients, by_group, fit, measure, needs_of, read_patients
from medalloc.domain.needs import NeedName
from medalloc.needs.models.stay import StayFit
from medalloc.needs.models.stay_reader import NAMES

SMALL = Path("sample_data/small")
QUICK = StayFit(trees=10, folds=0)


@pytest.fixture(scope="module")
def patients() -> Patients:
    return read_patients([SMALL, SMALL])


def test_every_patient_of_every_folder_is_read(patients: Patients) -> None:
    n_lines = len((SMALL / "truth.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert len(patients.remaining_days) == 2 * n_lines
    assert patients.features.shape == (2 * n_lines, len(NAMES))
    assert (patients.folder == 1).sum() == n_lines
    assert (patients.remaining_days > 0).all()


def test_without_recorded_dates_nothing_else_changes(patients: Patients) -> None:
    without = patients.without_edd()
    others = [column for column in range(len(NAMES)) if column != EDD]
    assert np.isnan(without.features[:, EDD]).all()
    assert not np.isnan(patients.features[:, EDD]).all()
    assert np.array_equal(without.features[:, others], patients.features[:, others], equal_nan=True)


def test_about_one_need_in_ten_is_forgotten() -> None:
    rng = Random(3)
    truth = {"acuity": "3", "level": "ward"}
    kept = sum(len(needs_of("1", truth, rng).by_name) for _ in range(500))
    assert 870 <= kept <= 930
    assert needs_of("1", {"acuity": "2"}, Random(1)).by_name[NeedName.ACUITY].value == "2"


def test_groups_part_those_here_from_those_to_come(patients: Patients) -> None:
    model = fit(patients, QUICK)
    groups = by_group(model, patients, median=3.0)
    assert (
        groups["with a recorded date"]["patients"] + groups["without a recorded date"]["patients"]
        == (groups["all"]["patients"])
    )
    assert 0 < groups["still to come"]["patients"] < groups["all"]["patients"]


def test_shares_inside_below_and_above_sum_to_one(patients: Patients) -> None:
    found = measure(fit(patients, QUICK), patients, median=3.0)
    assert found["coverage"] + found["below"] + found["above"] == pytest.approx(1.0)
    assert found["mae"] < found["mae_baseline"]
