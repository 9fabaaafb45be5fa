"""The command line: what it prints, what it writes, and with which status it ends."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from medalloc import cli
from medalloc.cli import data
from medalloc.domain.needs import Needs
from medalloc.domain.review import User, UserRole
from medalloc.ingest import pack
from medalloc.optimise.beds import BedWeights
from medalloc.review import weight_sets
from medalloc.review.weight_sets import WeightSet
from medalloc.settings import settings
from medalloc.store import open_store
from tests.conftest import ROOT
from tests.tiny import tiny_files, with_row

pytestmark = pytest.mark.usefixtures("state_dir")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny hospital as a data folder."""
    return _write(tmp_path / "tiny", tiny_files())


@pytest.fixture(autouse=True)
def _read(monkeypatch: pytest.MonkeyPatch, tiny_needs: dict[str, Needs]) -> None:
    """Needs without an encoder."""
    monkeypatch.setattr(data, "_read", lambda snapshot: tiny_needs)


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    found: dict[str, object] = json.loads(lines[0])
    return found


def test_check_counts_rows_and_ends_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(folder), "--json"]) == 0
    said = _json(capsys)
    assert said["loaded"]["beds.csv"] == 7  # type: ignore[index]
    assert said["issues"] == []


def test_check_names_every_fault_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = _write(tmp_path / "bad", with_row("patients.csv", patient_id="P9", age="-4", status="waiting"))
    assert cli.main(["check", str(bad), "--out", str(tmp_path / "rejects.csv")]) == 1
    faults = capsys.readouterr().err.splitlines()
    assert len(faults) == 1
    assert faults[0].startswith("patients.csv:8 age '-4': ")
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as rejects:
        assert [row["line"] for row in csv.DictReader(rejects)] == ["8"]


def test_a_zip_is_as_good_as_a_folder(tmp_path: Path) -> None:
    archive = tmp_path / "tiny.zip"
    archive.write_bytes(pack(tiny_files()))
    assert cli.main(["check", str(archive)]) == 0


def test_a_missing_folder_is_one_line_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["beds", str(tmp_path / "nowhere")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_beds_writes_the_plan_with_its_provenance(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.csv"
    assert cli.main(["beds", str(folder), "--out", str(out), "--json", "--seed", "3", "--time-limit", "5"]) == 0
    said = _json(capsys)
    assert said["status"] == "optimal"
    assert sum(said["penalties"].values()) == pytest.approx(said["objective"])  # type: ignore[attr-defined]
    with out.open(encoding="utf-8", newline="") as plan:
        assert sorted(row["patient_id"] for row in csv.DictReader(plan)) == [
            "007",
            "NA",
            "P3",
            "P4",
            "P5",
            "P6",
        ]
    facts = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert facts["seed"] == 3


def test_beds_takes_weights_and_limits_from_a_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "winter.toml"
    weights.write_text("[weights]\noutlier = 4.25\n[limits]\nhorizon_days = 5\nmax_moves = 3\n", encoding="utf-8")
    asked = ["beds", str(folder), "--json", "--weights", str(weights)]
    assert cli.main([*asked, "--no-escalation", "--processes", "1"]) == 0
    said = _json(capsys)
    assert said["weights"] == BedWeights(outlier=4.25).to_mapping()
    assert (said["weight_set"], said["horizon_days"]) == ("winter.toml", 5)
    assert said["gap"] == pytest.approx((said["objective"] - said["bound"]) / said["objective"])  # type: ignore[operator]
    given = said["provenance"]["settings"]  # type: ignore[index]
    assert given["made_with"]["limits"]["max_moves"] == 3
    assert given["made_with"]["limits"]["open_escalation"] is False
    assert cli.main([*asked, "--horizon-days", "2"]) == 0
    assert _json(capsys)["horizon_days"] == 2


def test_beds_takes_a_set_by_name_and_the_one_in_force_without(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grace = User("Grace", UserRole.ADMIN)
    with open_store(settings().url) as store:
        for name, outlier in (("winter", 4.25), ("summer", 0.75)):
            weight_sets.save_set(store, WeightSet(name, BedWeights(outlier=outlier)), saw=0, user=grace)
        weight_sets.activate(store, "summer", saw=0, user=grace)
    outliers = []
    for more in ([], ["--weights", "winter"], ["--weights", "standard"]):
        assert cli.main(["beds", str(folder), "--json", *more]) == 0
        said = _json(capsys)
        outliers.append((said["weight_set"], said["weights"]["outlier"]))  # type: ignore[index]
    assert outliers == [("summer", 0.75), ("winter", 4.25), ("standard", BedWeights().outlier)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[weights]\nwaitin = 2\n", "winter.toml: there is no weight waitin"),
        ("[weights]\nwaiting = -2\n", "the weight waiting must be a number from 0 to 1,000,000, not -2"),
        ("[limits]\nhorizon_days = 0\n", "the limit horizon_days must be a whole number from 1 to 14, not 0"),
        ("waiting = 2", "there is no table waiting; there are: weights, limits"),
        ("[weights", "winter.toml: is no TOML file"),
        (None, "winter.toml: cannot be read"),
    ],
)
def test_weights_that_cannot_be_used_end_with_2_and_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, told: str
) -> None:
    weights = tmp_path / "winter.toml"
    if text is not None:
        weights.write_text(text, encoding="utf-8")
    assert cli.main(["beds", str(folder), "--weights", str(weights)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_set_that_is_not_kept_ends_with_2_and_names_those_that_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["beds", str(folder), "--weights", "autumn"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "--weights autumn: There is no set of weights named autumn; there are: standard."


def test_beds_can_be_planned_for_another_moment(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    assert cli.main(["beds", str(folder), "--at", "2026-03-05T12:00", "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as plan:
        admitted = [row for row in csv.DictReader(plan) if row["action"] == "admit"]
    assert {row["starts_at"] for row in admitted} == {"2026-03-05T12:00:00"}


def test_needs_writes_the_quotes(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "needs.csv"
    assert cli.main(["needs", str(folder), "--out", str(out), "--json"]) == 0
    assert _json(capsys) == {"patients": 2, "needs": 4, "abstained": 1, "to_confirm": 4}
    assert "confused ++, wandering" in out.read_text(encoding="utf-8")


def test_migrate_makes_the_database(state_dir: Path) -> None:
    assert cli.main(["migrate"]) == 0
    assert (state_dir / "medalloc.sqlite3").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["beds"],
        ["beds", "x", "--time-limit", "0"],
        ["beds", "x", "--at", "noon"],
        ["beds", "x", "--horizon-days", "0"],
        ["beds", "x", "--horizon-days", "15"],
        ["beds", "x", "--processes", "0"],
        ["check", "--seed", "1"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        cli.main(arguments)
    assert ending.value.code == 2


def test_the_module_can_be_run() -> None:
    run = [sys.executable, "-m", "medalloc", "check", str(ROOT / "sample_data" / "small"), "--json"]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["loaded"]["beds.csv"] == 40
