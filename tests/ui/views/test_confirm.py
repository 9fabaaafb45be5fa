from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/needs/patients.py"


def test_the_list_opens_at_its_first_need(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    assert "**1 of 4** · 4 to confirm" in words(app)
    assert app.button(key="needs.step.p").disabled
    assert app.subheader[0].value == "Isolation: Contact"


def test_next_and_previous_step_through_it(planned: tuple[Store, int]) -> None:
    app = press(open_page(PAGE), "needs.step.n")
    assert "**2 of 4**" in words(app)
    press(press(app, "needs.step.n"), "needs.step.n")
    assert app.button(key="needs.step.n").disabled
    assert "**3 of 4**" in words(press(app, "needs.step.p"))


def test_a_line_of_the_list_opens_its_need(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    app.radio(key="needs.line.0").set_value("oxygen.P4").run()
    assert app.subheader[0].value == "Oxygen: Unsure – perhaps yes"


def test_a_choice_keeps_the_list_and_a_step_makes_another(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE)
    app.radio(key="needs.line.0").set_value("visible.P4").run()
    assert app.radio(key="needs.line.0").value == "visible.P4"
    assert app.radio(key="needs.pick.Bed.1").value == "visible"
    press(app, "needs.step.n")
    assert app.radio(key="needs.line.2").value == "specialty.P4"


def test_a_filter_shortens_the_list(planned: tuple[Store, int]) -> None:
    assert "**1 of 2** · 2 to confirm" in words(open_page(PAGE, needs__doubt="from_note"))


def test_when_all_is_confirmed_it_says_so(planned: tuple[Store, int]) -> None:
    store, _ = planned
    app = open_page(PAGE)
    for item in ("isolation.007", "visible.P4", "specialty.P4", "oxygen.P4"):
        press(app, f"needs.confirm.{item}")
    assert sum(map(len, store.corrections("Tiny General").values())) == 4
    assert "0 to confirm" in words(app), "what was decided stays, to be taken back"
    assert any("Every need that the plan asks about" in str(one.value) for one in open_page(PAGE).success)
