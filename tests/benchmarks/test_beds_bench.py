from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks import beds, duel
from benchmarks.beds import Run, growths, main, medians

ONE = Run(40, 3, 50, 9, 2, 0.5, 3.0, 2.5, 200.0, 120.0, 119.0, 1 / 120, 300.0, 4, 3, 2, 0)


def test_the_table_has_a_checked_row_per_hospital(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--beds", "40", "--seeds", "3", "--gap", "0.05"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert "bound" in head
    assert row.split()[:2] == ["40", "3"]
    assert row.endswith("ok")
    assert float(row.split()[8]) > 20, "a Python process with numpy takes more than 20 MB"


def test_memory_is_the_most_that_there_was_in_this_process() -> None:
    code = "import numpy; from benchmarks.beds import peak_mb; before = peak_mb(); ones = numpy.ones(50_000_000); "
    code += "del ones; print(before, peak_mb())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    before, after = map(float, told.split())
    assert 395 < after - before < 420, "50 million numbers of 8 bytes"


def test_several_seeds_give_medians_and_their_faults_add_up() -> None:
    runs = [replace(ONE, seed=seed, plan_s=plan_s, broken=1) for seed, plan_s in ((1, 9.0), (2, 1.0), (3, 2.0))]
    (middle,) = medians([*runs, replace(ONE, beds=120)])
    assert (middle.beds, middle.plan_s, middle.broken) == (40, 2.0, 3)
    assert middle.line().split()[:2] == ["40", "-"]
    assert middle.line().endswith("3 BROKEN")


def test_the_growth_is_fitted_where_there_are_sizes() -> None:
    other = replace(ONE, beds=160, plan_s=3.0 * 4**1.5)
    lines = {line.split(":")[0]: line for line in growths([ONE, other])}
    assert list(lines) == ["build_s", "plan_s", "cpu_s", "peak_mb"]
    assert "beds^1.50" in lines["plan_s"]
    assert "beds^0.00" in lines["build_s"]
    assert growths([ONE, replace(ONE, seed=4)]) == []


def test_a_broken_rule_fails_the_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(beds, "run", lambda *_: replace(ONE, broken=1))
    assert main(["--beds", "40", "--checker-seeds", "1-2"]) == 1
    assert capsys.readouterr().out.count("1 BROKEN") == 2


def test_greedy_seeds_are_for_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(duel, "main", lambda sizes, seeds, settings: asked.append((sizes, seeds, settings)) or 1)
    assert main(["--greedy-seeds", "4-6", "--beds", "120", "--processes", "2"]) == 1
    ((sizes, chosen, settings),) = asked
    assert (sizes, chosen, settings.processes) == ([120], [4, 5, 6], 2)
