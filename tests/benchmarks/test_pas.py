from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.pas import Run, instance_paths, main, medians, references, scored, seeds
from medalloc.domain.plan import SolveStatus
from medalloc.errors import DataError
from medalloc.optimise.stays.search import Found
from tests.benchmarks.pas_example import EXAMPLE


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the example."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "example.txt").write_text(EXAMPLE, encoding="latin-1")
    return folder


def scorer(folder: Path, said: str, status: int = 0) -> Path:
    """A program that says the same of every solution."""
    path = folder / "scorer.py"
    path.write_text(f"import sys\nprint({said!r})\nsys.exit({status})\n", encoding="utf-8")
    return path


def test_an_instance_is_solved_written_and_scored(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = data.parent / "out"
    asked = ["--data", str(data), "--seconds", "5", "--processes", "1", "--out", str(out)]
    assert main([*asked, "--scorer", str(scorer(data.parent, "cost 11.0"))]) == 0
    assert (out / "example.sol").read_text(encoding="utf-8").splitlines() == ["1 0 2 12", "2 1 3 11", "3 2 4 13"]
    _, head, row = capsys.readouterr().out.splitlines()
    cells = dict(
        zip(head.replace("no room", "no_room").replace("known bound", "known").split(), row.split(), strict=True)
    )
    assert (cells["instance"], cells["value"], cells["bound"], cells["no_room"]) == ("example", "11.0", "11.0", "0")
    assert cells["scorer"] == "11.0"


def test_a_broken_rule_fails_the_run(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = scorer(data.parent, "hard faults: 1\ncost 13.5", 1)
    assert scored(broken, data / "example.txt", data / "none.sol") == "13.5 hard"
    assert main(["--data", str(data), "--seconds", "2", "--processes", "1", "--scorer", str(broken)]) == 1
    assert "13.5 hard" in capsys.readouterr().out


def test_a_scorer_that_says_nothing_has_failed(data: Path) -> None:
    assert scored(scorer(data.parent, "oh"), data / "example.txt", data / "none.sol") == "failed"


def test_what_cannot_be_read_ends_with_2_and_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "--instances", "other"]) == 2
    assert capsys.readouterr().err.splitlines() == [f"{data} has no instance other"]
    (data / "example.txt").write_text("nothing", encoding="latin-1")
    assert main(["--data", str(data)]) == 2
    assert "no planning horizon" in capsys.readouterr().err


def test_instances_are_all_or_those_named(data: Path) -> None:
    (data / "another.txt").write_text(EXAMPLE, encoding="latin-1")
    assert [path.stem for path in instance_paths(data, [])] == ["another", "example"]
    assert [path.stem for path in instance_paths(data, ["example"])] == ["example"]
    with pytest.raises(DataError, match="no instance at all"):
        instance_paths(data / "empty", [])


def test_medians_are_by_instance() -> None:
    def run(name: str, seed: int, value: float) -> Run:
        found = Found(SolveStatus.FEASIBLE, np.zeros(0, dtype=int), value, 90.0)
        return Run(name, seed, found, 1.0, 0, "")

    lines = medians([run("one", 1, 100.0), run("one", 2, 120.0), run("one", 3, 101.5), run("two", 1, 300.0)])
    assert [line.split()[:4] for line in lines] == [["one", "3", "101.5", "90.0"], ["two", "1", "300.0", "90.0"]]


def test_references_are_those_of_the_number_in_the_name() -> None:
    assert references("testdata03").split() == ["953.8", "809.0", "741.0"]
    assert references("overconstrained03").split() == ["-", "-", "-"]


def test_seeds_are_a_number_or_a_range() -> None:
    assert (seeds("4"), seeds("2-4")) == ([4], [2, 3, 4])
