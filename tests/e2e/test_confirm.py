"""The list of needs to confirm, gone through by keyboard, with a reload and a second browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from medalloc import pipeline
from medalloc.domain.needs import NeedName, Needs
from medalloc.domain.plan import BedPlan
from medalloc.ingest import load
from medalloc.store import Store, open_store
from tests.conftest import MANAGER
from tests.e2e import journey
from tests.e2e.conftest import WAIT_MS, wait_for_idle
from tests.tiny import tiny_files

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
HOSPITAL = "Tiny General"


@pytest.fixture
def kept_store(tmp_path: Path, tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]) -> Store:
    """The tiny hospital with needs and a plan, in a database of its own."""
    files = tiny_files()
    loaded = load(files)
    store = open_store(f"sqlite:///{tmp_path / 'medalloc.db'}")
    snapshot_id = pipeline.keep(store, files, loaded, source="upload", user=MANAGER)
    store.save_needs(snapshot_id, "test", tiny_needs)
    needs = pipeline.current_needs(store, snapshot_id, loaded.snapshot)
    store.save_plan(snapshot_id, *tiny_plan, user=MANAGER, asked=pipeline.asked_of(loaded.snapshot, needs))
    return store


class SlowAnswers:
    """What the server says to the browser, held back on demand; what the browser says goes through at once."""

    def __init__(self, page: Page) -> None:
        self.page, self.held, self.asked, self.slow = page, list[bytes](), 0, False
        page.route_web_socket(re.compile("/_stcore/stream"), self._relay)

    def _relay(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def ask(message: str | bytes) -> None:
            self.asked += 1
            server.send(message)

        def answer(message: str | bytes) -> None:
            if self.slow:
                self.held.append(message if isinstance(message, bytes) else message.encode())
            else:
                browser.send(message)

        browser.on_message(ask)
        server.on_message(answer)
        self.browser, self.server = browser, server

    def wait_for(self, words: str) -> None:
        """Wait until these words are held back."""
        self._until(lambda: any(words.encode() in message for message in self.held), words)

    def wait_for_question(self) -> None:
        """Wait until the browser has asked for something more."""
        before = self.asked
        self._until(lambda: self.asked > before, "a question")

    def _until(self, happened: Callable[[], bool], what: str) -> None:
        for _ in range(WAIT_MS // 50):
            if happened():
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"waited in vain for {what}")

    def let_through(self) -> None:
        while self.held:
            self.browser.send(self.held.pop(0))
        self.slow = False


@pytest.fixture
def answers(page: Page) -> Iterator[SlowAnswers]:
    """Answers of the server to this page, which can be held back."""
    slow = SlowAnswers(page)
    yield slow
    page.close()
    slow.server.close()


@pytest.fixture
def url(serve: Callable[..., str], kept_store: Store, tmp_path: Path) -> str:
    return serve(
        "app.py",
        MEDALLOC_DEMO="false",
        MEDALLOC_STATE_DIR=str(tmp_path),
        MEDALLOC_DATABASE_URL=f"sqlite:///{tmp_path / 'medalloc.db'}",
    )


def _open(page: Page, url: str) -> None:
    page.goto(url)
    journey.open_page(page, "What patients need")


def _at(page: Page, place: int, total: int, left: int) -> None:
    """Wait until this place of the list is shown."""
    expect(page.get_by_text(f"{place} of {total} · {left} to confirm")).to_be_visible()
    wait_for_idle(page)


def test_confirm_change_and_undo_by_keyboard_alone(
    url: str, page: Page, browser: Browser, kept_store: Store, requests_outside: list[str]
) -> None:
    _open(page, url)
    _at(page, 1, 4, 4)
    journey.press_shortcut(page, "y")
    _at(page, 2, 4, 3)
    made = kept_store.corrections(HOSPITAL)["007"][NeedName.ISOLATION]
    assert (made.kind, made.value) == ("confirm", "contact")

    second = page.get_by_role("heading", level=3).first.inner_text()
    journey.press_shortcut(page, "n")
    _at(page, 3, 4, 3)
    journey.press_shortcut(page, "p")
    _at(page, 2, 4, 3)
    assert page.get_by_role("heading", level=3).first.inner_text() == second

    journey.press_shortcut(page, "x" if page.get_by_role("button", name="Remove…").count() else "e")
    comment = page.get_by_label("In your own words (optional)")
    expect(comment).to_be_visible()
    comment.focus()
    page.keyboard.type("pyne x u")
    _at(page, 2, 4, 3)
    page.keyboard.press("Control+Enter")
    _at(page, 3, 4, 2)
    corrected = [one for theirs in kept_store.corrections(HOSPITAL).values() for one in theirs.values()]
    assert sorted(one.comment for one in corrected) == ["", "pyne x u"]

    journey.press_shortcut(page, "u")
    _at(page, 2, 4, 3)
    assert len([one for theirs in kept_store.corrections(HOSPITAL).values() for one in theirs]) == 1

    page.reload()
    _at(page, 1, 3, 3)
    other = browser.new_page()
    _open(other, url)
    _at(other, 1, 3, 3)
    journey.press_shortcut(page, "y")
    expect(other.get_by_text("2 to confirm")).to_be_visible()
    other.close()
    assert requests_outside == []


def test_the_form_is_sent_from_its_first_field_with_the_reason_that_was_chosen(
    url: str, page: Page, kept_store: Store
) -> None:
    _open(page, url)
    _at(page, 1, 4, 4)
    journey.press_shortcut(page, "x")
    expect(page.locator(".st-key-needs-form input:checked")).to_be_focused()
    page.keyboard.press("Control+Enter")
    _at(page, 2, 4, 3)
    (made,) = [one for theirs in kept_store.corrections(HOSPITAL).values() for one in theirs.values()]
    assert (made.kind, made.reason) == ("remove", "misread")


def test_the_sentence_that_proves_a_need_is_brought_into_view(url: str, page: Page) -> None:
    _open(page, url)
    page.get_by_text("In sight of the station: Yes").first.click()
    mark = page.locator("mark.now")
    expect(mark).to_contain_text("confused ++, wandering")
    expect(mark).to_be_in_viewport()


def test_a_key_pressed_before_the_next_need_is_shown_says_nothing_of_it(
    url: str, page: Page, answers: SlowAnswers, kept_store: Store
) -> None:
    _open(page, url)
    _at(page, 1, 4, 4)
    answers.slow = True
    journey.press_shortcut(page, "y")
    answers.wait_for("Confirm: yes")
    page.keyboard.press("y")
    answers.wait_for_question()
    answers.let_through()
    _at(page, 2, 4, 3)
    expect(page.get_by_test_id("stAlert").get_by_text("DecisionError")).to_have_count(0)
    journey.press_shortcut(page, "y")
    _at(page, 3, 4, 2)
    assert sum(map(len, kept_store.corrections(HOSPITAL).values())) == 2


def test_every_step_counts_though_the_one_before_is_not_shown_yet(url: str, page: Page, answers: SlowAnswers) -> None:
    _open(page, url)
    _at(page, 1, 4, 4)
    answers.slow = True
    journey.press_shortcut(page, "n")
    answers.wait_for("2 of 4")
    page.keyboard.press("n")
    answers.wait_for("3 of 4")
    answers.let_through()
    _at(page, 3, 4, 4)


def test_a_key_that_is_held_down_confirms_one_need(url: str, page: Page, kept_store: Store) -> None:
    _open(page, url)
    _at(page, 1, 4, 4)
    journey.press_shortcut(page, "y", hold=True)
    _at(page, 2, 4, 3)
    for _ in range(3):
        page.keyboard.down("y")
    page.keyboard.up("y")
    journey.press_shortcut(page, "n")
    _at(page, 3, 4, 3)
    assert sum(map(len, kept_store.corrections(HOSPITAL).values())) == 1


def test_the_focus_stays_on_confirm_from_need_to_need(url: str, page: Page) -> None:
    _open(page, url)
    for place in (1, 2):
        _at(page, place, 4, 5 - place)
        confirm = page.get_by_role("button", name="Confirm")
        if place == 1:
            confirm.focus()
        expect(confirm).to_be_focused()
        page.keyboard.press("Enter")
    _at(page, 3, 4, 2)
