from __future__ import annotations

import pytest

from medalloc.ingest import pack
from medalloc.store import Store
from tests.pages import open_page, press, words
from tests.tiny import tiny_files, with_row

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/data/load.py"


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work that would be started in a child process."""
    kinds: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: kinds.append(kind) or "")
    return kinds


def test_a_zip_is_shown_before_it_is_loaded(started: list[str], kept: tuple[Store, int]) -> None:
    store, first = kept
    bad = with_row("patients.csv", patient_id="P9", age="-4", status="waiting")
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.zip", pack(bad))
    app.run()
    assert "Rows rejected: 1" in words(app)
    assert store.current_snapshot().snapshot_id == first  # type: ignore[union-attr]
    issues = next(frame.value for frame in app.dataframe if "What would be right" in frame.value)
    assert list(issues["Line"]) == [8]
    press(app, "data.load")
    assert store.current_snapshot().snapshot_id != first  # type: ignore[union-attr]
    assert started == ["prepare"]


def test_go_back_leaves_everything_as_it_was(started: list[str], kept: tuple[Store, int]) -> None:
    store, first = kept
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.zip", pack(tiny_files()))
    app.run()
    press(app, "data.back")
    assert "Rows loaded" not in words(app)
    assert store.current_snapshot().snapshot_id == first  # type: ignore[union-attr]
    assert started == []


def test_files_without_a_key_file_are_refused_by_name(kept: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    app.file_uploader[0].upload("wards.csv", tiny_files()["wards.csv"])
    app.run()
    assert "beds.csv" in app.error[0].value + str([frame.value for frame in app.dataframe])
    assert all(button.key != "data.load" for button in app.button)


def test_a_file_that_is_no_zip_is_refused(kept: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.zip", b"PK nothing")
    app.run()
    assert app.error
    assert not app.exception


def test_the_sample_is_loaded_by_one_click(started: list[str]) -> None:
    app = open_page(PAGE)
    press(app, "data.load_sample")
    assert started == ["prepare"]
    assert "Sample hospital: every patient" in words(app)


def test_a_viewer_may_not_load() -> None:
    app = open_page(PAGE, app__role="viewer")
    assert app.button(key="data.load_sample").disabled
    assert "may look at data but not load it" in words(app)


def test_every_file_is_described() -> None:
    app = open_page(PAGE)
    described = next(frame.value for frame in app.dataframe if "Must be there" in frame.value)
    assert "beds.csv" in set(described["File"])
