"""The browser's language at first, the reader's choice afterwards, and the page says which one it is in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import wait_for_idle

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def app(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app with an empty database."""
    folder = tmp_path_factory.mktemp("language")
    return serve("app.py", MEDALLOC_DEMO="false", MEDALLOC_STATE_DIR=str(folder / "state"))


@pytest.mark.parametrize(
    ("locale", "heading", "lang"),
    [
        ("zh-CN", "尚未导入医院数据", "zh-Hans"),
        ("en-GB", "No hospital loaded yet", "en"),
        ("fr-FR", "No hospital loaded yet", "en"),
    ],
)
def test_the_browser_says_which_language(locale: str, heading: str, lang: str, app: str, browser: Browser) -> None:
    page = browser.new_context(locale=locale).new_page()
    page.goto(app)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.context.close()


def test_a_chosen_language_lasts_from_page_to_page(app: str, page: Page) -> None:
    page.goto(app)
    expect(page.get_by_role("heading", name="No hospital loaded yet")).to_be_visible()
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    wait_for_idle(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="导入", exact=True).click()
    expect(page.get_by_role("heading", name="导入病区数据")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
