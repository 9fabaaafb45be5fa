"""The timing of answers, on a hospital so small that every question is answered exactly."""

from __future__ import annotations

import json

import pytest

from benchmarks import answers
from medalloc.domain.answers import Change, WhyNot
from medalloc.domain.plan import Action, Placement


def test_every_kind_of_question_is_asked_and_nothing_contradicts(capsys: pytest.CaptureFixture[str]) -> None:
    assert answers.main(["--beds", "40", "--seeds", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == []
    assert {"make ready", "other beds", "why not", "why not: forbidden bed", "why not: taken bed"} <= set(told)
    assert set(told["why not: forbidden bed"]["came_out"]) == {"forbidden"}
    row = told["why not"]
    assert row["asked"] == sum(row["came_out"].values())
    assert row["median_s"] <= row["p95_s"] <= row["max_s"]


@pytest.mark.parametrize(
    ("price", "least", "alone", "told"),
    [
        (7.5, 3.0, 8.0, ""),
        (7.5, 8.0, None, "the bound is above the price"),
        (7.5, 3.0, 7.0, "dearer than with everybody else as planned"),
    ],
)
def test_a_price_is_held_against_its_bound_and_the_other_beds(
    price: float, least: float, alone: float | None, told: str
) -> None:
    change = Change("P1", None, Placement("P1", Action.ADMIT, to_bed_id="B-1"))
    answer = WhyNot("P1", "B-1", price=price, least_price=least, terms={"outlier": price}, changes=(change,))
    assert answers._wrong(answer, alone) == told
