from __future__ import annotations

import pytest

from benchmarks import events as module
from benchmarks.events import State, events, main, timed
from benchmarks.sample_beds import hospital
from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, BedPlan
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.situation import Background
from medalloc.optimise.check import check_bed_plan


@pytest.fixture(scope="module")
def planned() -> tuple[State, BedPlan]:
    """A hospital of 40 beds and its plan."""
    state = hospital(40, 3)
    return state, plan_beds(*state, BedSettings())


def test_each_event_changes_one_thing(planned: tuple[State, BedPlan]) -> None:
    (snapshot, needs), plan = planned
    after = dict(events((snapshot, needs), plan))
    assert list(after) == ["arrival", "discharge", "bed closed", "need corrected"]
    assert len(after["arrival"][0].patients) == len(snapshot.patients) + 1
    (left,) = set(snapshot.patients) - set(after["discharge"][0].patients)
    assert plan.placement_of[left.patient_id].action is Action.STAY
    (closed,) = set(after["bed closed"][0].beds) - set(snapshot.beds)
    assert closed.status is BedStatus.CLOSED
    given = next(line for line in plan.placements if line.to_bed_id == closed.bed_id)
    assert given.action is Action.ADMIT
    changed = {one for one in needs if after["need corrected"][1][one] != needs[one]}
    assert changed == {given.patient_id}


def test_a_plan_around_the_last_one_passes(planned: tuple[State, BedPlan]) -> None:
    state, plan = planned
    reference = {line.patient_id: line.to_bed_id for line in plan.placements}
    for _, after in events(state, plan):
        near, seconds = timed(after, BedSettings(), Background(reference, start=plan, around=True))
        assert check_bed_plan(*after, near) == ()
        assert 0 < seconds < 20


def test_the_table_has_a_row_per_event(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--beds", "40", "--seeds", "3"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert "anew" in head
    assert [row.split()[1] for row in rows] == ["arrival", "discharge", "bed", "need"]
    assert all(row.endswith("ok") for row in rows)


def test_a_broken_rule_fails_the_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(module, "check_bed_plan", lambda *_: ["broken"])
    monkeypatch.setattr(module, "events", lambda state, plan: [("nothing", state)])
    assert main(["--beds", "40", "--seeds", "3"]) == 1
    assert capsys.readouterr().out.count("1 BROKEN") == 1
