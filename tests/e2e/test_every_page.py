"""Every page in a real browser: nobody is shut out, nothing leaves the machine, nothing breaks on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import ROOT, wait_for_idle

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

PAGES = {
    "Hospital now": "Hospital now",
    "What patients need": "What patients need",
    "Care hours": "Care hours",
    "Bed plan": "Bed plan",
    "Rules": "Rules",
    "Model quality": "Model quality",
    "Load": "Load ward data",
    "Report": "What was loaded",
    "Export": "Export",
}
"""Title by the name in the side bar."""


@pytest.fixture(scope="module")
def planned_app(serve: Callable[..., str], browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the small hospital, its notes read and its beds planned."""
    state_dir = tmp_path_factory.mktemp("state")
    url = serve(
        "app.py",
        MEDALLOC_DEMO="true",
        MEDALLOC_STATE_DIR=str(state_dir),
        MEDALLOC_SAMPLE_DIR=str(ROOT / "sample_data" / "small"),
        HF_HUB_OFFLINE="1",
    )
    page = browser.new_page()
    page.goto(url)
    journey.open_page(page, "Bed plan")
    journey.wait_for_plan(page, 1)
    page.close()
    return url


def _open(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=PAGES[name], level=1)).to_be_visible()
    wait_for_idle(page)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    planned_app: str, page: Page, name: str, scheme: str, requests_outside: list[str]
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    _open(page, planned_app, name)
    found = Axe().run(page).response["violations"]
    serious = {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found if rule["impact"] in SERIOUS}
    assert serious == {}
    assert requests_outside == []


SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_or_breaks_on_a_laptop(planned_app: str, page: Page, name: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _open(page, planned_app, name)
    wide = page.evaluate("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    assert wide <= 0
    assert page.get_by_test_id("stException").count() == 0
    assert faults == []


def test_a_tile_of_the_board_opens_its_suggestion(planned_app: str, page: Page) -> None:
    _open(page, planned_app, "Bed plan")
    lines = journey.suggestions(page)
    patient_id, bed = journey.patient_and_bed(lines[-1])
    tile = page.get_by_role("button", name=f"Bed {bed}:").first
    tile.click()
    expect(page.get_by_text(f"{patient_id} –")).to_be_visible()


def test_an_upload_is_checked_before_it_replaces_anything(planned_app: str, page: Page, tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_text("ward_id,name\nW1,Ash\n", encoding="utf-8")
    _open(page, planned_app, "Load")
    page.locator("input[type=file]").set_input_files(tmp_path / "wards.csv")
    expect(page.get_by_text("What these files hold")).to_be_visible()
    expect(page.get_by_role("button", name="Load this hospital")).to_have_count(0)
    page.get_by_role("button", name="Go back").click()
    expect(page.get_by_text("What these files hold")).to_have_count(0)
    journey.open_page(page, "Bed plan")
    expect(page.get_by_text("Plan 1 ·")).to_be_visible()
