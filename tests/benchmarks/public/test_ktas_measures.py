import dataclasses

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from benchmarks.public.ktas_measures import Predicted, calibration_error, quadratic_kappa, read_ktas, scores
from medalloc.domain.people import Consciousness, Sex

from .ktas_examples import HEADER, write_set

ROW = "2;2;71;8;2;2;right  Ocular pain;3;1;4;??;100;84;18;36,6;93;4;Corneal abrasion;1;3"


@pytest.fixture
def case(tmp_path):
    (tmp_path / "ktas").mkdir()
    (tmp_path / "ktas" / "ktas.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    return read_ktas(tmp_path).cases[0]


def test_a_row_is_read(case):
    assert (case.age, case.sex, case.by_ambulance, case.injury) == (71, Sex.MALE, True, True)
    assert (case.pain_score, case.consciousness, case.spo2) == (4, Consciousness.PAIN, 93)
    assert case.temperature == 36.6


def test_junk_is_missing(case):
    assert case.systolic_bp is None


def test_nothing_that_comes_later_is_read(case):
    assert "Corneal abrasion" not in map(str, dataclasses.astuple(case))


def test_complaints_are_grouped_whatever_the_case(tmp_path):
    known = read_ktas(write_set(tmp_path, 12, 1))
    assert all(complaint == complaint.lower() for complaint in known.complaints)
    assert len(known.part([4, 2, 7]).cases) == 3


def test_scores():
    expert = np.asarray([1, 2, 2, 3, 4, 5, 3])
    read = np.asarray([2, 2, 3, 3, 3, 5, 5])
    found = scores(expert, Predicted(np.eye(5)[read - 1], read))
    assert found["recall_1_2"] == pytest.approx(2 / 3)
    assert found["under_triage"] == pytest.approx(3 / 7)
    assert found["over_triage"] == pytest.approx(1 / 7)
    assert found["within_one"] == pytest.approx(6 / 7)
    assert found["ece"] == pytest.approx(4 / 7)


def test_kappa_is_that_of_scikit_learn():
    rng = np.random.default_rng(3)
    expert, read = rng.integers(1, 6, 200), rng.integers(1, 6, 200)
    read = np.where(rng.random(200) < 0.5, expert, read)
    found = scores(expert, Predicted(np.eye(5)[read - 1], read))
    assert found["qwk"] == pytest.approx(cohen_kappa_score(expert, read, weights="quadratic"))
    assert found["macro_f1"] == pytest.approx(f1_score(expert, read, average="macro"))


def test_one_level_alone_agrees_by_chance():
    assert quadratic_kappa(np.diag([0.0, 7.0, 0.0])) == 0.0


def test_calibration_error_is_the_mean_gap():
    said = np.asarray([0.92, 0.98, 0.22, 0.28])
    assert calibration_error(said, np.asarray([True, True, True, False])) == pytest.approx((0.1 + 0.5) / 4)
