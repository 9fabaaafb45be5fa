from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import PAGES, on_open, open_page, press

pytestmark = pytest.mark.usefixtures("state_dir")


def test_every_page_has_a_link() -> None:
    app = open_page(PAGES[0])
    links = [element.proto.page for element in app.get("page_link")]
    assert len(links) == len(set(links)) == len(PAGES)


def test_the_side_bar_says_who_acts() -> None:
    app = open_page(PAGES[0], app__name="Ada Alder", app__role="auditor")
    assert [popover.proto.popover.label for popover in app.sidebar.get("popover")] == ["Ada Alder · Auditor"]


def test_an_unnamed_user_is_recorded_as_such(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    app = open_page("pages/beds/plan.py")
    press(app, on_open(app, "lock"))
    assert {decision.decided_by for decision in store.decisions(snapshot_id).values()} == {"local user"}
