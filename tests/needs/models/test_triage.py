from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.people import Consciousness
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.models.triage import decide, load_triage, read_triage, save_triage
from medalloc.needs.models.triage_features import TriageCase

from .triage_examples import ENCODER, examples, small_model

CASES, LEVELS = examples(60, 2)


def test_parts_and_bias_sum_to_the_score():
    for reading in read_triage(CASES, ENCODER, small_model()):
        assert sum(reading.parts.values()) + reading.bias == pytest.approx(reading.score, abs=1e-9)


def test_score_is_the_log_odds_of_level_1_or_2():
    for reading in read_triage(CASES, ENCODER, small_model()):
        at_most_2 = reading.chances[1] + reading.chances[2]
        assert 1 / (1 + np.exp(-reading.score)) == pytest.approx(at_most_2, abs=0.02)


def test_levels_are_mostly_found():
    read = [reading.level for reading in read_triage(CASES, ENCODER, small_model())]
    assert (np.asarray(read) == LEVELS).mean() > 0.8


def test_what_is_not_known_adds_nothing_by_the_linear_model():
    model = small_model()
    inputs = model.frame.inputs([TriageCase("fever")], ENCODER)
    parts = model.blend.linear.parts(inputs.linear, {name: at[0] for name, at in inputs.linear_columns.items()})
    assert {name for name, added in parts.items() if added.any()} <= {"text", "spo2", "news2"}


def test_vectors_of_another_encoder_say_nothing():
    model = small_model()
    other = model.frame.inputs(CASES, HashEncoder(32))
    assert not other.linear[:, model.frame.tfidf.n_columns :][:, :16].toarray().any()
    assert len(read_triage(CASES, HashEncoder(32), model)) == len(CASES)


def test_number_type_of_the_encoder_does_not_matter():
    model = small_model()
    named = HashEncoder(16)
    named.name = "hash-16:bfloat16"
    assert np.array_equal(model.probabilities(CASES, named), model.probabilities(CASES, ENCODER))


def test_no_cases_no_readings():
    assert read_triage([], ENCODER, small_model()) == []


@pytest.mark.parametrize(
    ("chances", "cut", "level"),
    [
        ([0.0, 0.2, 0.5, 0.2, 0.1], 0.25, 3),
        ([0.1, 0.2, 0.4, 0.2, 0.1], 0.25, 2),
        ([0.6, 0.2, 0.1, 0.1, 0.0], 0.25, 1),
        ([0.0, 0.1, 0.1, 0.2, 0.6], 0.25, 5),
        ([0.0, 0.2, 0.5, 0.2, 0.1], 0.15, 2),
    ],
)
def test_median_and_safety_cut(chances, cut, level):
    assert decide(np.asarray([chances]), cut).tolist() == [level]


def test_a_saved_model_reads_the_same(tmp_path):
    model = replace(small_model(), cut=0.37)
    save_triage(model, tmp_path, {"rows": 200})
    again = load_triage(tmp_path)
    assert again.cut == 0.37
    assert np.array_equal(again.probabilities(CASES, ENCODER), model.probabilities(CASES, ENCODER))


def test_the_shipped_model_reads_without_its_encoder():
    urgent = TriageCase("post CPR state", 70, consciousness=Consciousness.UNRESPONSIVE, by_ambulance=True)
    errand = TriageCase("copy of CT film", 30, consciousness=Consciousness.ALERT, by_ambulance=False, pain_score=0)
    first, last = read_triage([urgent, errand], ENCODER)
    assert first.level <= 2 < last.level
