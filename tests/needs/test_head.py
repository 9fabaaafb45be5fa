import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from medalloc.domain.needs import NeedName
from medalloc.needs.facts import MEASURED, Facts
from medalloc.needs.head import Head, chances
from medalloc.needs.layout import Kind
from medalloc.needs.models.trees import Trees, export_trees
from medalloc.needs.vital_features import N_VITALS

LEVELS = ("ward", "hdu", "icu")


def facts(rng: np.random.Generator, n: int, n_values: int, name: NeedName) -> Facts:
    vitals = rng.integers(0, 4, (n, N_VITALS)).astype(float)
    vitals[:, -1] = 1.0
    vitals[::3] = 0.0
    measured = rng.normal(size=(n, len(MEASURED)))
    measured[rng.random(measured.shape) < 0.2] = np.nan
    return Facts(vitals, measured, {name: np.eye(2 * n_values)[rng.integers(0, 2 * n_values, n)]}, ({},) * n)


def grown(rng: np.random.Generator, n_features: int) -> Trees:
    rows = rng.normal(size=(120, n_features))
    model = HistGradientBoostingClassifier(max_iter=5, max_depth=2, min_samples_leaf=9, random_state=1)
    return export_trees(model.fit(rows, (rows[:, 0] + rows[:, -1] > 0.2).astype(int)))


def level_head(rng: np.random.Generator, *, boosted: bool) -> Head:
    trees = tuple(grown(rng, 2 + len(MEASURED)) for _ in range(2)) if boosted else ()
    coefficients = rng.normal(size=(2, 2 + N_VITALS + 6))
    return Head(NeedName.LEVEL, Kind.ORDERED, LEVELS, slice(3, 5), coefficients, np.array([-2.0, -3.5]), trees)


@pytest.mark.parametrize("boosted", [False, True])
@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 50), value=st.sampled_from(LEVELS))
def test_the_parts_sum_to_the_log_odds(boosted: bool, seed: int, value: str) -> None:
    rng = np.random.default_rng(seed)
    head, known, pooled = level_head(rng, boosted=boosted), facts(rng, 4, 3, NeedName.LEVEL), rng.normal(size=(4, 7))
    for patient in range(4):
        parts = head.parts(pooled, known, patient, value)
        total = parts.constant + float(parts.pooled.sum()) + parts.said + sum(parts.vitals.values())
        assert total == pytest.approx(parts.total, abs=1e-9)
        logits = head.logits(pooled, known)[patient]
        assert parts.total == pytest.approx({"ward": -logits[0], "hdu": logits[0], "icu": logits[1]}[value], abs=1e-9)


def test_the_parts_of_a_choice_are_against_the_mean_of_all() -> None:
    rng = np.random.default_rng(4)
    coefficients = rng.normal(size=(3, 3 + N_VITALS + 6))
    head = Head(NeedName.COGNITION, Kind.CHOICE, ("a", "b", "c"), slice(0, 3), coefficients, rng.normal(size=3))
    known, pooled = facts(rng, 2, 3, NeedName.COGNITION), rng.normal(size=(2, 3))
    logits = head.logits(pooled, known)[1]
    assert head.parts(pooled, known, 1, "b").total == pytest.approx(logits[1] - logits.mean(), abs=1e-9)


def test_trees_speak_only_of_patients_with_vital_signs() -> None:
    rng = np.random.default_rng(5)
    head, known, pooled = level_head(rng, boosted=True), facts(rng, 5, 3, NeedName.LEVEL), rng.normal(size=(5, 7))
    linear = Head(head.name, head.kind, head.values, head.columns, head.coefficients, head.intercepts)
    same = np.isclose(head.logits(pooled, known), linear.logits(pooled, known)).all(axis=1)
    assert same.tolist() == [True, False, False, True, False]


def test_ordered_values_never_have_a_negative_probability() -> None:
    assert chances(Kind.ORDERED, np.array([[-1.0, 2.0]]))[0].tolist() == pytest.approx([0.731, 0.0, 0.269], abs=1e-3)


def test_one_of_several_is_a_soft_max() -> None:
    assert chances(Kind.CHOICE, np.array([[0.0, np.log(3.0), 0.0]]))[0].tolist() == pytest.approx([0.2, 0.6, 0.2])
