"""Weights are changed, saved as a set and put in force; another browser sees it, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from medalloc import pipeline
from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan
from medalloc.domain.review import User, UserRole
from medalloc.ingest import load
from medalloc.optimise.beds import BedWeights
from medalloc.review import weight_sets
from medalloc.store import Store, open_store
from medalloc.ui import weight_rows
from tests.conftest import MANAGER
from tests.e2e import journey
from tests.e2e.conftest import wait_for_idle
from tests.tiny import tiny_files

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
BY_DEFAULT = BedWeights()
SAM = User("Sam", UserRole.ADMIN)
VALUE = 1
"""Column of the values."""
VALUE_PX = 250
"""How far right of the edge of a table a value stands."""


@pytest.fixture
def kept_store(tmp_path: Path, tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]) -> Store:
    """The tiny hospital with needs and a plan, in a database of its own."""
    files = tiny_files()
    store = open_store(f"sqlite:///{tmp_path / 'medalloc.db'}")
    snapshot_id = pipeline.keep(store, files, load(files), source="upload", user=MANAGER)
    store.save_needs(snapshot_id, "test", tiny_needs)
    store.save_plan(snapshot_id, *tiny_plan, user=MANAGER)
    return store


@pytest.fixture
def url(serve: Callable[..., str], kept_store: Store, tmp_path: Path) -> str:
    return serve(
        "app.py",
        MEDALLOC_DEMO="false",
        MEDALLOC_STATE_DIR=str(tmp_path),
        MEDALLOC_DATABASE_URL=f"sqlite:///{tmp_path / 'medalloc.db'}",
    )


def _open(page: Page, url: str, name: str, role: str) -> None:
    """The page of rules, as this person."""
    page.goto(url)
    page.get_by_test_id("stSidebar").get_by_test_id("stPopover").get_by_role("button").click()
    field = page.get_by_label("Your name, for the record")
    field.fill(name)
    field.press("Enter")
    wait_for_idle(page)
    page.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name=role).click()
    expect(page.get_by_role("button", name=f"{name} · {role}")).to_be_visible()
    page.keyboard.press("Escape")
    journey.open_page(page, "Rules")


def _editor(page: Page, weight: str) -> tuple[Locator, int, int]:
    """The editor in which a weight stands, its row, and how many rows there are."""
    table = next(table for table in weight_rows.TABLES if weight in weight_rows.names_in(table))
    names = weight_rows.names_in(table)
    return page.locator(f"[class*='st-key-rules-{table}-']"), names.index(weight), len(names)


def _cell(page: Page, weight: str) -> Locator:
    """The value of a weight."""
    editor, row, _rows = _editor(page, weight)
    return editor.locator(f"#glide-cell-{VALUE}-{row}")


def _type(page: Page, weight: str, value: str) -> None:
    """Type a value for a weight, as one does: point, click, type, Enter."""
    editor, row, rows = _editor(page, weight)
    canvas, cell = editor.locator("canvas").first, _cell(page, weight)
    canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    expect(cell).to_be_attached()
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + VALUE_PX, box["y"] + box["height"] * (row + 1.5) / (rows + 1)
    page.mouse.move(x - 20, y)
    page.mouse.move(x, y, steps=3)
    page.mouse.click(x, y, delay=50)
    expect(cell).to_have_attribute("aria-selected", "true")
    page.keyboard.type(value, delay=30)
    expect(page.get_by_test_id("data-grid-overlay").or_(page.locator(".gdg-input")).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(cell).to_have_text(value)
    wait_for_idle(page)


def _save_as(page: Page, name: str) -> None:
    page.get_by_role("button", name="Save as…").click()
    field = page.get_by_label("Name of the new set")
    field.fill(name)
    field.press("Tab")
    wait_for_idle(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text(f"Saved: {name}, version 1.")).to_be_visible()
    wait_for_idle(page)


def test_a_weight_is_changed_saved_put_in_force_and_seen_by_others(
    url: str, page: Page, browser: Browser, kept_store: Store, requests_outside: list[str]
) -> None:
    _open(page, url, "Pia", "Capacity planner")
    _type(page, "outlier", "2")
    expect(page.get_by_text(f"Outside the specialty: {BY_DEFAULT.outlier:g} → 2")).to_be_visible()
    journey.open_page(page, "Care hours")
    journey.open_page(page, "Rules")
    expect(page.get_by_text(f"Outside the specialty: {BY_DEFAULT.outlier:g} → 2")).to_be_visible()
    _save_as(page, "winter")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("In force: winter.")).to_be_visible()
    assert weight_sets.in_force(kept_store).chosen.weights.outlier == 2.0

    other = browser.new_page()
    _open(other, url, "Bo", "Bed manager")
    expect(other.get_by_text("Version 1, saved by Pia")).to_be_visible()
    expect(other.locator(".st-key-rules-said")).to_contain_text("In force")
    expect(_cell(other, "outlier")).to_have_text("2")
    expect(other.get_by_text("Your role may read the weights, not change them")).to_be_visible()

    _type(page, "outlier", "3")
    page.get_by_role("button", name="Save as version 2").click()
    expect(other.get_by_text("Version 2, saved by Pia")).to_be_visible()
    expect(_cell(other, "outlier")).to_have_text("3")
    other.close()
    assert requests_outside == []


def test_a_stale_save_is_refused_with_who_changed_what(url: str, page: Page, kept_store: Store) -> None:
    winter = weight_sets.save_as(kept_store, "winter", weight_sets.WeightSet(), user=SAM)
    weight_sets.activate(kept_store, "winter", saw=0, user=SAM)
    _open(page, url, "Pia", "Capacity planner")
    _type(page, "flip", "9")
    save = page.get_by_role("button", name="Save as version 2")
    expect(save).to_be_enabled()
    theirs = replace(winter, weights=replace(winter.weights, outlier=0.75))
    weight_sets.save_set(kept_store, theirs, saw=1, user=SAM)
    save.click()
    told = page.get_by_text("Sam saved version 2 at", exact=False).first
    expect(told).to_be_visible()
    expect(told).to_contain_text(f"Outside the specialty: {BY_DEFAULT.outlier:g} → 0.75")
    assert weight_sets.load_set(kept_store, "winter").weights.flip == winter.weights.flip
    wait_for_idle(page)
    page.get_by_role("button", name="Put my changes on top of version 2").click()
    page.get_by_role("button", name="Save as version 3").click()
    expect(page.get_by_text("Saved: winter, version 3.")).to_be_visible()
    kept = weight_sets.load_set(kept_store, "winter").weights
    assert (kept.outlier, kept.flip) == (0.75, 9.0)
