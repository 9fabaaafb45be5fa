from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, BedPlan, Locks, Placement, Rule
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.check import check_bed_plan, current_breaches
from tests.optimise.hospitals import (
    AT,
    CLEANING,
    CLOSED,
    OCCUPIED,
    RESERVED,
    bay,
    bed,
    hospital,
    inpatient,
    need,
    person,
    waiting,
    ward,
)
from tests.optimise.random_hospital import random_hospital

WARDS = [
    ward(specialties=("respiratory",), min_age=16),
    ward("ICU", level="icu", sex_rule="mixed"),
    ward("KIDS", max_age=15, sex_rule="mixed"),
]
BEDS = [
    *bay("F", 3, features=("oxygen",)),
    *bay("M", 3),
    bed("N-1", features=("negative_pressure",)),
    bed("S-1"),
    bed("I-1", ward_id="ICU"),
    *bay("K", 2, ward_id="KIDS"),
    bed("X-1", status=CLOSED),
    bed("X-2", status=RESERVED),
    bed("X-3", status=OCCUPIED),
    bed("C-1", status=CLEANING, available_at=AT + timedelta(hours=3)),
]
PEOPLE = [
    inpatient("woman", "F-1"),
    inpatient("man", "M-1", sex="male"),
    inpatient("fixed", "M-3", sex="male", fixed=True),
    waiting("air", 9),
    waiting("ill", 8),
    waiting("breathless", 7),
    waiting("plain", 6),
    waiting("shielded", 5),
    person("later", status="expected", expected_at=AT + timedelta(hours=2)),
]
NEEDS = (
    need("air", isolation="airborne", organism="tuberculosis"),
    need("ill", level="icu"),
    need("breathless", oxygen="yes"),
    need("shielded", isolation="protective"),
)
LOCKS = Locks(
    pins={"plain": "F-3"}, keep=frozenset({"woman"}), forbidden=frozenset({("later", "S-1"), ("later", "F-2")})
)


@pytest.fixture(scope="module")
def made():
    return hospital(WARDS, BEDS, PEOPLE, *NEEDS)


@pytest.fixture(scope="module")
def plan(made):
    return plan_beds(made.snapshot, made.needs, locks=LOCKS)


def broken(made, plan, **changes):
    """Violations once a patient's line says something else."""
    (patient_id, fields), *_ = changes.items()
    lines = [replace(p, **fields) if p.patient_id == patient_id else p for p in plan.placements]
    return check_bed_plan(made.snapshot, made.needs, replace(plan, placements=tuple(lines)), LOCKS)


def test_the_plan_itself_breaks_nothing(made, plan):
    assert check_bed_plan(made.snapshot, made.needs, plan, LOCKS) == ()
    assert {p.patient_id: p.to_bed_id for p in plan.placements if p.action is Action.ADMIT} == {
        "air": "N-1",
        "ill": "I-1",
        "breathless": "F-2",
        "plain": "F-3",
        "shielded": "S-1",
    }


ADMITTED = {"action": Action.ADMIT, "starts_at": AT}


@pytest.mark.parametrize(
    ("patient_id", "fields", "rule"),
    [
        ("woman", {"action": Action.TRANSFER, "to_bed_id": "F-2"}, Rule.ONE_PATIENT_PER_BED),
        ("breathless", {"to_bed_id": "F-1"}, Rule.ONE_PATIENT_PER_BED),
        ("breathless", {"to_bed_id": "X-1"}, Rule.USABLE_BED),
        ("breathless", {"to_bed_id": "X-2"}, Rule.USABLE_BED),
        ("breathless", {"to_bed_id": "X-3"}, Rule.USABLE_BED),
        ("breathless", {"to_bed_id": "nowhere"}, Rule.USABLE_BED),
        ("breathless", {"to_bed_id": "C-1"}, Rule.USABLE_BED),
        ("breathless", {"starts_at": AT + timedelta(hours=1)}, Rule.USABLE_BED),
        ("breathless", {"to_bed_id": "M-2"}, Rule.BAY_SEX),
        ("shielded", {"to_bed_id": "M-2"}, Rule.ISOLATION),
        ("ill", {"to_bed_id": "K-1"}, Rule.LEVEL),
        ("breathless", {"to_bed_id": "K-1"}, Rule.AGE),
        ("breathless", {"to_bed_id": "M-2"}, Rule.FEATURES),
        ("fixed", {"action": Action.TRANSFER, "to_bed_id": "M-2"}, Rule.FIXED),
        ("plain", {"to_bed_id": "M-2"}, Rule.LOCKED),
        ("woman", {"action": Action.TRANSFER, "to_bed_id": "M-2"}, Rule.LOCKED),
        ("later", {"action": Action.HOLD, "to_bed_id": "S-1", "starts_at": AT + timedelta(hours=2)}, Rule.REJECTED),
        ("woman", {"action": Action.WAIT}, Rule.ONE_PATIENT_PER_BED),
        ("woman", {"from_bed_id": "F-2"}, Rule.ONE_PATIENT_PER_BED),
        ("plain", {"action": Action.STAY}, Rule.ONE_PATIENT_PER_BED),
        ("air", {"to_bed_id": ""}, Rule.ONE_PATIENT_PER_BED),
    ],
)
def test_each_broken_rule_is_named(made, plan, patient_id, fields, rule):
    found = broken(made, plan, **{patient_id: fields})
    assert (patient_id, rule) in {(violation.patient_id, violation.rule) for violation in found}


@pytest.mark.parametrize(
    ("patient_id", "bed_id", "rule"),
    [
        ("air", "S-1", Rule.ISOLATION),
        ("ill", "S-1", Rule.LEVEL),
        ("breathless", "S-1", Rule.FEATURES),
        ("shielded", "K-1", Rule.ISOLATION),
        ("child", "S-1", Rule.AGE),
        ("grown", "K-1", Rule.AGE),
        ("grown", "M-2", Rule.BAY_SEX),
        ("grown", "X-1", Rule.USABLE_BED),
        ("grown", "F-1", Rule.ONE_PATIENT_PER_BED),
    ],
)
def test_one_broken_rule_is_the_only_one_named(patient_id, bed_id, rule):
    wards = [*WARDS[:2], ward("KIDS", max_age=15 if patient_id == "grown" else 130, sex_rule="mixed")]
    people = [*PEOPLE[:2], waiting("child", 2, age=7), waiting("grown", 3), *PEOPLE[3:8]]
    made = hospital(wards, BEDS, people, *NEEDS)
    lines = [Placement(p.patient_id, Action.WAIT) for p in people[2:] if p.patient_id != patient_id]
    lines += [Placement(p.patient_id, Action.STAY, p.bed_id, p.bed_id, AT) for p in people[:2]]
    lines.append(Placement(patient_id, Action.ADMIT, "", bed_id, AT))
    found = check_bed_plan(made.snapshot, made.needs, a_plan(lines))
    assert [(violation.patient_id, violation.rule) for violation in found] == [(patient_id, rule)]


def a_plan(lines):
    return BedPlan(AT, tuple(lines), status="feasible", bound=0.0, runtime_s=0.0)


def test_a_patient_left_out_is_missed(made, plan):
    rest = replace(plan, placements=plan.placements[1:])
    (violation,) = check_bed_plan(made.snapshot, made.needs, rest, LOCKS)
    assert (violation.patient_id, violation.rule) == ("woman", Rule.ONE_PATIENT_PER_BED)


def test_a_patient_stated_twice_or_unknown_is_named(made, plan):
    twice = replace(plan, placements=(*plan.placements, plan.placements[1], Placement("ghost", Action.WAIT)))
    found = check_bed_plan(made.snapshot, made.needs, twice, LOCKS)
    assert {violation.patient_id for violation in found} == {"man", "ghost"}


def test_requirements_count_what_the_bed_lacks_and_not_what_it_has():
    made = hospital(
        [ward()],
        [bed("B-1", features=("oxygen", "suction")), bed("C-1", features=("telemetry",))],
        [waiting("A", 3)],
        need("A", oxygen="yes", suction="yes", telemetry="yes"),
    )
    for bed_id in ("B-1", "C-1"):
        found = check_bed_plan(made.snapshot, made.needs, a_plan([Placement("A", Action.ADMIT, "", bed_id, AT)]))
        assert [violation.rule for violation in found] == [Rule.FEATURES]
    assert plan_beds(made.snapshot, made.needs).placement_of["A"].action is Action.WAIT


def test_nobody_enters_a_bay_that_stays_mixed():
    people = [inpatient("F", "B-1", fixed=True), inpatient("M", "B-2", sex="male", fixed=True), waiting("A", 40)]
    made = hospital([ward()], bay("B", 3), people)
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.placement_of["A"].action is Action.WAIT
    assert plan.penalties["breach"] == 200
    forced = [*plan.placements[:2], Placement("A", Action.ADMIT, "", "B-3", AT)]
    found = check_bed_plan(made.snapshot, made.needs, a_plan(forced))
    assert [(violation.patient_id, violation.rule) for violation in found] == [("A", Rule.BAY_SEX)]


@pytest.mark.parametrize(("organism", "placed"), [("mrsa", True), ("norovirus", False), ("", False)])
def test_a_cohort_bay_takes_the_same_organism_alone(organism, placed):
    needs = [need("I", isolation="contact", organism="mrsa"), need("A", isolation="contact", organism=organism)]
    people = [inpatient("I", "B-2", fixed=True), waiting("A", 4), waiting("Z", 90)]
    made = hospital([ward()], bay("B", 4), people, *needs)
    plan = plan_beds(made.snapshot, made.needs)
    assert (plan.placement_of["A"].action is Action.ADMIT) == placed
    assert plan.placement_of["Z"].action is Action.WAIT
    forced = [Placement("I", Action.STAY, "B-2", "B-2", AT), Placement("A", Action.ADMIT, "", "B-1", AT)]
    found = check_bed_plan(made.snapshot, made.needs, a_plan([*forced, Placement("Z", Action.WAIT)]))
    assert bool(found) != placed


def test_a_breach_of_someone_who_stays_is_no_fault_of_the_plan():
    made = hospital([ward(min_age=16)], bay("B", 2), [inpatient("A", "B-1", age=9)], need("A", level="icu"))
    stays = a_plan([Placement("A", Action.STAY, "B-1", "B-1", AT)])
    assert check_bed_plan(made.snapshot, made.needs, stays) == ()
    assert {violation.rule for violation in current_breaches(made.snapshot, made.needs)} == {Rule.LEVEL, Rule.AGE}


@pytest.mark.parametrize("seed", range(10))
def test_a_move_into_a_bed_that_is_taken_is_found(seed):
    made = random_hospital(seed, beds=40, waiting=8, expected=0, odd=0.2, misfit=0.2)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.02))
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()
    mover = next(p for p in plan.placements if p.action.moves)
    taken = next(p.to_bed_id for p in plan.placements if p.to_bed_id not in ("", mover.to_bed_id, mover.from_bed_id))
    lines = [replace(p, to_bed_id=taken) if p is mover else p for p in plan.placements]
    found = check_bed_plan(made.snapshot, made.needs, replace(plan, placements=tuple(lines)))
    assert (mover.patient_id, Rule.ONE_PATIENT_PER_BED) in {(v.patient_id, v.rule) for v in found}
