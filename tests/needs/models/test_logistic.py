import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from medalloc.needs.models.logistic import Logistic, Outcome, Scaling, calibrate, fit_logistic, probabilities_of

RNG = np.random.default_rng(5)
ROWS = RNG.normal(size=(400, 3))
LATENT = ROWS @ [1.5, -0.5, 0.0] + RNG.logistic(size=400)
EDGES = {Outcome.BINARY: [0.4], Outcome.CHOICE: [-1.0, 0.5], Outcome.ORDERED: [-1.0, 0.5, 1.5]}
OUTCOMES = {kind: np.digitize(LATENT, edges) for kind, edges in EDGES.items()}


@pytest.mark.parametrize("kind", [Outcome.BINARY, Outcome.CHOICE])
def test_fits_as_scikit_learn(kind):
    theirs = LogisticRegression(C=1 / 2.5, tol=1e-9, max_iter=1000).fit(ROWS, OUTCOMES[kind])
    ours = fit_logistic(kind, ROWS, OUTCOMES[kind], ridge=2.5)
    assert np.abs(ours.probabilities(ROWS) - theirs.predict_proba(ROWS)).max() < 1e-3


def test_ordered_finds_slopes_and_edges():
    rows = RNG.normal(size=(5000, 3))
    latent = rows @ [1.5, -0.5, 0.0] + RNG.logistic(size=5000)
    model = fit_logistic(Outcome.ORDERED, rows, np.digitize(latent, [-1.0, 0.5, 1.5]), ridge=0.01)
    assert model.coefficients[0] == pytest.approx([1.5, -0.5, 0.0], abs=0.15)
    assert model.intercepts == pytest.approx([1.0, -0.5, -1.5], abs=0.15)


@pytest.mark.parametrize("kind", list(Outcome))
def test_sparse_and_dense_agree(kind):
    dense = fit_logistic(kind, ROWS, OUTCOMES[kind])
    sparse = fit_logistic(kind, csr_matrix(ROWS), OUTCOMES[kind])
    assert sparse.probabilities(csr_matrix(ROWS)) == pytest.approx(dense.probabilities(ROWS), abs=1e-4)


@pytest.mark.parametrize("kind", list(Outcome))
def test_parts_and_intercepts_sum_to_the_logits(kind):
    model = fit_logistic(kind, ROWS, OUTCOMES[kind])
    parts = model.parts(ROWS, {"text": slice(0, 2), "age": slice(2, 3)})
    assert np.abs(parts["text"] + parts["age"] + model.intercepts - model.logits(ROWS)).max() < 1e-9


@pytest.mark.parametrize("kind", list(Outcome))
def test_probabilities_sum_to_one(kind):
    chances = fit_logistic(kind, ROWS, OUTCOMES[kind]).probabilities(ROWS)
    assert chances.shape == (400, len(EDGES[kind]) + 1)
    assert chances.sum(axis=1) == pytest.approx(1.0)
    assert chances.min() >= 0


def test_weights_count_as_repetition():
    twice = fit_logistic(Outcome.BINARY, ROWS, OUTCOMES[Outcome.BINARY], weights=np.where(np.arange(400) < 90, 2.0, 1))
    rows, outcomes = np.vstack([ROWS, ROWS[:90]]), OUTCOMES[Outcome.BINARY]
    repeated = fit_logistic(Outcome.BINARY, rows, np.concatenate([outcomes, outcomes[:90]]))
    assert twice.coefficients == pytest.approx(repeated.coefficients, abs=1e-3)


@pytest.mark.parametrize("kind", list(Outcome))
def test_calibration_undoes_overconfidence(kind):
    logits = fit_logistic(kind, ROWS, OUTCOMES[kind], ridge=1e-3).logits(ROWS)
    assert calibrate(kind, 3 * logits, OUTCOMES[kind], shifted=False).factor == pytest.approx(1 / 3, abs=0.01)


def test_temperature_does_not_shift():
    scaling = calibrate(Outcome.BINARY, LATENT[:, None] + 2, OUTCOMES[Outcome.BINARY], shifted=False)
    assert not scaling.shifts.any()


@pytest.mark.parametrize("kind", list(Outcome))
def test_rescaled_model_gives_the_scaled_logits(kind):
    model = fit_logistic(kind, ROWS, OUTCOMES[kind])
    scaling = Scaling(0.7, np.linspace(0.3, -0.2, len(model.intercepts)))
    assert model.rescaled(scaling).logits(ROWS) == pytest.approx(scaling.apply(model.logits(ROWS)), abs=1e-12)


def test_crossed_steps_never_give_negative_probabilities():
    assert probabilities_of(Outcome.ORDERED, np.asarray([[0.2, 0.9, -1.0]])).min() == 0.0


def test_arrays_give_the_same_model():
    model = fit_logistic(Outcome.ORDERED, ROWS, OUTCOMES[Outcome.ORDERED])
    again = Logistic.from_arrays(model.arrays("linear_"), "linear_")
    assert np.array_equal(again.probabilities(ROWS), model.probabilities(ROWS))
