"""Every page in every state that it can be met in: nothing loaded, loaded, planned, decided, refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from medalloc.store import Store
from tests.pages import PAGES, open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_every_page_is_known_here() -> None:
    folder = Path("pages")
    assert sorted(str(path) for path in folder.glob("*/*.py")) == sorted(PAGES)
    assert not list(folder.glob("*.py")), "a flat page can be opened without app.py"


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_greets(page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert app.button(key="data.load_sample")
    assert "Sample hospital:" not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_loaded_hospital_without_plan(page: str, kept: tuple[Store, int]) -> None:
    app = open_page(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_a_planned_hospital(page: str, language: str, planned: tuple[Store, int]) -> None:
    app = open_page(page, app__language=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_sees_every_page_and_no_name(page: str, planned: tuple[Store, int]) -> None:
    app = open_page(page, app__role="viewer", app__show_names=True)
    assert not app.exception
    assert "Dogwood" not in words(app)
    assert all("Dogwood" not in str(frame.value) for frame in app.dataframe)


def test_the_sample_hospital_is_marked_on_every_page(planned_sample: tuple[Store, int]) -> None:
    for page in PAGES:
        assert "Sample hospital: every patient" in words(open_page(page)), page
