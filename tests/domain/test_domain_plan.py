from datetime import datetime

import pytest

from medalloc.domain.plan import Action, BedPlan, Locks, Placement, Rule, SolveStatus, Violation

AT = datetime(2026, 3, 5, 8)


def plan(*placements: Placement, bound: float = 0.0) -> BedPlan:
    return BedPlan(AT, placements, SolveStatus.FEASIBLE, bound, 1.5)


PLAN = plan(
    Placement("P1", Action.ADMIT, to_bed_id="01", terms={"outlier": 3.0, "waiting": 1.5}),
    Placement("P2", Action.WAIT, terms={"waiting": 7.0}),
    Placement("P3", Action.STAY, "03", "03"),
    bound=9.2,
)


def test_penalty_is_the_sum_of_the_terms():
    assert [placement.penalty for placement in PLAN.placements] == [4.5, 7.0, 0]


def test_penalties_by_rule_sum_to_the_objective():
    assert PLAN.penalties == {"outlier": 3.0, "waiting": 8.5}
    assert PLAN.objective == 11.5


@pytest.mark.parametrize(("bound", "gap"), [(9.2, 0.2), (11.5, 0.0), (12.0, 0.0), (0.0, 1.0)])
def test_gap_is_the_share_that_could_be_saved(bound, gap):
    assert plan(*PLAN.placements, bound=bound).gap == pytest.approx(gap)


def test_gap_of_a_plan_that_costs_nothing():
    assert plan(Placement("P3", Action.STAY, "03", "03")).gap == 0


def test_placement_is_found_by_patient():
    assert PLAN.placement_of["P2"].action is Action.WAIT


def test_actions_for_which_somebody_must_do_something():
    assert {action for action in Action if action.moves} == {Action.ADMIT, Action.TRANSFER, Action.HOLD}


def test_violation_reads_as_a_sentence():
    assert str(Violation(Rule.LEVEL, "P1", "01", "needs icu")) == "P1 01 breaks level: needs icu"


def test_locks_are_empty_unless_said_otherwise():
    assert Locks() == Locks(pins={}, keep=frozenset(), forbidden=frozenset())
