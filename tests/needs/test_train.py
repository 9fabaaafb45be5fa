import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.layout import LAYOUT, N_OUTPUTS
from medalloc.needs.pool import SILENT
from medalloc.needs.train import _Design, _Objective, wanted_logits
from tests.needs.small import heads, lesson


def test_the_gradient_is_that_of_the_likelihood() -> None:
    labelled = lesson(1)
    random = np.random.default_rng(3)
    rows = random.standard_normal((len(labelled.corpus.pieces), 2)).astype(np.float32)
    given = np.full((len(rows), N_OUTPUTS), SILENT)
    objective = _Objective(_Design(rows, given, labelled.corpus.starts, wanted_logits(labelled), 0.7))
    point = random.standard_normal(3 * N_OUTPUTS) * 0.1
    steps = np.eye(len(point)) * 1e-3
    measured = [(objective(point + step)[0] - objective(point - step)[0]) / 2e-3 for step in steps]
    assert objective(point)[1] == pytest.approx(np.asarray(measured), abs=5e-3)


def test_a_choice_wants_one_value_and_steps_are_cumulative() -> None:
    labelled = lesson(1)
    wanted = wanted_logits(labelled)
    level = next(target for target in LAYOUT if target.name is NeedName.LEVEL)
    specialty = next(target for target in LAYOUT if target.name is NeedName.SPECIALTY)
    assert set(map(tuple, wanted[:, level.columns])) == {(0.0, 0.0), (1.0, 1.0)}
    assert wanted[:, specialty.columns].sum(axis=1).tolist() == [1.0] * len(wanted)


@pytest.mark.parametrize("target", LAYOUT, ids=str)
def test_a_head_has_a_logit_for_each_column(target: object) -> None:
    head = heads().by_name[target.name]  # type: ignore[attr-defined]
    assert len(head.coefficients) == len(head.intercepts) == head.columns.stop - head.columns.start
