import subprocess
import sys

import pytest

from benchmarks.needs import BOUNDS, Bound, table


@pytest.mark.parametrize(
    ("bound", "words", "value", "holds"),
    [
        (Bound(low=0.64), "≥ 0.64", 0.63, False),
        (Bound(low=0.64), "≥ 0.64", 0.64, True),
        (Bound(high=3.35), "≤ 3.35", 3.4, False),
        (Bound(low=0.76, high=0.84), "0.76–0.84", 0.85, False),
        (Bound(low=0.76, high=0.84), "0.76–0.84", 0.8, True),
    ],
)
def test_bounds(bound: Bound, words: str, value: float, holds: bool) -> None:
    assert (str(bound), bound.holds(value)) == (words, holds)


def test_the_table_says_what_is_missed() -> None:
    text = table({"ktas": {"qwk": 0.63, "recall_1_2": 0.78, "over_triage": 0.22}})
    lines = {line.split()[1]: line for line in text.splitlines()}
    assert lines["qwk"].endswith("MISSED")
    assert lines["recall_1_2"].endswith("reached")
    assert lines["over_triage"].endswith("0.220")


def test_every_set_has_bounds() -> None:
    assert set(BOUNDS) == {"ktas", "eicu-demo", "zh-questions", "context", "sample", "speed"}


def test_public_sets_need_a_folder() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.needs", "--only", "ktas"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert "--data DIR" in found.stderr
