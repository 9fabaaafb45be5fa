import numpy as np
import pytest

from medalloc.domain.needs import Basis, NeedName
from medalloc.needs.corpus import gather
from medalloc.needs.estimate import MOST_QUOTES, Estimates, estimate
from medalloc.needs.facts import facts_of
from medalloc.needs.layout import LAYOUT
from medalloc.needs.pool import spread
from tests.needs.small import ENCODER, heads, hospital, note, patient, vitals

TEXT = "Slept well. Wearing nasal cannulae 2 L. Ate breakfast. Creatinine climbing, fistula. Full hoist for transfers."
READ = [target.name for target in LAYOUT]


@pytest.fixture(scope="module")
def found() -> Estimates:
    people = [patient("a", age=71), patient("b")]
    snapshot = hospital(people, [note("a", TEXT)], [vitals("a", pulse=118)])
    corpus = gather(snapshot, ENCODER)
    return estimate(corpus, heads(), ENCODER.name, facts_of(snapshot, corpus))


@pytest.mark.parametrize("name", READ)
def test_probabilities_sum_to_1(found: Estimates, name: NeedName) -> None:
    assert sum(found.chances(name, 0).values()) == pytest.approx(1.0)


@pytest.mark.parametrize("name", READ)
def test_sentences_vital_signs_and_the_rest_sum_to_the_log_odds(found: Estimates, name: NeedName) -> None:
    for value in heads().by_name[name].values:
        total = float(found.contributions(name, 0, value).sum()) + found.rest(name, 0, value)
        total += sum(found.parts(name, 0, value).vitals.values())
        assert total == pytest.approx(found.parts(name, 0, value).total, abs=1e-9)


def test_the_log_odds_of_a_feature_are_those_of_its_probability(found: Estimates) -> None:
    chance = found.chances(NeedName.OXYGEN, 0)["yes"]
    assert found.parts(NeedName.OXYGEN, 0, "yes").total == pytest.approx(float(np.log(chance / (1.0 - chance))))


def test_the_telling_sentence_comes_first(found: Estimates) -> None:
    quotes = found.evidence(NeedName.OXYGEN, 0, "yes")
    assert quotes[0].quote == "Wearing nasal cannulae 2 L."
    assert len(quotes) <= MOST_QUOTES


def test_a_quote_brings_what_its_sentence_adds_to_the_log_odds(found: Estimates) -> None:
    quotes = found.evidence(NeedName.OXYGEN, 0, "yes")
    assert quotes[0].contribution == pytest.approx(found.contributions(NeedName.OXYGEN, 0, "yes").max(), abs=1e-9)


def test_a_sentence_of_which_a_rule_speaks_is_quoted(found: Estimates) -> None:
    assert found.evidence(NeedName.MOBILITY, 0, "hoist")[0].quote == "Full hoist for transfers."
    assert found.basis(NeedName.MOBILITY, 0, "hoist") is Basis.RULE
    assert found.basis(NeedName.MOBILITY, 0, "two") is Basis.MODEL


def test_a_patient_without_notes_has_no_evidence(found: Estimates) -> None:
    assert not found.has_notes(1)
    assert found.evidence(NeedName.OXYGEN, 1, "yes") == ()


def test_vectors_of_another_encoder_say_nothing(found: Estimates) -> None:
    other = heads().score(found.corpus, "another:float32")
    assert not np.allclose(other, found.scores)
    assert spread(found.pooled, found.corpus.starts).shape == other.shape
