"""From an empty database to an exported plan, as a bed manager goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from medalloc.export import read_bed_plan
from tests.e2e import journey
from tests.e2e.conftest import ROOT, wait_for_idle

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


@pytest.fixture
def app(serve: Callable[..., str], tmp_path: Path) -> str:
    """The app with an empty database of its own; the sample is the small hospital."""
    return serve(
        "app.py",
        MEDALLOC_DEMO="false",
        MEDALLOC_STATE_DIR=str(tmp_path / "state"),
        MEDALLOC_SAMPLE_DIR=str(ROOT / "sample_data" / "small"),
        HF_HUB_OFFLINE="1",
    )


def test_load_decide_solve_again_reload_and_export(
    app: str, page: Page, context: BrowserContext, requests_outside: list[str], tmp_path: Path
) -> None:
    page.goto(app)
    expect(page.get_by_role("heading", name="No hospital loaded yet")).to_be_visible()
    journey.load_sample(page)
    lines = journey.suggestions(page)
    total = len(lines)
    assert total >= 3, lines
    (accepted, bed), (rejected, refused_bed), (locked, locked_bed) = map(journey.patient_and_bed, lines[:3])

    journey.choose(page, accepted)
    page.get_by_role("button", name="Accept").click()
    journey.decided(page, 1, total)
    journey.choose(page, rejected)
    page.get_by_role("button", name="Reject…").click()
    page.get_by_text("Not this ward", exact=False).click()
    page.get_by_label("In your own words (optional)").fill("=too far from theatre")
    page.get_by_role("button", name="Reject this move").click()
    journey.decided(page, 2, total)
    journey.choose(page, locked)
    page.get_by_role("button", name="Lock").click()
    journey.decided(page, 3, total)

    page.get_by_role("button", name="Solve again, keep decisions").click()
    journey.wait_for_plan(page, 2)
    _assert_kept(page, accepted, bed, rejected, refused_bed, locked, locked_bed)
    page.reload()
    journey.wait_for_plan(page, 2)
    _assert_kept(page, accepted, bed, rejected, refused_bed, locked, locked_bed)
    second = context.browser.new_context().new_page() if context.browser else page
    second.goto(f"{app}/plan")
    journey.wait_for_plan(second, 2)
    assert journey.suggestions(second) == journey.suggestions(page)
    second.close()

    on_screen = journey.suggestions(page)
    journey.open_page(page, "Export")
    rows = {row["patient_id"]: row for row in read_bed_plan(_text(journey.download(page, "bed_plan.csv", tmp_path)))}
    facts = json.loads(_text(journey.download(page, "provenance.json", tmp_path)))
    assert (rows[accepted]["decision"], rows[accepted]["to_bed_id"]) == ("accept", bed)
    assert (rows[locked]["decision"], rows[locked]["to_bed_id"]) == ("lock", locked_bed)
    assert rows[rejected]["to_bed_id"] != refused_bed
    moves = {patient_id: row["to_bed_id"] for patient_id, row in rows.items() if row["action"] in MOVES}
    assert moves == dict(map(journey.patient_and_bed, on_screen))
    assert facts["solve"]["status"] in ("optimal", "feasible")
    assert set(requests_outside) == set()


MOVES = ("admit", "transfer", "hold")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _assert_kept(page: Page, accepted: str, bed: str, rejected: str, refused: str, locked: str, kept: str) -> None:
    """The list shows what was decided: agreed and locked moves with their signs, the refused bed gone."""
    lines = journey.suggestions(page)
    assert any(line.startswith("✓") and journey.patient_and_bed(line) == (accepted, bed) for line in lines), lines
    assert any(line.startswith("▣") and journey.patient_and_bed(line) == (locked, kept) for line in lines), lines
    assert (rejected, refused) not in map(journey.patient_and_bed, lines)


def test_the_same_way_by_keyboard_alone(app: str, page: Page, requests_outside: list[str]) -> None:
    page.goto(app)
    expect(page.get_by_role("heading", name="No hospital loaded yet")).to_be_visible()
    _press_on(page, "Load the sample hospital", "Enter")
    _press_on(page, "Bed plan", "Enter")
    journey.wait_for_plan(page, 1)
    lines = journey.suggestions(page)
    (first, _bed), (second, _), (third, _) = map(journey.patient_and_bed, lines[:3])
    _press_on(page, "Accept", "Enter")
    journey.decided(page, 1, len(lines))
    expect(page.get_by_text(f"{second} –")).to_be_visible()
    _press_on(page, "Reject…", "Enter")
    _press_on(page, "Reject this move", "Enter")
    journey.decided(page, 2, len(lines))
    expect(page.get_by_text(f"{third} –")).to_be_visible()
    _press_on(page, "Lock", "Enter")
    journey.decided(page, 3, len(lines))
    _press_on(page, "Solve again, keep decisions", "Enter")
    journey.wait_for_plan(page, 2)
    assert any(line.startswith("✓") and first in line for line in journey.suggestions(page))
    _press_on(page, "Export", "Enter")
    expect(page.get_by_role("heading", name="Export", level=1)).to_be_visible()
    wait_for_idle(page)
    with page.expect_download() as event:
        _press_on(page, "Download bed_plan.csv", "Enter")
    assert event.value.suggested_filename == "bed_plan.csv"
    assert set(requests_outside) == set()


def _press_on(page: Page, name: str, key: str, limit: int = 150) -> None:
    """Press Tab until the element with this name has the focus, then the key."""
    words = re.compile(rf"\b{re.escape(name)}|{re.escape(name)}")
    for _ in range(limit):
        focused = page.evaluate("() => document.activeElement?.innerText || document.activeElement?.ariaLabel || ''")
        if words.search(str(focused)) and page.evaluate("() => document.activeElement.matches('a, button')"):
            page.keyboard.press(key)
            wait_for_idle(page)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name!r}")
