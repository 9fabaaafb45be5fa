from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.claims import CUTS, Cuts
from medalloc.needs.trial import FEWEST, Compared, Score, Trial, acted_on, try_out
from tests.needs.local import OXYGEN, lessons
from tests.needs.small import heads

BETTER = Compared(Score(90, 0.7, 0.8, 0.2), Score(90, 0.5, 0.85, 0.1), 0.03)


def compared(before: float, after: float, *, n: int = 30, noise: float = 0.02) -> Compared:
    return Compared(Score(n, before, 0.8, 0.2), Score(n, after, 0.8, 0.2), noise)


def test_heads_that_misread_a_hospital_become_better() -> None:
    found = try_out(heads(), lessons(wrong=30))
    assert found.overall.before.n == found.by_need[OXYGEN].before.n == 30
    assert found.overall.after.log_loss < found.overall.before.log_loss / 2
    assert (found.overall.before.accuracy, found.refusal) == (0.0, "")


def test_heads_that_were_right_cannot_be_bettered_by_noise() -> None:
    """Every third answer is wrong, at random: there is nothing to learn but doubt."""
    found = try_out(heads(), lessons(wrong=0, right=FEWEST - 1))
    assert found.refusal == "there are 19 corrections to learn from; 20 are needed"


def test_no_better_is_refused() -> None:
    trial = Trial({}, compared(0.4, 0.4))
    assert trial.refusal == "the refitted heads are no better on patients that they have not learnt from"


@pytest.mark.parametrize(
    ("one", "refused"),
    [
        (compared(0.30, 0.35), True),
        (compared(0.30, 0.33), False),  # 1.5 standard errors: noise
        (compared(0.30, 0.90, n=19), False),  # too few to say
        (compared(0.35, 0.30), False),
    ],
)
def test_need_that_is_surely_worse_is_named(one: Compared, refused: bool) -> None:
    trial = Trial({NeedName.LEVEL: BETTER, NeedName.OXYGEN: one}, BETTER)
    assert trial.refusal == ("the refitted heads are worse for: oxygen" if refused else "")


@pytest.mark.parametrize(("yes", "acted"), [(0.95, "yes"), (0.6, "yes"), (0.4, None), (0.1, "no")])
def test_what_is_acted_on_follows_the_cuts(yes: float, acted: str | None) -> None:
    assert acted_on(NeedName.OXYGEN, {"no": 1 - yes, "yes": yes}, Cuts(0.9, 0.5, 0.3)) == acted


def test_acuity_is_always_acted_on() -> None:
    assert acted_on(NeedName.ACUITY, {"5": 0.1, "4": 0.2, "3": 0.4, "2": 0.2, "1": 0.1}, None) == "2"


def test_abstentions_are_counted_apart_from_errors() -> None:
    unsure = replace(heads(), cuts={**CUTS, OXYGEN: Cuts(1.0, 1.0, 0.0)})
    score = try_out(unsure, lessons(wrong=2, right=4)).overall.before
    assert (score.n, score.abstention) == (6, 1.0)
    assert score.accuracy != score.accuracy  # of nothing
