from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, Locks
from medalloc.errors import DecisionError
from medalloc.optimise.beds import plan_beds
from medalloc.optimise.check import check_bed_plan
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, waiting, ward

BEDS = [*bay("F", 3), *bay("M", 3), bed("S-1", features=("oxygen",)), bed("X-1", status=CLOSED)]
PEOPLE = [
    inpatient("woman", "F-1"),
    inpatient("fixed", "F-2", fixed=True),
    inpatient("man", "M-1", sex="male", fixed=True),
    waiting("A", 3),
    waiting("B", 4),
    waiting("C", 5, age=9),
]


def made():
    return hospital([ward(min_age=0)], BEDS, PEOPLE, need("B", oxygen="yes", level="hdu"))


@pytest.mark.parametrize(
    ("locks", "rule", "patient_id"),
    [
        (Locks(pins={"A": "nowhere"}), "usable_bed", "A"),
        (Locks(pins={"A": "X-1"}), "usable_bed", "A"),
        (Locks(pins={"A": "F-2"}), "one_patient_per_bed", "A"),
        (Locks(pins={"A": "F-3", "C": "F-3"}), "one_patient_per_bed", "C"),
        (Locks(pins={"A": "M-2"}), "bay_sex", "A"),
        (Locks(pins={"B": "S-1"}), "level", "B"),
        (Locks(pins={"B": "F-3"}), "features", "B"),
        (Locks(pins={"fixed": "S-1"}), "fixed", "fixed"),
        (Locks(pins={"A": "F-3"}, keep=frozenset({"A"})), "locked", "A"),
        (Locks(pins={"A": "F-3"}, forbidden=frozenset({("A", "F-3")})), "rejected", "A"),
    ],
)
def test_a_lock_that_breaks_a_rule_is_refused_by_name(locks, rule, patient_id):
    hospital_now = made()
    with pytest.raises(DecisionError, match=patient_id) as refusal:
        plan_beds(hospital_now.snapshot, hospital_now.needs, locks=locks)
    assert any(rule in violation and patient_id in violation for violation in refusal.value.violations)


def test_locks_that_exclude_each_other_are_refused():
    people = [inpatient("woman", "S-1", age=50), waiting("A", 3)]
    hospital_now = hospital([ward()], [bed("S-1"), bed("T-1", status=CLOSED)], people)
    with pytest.raises(DecisionError, match="A S-1") as refusal:
        plan_beds(hospital_now.snapshot, hospital_now.needs, locks=Locks(pins={"A": "S-1"}))
    assert "woman" in refusal.value.violations[0]


def test_a_lock_may_ask_somebody_else_to_move():
    hospital_now = made()
    locks = Locks(pins={"A": "F-1"})
    plan = plan_beds(hospital_now.snapshot, hospital_now.needs, locks=locks)
    assert plan.placement_of["A"].to_bed_id == "F-1"
    assert plan.placement_of["woman"].to_bed_id not in ("", "F-1")
    assert check_bed_plan(hospital_now.snapshot, hospital_now.needs, plan, locks) == ()


def test_a_lock_of_somebody_who_has_left_is_passed_over():
    hospital_now = made()
    plan = plan_beds(hospital_now.snapshot, hospital_now.needs, locks=Locks(pins={"gone": "S-1"}))
    assert "gone" not in plan.placement_of


def test_a_lock_to_the_own_bed_keeps_a_patient_there_whatever_is_wrong():
    hospital_now = hospital([ward(min_age=16)], [bed("S-1")], [inpatient("A", "S-1", age=3)])
    plan = plan_beds(hospital_now.snapshot, hospital_now.needs, locks=Locks(pins={"A": "S-1"}))
    assert plan.placement_of["A"].to_bed_id == "S-1"
    assert plan.placement_of["A"].reasons[0].code == "locked"


def test_a_lock_to_a_bed_whose_patient_is_expected_to_leave_is_a_hold():
    people = [inpatient("A", "S-1", edd=AT + timedelta(hours=6), fixed=True), waiting("Q", 3)]
    hospital_now = hospital([ward()], [bed("S-1"), bed("T-1")], people)
    locks = Locks(pins={"Q": "S-1"})
    plan = plan_beds(hospital_now.snapshot, hospital_now.needs, locks=locks)
    line = plan.placement_of["Q"]
    assert (line.action, line.to_bed_id, line.starts_at) == (Action.HOLD, "S-1", AT + timedelta(hours=8))
    assert check_bed_plan(hospital_now.snapshot, hospital_now.needs, plan, locks) == ()


def test_a_lock_to_a_bed_that_is_free_too_late_is_refused():
    people = [inpatient("A", "S-1", edd=AT + timedelta(hours=40), fixed=True), waiting("Q", 3)]
    hospital_now = hospital([ward()], [bed("S-1")], people)
    with pytest.raises(DecisionError, match="Q S-1 breaks one_patient_per_bed: the bed is kept by A"):
        plan_beds(hospital_now.snapshot, hospital_now.needs, locks=Locks(pins={"Q": "S-1"}))


def test_a_lock_into_a_bay_waits_for_the_strangers_who_leave_it():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6), fixed=True), waiting("Q", 3)]
    hospital_now = hospital([ward()], bay("B", 2), people)
    locks = Locks(pins={"Q": "B-2"})
    plan = plan_beds(hospital_now.snapshot, hospital_now.needs, locks=locks)
    assert plan.placement_of["Q"].starts_at == AT + timedelta(hours=8)
    assert check_bed_plan(hospital_now.snapshot, hospital_now.needs, plan, locks) == ()
