from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, Locks, SolveStatus
from medalloc.domain.progress import Progress
from medalloc.optimise.beds import BedSettings, BedWeights, keep_as_is, plan_beds
from medalloc.optimise.check import check_bed_plan, current_breaches
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital
from tests.optimise.reprice import Judge

EXACT = BedSettings(gap=0.0)


def state_of(plan):
    return {placement.patient_id: placement.to_bed_id for placement in plan.placements}


@pytest.mark.parametrize("seed", range(60))
def test_a_small_plan_costs_as_little_as_any(seed):
    made = random_hospital(seed, beds=5, waiting=1, expected=1, occupancy=0.6, odd=0.3, misfit=0.5)
    if len(made.snapshot.patients) > 5:
        made = random_hospital(seed, beds=5, waiting=1, expected=1, occupancy=0.2, odd=0.3, misfit=0.5)

    plan = plan_beds(made.snapshot, made.needs, EXACT)

    judge = Judge(made.snapshot, made.needs, BedWeights())
    assert plan.objective == pytest.approx(judge.best(), abs=1e-6)
    assert plan.bound == pytest.approx(plan.objective, abs=1e-4)
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_of_a_random_hospital_passes_and_is_priced_rightly(seed):
    made = random_hospital(seed, beds=60, waiting=9, expected=5, odd=0.1, misfit=0.1)

    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.02, time_limit_s=10))

    judge = Judge(made.snapshot, made.needs, BedWeights())
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()
    assert sum(plan.penalties.values()) == pytest.approx(judge.cost(state_of(plan)), abs=1e-6)
    assert plan.bound <= plan.objective + 1e-6


def test_the_bound_over_few_columns_is_one_of_the_whole_problem(monkeypatch):
    made = random_hospital(3, beds=60, waiting=9, expected=5, odd=0.02, misfit=0.02)
    whole = plan_beds(made.snapshot, made.needs, EXACT)

    monkeypatch.setattr("medalloc.optimise.beds.columns.FEW", 10)
    monkeypatch.setattr("medalloc.optimise.beds.search.COLUMNS", 1)
    priced = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.01))

    assert priced.bound <= whole.objective + 1e-6
    assert priced.objective >= whole.objective - 1e-6
    assert priced.gap <= 0.01


def test_cbc_finds_a_plan_that_costs_the_same(monkeypatch):
    made = random_hospital(3, beds=30, waiting=5, expected=3)
    plan = plan_beds(made.snapshot, made.needs, EXACT)
    monkeypatch.setattr("medalloc.optimise.solver.highspy", None)
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
    own = state_of(as_it_is)
    judge = Judge(made.snapshot, made.needs, BedWeights())
    assert own == judge.own
    assert as_it_is.objective == pytest.approx(judge.cost(own), abs=1e-6)
    assert as_it_is.penalties["breach"] == 200 * len(current_breaches(made.snapshot, made.needs))
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
    needs = need("A", acuity="2", telemetry="yes")
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
    late = bed("B-1", status=BedStatus.CLEANING, available_at=AT + timedelta(hours=13))
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
    made = random_hospital(2, beds=60, waiting=6, expected=2, misfit=0.3)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(max_transfers=2))
    patients = made.snapshot.patient_of
    moved = [p for p in plan.placements if p.action is Action.TRANSFER and patients[p.patient_id].status == "inpatient"]
    assert len(moved) == 2


def test_without_time_the_status_does_not_claim_the_best():
    made = random_hospital(1, beds=120, waiting=18, expected=9, misfit=0.2)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(time_limit_s=0.001, gap=0.0))
    assert plan.status is SolveStatus.FEASIBLE or plan.status is SolveStatus.NO_PLAN
    assert len(plan.placements) == len(made.snapshot.patients)
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


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
