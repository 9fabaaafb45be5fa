import os
import subprocess
import sys
from pathlib import Path

import pytest

from sample_data.generate import main
from tests.sample_data.conftest import SHIPPED

SMALL = ["--beds", "40", "--seed", "3", "--chinese-share", "0.025"]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_small_hospital_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    assert main([*SMALL, "--out", str(tmp_path)]) == 0
    assert _files(tmp_path) == _files(SHIPPED / "small")


@pytest.mark.parametrize("how", [["sample_data/generate.py"], ["-m", "sample_data.generate"]])
def test_it_runs_as_a_file_and_as_a_module(how: list[str], tmp_path: Path) -> None:
    command = [sys.executable, *how, *SMALL, "--out", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, cwd=SHIPPED.parent, check=True, capture_output=True, env=environment)
    assert _files(tmp_path) == _files(SHIPPED / "small")


def test_a_size_that_makes_no_hospital_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--beds", "3", "--seed", "1", "--out", str(tmp_path)])
    assert stopped.value.code == 2
    assert "--beds must be 30 to 4000" in capsys.readouterr().err


def test_a_share_over_all_patients_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*SMALL[:-1], "1.2", "--out", str(tmp_path)])
    assert "--chinese-share must be 0 to 1, not 1.2" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "megabytes"), [("hospital", 6.0), ("small", 1.5)])
def test_the_shipped_folders_are_small_enough(name: str, megabytes: float) -> None:
    assert sum(len(content) for content in _files(SHIPPED / name).values()) < megabytes * 1e6
