import itertools
import math
from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.people import Readiness
from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, Locks, SolveStatus
from medalloc.domain.progress import Progress
from medalloc.errors import DataError
from medalloc.optimise.beds import Background, BedSettings, keep_as_is, plan_beds
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.solve import outcome_from, plan_of
from medalloc.optimise.check import check_bed_plan, current_breaches
from medalloc.optimise.rules import PlanLimits
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital
from tests.optimise.reprice import Judge

EXACT = BedSettings(gap=0.0)


def state_of(plan):
    return {placement.patient_id: placement.to_bed_id for placement in plan.placements}


def best(judge):
    """The least that any state costs, by looking at all."""
    people = judge.snapshot.patients
    found = float("inf")
    for stays in itertools.product(*(tuple(judge.options(patient)) for patient in people)):
        beds = [(stay.bed_id, stay.slot) for stay in stays if stay]
        state = {patient.patient_id: stay for patient, stay in zip(people, stays, strict=True)}
        if len(set(beds)) == len(beds) and judge.allowed(state):
            found = min(found, judge.cost(state))
    return found


CROWDS = (
    {"beds": 4, "waiting": 1, "occupancy": 0.5, "odd": 0.3},
    {"beds": 4, "waiting": 2, "occupancy": 0.9, "odd": 0.15},
    {"beds": 5, "waiting": 1, "occupancy": 0.7, "odd": 0.15, "ward_beds": 1},
)
"""Bays half empty, full bays, and single rooms of which the last is an ICU."""


@pytest.mark.parametrize("seed", range(75))
def test_a_small_plan_costs_as_little_as_any(seed):
    made = random_hospital(seed, expected=1, misfit=0.4, **CROWDS[seed % 3])
    settings = BedSettings(gap=0.0, horizon_days=2)

    plan = plan_beds(made.snapshot, made.needs, settings)

    judge = Judge(made.snapshot, made.needs, settings)
    assert plan.objective - judge.late(plan) == pytest.approx(best(judge), abs=1e-6)
    assert plan.bound == pytest.approx(best(judge), abs=1e-4)
    assert check_bed_plan(made.snapshot, made.needs, plan, limits=PlanLimits(horizon_days=2)) == ()


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_of_a_random_hospital_passes_and_is_priced_rightly(seed):
    made = random_hospital(seed, beds=60, waiting=9, expected=5, odd=0.1, misfit=0.1, ward_beds=8)

    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.02, time_limit_s=10))

    judge = Judge(made.snapshot, made.needs)
    assert check_bed_plan(made.snapshot, made.needs, plan, limits=PlanLimits()) == ()
    assert judge.allowed(judge.state_of(plan))
    cost = judge.cost(judge.state_of(plan)) + judge.late(plan)
    assert sum(plan.penalties.values()) == pytest.approx(cost, abs=1e-6)
    assert plan.bound <= plan.objective + 1e-6


def test_cbc_finds_a_plan_that_costs_the_same(monkeypatch):
    made = random_hospital(3, beds=30, waiting=5, expected=3)
    plan = plan_beds(made.snapshot, made.needs, EXACT)
    monkeypatch.setattr("medalloc.optimise.solver.highspy", None)
    monkeypatch.setattr("medalloc.optimise.warm.highspy", None)
    other = plan_beds(made.snapshot, made.needs, EXACT)
    assert other.solver.startswith("CBC")
    assert other.objective == pytest.approx(plan.objective)
    assert check_bed_plan(made.snapshot, made.needs, other) == ()


def test_the_same_seed_gives_the_same_plan():
    made = random_hospital(8, beds=60, waiting=9, expected=5)
    plans = [plan_beds(made.snapshot, made.needs, BedSettings(seed=4)) for _ in range(2)]
    assert plans[0].placements == plans[1].placements
    assert plans[0].seed == 4


def test_doing_nothing_is_priced_with_the_same_terms():
    made = random_hospital(5, beds=60, waiting=9, expected=5)
    as_it_is = keep_as_is(made.snapshot, made.needs)
    judge = Judge(made.snapshot, made.needs)
    assert state_of(as_it_is) == judge.own
    assert as_it_is.objective == pytest.approx(judge.cost(judge.state_of(as_it_is)), abs=1e-6)
    assert 0 < as_it_is.penalties["breach"] <= 3 * 70 * len(current_breaches(made.snapshot, made.needs))
    assert check_bed_plan(made.snapshot, made.needs, as_it_is) == ()


def test_an_empty_hospital_has_an_empty_plan():
    plan = plan_beds(hospital([], [], []).snapshot, {})
    assert plan.placements == ()
    assert (plan.status, plan.objective, plan.gap) == (SolveStatus.OPTIMAL, 0, 0)


def test_nobody_waiting_leaves_everybody_in_peace():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-1"), inpatient("C", "B-3")])
    plan = plan_beds(made.snapshot, made.needs)
    assert [placement.action for placement in plan.placements] == [Action.STAY, Action.STAY]


def test_without_beds_everybody_waits():
    made = hospital([ward()], [], [waiting("A", 3), waiting("B", 5), person("C", status="expected", expected_at=AT)])
    plan = plan_beds(made.snapshot, made.needs)
    assert {placement.action for placement in plan.placements} == {Action.WAIT}
    assert plan.placement_of["A"].reasons[0].code == "no_free_bed"


def test_in_a_closed_hospital_everybody_waits():
    made = hospital([ward()], [replace(b, status=BedStatus.CLOSED) for b in bay("B", 3)], [waiting("A", 3)])
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].action is Action.WAIT


def test_of_two_for_one_bed_the_longer_wait_gets_it():
    made = hospital([ward()], bay("B", 1), [waiting("A", 3), waiting("B", 5)])
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.placement_of["B"].to_bed_id == "B-1"
    assert plan.placement_of["A"].action is Action.WAIT


def test_one_present_outranks_one_expected():
    expected = person("E", status="expected", source="ed", expected_at=AT + timedelta(hours=1))
    made = hospital([ward()], bay("B", 1), [expected, waiting("A", 0, source="ed")])
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].action is Action.ADMIT


def test_a_wait_of_six_hours_is_worth_moving_a_fit_inpatient_but_no_frail_one_again():
    beds = [bed("B-1", features=("telemetry",)), bed("B-2")]
    queue = waiting("A", 6, source="ed")
    needs = need("A", acuity="3", telemetry="yes")
    fit = hospital([ward()], beds, [queue, inpatient("F", "B-1", age=44)], needs)
    frail = hospital([ward()], beds, [queue, inpatient("F", "B-1", age=86, moves=2)], needs)
    assert plan_beds(fit.snapshot, fit.needs).placement_of["F"].action is Action.TRANSFER
    assert plan_beds(frail.snapshot, frail.needs).placement_of["F"].action is Action.STAY


def test_a_bed_being_cleaned_is_held():
    ready = AT + timedelta(hours=5)
    made = hospital([ward()], [bed("B-1", status=BedStatus.CLEANING, available_at=ready)], [waiting("A", 3)])
    placement = plan_beds(made.snapshot, made.needs).placement_of["A"]
    assert (placement.action, placement.starts_at) == (Action.HOLD, ready)


def test_a_bed_cleaned_too_late_is_not_held():
    late = bed("B-1", status=BedStatus.CLEANING, available_at=AT + timedelta(hours=25))
    made = hospital([ward()], [late], [waiting("A", 3)])
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].action is Action.WAIT


def test_a_chain_frees_the_only_bed_that_suits():
    beds = [bed("I-1", ward_id="I"), bed("B-1")]
    people = [person("S", bed_id="I-1", status="waiting", source="step_down"), waiting("Q", 2)]
    wards = [ward(), ward("I", level="icu")]
    made = hospital(wards, beds, people, need("Q", level="icu", acuity="1"))
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.placement_of["S"].to_bed_id == "B-1"
    assert plan.placement_of["Q"].to_bed_id == "I-1"


def test_the_transfers_of_a_plan_are_capped():
    made = random_hospital(3, beds=60, waiting=6, expected=2, misfit=0.3)
    patients = made.snapshot.patient_of

    def moved(**settings):
        plan = plan_beds(made.snapshot, made.needs, BedSettings(**settings))
        lines = [line for line in plan.placements if line.action is Action.TRANSFER]
        return sum(patients[line.patient_id].status == "inpatient" for line in lines)

    assert moved() > 2
    assert moved(max_transfers=2) == 2


def test_without_time_the_status_does_not_claim_the_best():
    made = random_hospital(1, beds=120, waiting=18, expected=9, misfit=0.2)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(time_limit_s=0.001, gap=0.0))
    assert plan.status is SolveStatus.FEASIBLE
    assert plan.bound <= plan.objective <= keep_as_is(made.snapshot, made.needs).objective + 1e-6
    assert len(plan.placements) == len(made.snapshot.patients)
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


def test_without_time_to_keep_the_locks_there_is_no_plan():
    made = random_hospital(1, beds=120, waiting=18, expected=9, occupancy=0.8)
    usual = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.1))
    pins = {line.patient_id: line.to_bed_id for line in usual.placements if line.action is Action.ADMIT}
    plan = plan_beds(made.snapshot, made.needs, BedSettings(time_limit_s=0.001), Locks(pins=pins))
    assert len(pins) > 1
    assert plan.status is SolveStatus.NO_PLAN
    assert {line.action for line in plan.placements} <= {Action.STAY, Action.WAIT}


def test_progress_can_stop_the_solve():
    made = random_hospital(1, beds=120, waiting=18, expected=9, misfit=0.2)
    heard: list[Progress] = []

    def stop(progress: Progress) -> bool:
        heard.append(progress)
        return False

    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.0), on_progress=stop)
    assert heard[0].step == "build"
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


def test_locks_hold():
    made = hospital([ward()], bay("B", 3), [waiting("A", 3), waiting("C", 5), waiting("D", 7)])
    locks = Locks(pins={"A": "B-2"}, keep=frozenset({"C"}), forbidden=frozenset({("D", "B-1")}))
    plan = plan_beds(made.snapshot, made.needs, locks=locks)
    assert state_of(plan) == {"A": "B-2", "C": "", "D": "B-3"}
    assert check_bed_plan(made.snapshot, made.needs, plan, locks) == ()


def test_bad_settings_are_refused():
    with pytest.raises(DataError, match="horizon_days"):
        BedSettings(horizon_days=0)


def test_a_discharge_before_admission_counts_as_not_known():
    expected = person("E", status="expected", expected_at=AT + timedelta(hours=20), edd=AT + timedelta(hours=3))
    made = hospital([ward()], [bed("B-1")], [expected])
    line = plan_beds(made.snapshot, made.needs).placement_of["E"]
    assert (line.action, line.ends_at) == (Action.HOLD, None)


def test_a_feature_that_no_bed_has_is_a_wait_with_the_rule():
    made = hospital([ward()], bay("B", 2), [waiting("A", 3)], need("A", dialysis="yes"))
    line = plan_beds(made.snapshot, made.needs).placement_of["A"]
    assert line.action is Action.WAIT
    assert [reason.values for reason in line.reasons if reason.code == "blocked"] == [
        (("rule", "features"), ("beds", "2"))
    ]


def test_a_ward_without_beds_takes_nobody():
    made = hospital([ward(), ward("V")], bay("B", 1), [waiting("A", 3), waiting("C", 5)])
    assert sorted(state_of(plan_beds(made.snapshot, made.needs)).values()) == ["", "B-1"]


def test_a_bed_that_is_expected_to_be_free_is_asked_for_at_its_expected_cost():
    sure = [inpatient("A", "B-1", edd=AT + timedelta(hours=2), readiness=Readiness.READY, fixed=True), waiting("Q", 9)]
    made = hospital([ward()], bay("B", 1), sure)
    line = plan_beds(made.snapshot, made.needs).placement_of["Q"]
    chance = 1 - 0.15 * math.exp(-0 / 24)
    assert (line.action, line.starts_at) == (Action.HOLD, AT + timedelta(hours=4))
    assert line.terms["waiting"] == pytest.approx(1.25 * 21 * (1 - chance * (1 - 4 / 24)))


def test_the_last_published_plan_is_kept_where_it_costs_no_more():
    made = hospital([ward()], [*bay("B", 3), *bay("D", 3)], [waiting("A", 3), waiting("C", 5), waiting("E", 6)])
    reference = {"A": "D-2", "C": "B-3", "E": "D-1"}
    plan = plan_beds(made.snapshot, made.needs, EXACT, background=Background(reference=reference))
    assert state_of(plan) == reference


def test_a_plan_is_a_start_for_the_next():
    made = random_hospital(7, beds=60, waiting=9, expected=5)
    plan = plan_beds(made.snapshot, made.needs, EXACT)
    again = plan_beds(made.snapshot, made.needs, EXACT, background=Background(start=plan))
    assert again.objective == pytest.approx(plan.objective, abs=1e-6)


def test_an_outcome_can_be_had_from_a_stored_plan():
    made = random_hospital(5, beds=60, waiting=9, expected=5, misfit=0.2)
    plan = plan_beds(made.snapshot, made.needs, EXACT)
    outcome = outcome_from(made.snapshot, made.needs, Given(EXACT), plan)
    assert plan_of(outcome, plan.runtime_s) == replace(plan, scarce=())
