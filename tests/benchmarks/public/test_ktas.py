import json
from functools import partial

import numpy as np
import pytest

from benchmarks.public import ktas
from benchmarks.public.ktas_measures import read_ktas
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.models.triage import load_triage
from medalloc.needs.models.triage_fit import TriageFit

from .ktas_examples import write_set

ENCODER = HashEncoder(8)


@pytest.fixture(autouse=True)
def small_fits(monkeypatch):
    monkeypatch.setattr(ktas, "TriageFit", partial(TriageFit, axes=2, trees=3, inner_folds=2))
    monkeypatch.setattr(ktas, "FOLDS", 2)


@pytest.fixture
def data(tmp_path):
    return write_set(tmp_path / "data", 90, 1)


def test_both_protocols_are_measured(data):
    found = ktas.measure(data, ENCODER, seeds=1)
    names = {"qwk", "recall_1_2", "under_triage", "over_triage", "accuracy", "macro_f1", "within_one", "ece"}
    assert found.keys() == names | {f"{name}_random" for name in names}
    assert found["qwk_random"] > 0.4


def test_a_set_elsewhere_is_measured_by_a_model_of_all_data(data, tmp_path):
    test = write_set(tmp_path / "test", 40, 2)
    expected = ktas.predict(read_ktas(data), read_ktas(test), ENCODER, ktas.TriageFit())
    found = ktas.measure(data, ENCODER, test)
    assert found["accuracy"] == pytest.approx((expected.levels == read_ktas(test).levels).mean())
    assert "qwk_random" not in found


def test_every_text_is_encoded_once():
    asked = []

    class Counting(HashEncoder):
        def encode(self, texts):
            asked.extend(texts)
            return super().encode(texts)

    encoder = ktas.RememberingEncoder(Counting(8))
    encoder.encode(["fever", "cough"])
    rows = encoder.encode(["cough", "fever", "rash"])
    assert sorted(asked) == ["cough", "fever", "rash"]
    assert np.array_equal(rows, HashEncoder(8).encode(["cough", "fever", "rash"]))


def test_fit_keeps_model_and_card(data, tmp_path):
    card = tmp_path / "card.md"
    ktas.fit_shipped(data, ENCODER, tmp_path, card, seeds=1)
    assert load_triage(tmp_path).frame.encoder == ENCODER.name
    described = json.loads((tmp_path / "triage.json").read_text(encoding="utf-8"))
    assert described["rows"] == 90
    measured = f"| qwk | {described['measured']['qwk']:.3f} ("
    assert measured in card.read_text(encoding="utf-8")
