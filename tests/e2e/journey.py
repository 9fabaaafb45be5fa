"""What a bed manager does in a browser, in the words of the screen."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import wait_for_idle

JOB_MS = 120_000
"""Reading the notes of the small hospital and planning its beds, on a busy machine."""


def load_sample(page: Page) -> None:
    """From the empty database to a first bed plan."""
    page.get_by_role("button", name="Load the sample hospital").click()
    open_page(page, "Bed plan")
    wait_for_plan(page, 1)


def open_page(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    wait_for_idle(page)


def wait_for_plan(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Plan {number} ·", exact=False)).to_be_visible(timeout=JOB_MS)
    wait_for_idle(page)


def suggestions(page: Page) -> list[str]:
    """Lines of the list, as they read."""
    labels = page.get_by_role("radiogroup", name="Suggestions, those that help most first").locator("label")
    expect(labels.first).to_be_visible()
    return [" ".join(text.split()) for text in labels.all_inner_texts()]


def patient_and_bed(line: str) -> tuple[str, str]:
    """patient_id and the proposed bed of a line of the list."""
    found = re.search(r"· (\S+) .*→ (\S+) ·", line)
    assert found, line
    return found[1], found[2]


def choose(page: Page, patient_id: str) -> None:
    page.get_by_test_id("stRadio").get_by_text(patient_id).first.click()
    expect(page.get_by_test_id("stMarkdown").get_by_text(f"{patient_id} –")).to_be_visible()
    wait_for_idle(page)


def decided(page: Page, count: int, total: int) -> None:
    """Wait until that many suggestions are decided on."""
    expect(page.get_by_role("heading", name=f"{total - count} of {total} to decide")).to_be_visible()
    wait_for_idle(page)


def press_shortcut(page: Page, key: str, *, hold: bool = False) -> None:
    """Press a key when a button that may be pressed says that it is its shortcut; the page listens by then."""
    expect(page.get_by_label(f"Shortcut {key.upper()}", exact=True)).to_be_visible()
    page.wait_for_function(LISTENS, arg=key)
    page.keyboard.down(key)
    if not hold:
        page.keyboard.up(key)


LISTENS = "key => window.hotkeys.getAllKeyCodes().some(({ shortcut }) => shortcut === key)"
"""Streamlit registers a shortcut a moment after its button is drawn, and not while that is disabled."""


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as event:
        page.get_by_role("button", name=f"Download {name}").first.click()
    path = folder / name
    event.value.save_as(path)
    return path
