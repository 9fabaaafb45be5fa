from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import duel
from benchmarks.duel import Duel, compare, main, saved, summary
from medalloc.optimise.beds import BedSettings

ONE = Duel(120, 1, 900.0, 500.0, 450.0, 200.0, 100.0, 3.0, (0, 0, 0))


def test_what_is_saved_is_a_share_of_the_baseline() -> None:
    assert saved(ONE.greedy, ONE.plan) == pytest.approx(0.6)
    assert saved(200.0, 250.0) == pytest.approx(-0.25)


def test_a_dearer_plan_is_a_loss_whoever_is_better() -> None:
    assert not ONE.lost
    assert replace(ONE, holding=199.0).lost
    assert replace(ONE, greedy=199.0).lost


def test_the_summary_adds_up() -> None:
    said = summary([ONE, replace(ONE, greedy=300.0, plan=400.0, broken=(0, 1, 2))]).splitlines()
    assert said[0] == ("saved of one by one: total 25.0%, median 13.3%, least -33.3%; at least 25 % in 1 of 2"), (
        "800 by 600; 60 % and -33.3 %"
    )
    assert said[1].startswith("saved of one by one with holds: total 33.3%")
    assert said[2:] == [
        "plans dearer than another: 1",
        "hard rules broken (one by one / with holds / plan): 0 / 1 / 2",
    ]


@pytest.mark.parametrize(("change", "status"), [({}, 0), ({"plan": 600.0}, 1), ({"broken": (0, 0, 1)}, 1)])
def test_a_loss_or_a_broken_rule_fails_the_run(
    change: dict[str, Any], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(duel, "compare", lambda beds, seed, _: replace(ONE, beds=beds, seed=seed, **change))
    assert main([120], [1, 2], BedSettings()) == status
    out = capsys.readouterr().out
    assert out.count("LOST") == 2 * ("plan" in change)
    assert out.count("0 / 0 / 1 BROKEN") == 2 * ("broken" in change)


def test_the_planner_beats_one_by_one_on_a_small_hospital() -> None:
    one = compare(40, 3, BedSettings(gap=0.05))
    assert one.bound - 1e-6 <= one.plan < one.holding <= one.greedy <= one.as_it_is
    assert one.broken == (0, 0, 0)
