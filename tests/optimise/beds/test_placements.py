from dataclasses import replace
from datetime import timedelta

from medalloc.domain.plan import Action
from medalloc.domain.requirements import StayDays
from medalloc.optimise.beds import plan_beds
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.solve import solve_beds
from medalloc.optimise.check import check_bed_plan, current_breaches
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward


def test_a_stay_ends_at_the_expected_date_of_discharge_if_that_lies_ahead():
    people = [
        inpatient("A", "B-1", edd=AT + timedelta(days=2)),
        inpatient("C", "B-2", edd=AT - timedelta(hours=1)),
        inpatient("D", "B-3"),
    ]
    made = hospital([ward()], bay("B", 3), people)
    plan = plan_beds(made.snapshot, {})
    ends = {line.patient_id: (line.starts_at, line.ends_at) for line in plan.placements}
    assert ends == {"A": (AT, AT + timedelta(days=2)), "C": (AT, None), "D": (AT, None)}


def test_a_stay_beyond_a_hold_ends_when_expected():
    expected = person("E", status="expected", expected_at=AT + timedelta(hours=30))
    needs = replace(need("E"), stay=StayDays(1.0, 2.5, 9.0))
    made = hospital([ward()], [bed("B-1")], [expected], needs)
    line = plan_beds(made.snapshot, made.needs).placement_of["E"]
    assert (line.action, line.starts_at) == (Action.HOLD, AT + timedelta(hours=30))
    assert line.ends_at == AT + timedelta(hours=30, days=2.5)


def test_a_step_down_is_held_for_a_later_bed_and_keeps_theirs_until_then():
    people = [
        person("S", bed_id="I-1", source="step_down", waiting_since=AT - timedelta(hours=20)),
        inpatient("A", "B-1", edd=AT + timedelta(hours=6), fixed=True),
    ]
    made = hospital([ward(), ward("I", level="icu")], [bed("I-1", ward_id="I"), bed("B-1")], people)
    line = plan_beds(made.snapshot, made.needs).placement_of["S"]
    assert (line.action, line.from_bed_id, line.to_bed_id) == (Action.HOLD, "I-1", "B-1")
    assert line.starts_at == AT + timedelta(hours=8)
    assert check_bed_plan(made.snapshot, made.needs, plan_beds(made.snapshot, made.needs)) == ()


def test_an_outcome_knows_who_is_in_a_bed_one_after_the_other_and_who_shares_the_bay():
    people = [
        inpatient("A", "B-1", edd=AT + timedelta(hours=6), fixed=True),
        waiting("Q", 9),
        inpatient("C", "B-2"),
    ]
    made = hospital([ward()], bay("B", 2), people)
    outcome = solve_beds(made.snapshot, made.needs, Given())
    assert [(span.row, span.since, span.until) for span in outcome.in_bed["B-1"]] == [(0, 0, 2), (1, 2, 8)]
    assert outcome.mates(1, made.snapshot.bed_of["B-1"], 2, 8) == [2]
    assert outcome.mates(2, made.snapshot.bed_of["B-2"], 0, 8) == [0, 1]
    assert outcome.bed_ids == ("B-1", "B-1", "B-2")


def test_a_step_down_who_waits_keeps_the_bed():
    step_down = person("A", bed_id="I-1", source="step_down")
    made = hospital([ward("I", level="icu")], [bed("I-1", ward_id="I")], [step_down])
    line = plan_beds(made.snapshot, made.needs).placement_of["A"]
    assert (line.action, line.from_bed_id, line.to_bed_id, line.starts_at) == (Action.WAIT, "I-1", "I-1", None)


def test_the_longest_wait_gets_the_bed_that_stands_empty():
    people = [waiting("A", 1), waiting("C", 9), inpatient("M", "B-2", sex="male")]
    beds = [*bay("B", 2), bed("S-1", features=("x",))]
    made = hospital([ward()], beds, people)
    plan = plan_beds(made.snapshot, made.needs)
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()
    assert plan.placement_of["C"].to_bed_id in ("B-1", "S-1")


def test_two_patients_on_record_for_one_bed_are_taken_apart():
    people = [inpatient("A", "B-1"), inpatient("C", "B-1"), waiting("Q", 1)]
    made = hospital([ward()], bay("B", 3), people)
    assert len(current_breaches(made.snapshot, made.needs)) == 1
    plan = plan_beds(made.snapshot, made.needs)
    beds = [line.to_bed_id for line in plan.placements]
    assert len(set(beds)) == 3
    assert sorted(line.action for line in plan.placements) == ["admit", "stay", "transfer"]
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


def test_two_patients_in_the_only_bed_stay_at_a_price_and_nobody_joins_them():
    made = hospital([ward()], [bed("B-1")], [inpatient("A", "B-1"), inpatient("C", "B-1"), waiting("Q", 90)])
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.penalties["breach"] == 210
    assert plan.placement_of["Q"].action is Action.WAIT
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()


def test_an_inpatient_without_a_known_bed_is_found_one():
    made = hospital([ward()], bay("B", 2), [inpatient("A", "nowhere")], need("A", acuity="2"))
    line = plan_beds(made.snapshot, made.needs).placement_of["A"]
    assert (line.action, line.from_bed_id) == (Action.ADMIT, "")
    assert check_bed_plan(made.snapshot, made.needs, plan_beds(made.snapshot, made.needs)) == ()


def test_a_stay_without_an_expected_discharge_ends_at_its_median():
    needs = replace(need("A"), stay=StayDays(1.0, 2.5, 9.0))
    made = hospital([ward()], [bed("B-1")], [inpatient("A", "B-1")], needs)
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].ends_at == AT + timedelta(days=2.5)


def test_a_recorded_discharge_goes_before_the_expected_stay():
    edd = AT + timedelta(days=4)
    needs = replace(need("A"), stay=StayDays(1.0, 2.5, 9.0))
    made = hospital([ward()], [bed("B-1")], [inpatient("A", "B-1", edd=edd)], needs)
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].ends_at == edd
