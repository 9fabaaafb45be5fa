from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from medalloc.domain.needs import Basis, Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import CareHours, StayDays
from medalloc.store import Store
from tests.pages import open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/needs/patients.py"


def _html(page: object) -> str:
    return "".join(str(element.proto.body) for element in page.get("html"))  # type: ignore[attr-defined]


def test_the_evidence_is_marked_in_the_note_and_what_is_open_more_strongly(planned: tuple[Store, int]) -> None:
    shown = _html(open_page(PAGE, needs__open=("P4", NeedName.VISIBLE)))
    assert '<mark class="now" title="In sight of the station: yes">confused ++, wandering' in shown
    shown = _html(open_page(PAGE, needs__open=("P4", NeedName.SPECIALTY)))
    assert '<mark title="In sight of the station: yes">confused ++, wandering' in shown


def test_the_evidence_of_what_is_unsure_is_marked_only_where_it_is_looked_at(
    planned: tuple[Store, int], tiny_needs: Mapping[str, Needs]
) -> None:
    store, snapshot_id = planned
    needs = tiny_needs["P4"]
    unsure = replace(needs.by_name[NeedName.VISIBLE], abstained=True, value="no")
    doubted = replace(needs, by_name={**needs.by_name, NeedName.VISIBLE: unsure})
    store.save_needs(snapshot_id, "other", {**tiny_needs, "P4": doubted})
    assert "<mark" not in _html(open_page(PAGE, needs__open=("P4", NeedName.SPECIALTY)))
    shown = _html(open_page(PAGE, needs__open=("P4", NeedName.VISIBLE)))
    assert '<mark class="now" title="In sight of the station?">' in shown


def test_needs_stand_by_group_and_any_can_be_opened(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, needs__open=("P4", NeedName.VISIBLE))
    group = app.radio(key="needs.pick.Bed.0")
    assert [str(option) for option in group.options] == [
        "✎ **Specialty: Geriatrics** 81%",
        "? **Oxygen: Unsure** 40%",
        "✎ **In sight of the station: Yes** 93%",
    ]
    group.set_value(NeedName.OXYGEN).run()
    assert app.subheader[0].value == "Oxygen: Unsure – perhaps yes"


def test_an_unread_need_says_so(planned: tuple[Store, int], tiny_needs: Mapping[str, Needs]) -> None:
    store, snapshot_id = planned
    unread = Need(NeedName.FALLS, "no", 0.0, NeedSource.NOTE, Binding.NONE, abstained=True, basis=Basis.UNREAD)
    found = Needs("P5", {NeedName.FALLS: unread})
    store.save_needs(snapshot_id, "other", {**tiny_needs, "P5": found})
    app = open_page(PAGE, needs__show="patients", needs__search="P5")
    assert "High risk of falls: Not read" in words(app)
    assert "There is no note: nothing is known of this need." in words(app)


def test_stay_and_care_are_told(planned: tuple[Store, int], tiny_needs: Mapping[str, Needs]) -> None:
    store, snapshot_id = planned
    full = replace(tiny_needs["P4"], stay=StayDays(1.5, 4.2, 9.0), care=CareHours(6.5, 3.0))
    store.save_needs(snapshot_id, "other", {**tiny_needs, "P4": full})
    app = open_page(PAGE, needs__open=("P4", NeedName.VISIBLE))
    assert "Care a day: nurse **" in words(app)


def test_care_says_what_it_leaves_out(planned: tuple[Store, int], tiny_needs: Mapping[str, Needs]) -> None:
    store, snapshot_id = planned
    unread = Need(NeedName.FEEDING, "no", 0.0, NeedSource.NOTE, Binding.NONE, abstained=True, basis=Basis.UNREAD)
    unsure = replace(unread, name=NeedName.MOBILITY, value="hoist", probability=0.4, basis=Basis.MODEL)
    found = Needs("P5", {one.name: one for one in (unread, unsure)}, care=CareHours(4.8, 2.4))
    store.save_needs(snapshot_id, "other", {**tiny_needs, "P5": found})
    app = open_page(PAGE, needs__show="patients", needs__search="P5")
    assert "Not counted, being unsure or not read: Mobility, Help with eating." in words(app)


def test_vital_signs_are_scored(planned: tuple[Store, int]) -> None:
    assert "NEWS2 at 06:00: 5" in words(open_page(PAGE, needs__open=("007", NeedName.ISOLATION)))
