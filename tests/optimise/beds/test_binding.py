from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.plan import Action, BedPlan, Placement, SolveStatus
from medalloc.optimise.beds import keep_as_is
from medalloc.optimise.beds.binding import differences, scarce_beds
from medalloc.optimise.beds.solve import outcome_from, plan_of
from tests.optimise.beds.answered import lively, planned
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, waiting, ward


def crowd(beds, *needs):
    """Three who have waited alike, and leave alike."""
    people = [waiting(name, 4, edd=AT + timedelta(days=9)) for name in ("P", "Q", "R")]
    return hospital([ward()], beds, people, *needs)


def test_beds_of_one_type_are_scarce_by_what_the_next_patient_would_save():
    (only,) = scarce_beds(planned(crowd(bay("B", 2, features=("oxygen",)))))
    assert (only.ward_id, only.single, only.features, only.beds) == ("W", False, frozenset({"oxygen"}), 2)
    assert only.points == pytest.approx(1.25 * 16)
    assert only.starts_at == AT


def test_what_is_needed_by_more_than_have_it_is_scarce_and_nothing_else():
    beds = [bed("A-1", features=("oxygen",)), *bay("B", 3)]
    needs = [need(name, oxygen="yes") for name in ("P", "Q", "R")]
    (only,) = scarce_beds(planned(crowd(beds, *needs)))
    assert (only.single, only.features, only.beds) == (True, frozenset({"oxygen"}), 1)
    assert only.points == pytest.approx(1.25 * 16 - 3.0)


def test_beds_enough_are_not_scarce():
    assert scarce_beds(planned(crowd(bay("B", 4)))) == ()


def test_the_dearest_comes_first():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1", ward_id="X")]
    people = [
        waiting(name, hours, edd=AT + timedelta(days=9)) for name, hours in (("P", 4), ("Q", 4), ("R", 30), ("S", 30))
    ]
    wards = [ward(), ward("X", level="hdu")]
    needs = [need("R", level="hdu"), need("S", level="hdu"), need("P", oxygen="yes"), need("Q", oxygen="yes")]
    found = scarce_beds(planned(hospital(wards, beds, people, *needs)))
    assert [one.ward_id for one in found] == ["X", "W"]
    assert found[0].points > found[1].points


def test_a_slot_in_which_nobody_is_short_is_not_named():
    people = [inpatient("A", "A-1", edd=AT + timedelta(hours=6), fixed=True)]
    people += [waiting(name, 4, edd=AT + timedelta(days=9)) for name in ("P", "Q")]
    outcome = planned(hospital([ward()], [bed("A-1")], people))
    (only,) = scarce_beds(outcome)
    assert only.starts_at >= AT
    duals = outcome.found.capacity_duals
    assert only.points == pytest.approx(duals.sum())
    assert duals[0, int(np.argmax(duals[0]))] == duals.max()


def test_a_plan_that_was_stored_has_no_prices():
    made, outcome = lively(2)
    plan = plan_of(outcome, 0.0)
    assert scarce_beds(outcome)
    assert scarce_beds(outcome_from(made.snapshot, made.needs, outcome.situation.given, plan)) == ()


def test_the_difference_of_two_plans_is_told_term_by_term():
    made, outcome = lively(1)
    before, after = keep_as_is(made.snapshot, made.needs), plan_of(outcome, 0.0)
    found = differences(before, after)
    assert list(found) == sorted(found)
    assert sum(new - old for old, new in found.values()) == pytest.approx(after.objective - before.objective)
    assert found["waiting"][0] > found["waiting"][1]


def test_what_costs_nothing_in_one_plan_counts_nothing():
    plans = [
        BedPlan(AT, (Placement("A", Action.WAIT, terms=terms),), SolveStatus.OPTIMAL, 0.0, 0.0)
        for terms in ({"waiting": 7.5}, {"transfer": 15.0, "waiting": 2.0})
    ]
    assert differences(*plans) == {"transfer": (0.0, 15.0), "waiting": (7.5, 2.0)}
