from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.fit_head import FEWEST_TO_BOOST, SAID, fit_head, refitted
from medalloc.needs.layout import LAYOUT, Kind, Target
from medalloc.needs.pool import pool
from medalloc.needs.vital_features import N_VITALS
from tests.needs.small import ENCODER, heads, lesson

TARGETS: dict[NeedName, Target] = {target.name: target for target in LAYOUT}


def fitted(name: NeedName, ridge: float, copies: int = 1, *, seen: bool = False):
    labelled = lesson(copies)
    pooled = pool(heads().score(labelled.corpus, ENCODER.name), labelled.corpus.starts)
    if seen:
        vitals = labelled.facts.vitals.copy()
        vitals[:, -1] = 1.0
        labelled = replace(labelled, facts=replace(labelled.facts, vitals=vitals))
    prior = np.full(pooled.shape[1], -2.0)
    return fit_head(TARGETS[name], labelled, pooled, prior, ridge)


def test_where_nothing_can_be_learnt_the_sentence_fit_stands_and_rules_are_believed() -> None:
    head = fitted(NeedName.OXYGEN, 1e9)
    own, vitals, said = np.split(head.coefficients[0], [1, 1 + N_VITALS])
    assert own == pytest.approx([1.0])
    assert vitals == pytest.approx(np.zeros(N_VITALS))
    no, yes = said[:2]
    assert head.intercepts[0] + yes == pytest.approx(SAID, abs=0.2)
    assert no == pytest.approx(-SAID, abs=1e-3)


def test_a_rule_in_the_last_note_is_believed_more_than_in_an_earlier_one() -> None:
    said = fitted(NeedName.COGNITION, 1e9).coefficients[:, 3 + N_VITALS :]
    last, earlier = np.diag(said[:, :3]), np.diag(said[:, 3:])
    assert (last > earlier + 1.0).all()


def test_steps_that_a_rule_does_not_reach_are_denied() -> None:
    head = fitted(NeedName.MOBILITY, 1e9)
    hoist = head.coefficients[:, 5 + N_VITALS + head.values.index("hoist")]
    assert (hoist[:4] > 0).all()
    assert hoist[4] < 0


def test_the_head_is_better_than_where_it_started() -> None:
    labelled = lesson(1)
    pooled = pool(heads().score(labelled.corpus, ENCODER.name), labelled.corpus.starts)
    truth = np.array(labelled.values[NeedName.OXYGEN]) == "yes"

    def loss(ridge: float) -> float:
        chance = fitted(NeedName.OXYGEN, ridge).probabilities(pooled, labelled.facts)[:, 1]
        return float(-np.log(np.where(truth, chance, 1.0 - chance)).mean())

    assert loss(0.1) < 0.5 * loss(1e9)


def test_trees_are_grown_only_with_vital_signs_and_enough_examples() -> None:
    copies = 2 * FEWEST_TO_BOOST // 16 + 1
    assert fitted(NeedName.OXYGEN, 1.0, copies).boosted == ()
    assert len(fitted(NeedName.OXYGEN, 1.0, copies, seen=True).boosted) == 1
    assert fitted(NeedName.OXYGEN, 1.0, 1, seen=True).boosted == ()
    assert fitted(NeedName.SUCTION, 1.0, copies, seen=True).boosted == ()


def test_a_refit_finds_what_the_data_say_where_nothing_pulls() -> None:
    features = np.array([[0.0, 1.0]] * 10 + [[1.0, 1.0]] * 10)
    wanted = np.array([[1.0]] * 2 + [[0.0]] * 8 + [[1.0]] * 7 + [[0.0]] * 3)
    found = refitted(Kind.ORDERED, features, wanted, np.zeros((1, 2)), 1e-6)
    assert found[0, 1] == pytest.approx(np.log(2 / 8), abs=1e-3)
    assert found[0].sum() == pytest.approx(np.log(7 / 3), abs=1e-3)
