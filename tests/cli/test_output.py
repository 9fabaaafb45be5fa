"""What commands print."""

from __future__ import annotations

import argparse
import json

import pytest

from medalloc.cli.output import report, show


def test_json_holds_no_number_that_json_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    found = {"gap": float("inf"), "terms": ({"waiting": float("nan")}, 2.5)}
    show(argparse.Namespace(json=True), found, [])
    assert json.loads(capsys.readouterr().out) == {"gap": None, "terms": [{"waiting": None}, 2.5]}


def test_faults_go_to_stderr_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([]) == 0
    assert report(["beds.csv line 3", ValueError("beds.csv line 7")]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "beds.csv line 3\nbeds.csv line 7\n")
