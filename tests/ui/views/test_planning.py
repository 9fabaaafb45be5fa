from __future__ import annotations

from collections.abc import Mapping

import pytest

from medalloc import pipeline
from medalloc.domain.needs import NeedName, Needs
from medalloc.domain.plan import BedPlan
from medalloc.domain.review import User, UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.review import weight_sets
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from tests.conftest import MANAGER
from tests.pages import open_page, press, words

pytestmark = pytest.mark.usefixtures("state_dir")
NEEDS, BEDS = "pages/needs/patients.py", "pages/beds/plan.py"


@pytest.fixture
def remembered(
    planned: tuple[Store, int],
    tiny: HospitalSnapshot,
    tiny_plan: tuple[BedPlan, BedPlan],
) -> tuple[Store, int]:
    """The tiny hospital with a plan that remembers what it was made for."""
    store, snapshot_id = planned
    needs = pipeline.current_needs(store, snapshot_id, tiny)
    store.save_plan(snapshot_id, *tiny_plan, user=MANAGER, asked=pipeline.asked_of(tiny, needs))
    return planned


@pytest.mark.parametrize("page", [NEEDS, BEDS])
def test_a_fresh_plan_is_not_out_of_date(page: str, remembered: tuple[Store, int]) -> None:
    assert "corrected since" not in words(open_page(page))


def test_other_weights_ask_for_another_plan(
    monkeypatch: pytest.MonkeyPatch, remembered: tuple[Store, int], tiny_plan: tuple[BedPlan, BedPlan]
) -> None:
    store, snapshot_id = remembered
    made_with = {"set": "standard", "version": 0, "limits": {}}
    store.save_plan(snapshot_id, *tiny_plan, user=MANAGER, made_with=made_with)
    grace = User("Grace", UserRole.PLANNER)
    weight_sets.save_as(store, "winter", WeightSet(), user=grace)
    assert "Other weights are in force" not in words(open_page(BEDS))
    weight_sets.activate(store, "winter", saw=0, user=grace)
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    app = open_page(BEDS)
    assert "Other weights are in force than this plan was made with: winter, version 1." in words(app)
    press(app, "beds.plan_again")
    assert started == ["beds"]


def test_a_corrected_need_asks_for_another_plan(
    monkeypatch: pytest.MonkeyPatch, remembered: tuple[Store, int], tiny_needs: Mapping[str, Needs]
) -> None:
    started: list[str] = []
    monkeypatch.setattr("medalloc.jobs.start", lambda kind, arguments: started.append(kind) or "")
    app = press(open_page(NEEDS, needs__open=("P4", NeedName.VISIBLE)), "needs.confirm.visible.P4")
    assert "Needs corrected since this plan was made: 1 (patients it concerns: 1)." in words(app)
    beds = open_page(BEDS)
    assert "Needs corrected since this plan was made: 1 (patients it concerns: 1)." in words(beds)
    press(beds, "beds.plan_again")
    assert started == ["replan"]


def test_a_plan_is_published_and_withdrawn(remembered: tuple[Store, int]) -> None:
    store, snapshot_id = remembered
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    app = open_page(BEDS)
    assert "Published" not in words(app)
    press(app, "beds.publish")
    assert f"Published: No. 1 (plan {stored.plan_id}), local user, " in words(app)
    press(app, "beds.withdraw")
    assert "Published" not in words(app)
    assert [each.withdrawn_by for each in store.published_plans("Tiny General")] == ["local user"]


def test_who_publishes_late_is_told_who_was_first(remembered: tuple[Store, int]) -> None:
    store, snapshot_id = remembered
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    app = open_page(BEDS)
    store.publish_plan(stored.plan_id, saw=0, user=MANAGER)
    press(app, "beds.publish")
    assert "Ada published plan No. 1" in words(app)


def test_a_viewer_cannot_publish(remembered: tuple[Store, int]) -> None:
    app = open_page(BEDS, app__role=UserRole.VIEWER)
    assert app.button(key="beds.publish").disabled
