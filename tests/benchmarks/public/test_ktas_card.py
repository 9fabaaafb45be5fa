import numpy as np
import pytest

from benchmarks.public import ktas_card
from benchmarks.public.ktas_measures import Predicted, read_ktas
from tests.needs.models.triage_examples import small_model

from .ktas_examples import write_set


@pytest.fixture
def known(tmp_path):
    return read_ktas(write_set(tmp_path, 60, 3))


@pytest.fixture
def runs(known):
    """Right but for one case in six, which is read one level too urgent."""
    levels = np.where(np.arange(60) % 6 == 0, np.maximum(known.levels - 1, 1), known.levels)
    return [Predicted(np.eye(5)[levels - 1] * 0.8 + 0.04, levels)]


def test_intervals_hold_the_mean(known, runs):
    mean, low, high = ktas_card.intervals(known, runs, draws=40)["over_triage"]
    assert low < mean < high
    assert mean == pytest.approx((runs[0].levels < known.levels).mean())


def test_the_card_tells_numbers_of_the_run(known, runs, monkeypatch):
    monkeypatch.setattr(ktas_card, "DRAWS", 5)
    text = ktas_card.card(known, small_model(), runs, runs)
    over = (runs[0].levels < known.levels).mean()
    assert f"| over_triage | {over:.3f} (" in text
    assert "CC BY 4.0" in text
    assert "{" not in text


def test_shares_of_the_confusion_sum_to_one(known, runs):
    rows = [line.split("|")[2:-1] for line in ktas_card._confusion(known, runs).splitlines()[2:]]
    assert [sum(map(float, row)) for row in rows] == pytest.approx([1.0] * 5, abs=0.03)
