from __future__ import annotations

from dataclasses import replace

import pytest

from medalloc.domain.plan import Action, BedPlan, Placement, Reason, SolveStatus
from medalloc.domain.review import RejectReason, Verdict
from medalloc.review.suggestions import is_about, settled, suggestions
from tests.review.examples import AT, decision


def plan(*placements: Placement) -> BedPlan:
    return BedPlan(AT, placements, SolveStatus.OPTIMAL, bound=0.0, runtime_s=0.1)


def wait(patient_id: str, **terms: float) -> Placement:
    return Placement(patient_id, Action.WAIT, terms=terms)


PLAN = plan(
    Placement("P1", Action.STAY, "01", "01", AT),
    Placement("P2", Action.TRANSFER, "02", "05", AT, terms={"transfer": 15.0, "outlier": 1.5}),
    Placement("P3", Action.ADMIT, "", "02", AT, terms={"side_room": 3.0}, reasons=(Reason("no_free_bed"),)),
    wait("P4", waiting=6.0),
    Placement("P5", Action.HOLD, "", "03", AT, terms={"waiting": 2.25}),
    Placement("P6", Action.ADMIT, "", "06", AT),
)
BEFORE = plan(
    Placement("P1", Action.STAY, "01", "01", AT),
    Placement("P2", Action.STAY, "02", "02", AT),
    wait("P3", waiting=20.0, breach=4.0),
    wait("P4", waiting=6.0),
    wait("P5", waiting=9.5),
    wait("P6", waiting=21.0),
)


def test_one_suggestion_per_move_by_falling_benefit() -> None:
    found = suggestions(PLAN, BEFORE, {})
    assert [(one.patient_id, one.benefit) for one in found] == [
        ("P3", 21),
        ("P6", 21),
        ("P5", 7.25),
        ("P2", -16.5),
    ]


def test_suggestion_says_from_where_to_where_and_why() -> None:
    first = suggestions(PLAN, BEFORE, {})[0]
    assert (first.action, first.from_bed_id, first.to_bed_id, first.starts_at) == (Action.ADMIT, "", "02", AT)
    assert (first.terms_before, first.terms_after) == ({"waiting": 20.0, "breach": 4.0}, {"side_room": 3.0})
    assert first.reasons == (Reason("no_free_bed"),)


def test_benefit_is_the_sum_over_the_terms_and_adds_up_to_what_the_plan_saves() -> None:
    found = suggestions(PLAN, BEFORE, {})
    assert sum(one.benefit for one in found) == pytest.approx(BEFORE.objective - PLAN.objective)


def test_patient_whom_the_do_nothing_plan_does_not_know_costs_nothing_there() -> None:
    (only,) = suggestions(plan(PLAN.placements[2]), plan(), {})
    assert only.benefit == -3.0


def test_undecided_suggestion_names_version_zero() -> None:
    assert suggestions(PLAN, BEFORE, {})[0].version == 0


def test_decision_stands_beside_the_move_it_is_about() -> None:
    made = decision(Verdict.ACCEPT, "02", version=4)
    first = suggestions(PLAN, BEFORE, {"P3": made})[0]
    assert (first.decision, first.overtaken, first.version) == (made, None, 4)


def test_decision_about_another_bed_is_overtaken_and_still_to_be_named() -> None:
    made = decision(Verdict.REJECT, "05", version=2, reason=RejectReason.NOT_THIS_BED)
    first = suggestions(PLAN, BEFORE, {"P3": made})[0]
    assert (first.decision, first.overtaken, first.version) == (None, made, 2)


def test_settled_are_those_whom_the_plan_no_longer_moves() -> None:
    moved = decision(Verdict.ACCEPT, "02")
    waiting = replace(decision(Verdict.REJECT, "03", reason=RejectReason.DO_NOT_MOVE), patient_id="P4")
    gone = replace(decision(Verdict.LOCK, "04"), patient_id="P9")
    assert settled(PLAN, [moved, waiting, gone]) == [waiting, gone]


STAYS = Placement("P3", Action.STAY, "01", "01", AT)
WAITS = wait("P3", waiting=6.0)
MOVES = PLAN.placements[2]
STAY = RejectReason.DO_NOT_MOVE


@pytest.mark.parametrize(
    ("verdict", "bed_id", "reason", "placement", "about"),
    [
        (Verdict.ACCEPT, "02", None, MOVES, True),
        (Verdict.ACCEPT, "03", None, MOVES, False),
        (Verdict.LOCK, "01", None, STAYS, True),
        (Verdict.REJECT, "02", RejectReason.NOT_THIS_BED, MOVES, True),
        (Verdict.REJECT, "03", RejectReason.NOT_THIS_BED, MOVES, False),
        (Verdict.REJECT, "02", RejectReason.NOT_THIS_BED, WAITS, False),
        (Verdict.REJECT, "02", STAY, MOVES, True),
        (Verdict.REJECT, "03", STAY, MOVES, False),
        (Verdict.REJECT, "02", STAY, WAITS, True),
        (Verdict.REJECT, "02", STAY, STAYS, True),
    ],
)
def test_decision_is_about_what_was_proposed(
    verdict: Verdict, bed_id: str, reason: RejectReason | None, placement: Placement, about: bool
) -> None:
    assert is_about(decision(verdict, bed_id, reason=reason), placement) is about
