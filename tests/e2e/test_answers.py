"""What a bed manager asks of a plan in a real browser: other beds, why not that one, what would help, what changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import ROOT, wait_for_idle

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

ANSWER = re.compile(r"points more\.|no extra cost\.|Ruled out|was found in time")


@pytest.fixture
def app(serve: Callable[..., str], tmp_path: Path) -> str:
    """The app with the small hospital of its own, which is planned at once."""
    return serve(
        "app.py",
        MEDALLOC_DEMO="true",
        MEDALLOC_STATE_DIR=str(tmp_path / "state"),
        MEDALLOC_SAMPLE_DIR=str(ROOT / "sample_data" / "small"),
        HF_HUB_OFFLINE="1",
    )


def test_ask_of_a_plan_refuse_a_move_and_read_what_changed(app: str, page: Page, requests_outside: list[str]) -> None:
    page.goto(app)
    journey.open_page(page, "Bed plan")
    journey.wait_for_plan(page, 1)
    patient_id, bed = journey.patient_and_bed(journey.suggestions(page)[0])
    journey.choose(page, patient_id)

    _ask_why_not(page, _other_bed(page, not_this=bed))
    _ask_what_would_help(page)

    page.get_by_role("button", name="Reject…").click()
    page.get_by_role("button", name="Reject this move").click()
    wait_for_idle(page)
    page.get_by_role("button", name="Solve again, keep decisions").click()
    journey.wait_for_plan(page, 2)
    changed = _tab(page, "What changed from the last plan")
    line = changed.get_by_role("row", name=re.compile(rf"^\S+ · {patient_id} "))
    expect(line).to_contain_text(bed)
    expect(line).to_contain_text(re.compile("A person (has refused|wants this patient to remain)"))
    assert requests_outside == []


def _other_bed(page: Page, *, not_this: str) -> str:
    """The first of the other beds of the open suggestion, which come with their price."""
    page.get_by_text("Other beds, and why not").click()
    lines = page.get_by_test_id("stExpander").get_by_role("listitem")
    expect(lines.first).to_be_visible(timeout=30_000)
    found = re.match(r"(?:[+-]\d+\.\d|–) (\S+) · ", lines.first.inner_text())
    assert found, lines.first.inner_text()
    assert 1 <= lines.count() <= 5
    assert found[1] != not_this
    return found[1]


def _ask_why_not(page: Page, bed: str) -> None:
    box = page.get_by_test_id("stExpander")
    _pick(page, box.locator("input"), bed)
    answer = box.get_by_test_id("stMarkdown").filter(has_text=ANSWER)
    expect(answer).to_contain_text(f"{bed} · ", timeout=30_000)
    wait_for_idle(page)


def _ask_what_would_help(page: Page) -> None:
    waiting = _tab(page, "Who still waits, and what would help")
    _pick(page, waiting.locator("input"), "")
    told = waiting.get_by_text("What would have to give").or_(waiting.get_by_text("No bed is planned"))
    expect(told).to_be_visible(timeout=30_000)
    wait_for_idle(page)


def _tab(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def _pick(page: Page, field: Locator, words: str) -> None:
    """Choose from a list by typing; a page that still scrolls shuts the list."""
    field.scroll_into_view_if_needed()
    wait_for_idle(page)
    field.click()
    field.press_sequentially(words)
    field.press("ArrowDown" if not words else "Home")
    field.press("Enter")
