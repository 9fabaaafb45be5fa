from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_now_counts_the_hospital(planned: tuple[Store, int]) -> None:
    said = words(open_page("pages/now/hospital.py"))
    assert "Occupied of open beds: 3 / 6 · 50%" in said
    assert "Waiting: 2, longest 6 h 15 min" in said
    assert "Expected: 1" in said


def test_breaches_stand_with_what_the_plan_does_about_them(planned: tuple[Store, int]) -> None:
    app = open_page("pages/now/hospital.py")
    frames = [frame.value for frame in app.dataframe]
    broken = next(frame for frame in frames if "What is wrong" in frame)
    assert list(zip(broken["Bed"], broken["What is wrong"], broken["Plan"], strict=True)) == [
        ("01", "isolation not met", "not resolved")
    ]


def test_waiting_patients_are_listed(planned: tuple[Store, int]) -> None:
    app = open_page("pages/now/hospital.py")
    waiting = next(frame.value for frame in app.dataframe if "Waited" in frame.value)
    assert list(waiting["Patient"]) == ["DD · P4", "EE · P5"]
