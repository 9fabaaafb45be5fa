from __future__ import annotations

from typing import Any

import pytest

from medalloc.domain.needs import NeedName
from medalloc.ui.state import Key
from medalloc.ui.views.choosing import choice, list_key, move, open_item

TOPIC = Key.NEEDS_OPEN


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    return state


def test_what_is_chosen_in_a_list_is_heard() -> None:
    key = list_key(TOPIC, "line", "oxygen.P4")
    assert choice(TOPIC, "line", key) == "oxygen.P4"


def test_a_list_of_before_is_no_choice_once_the_page_has_moved() -> None:
    line, pick = list_key(TOPIC, "line", "oxygen.P4"), list_key(TOPIC, "pick", "oxygen")
    open_item(("P4", NeedName.VISIBLE), "pick")
    assert (choice(TOPIC, "line", line), choice(TOPIC, "pick", pick)) == (None, "oxygen")
    open_item(("P4", NeedName.SPECIALTY))
    assert (choice(TOPIC, "line", line), choice(TOPIC, "pick", pick)) == (None, None)


def test_no_key_comes_back() -> None:
    keys = [list_key(TOPIC, "line", "a")]
    for chosen_in in ("line", "", "pick", "line", "", "line"):
        move(TOPIC, chosen_in)
        keys.append(list_key(TOPIC, "line", "a"))
    assert keys == ["line.0", "line.0", "line.2", "line.3", "line.3", "line.5", "line.5"]


def test_another_topic_stays_where_it_is() -> None:
    key = list_key(TOPIC, "line", "a")
    move(Key.SUGGESTION)
    assert list_key(TOPIC, "line", "b") == key


def test_the_list_shows_where_one_is(session: dict[str, Any]) -> None:
    list_key(TOPIC, "line", "a")
    key = list_key(TOPIC, "line", "b")
    assert session[key] == "b"
