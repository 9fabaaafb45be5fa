from __future__ import annotations

from pathlib import Path

import pytest

from medalloc.settings import settings
from medalloc.store import Store
from medalloc.ui import state
from medalloc.ui.state import Key
from tests.pages import on_open, open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/now/hospital.py"


def test_keys_are_all_different() -> None:
    assert len({str(key) for key in Key}) == len(Key)


def test_demo_mode_loads_the_sample_into_an_empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDALLOC_DEMO", "true")
    settings.cache_clear()
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: "")
    assert "Sample hospital: every patient" in words(open_page(PAGE))


def test_demo_mode_never_stands_in_for_ones_own_data(monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int]) -> None:
    monkeypatch.setenv("MEDALLOC_DEMO", "true")
    settings.cache_clear()
    store, snapshot_id = kept
    assert "Sample hospital" not in words(open_page(PAGE))
    assert store.current_snapshot().snapshot_id == snapshot_id  # type: ignore[union-attr]


def test_a_second_session_sees_what_the_first_decided(planned: tuple[Store, int]) -> None:
    first, second = open_page("pages/beds/plan.py"), open_page("pages/beds/plan.py")
    press(first, on_open(first, "accept"))
    second.run()
    assert "Accepted" in words(second)


def test_the_name_on_the_record_is_the_one_entered(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_page("pages/beds/plan.py", app__name="  Bea Birch ")
    press(app, on_open(app, "lock"))
    assert {decision.decided_by for decision in store.decisions(snapshot_id).values()} == {"Bea Birch"}


def test_the_revision_grows_with_every_decision(planned: tuple[Store, int]) -> None:
    before = state.revision()
    app = open_page("pages/beds/plan.py")
    press(app, on_open(app, "accept"))
    after = state.revision()
    assert before[0] == after[0] == planned[1]
    assert after[1] > before[1]


def test_an_empty_database_has_no_revision(state_dir: Path) -> None:
    assert state.revision() == (0, 0)
