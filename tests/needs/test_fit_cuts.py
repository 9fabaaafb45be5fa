import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.fit_cuts import NEAR, NEVER, conformal_cut, fit_cuts, lowest
from medalloc.needs.layout import LAYOUT
from medalloc.needs.pool import pool
from tests.needs.small import ENCODER, heads, lesson


def test_the_lowest_cut_from_which_enough_is_right() -> None:
    strength = np.repeat([0.60, 0.80, 0.95], [100, 400, 1500])
    right = np.concatenate([np.zeros(100), np.ones(320), np.zeros(80), np.ones(1500)]).astype(bool)
    assert lowest(strength, right, 0.90) == pytest.approx(0.50)
    assert lowest(strength, right, 0.95) == pytest.approx(0.61)
    assert lowest(strength, right, 0.99) == pytest.approx(0.81)


def test_few_claims_prove_little() -> None:
    assert lowest(np.full(7, 0.55), np.ones(7, dtype=bool), 0.96) == pytest.approx(0.96)
    assert lowest(np.full(400, 0.55), np.ones(400, dtype=bool), 0.96) == pytest.approx(0.50)


def test_no_cut_binds_claims_that_are_often_wrong() -> None:
    right = np.arange(300) % 4 > 0
    assert lowest(np.full(300, 0.995), right, 0.96) == NEVER


def test_a_cut_that_binds_starts_at_its_least() -> None:
    assert lowest(np.full(400, 0.85), np.ones(400, dtype=bool), 0.96, 0.80) == pytest.approx(0.80)


def test_cuts_of_every_need_are_in_order() -> None:
    labelled, fitted = lesson(2), heads()
    pooled = pool(fitted.score(labelled.corpus, ENCODER.name), labelled.corpus.starts)
    found = fit_cuts(fitted.by_name, labelled, pooled)
    assert set(found) == {target.name for target in LAYOUT} - {NeedName.ACUITY}
    for name, cuts in found.items():
        assert cuts.near <= cuts.soft <= cuts.hard
        assert name is NeedName.SPECIALTY or NEAR[0] <= cuts.near <= NEAR[1]


def test_nine_in_ten_right_values_are_kept() -> None:
    chances = [place / 200 for place in range(1, 200)]
    cut = conformal_cut(chances)
    assert sum(chance >= cut for chance in chances) / len(chances) >= 0.9
    assert sum(chance >= cut + 0.01 for chance in chances) / len(chances) < 0.9


def test_the_likelier_of_two_values_is_never_ruled_out() -> None:
    assert conformal_cut([0.97] * 40) == 0.5


def test_eight_patients_rule_nothing_out() -> None:
    assert conformal_cut([0.9] * 8) == 0.0
