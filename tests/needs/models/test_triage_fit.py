from dataclasses import replace

import numpy as np
import pytest

from medalloc.needs.models.triage import decide
from medalloc.needs.models.triage_fit import fit_triage, folds_of, safety_cut

from .triage_examples import ENCODER, SMALL, examples, small_model

CHANCES = np.asarray([[0, p, 1 - p, 0, 0] for p in (0.6, 0.44, 0.3, 0.12, 0.4, 0.2)])
LEVELS = np.asarray([2, 2, 2, 2, 3, 4])


@pytest.mark.parametrize(("recall", "cut"), [(0.5, 0.43), (0.75, 0.29), (1.0, 0.11)])
def test_cut_is_the_highest_that_finds_enough(recall, cut):
    assert safety_cut(CHANCES, LEVELS, recall) == cut
    found = decide(CHANCES, cut)[LEVELS <= 2] <= 2
    assert found.mean() >= recall


def test_more_recall_lowers_the_cut():
    cases, levels = examples(100, 4)
    strict = fit_triage(cases, levels, ENCODER, replace(SMALL, recall=0.99, trees=4))
    loose = fit_triage(cases, levels, ENCODER, replace(SMALL, recall=0.5, trees=4))
    assert strict.cut <= loose.cut


def test_the_same_data_give_the_same_model():
    again = fit_triage(*examples(200, 1), ENCODER, SMALL)
    cases, _ = examples(20, 3)
    assert np.array_equal(again.probabilities(cases, ENCODER), small_model().probabilities(cases, ENCODER))


def test_grouped_folds_keep_equal_texts_together():
    texts = [f"complaint {place % 7}" for place in range(50)]
    for seen, unseen in folds_of(texts, np.ones(50, dtype=int), 3, 0, grouped=True):
        assert not {texts[place] for place in seen} & {texts[place] for place in unseen}


@pytest.mark.parametrize("grouped", [True, False])
def test_folds_leave_every_row_out_once(grouped):
    levels = np.arange(50) % 3
    texts = [f"complaint {place % 7}" for place in range(50)]
    left_out = [place for _, unseen in folds_of(texts, levels, 4, 1, grouped=grouped) for place in unseen]
    assert sorted(left_out) == list(range(50))
