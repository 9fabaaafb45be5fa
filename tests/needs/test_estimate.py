import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import gather
from medalloc.needs.estimate import MOST_QUOTES, Estimates, estimate
from medalloc.needs.pool import spread
from tests.needs.small import ENCODER, heads, hospital, note, patient

TEXT = "Slept well. Wearing nasal cannulae 2 L. Ate breakfast. Creatinine climbing, fistula."


@pytest.fixture(scope="module")
def found() -> Estimates:
    snapshot = hospital([patient("a"), patient("b")], [note("a", TEXT)])
    return estimate(gather(snapshot, ENCODER), heads(), ENCODER.name, np.zeros((2, 8)))


@pytest.mark.parametrize("name", list(NeedName))
def test_probabilities_sum_to_1(found: Estimates, name: NeedName) -> None:
    assert sum(found.chances(name, 0).values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("name", "value"), [(NeedName.OXYGEN, "yes"), (NeedName.ACUITY, "1")])
def test_contributions_and_the_rest_sum_to_the_log_odds(found: Estimates, name: NeedName, value: str) -> None:
    head = heads().by_name[name]
    pooled = found.pooled[0, head.columns]
    silent = float((np.exp(-pooled) * pooled) @ head.direction(value))
    intercept = float(head.intercepts[head.values.index(value) - 1])
    total = float(found.contributions(name, 0, value).sum()) + silent + intercept
    features = np.hstack([pooled, np.zeros(8)])
    logit = float(features @ head.coefficients[head.values.index(value) - 1] + head.intercepts[-1])
    assert total == pytest.approx(logit, abs=1e-9)


def test_the_telling_sentence_comes_first(found: Estimates) -> None:
    quotes = found.evidence(NeedName.OXYGEN, 0, "yes")
    assert quotes[0].quote == "Wearing nasal cannulae 2 L."
    assert len(quotes) <= MOST_QUOTES


def test_a_patient_without_notes_has_no_evidence(found: Estimates) -> None:
    assert not found.has_notes(1)
    assert found.evidence(NeedName.OXYGEN, 1, "yes") == ()


def test_vectors_of_another_encoder_say_nothing(found: Estimates) -> None:
    other = heads().score(found.corpus, "another:float32")
    assert not np.allclose(other, found.scores)
    assert spread(found.pooled, found.corpus.starts).shape == other.shape
