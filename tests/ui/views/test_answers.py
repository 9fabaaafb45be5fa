"""Answers on the page of the bed plan: worked out when they are asked for, about the plan that is shown."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from medalloc.domain.answers import WhyNot
from medalloc.domain.plan import Action, SolveStatus
from medalloc.optimise.beds.placements import Outcome
from medalloc.planned import FOLLOWS
from medalloc.store import Store
from tests.conftest import MANAGER
from tests.pages import open_page, run, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/beds/plan.py"


def with_other_beds(app: AppTest) -> AppTest:
    """The page with the box of the open suggestion opened."""
    app.session_state["beds.other_beds"] = True
    return run(app)


def tables_with(app: AppTest, column: str) -> list[pd.DataFrame]:
    return [table.value for table in app.table if column in table.value]


def others(app: AppTest) -> list[str]:
    """Lines of the other beds."""
    return [line for line in words(app).splitlines() if line.startswith(("- **+", "- **-", "- **–"))]


def why_not(app: AppTest, bed_id: str) -> str:
    """What the page says when it is asked why not this bed."""
    app.selectbox(key=f"beds.why_not_bed.{app.session_state['beds.suggestion']}").set_value(bed_id)
    said = words(run(app)).splitlines()
    return next(line for line in said if line.startswith(f"**{bed_id} "))


def test_nothing_is_worked_out_before_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]
) -> None:
    monkeypatch.setattr("medalloc.inquiry.outcome_of_plan", lambda *given: pytest.fail("nobody has asked"))
    app = open_page(PAGE)
    assert not app.exception
    assert others(app) == []


def test_other_beds_come_with_their_price_those_that_can_be_had_first(planned: tuple[Store, int]) -> None:
    app = with_other_beds(open_page(PAGE))
    assert not app.exception
    lines = others(app)
    barred = ["not allowed" in line for line in lines]
    assert 1 <= len(lines) <= 5
    assert barred == sorted(barred)
    assert [line.split("**")[1] == "–" for line in lines] == barred
    prices = [float(line.split("**")[1]) for line in lines if "not allowed" not in line]
    assert prices == sorted(prices)


def test_any_bed_but_the_proposed_one_can_be_asked_about(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    app = with_other_beds(open_page(PAGE))
    patient_id = app.session_state["beds.suggestion"]
    options = app.selectbox(key=f"beds.why_not_bed.{patient_id}").options
    assert len(options) == 6
    assert not any(option.startswith(f"{stored.plan.placement_of[patient_id].to_bed_id} ·") for option in options)


def test_a_bed_that_cannot_be_had_is_ruled_out_in_one_sentence(planned: tuple[Store, int]) -> None:
    app = with_other_beds(open_page(PAGE))
    (line, *_rest) = others(app)
    assert "not allowed (one patient per bed)" in line
    assert "Ruled out: those who are in the way cannot be placed elsewhere." in why_not(app, line.split()[2])


def test_a_price_within_bounds_is_worked_out_closely_when_a_person_asks(
    monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]
) -> None:
    def quick(outcome: Outcome, patient_id: str, bed_id: str) -> WhyNot:
        return WhyNot(patient_id, bed_id, status=SolveStatus.FEASIBLE, price=40.0, least_price=-1.0)

    def closer(outcome: Outcome, patient_id: str, bed_id: str) -> WhyNot:
        return WhyNot(patient_id, bed_id, status=SolveStatus.OPTIMAL, price=37.5, least_price=37.5)

    monkeypatch.setattr("medalloc.inquiry.price_of", quick)
    monkeypatch.setattr("medalloc.inquiry.closer_price_of", closer)
    app = with_other_beds(open_page(PAGE))
    bed_id = others(app)[0].split()[2]
    assert "It costs at most 40.0 points more." in why_not(app, bed_id)
    app.button(key=f"beds.why_not_bed.closer.{app.session_state['beds.suggestion']}").click()
    assert "It costs 37.5 points more." in words(run(app))


def test_needs_that_have_changed_are_planned_first(monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]) -> None:
    monkeypatch.setattr("medalloc.ui.hospital.HospitalView.needs_changed", frozenset({"P4"}))
    monkeypatch.setattr("medalloc.inquiry.outcome_of_plan", lambda *given: pytest.fail("of another plan"))
    app = with_other_beds(open_page(PAGE))
    assert "Needs have changed since this plan was made: plan again to ask about it." in words(app)


@pytest.fixture
def left_waiting(planned: tuple[Store, int]) -> str:
    """Somebody to whom the plan that is kept gives no bed, though the plan before it did."""
    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    line = next(one for one in stored.plan.placements if one.action is Action.ADMIT)
    waits = replace(line, action=Action.WAIT, to_bed_id="", starts_at=None, reasons=())
    placements = tuple(waits if one is line else one for one in stored.plan.placements)
    made_with = {FOLLOWS: stored.plan_id, "set": "standard", "version": 0}
    later = replace(stored.plan, placements=placements)
    store.save_plan(snapshot_id, later, stored.before, user=MANAGER, made_with=made_with)
    return line.patient_id


def test_what_would_help_is_said_of_the_patient_who_is_chosen(left_waiting: str) -> None:
    app = open_page(PAGE)
    assert tables_with(app, "What would have to give") == []
    app.selectbox(key="beds.would_help").set_value(left_waiting)
    app = run(app)
    assert not app.exception
    (table,) = tables_with(app, "What would have to give")
    assert len(table) >= 1


def test_a_change_from_the_plan_before_is_told_with_both_lines(left_waiting: str) -> None:
    (table,) = tables_with(open_page(PAGE), "Was")
    (row,) = table.to_dict("records")
    assert row["Patient"].endswith(left_waiting)
    assert row["Was"].startswith("admit")
    assert row["Is"] == "wait"


def test_a_first_plan_has_changed_nothing(planned: tuple[Store, int]) -> None:
    assert "Nothing: there is no plan before this one, or it says the same." in words(open_page(PAGE))
