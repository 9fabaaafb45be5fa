"""The bed plan over time in a real browser: the slider on its page, and a ward's Gantt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import ROOT, wait_for_idle

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

OUTSIDE = """() => {
  const plot = document.querySelector('.js-plotly-plot');
  const frame = plot.getBoundingClientRect();
  const texts = [...plot.querySelectorAll('svg text')].filter((text) => text.textContent.trim());
  const cut = texts.filter((text) => {
    const box = text.getBoundingClientRect();
    const within = box.left >= frame.left - 1 && box.right <= frame.right + 1;
    return !within || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  });
  return { texts: texts.length, cut: cut.map((text) => text.textContent) };
}"""
"""How many texts the first chart has, and those of them that do not lie within it."""


@pytest.fixture(scope="module")
def planned_app(serve: Callable[..., str], browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app with the small hospital, its notes read and its beds planned."""
    url = serve(
        "app.py",
        MEDALLOC_DEMO="true",
        MEDALLOC_STATE_DIR=str(tmp_path_factory.mktemp("state")),
        MEDALLOC_SAMPLE_DIR=str(ROOT / "sample_data" / "small"),
        HF_HUB_OFFLINE="1",
    )
    page = browser.new_page()
    page.goto(url)
    journey.open_page(page, "Bed plan")
    journey.wait_for_plan(page, 1)
    page.close()
    return url


@pytest.fixture
def plan_page(planned_app: str, page: Page) -> Page:
    """The page of the bed plan."""
    page.goto(planned_app)
    journey.open_page(page, "Bed plan")
    expect(page.locator(".tile").first).to_be_visible()
    return page


def one_ward(page: Page) -> None:
    page.get_by_text("One ward over time").click()
    expect(page.locator(".js-plotly-plot .barlayer").first).to_be_visible()
    wait_for_idle(page)


def test_the_slider_moves_the_board_and_stays_when_a_tile_is_picked(plan_page: Page) -> None:
    page = plan_page
    _, bed = journey.patient_and_bed(journey.suggestions(page)[-1])
    slider = page.get_by_role("slider", name="Moment")
    slider.focus()
    slider.press("End")
    expect(page.locator(".title")).to_contain_text("Proposed · ")
    last = page.locator(".title").inner_text()
    assert last.endswith(("h", "days"))
    tile = page.locator(f".tile[data-bed='{bed}']")
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    wait_for_idle(page)
    expect(page.locator(".title")).to_have_text(last)
    slider.focus()
    slider.press("Home")
    expect(page.locator(".title")).to_have_text("Proposed")


def test_a_tile_that_is_picked_opens_its_suggestion_beside_the_board(plan_page: Page) -> None:
    page = plan_page
    patient_id, bed = journey.patient_and_bed(journey.suggestions(page)[-1])
    page.locator(f".tile[data-bed='{bed}']").click()
    expect(page.get_by_text(f"{patient_id} –")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_ward_over_time_shuts_nobody_out_and_cuts_nothing(plan_page: Page, scheme: str) -> None:
    page = plan_page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    one_ward(page)
    found = page.evaluate(OUTSIDE)
    assert found["texts"] > 10
    assert found["cut"] == []
    wide = page.evaluate("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    assert wide <= 0
    violations = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in violations if rule["impact"] in ("serious", "critical")] == []


def test_a_bar_that_is_clicked_opens_its_suggestion(plan_page: Page) -> None:
    page = plan_page
    (first, _), (second, _) = map(journey.patient_and_bed, journey.suggestions(page)[:2])
    one_ward(page)
    journey.choose(page, second)
    chooser = page.get_by_role("combobox", name="Ward")
    ward = chooser.input_value()
    journey.choose(page, first)
    page.get_by_role("heading", name="Bed plan", level=1).scroll_into_view_if_needed()
    wait_for_idle(page)  # a page that still scrolls shuts the list
    chooser.click()
    page.get_by_role("option").filter(has_text=ward).click()
    bar = page.locator(".js-plotly-plot .bars .point").filter(has_text=re.compile(rf"^[^▶]*{second[-4:]}"))
    expect(bar).to_have_count(1)
    wait_for_idle(page)
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 9, box["y"] + box["height"] / 2)
    expect(page.get_by_text(f"{second} –")).to_be_visible()
    expect(page.locator(".js-plotly-plot .point", has_text="▶")).to_contain_text(second[-4:])
