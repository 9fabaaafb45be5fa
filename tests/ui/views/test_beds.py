from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/beds/plan.py"


def test_the_summary_counts_what_the_plan_does(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    actions = [str(placement.action) for placement in stored.plan.placements]
    said = words(open_page(PAGE))
    assert f"Admissions: {actions.count('admit')}" in said
    assert f"Still waiting: {actions.count('wait')}" in said
    assert "solved · gap 0.00 %" in said


def test_terms_add_up_on_screen(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    tables = [frame.value for frame in app.dataframe if "Doing nothing" in frame.value]
    assert len(tables) == 2
    for table in tables:
        assert table["Plan"].iloc[:-1].sum() == pytest.approx(table["Plan"].iloc[-1], abs=0.3)


def test_without_a_plan_one_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int]) -> None:
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    app = open_page(PAGE)
    assert "There is no bed plan for this hospital yet." in words(app)
    press(app, "beds.solve")
    assert started == ["prepare"], "the notes were not read either"


def test_solving_again_starts_with_the_needs_that_are_known(
    monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]
) -> None:
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    press(open_page(PAGE), "beds.solve")
    assert started == ["beds"]


@pytest.mark.parametrize("show", ["proposed", "current", "both"])
def test_every_view_of_the_board_is_drawn(show: str, planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__show=show)
    assert not app.exception
