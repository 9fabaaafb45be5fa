"""The watch over the browser tests watches: a request outside is seen, and a missing browser is no silent pass."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import find_chromium

pytestmark = pytest.mark.e2e

OUTSIDE = "192.0.2.1"
"""Reserved for documentation (RFC 5737): nobody answers there."""


def test_a_request_outside_is_recorded(page: Page, requests_outside: list[str]) -> None:
    page.route("**/*", lambda route: route.abort())
    page.evaluate(f"() => fetch('http://{OUTSIDE}/font.woff').catch(() => null)")
    assert requests_outside == [f"http://{OUTSIDE}/font.woff"]


def test_a_websocket_outside_is_recorded(page: Page, requests_outside: list[str]) -> None:
    with page.expect_websocket():
        page.evaluate(f"() => {{ new WebSocket('ws://{OUTSIDE}/'); }}")
    assert requests_outside == [f"ws://{OUTSIDE}/"]


def test_without_a_browser_the_test_is_skipped_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="package `chromium`"):
        find_chromium("/nowhere/chromium")


def test_without_a_browser_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="package `chromium`"):
        find_chromium("/nowhere/chromium")
