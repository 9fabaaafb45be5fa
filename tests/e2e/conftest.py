"""A Streamlit server on a free loopback port, and a headless Chromium to look at it.

Fixtures: `serve` starts a server, `browser` is shared, `page` is fresh per test, `requests_outside` records
what leaves the machine. `wait_for_idle` returns when the page has settled.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WAIT_MS = 60_000
"""How long anything is waited for: a busy machine with two cores takes half a minute for a first page."""

expect.set_options(timeout=WAIT_MS)

Serve = Callable[..., str]


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_idle(page: Page) -> None:
    """Return when no script runs and the page has drawn what the last one said.

    The first button, table or chart of a visit is drawn when its code has come, which may be after the script has
    ended: until then a skeleton stands in its place.
    Right after a click the run that it starts may not have begun: wait first for something that the run brings.
    """
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def find_chromium(path: str = CHROMIUM) -> str:
    """The browser at this path; where there is none the test is skipped by name, and fails where CI is set."""
    if Path(path).exists():
        return path
    message = "No Chromium: install the Debian package `chromium` (apt-get install chromium)."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile, as of a person who has just sat down."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh tab at 1366×768."""
    return context.new_page()


@pytest.fixture
def requests_outside(context: BrowserContext) -> list[str]:
    """Addresses that the browser asked for outside this machine, as they come."""
    outside: list[str] = []

    def record(url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != LOOPBACK:
            outside.append(url)

    context.on("request", lambda request: record(request.url))
    for page in context.pages:
        page.on("websocket", lambda websocket: record(websocket.url))
    context.on("page", lambda page: page.on("websocket", lambda websocket: record(websocket.url)))
    return outside


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start `streamlit run SCRIPT` and return its address; the servers stop with the session.

    Called as `serve("app.py", MEDALLOC_DEMO="true")`: keyword arguments are environment variables.
    """
    servers: list[subprocess.Popen[bytes]] = []

    def start(script: str | Path, **environment: str) -> str:
        port = free_port()
        log = tmp_path_factory.mktemp("server") / "streamlit.log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                _command(script, port), cwd=ROOT, env=os.environ | environment, stdout=out, stderr=out
            )
        servers.append(server)
        url = f"http://{LOOPBACK}:{port}"
        _wait_until_up(url, server, log)
        return url

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(timeout=60)


def _command(script: str | Path, port: int) -> list[str]:
    options = {
        "server.port": port,
        "server.address": LOOPBACK,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "runner.postScriptGC": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(script), *flags]


def _wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path, timeout_s: float = 60.0) -> None:
    until = time.monotonic() + timeout_s
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"The server at {url} did not come up:\n{log.read_text(errors='replace')[-2000:]}")
