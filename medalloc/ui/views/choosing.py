"""Lists in which one line is chosen, and in which the page moves on by itself as well.

Until the browser has drawn that the page has moved on, it goes on saying that the line before is chosen. So the lists
get another widget key whenever the page moves, and what is said under the key before is not taken for a choice.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from medalloc.ui.state import Key
from medalloc.ui.worklist import Item

Turns = Mapping[str, int]
"""How often the page has moved, under "", and how often it had when a list that may stay got its key."""


def open_item(item: Item, chosen_in: str = "") -> None:
    """Look at this need from now on; `chosen_in` names the list that it was chosen in."""
    move(Key.NEEDS_OPEN, chosen_in)
    st.session_state[Key.NEEDS_OPEN] = item


def move(topic: Key, chosen_in: str = "") -> None:
    """Give the lists of a topic other keys, but for the one in which somebody chose."""
    turns = _turns(topic)
    kept = {chosen_in: turns.get(chosen_in, turns[""])} if chosen_in else {}
    moved = {"": turns[""] + 1} | kept
    st.session_state[Key.TURNS] = {**st.session_state.get(Key.TURNS, {}), topic: moved}


def list_key(topic: Key, name: str, here: str | None) -> str:
    """Widget key of a list in which `here` is chosen; None: nothing is."""
    key = _key(topic, name)
    if key not in st.session_state or st.session_state[key] != here:
        st.session_state[key] = here
    return key


def choice(topic: Key, name: str, key: str) -> str | None:
    """What was chosen in a list, asked for in the callback of the widget with this key; None: nothing was."""
    chosen: str | None = st.session_state[key] if key == _key(topic, name) else None
    return chosen


def _key(topic: Key, name: str) -> str:
    turns = _turns(topic)
    return f"{name}.{turns.get(name, turns[''])}"


def _turns(topic: Key) -> Turns:
    turns: Turns = st.session_state.get(Key.TURNS, {}).get(topic, {"": 0})
    return turns
