from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.store import Store
from tests.pages import open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/needs/patients.py"


def _patients(app: AppTest) -> list[str]:
    return next(list(frame.value["Patient"]) for frame in app.dataframe if "Patient" in frame.value)


def test_needs_says_when_no_need_matches(planned: tuple[Store, int]) -> None:
    assert "No need matches these filters." in words(open_page(PAGE, needs__search="nobody"))


def test_needs_says_when_no_patient_matches(planned: tuple[Store, int]) -> None:
    assert "No patient matches" in words(open_page(PAGE, needs__show="patients", needs__search="nobody"))


def test_the_table_lists_everybody_the_most_pressing_first(planned: tuple[Store, int]) -> None:
    listed = _patients(open_page(PAGE, needs__show="patients"))
    assert len(listed) == 6
    assert listed[:2] == ["AA · 007", "DD · P4"]


def test_the_table_is_narrowed_by_need_and_doubt(planned: tuple[Store, int]) -> None:
    assert _patients(open_page(PAGE, needs__show="patients", needs__name="visible")) == ["DD · P4"]
    assert _patients(open_page(PAGE, needs__show="patients", needs__doubt="conflict")) == ["AA · 007"]


def test_the_need_that_is_filtered_by_is_the_one_that_is_shown(planned: tuple[Store, int]) -> None:
    said = words(open_page(PAGE, needs__show="patients", needs__name="visible"))
    assert "In sight of the station: Yes" in said


def test_before_the_notes_are_read_the_table_is_shown(kept: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    assert "The notes have not been read yet" in words(app)
    assert len(_patients(app)) == 6
