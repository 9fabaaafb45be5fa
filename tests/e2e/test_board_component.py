"""The bed board in a real browser: mouse, keyboard, focus across reruns, contrast, speed, privacy."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from medalloc.domain.places import BedStatus
from tests.e2e.conftest import Serve, wait_for_idle
from tests.ui.snapshots import scenario

pytestmark = pytest.mark.e2e

HARNESS = Path(__file__).parent / "board_harness"
SMALL = 45
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.dataset"


@pytest.fixture(scope="module")
def harness(serve: Serve) -> str:
    """Address of the page that shows the board alone."""
    return serve(HARNESS / "app.py")


@pytest.fixture
def show(page: Page, harness: str) -> Callable[..., Page]:
    """Open the harness with these query parameters and wait for its tiles."""

    def opened(**query: object) -> Page:
        parameters = "&".join(f"{name}={value}" for name, value in {"beds": SMALL, **query}.items())
        page.goto(f"{harness}/?{parameters}")
        page.wait_for_selector(".tile")
        wait_for_idle(page)
        return page

    return opened


def script(name: str) -> str:
    """A function to run in the page."""
    return (HARNESS / name).read_text(encoding="utf-8")


def rerun(page: Page) -> None:
    """Press the page's own button and wait for the next run."""
    run = int(page.get_by_text("run ", exact=False).last.inner_text().split()[-1])
    page.get_by_role("button", name="Run again").click()
    page.get_by_text(f"run {run + 1}", exact=True).wait_for()
    wait_for_idle(page)


def tile(page: Page, bed_id: str) -> Locator:
    return page.locator(f".tile[data-bed='{bed_id}']").first


def test_every_bed_is_drawn_in_file_order(show: Callable[..., Page]) -> None:
    page = show()
    drawn = page.eval_on_selector_all(".tile", "tiles => tiles.map(tile => tile.dataset.bed)")
    assert drawn == [bed.bed_id for bed in scenario(SMALL).snapshot.beds]


def test_a_click_tells_bed_and_patient(show: Callable[..., Page]) -> None:
    page = show()
    patient = scenario(SMALL).snapshot.patients[5]
    tile(page, patient.bed_id).click()
    expect(page.get_by_text(f"picked: {patient.bed_id} / {patient.patient_id}")).to_be_visible()


def test_the_same_tile_can_be_picked_twice(show: Callable[..., Page]) -> None:
    page = show()
    first, second = (scenario(SMALL).snapshot.patients[index] for index in (5, 8))
    for patient in (first, second, first):
        tile(page, patient.bed_id).click()
        expect(page.get_by_text(f"picked: {patient.bed_id} / {patient.patient_id}")).to_be_visible()


def test_a_picked_mover_is_marked_at_both_ends_in_both_views(show: Callable[..., Page]) -> None:
    page = show(views="current,proposed")
    plan = scenario(SMALL).plan
    move = next(move for move in plan.placements if move.from_bed_id != move.to_bed_id and move.from_bed_id)
    tile(page, move.from_bed_id).click()
    expect(page.get_by_text(f"picked: {move.from_bed_id} / {move.patient_id}")).to_be_visible()
    wait_for_idle(page)
    marked = "tiles => tiles.map(tile => [tile.dataset.bed, tile.dataset.end])"
    expected = sorted([[move.from_bed_id, "from"], [move.to_bed_id, "to"]] * 2)
    assert sorted(page.eval_on_selector_all(".tile[data-end]", marked)) == expected


def test_one_tab_stop_and_arrows_reach_a_tile_that_enter_picks(show: Callable[..., Page]) -> None:
    page = show()
    assert page.locator(".map [tabindex='0']").count() == 1
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == {"ward": "W01"}
    beds = scenario(SMALL).snapshot.beds
    for name, bed in (("ArrowDown", 0), ("ArrowRight", 1), ("End", 22), ("Home", 0), ("PageDown", 23)):
        page.keyboard.press(name)
        assert page.evaluate(FOCUSED) == {"bed": beds[bed].bed_id}, name
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"picked: {beds[23].bed_id}")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.shadowRoot?.activeElement?.tagName") == "SUMMARY"


def test_down_and_up_keep_the_column(show: Callable[..., Page]) -> None:
    page = show()
    beds = scenario(SMALL).snapshot.beds
    tile(page, beds[2].bed_id).focus()
    left = tile(page, beds[2].bed_id).bounding_box()
    page.keyboard.press("ArrowDown")
    below = page.locator(".tile:focus").bounding_box()
    assert left is not None
    assert below is not None
    assert below["y"] > left["y"]
    assert abs(below["x"] - left["x"]) < left["width"]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == {"bed": beds[2].bed_id}


def test_focus_and_element_outlive_a_rerun_that_changes_the_tile(show: Callable[..., Page]) -> None:
    page = show(change=1)
    patient = scenario(SMALL).snapshot.patients[3]  # the harness ages patient n in run n
    here = tile(page, patient.bed_id)
    here.evaluate("element => { element.mine = 'kept'; }")
    rerun(page)
    here.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("run 3")).to_be_visible()
    wait_for_idle(page)
    assert page.evaluate(FOCUSED) == {"bed": patient.bed_id}
    assert here.evaluate("element => element.mine") == "kept"
    assert f"{patient.age + 3} years" in (here.get_attribute("aria-label") or "")


def test_the_slider_goes_by_keyboard_and_leaves_what_does_not_change_alone(show: Callable[..., Page]) -> None:
    page = show(views="proposed")
    before = page.eval_on_selector_all(".tile", "tiles => tiles.map(tile => tile.dataset.bed)")
    page.eval_on_selector_all(
        ".tile", "tiles => { for (const tile of tiles) tile.mine = tile.firstChild.mine = 'kept'; }"
    )
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator(".title")).to_have_text("Proposed · Sun 22 Nov 11:30, in 4 h")
    wait_for_idle(page)
    assert page.eval_on_selector_all(".tile", "tiles => tiles.map(tile => tile.dataset.bed)") == before
    assert page.eval_on_selector_all(".tile", "tiles => tiles.every(tile => tile.mine === 'kept')")
    untouched = page.eval_on_selector_all(
        ".tile", "tiles => tiles.filter(t => t.firstChild.mine).map(t => t.dataset.bed)"
    )
    same = [bed.bed_id for bed in scenario(SMALL).snapshot.beds if bed.status in (BedStatus.RESERVED, BedStatus.CLOSED)]
    assert set(same) <= set(untouched) < set(before)


def test_the_moment_is_written_out_for_who_cannot_see_the_slider(show: Callable[..., Page]) -> None:
    page = show()
    slider = page.get_by_role("slider")
    for words in ("now, Sun 22 Nov 07:30", "Sun 22 Nov 11:30, in 4 h"):
        expect(slider).to_have_attribute("aria-valuetext", words)
        slider.focus()
        slider.press("ArrowRight")
        wait_for_idle(page)


def test_a_folded_ward_stays_folded_after_rerun_and_reload(show: Callable[..., Page]) -> None:
    page = show(views="current,proposed")
    page.locator(".head").first.click()
    expect(page.locator("section.shut")).to_have_count(2)
    rerun(page)
    expect(page.locator("section.shut")).to_have_count(2)
    page.reload()
    page.wait_for_selector(".tile", state="attached")
    expect(page.locator("section.shut")).to_have_count(2)


def test_search_marks_what_it_finds(show: Callable[..., Page]) -> None:
    page = show()
    page.get_by_role("searchbox").fill("w02-b1")
    expect(page.locator(".tile.hit")).to_have_count(4)
    expect(page.get_by_text("4 found")).to_be_visible()


def test_enter_in_the_search_goes_to_the_first_that_was_found(show: Callable[..., Page]) -> None:
    page = show(height=300)
    page.get_by_role("searchbox").fill("w02-sr")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)["bed"].startswith("W02-SR")
    expect(page.locator(".tile:focus")).to_be_in_viewport()


def test_two_views_scroll_as_one(show: Callable[..., Page]) -> None:
    page = show(views="current,proposed", height=300)
    page.locator(".map").first.evaluate("map => { map.scrollTop = 170; }")
    page.wait_for_function(
        """() => [...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector('.map'))
            .filter(Boolean).every((map) => map.scrollTop === 170)"""
    )


def test_the_board_goes_to_the_patient_who_was_chosen_elsewhere(show: Callable[..., Page]) -> None:
    last = [patient for patient in scenario(SMALL).snapshot.patients if patient.bed_id][-1]
    page = show(height=300, patient=last.patient_id)
    expect(tile(page, last.bed_id)).to_be_in_viewport()


def test_the_legend_is_shut_for_all_boards_at_once(show: Callable[..., Page]) -> None:
    page = show(views="current,proposed")
    page.locator("summary").first.click()
    expect(page.locator("details:not([open])")).to_have_count(2)


def test_a_name_with_markup_is_shown_as_text(show: Callable[..., Page]) -> None:
    name = "<img src=x onerror=alert(1)>"
    page = show(ward=quote(name))
    assert page.locator(".head .name").first.inner_text() == name
    assert page.locator(".map img").count() == 0


def test_names_do_not_reach_the_browser_unless_they_are_shown(show: Callable[..., Page]) -> None:
    surname = scenario(SMALL).snapshot.patients[0].name.split()[-1]
    page = show()
    assert surname not in page.content() + "".join(page.locator(".map").all_inner_texts())
    assert surname in "".join(show(names=1).locator(".map").all_inner_texts())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(show: Callable[..., Page], page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(show(views="current,proposed", height=300)).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_on_every_stripe_behind_it(show: Callable[..., Page], page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    ratios: dict[str, float] = show(beds=300, views="proposed").evaluate(script("contrast.js"))
    assert len(ratios) > 20
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_nothing_leaves_the_machine(requests_outside: list[str], show: Callable[..., Page]) -> None:
    page = show()
    tile(page, "W01-B1-1").click()
    expect(page.get_by_text("picked: W01-B1-1")).to_be_visible()
    assert requests_outside == []


def test_a_rerun_of_1000_tiles_is_quick(browser: Browser, harness: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    started = time.monotonic()
    page.goto(f"{harness}/?beds=1000&change=1")
    page.wait_for_selector(".tile")
    wait_for_idle(page)
    first_s = time.monotonic() - started
    assert page.locator(".tile").count() == 1000
    times_ms = [page.evaluate(script("rerun_ms.js")) for _ in range(9)]
    page.close()
    with capsys.disabled():
        least, middle = min(times_ms), statistics.median(times_ms)
        times = f"rerun {least:.0f}/{middle:.0f} ms (min/median of 9), first load {first_s:.2f} s"
        sys.stdout.write(f"\n1,000 tiles: {times}\n")
    assert least < 1000
