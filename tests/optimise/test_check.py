from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, Locks, Placement, Rule
from medalloc.optimise.check import check_bed_plan, current_breaches
from medalloc.optimise.rules import PlanLimits
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
from tests.optimise.random_plans import a_plan, as_it_is, comes, with_line

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


ADMITTED = {"air": "N-1", "ill": "I-1", "breathless": "F-2", "plain": "F-3", "shielded": "S-1"}


@pytest.fixture
def plan(made):
    plan = as_it_is(made.snapshot)
    for patient_id, bed_id in ADMITTED.items():
        plan = with_line(plan, comes(made.snapshot, made.snapshot.patient_of[patient_id], bed_id, 0))
    return plan


def broken(made, plan, **changes):
    """Violations once a patient's line says something else."""
    (patient_id, fields), *_ = changes.items()
    lines = [replace(p, **fields) if p.patient_id == patient_id else p for p in plan.placements]
    return check_bed_plan(made.snapshot, made.needs, replace(plan, placements=tuple(lines)), LOCKS)


def test_the_plan_itself_breaks_nothing(made, plan):
    assert check_bed_plan(made.snapshot, made.needs, plan, LOCKS) == ()


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
    found = check_bed_plan(made.snapshot, made.needs, a_plan(made.snapshot, tuple(lines)))
    assert [(violation.patient_id, violation.rule) for violation in found] == [(patient_id, rule)]


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
        found = check_bed_plan(
            made.snapshot, made.needs, a_plan(made.snapshot, (Placement("A", Action.ADMIT, "", bed_id, AT),))
        )
        assert [violation.rule for violation in found] == [Rule.FEATURES]


def test_nobody_enters_a_bay_that_stays_mixed():
    people = [inpatient("F", "B-1"), inpatient("M", "B-2", sex="male"), waiting("A", 40)]
    made = hospital([ward()], bay("B", 3), people)
    plan = with_line(as_it_is(made.snapshot), comes(made.snapshot, people[2], "B-3", 0))
    found = check_bed_plan(made.snapshot, made.needs, plan)
    assert [(violation.patient_id, violation.rule) for violation in found] == [("A", Rule.BAY_SEX)]


@pytest.mark.parametrize(("organism", "fits"), [("mrsa", True), ("norovirus", False), ("", False)])
def test_a_cohort_bay_takes_the_same_organism_alone(organism, fits):
    needs = [need("I", isolation="contact", organism="mrsa"), need("A", isolation="contact", organism=organism)]
    people = [inpatient("I", "B-2"), waiting("A", 4)]
    made = hospital([ward()], bay("B", 4), people, *needs)
    plan = with_line(as_it_is(made.snapshot), comes(made.snapshot, people[1], "B-1", 0))
    found = check_bed_plan(made.snapshot, made.needs, plan)
    assert {violation.rule for violation in found} == (set() if fits else {Rule.ISOLATION})


def test_a_breach_of_someone_who_stays_is_no_fault_of_the_plan():
    made = hospital([ward(min_age=16)], bay("B", 2), [inpatient("A", "B-1", age=9)], need("A", level="icu"))
    stays = as_it_is(made.snapshot)
    assert check_bed_plan(made.snapshot, made.needs, stays) == ()
    assert {violation.rule for violation in current_breaches(made.snapshot, made.needs)} == {Rule.LEVEL, Rule.AGE}


ROOMS = [bed("A-2"), bed("B-2", ward_id="V"), bed("C-2")]


def test_limits_count_only_where_they_are_given():
    people = [inpatient(name, f"{name}-1", moves=7) for name in "ABC"]
    made = hospital([ward(), ward("V", open=False)], [bed("A-1"), bed("B-1"), bed("C-1"), *ROOMS], people)
    plan = as_it_is(made.snapshot)
    for patient in people:
        plan = with_line(plan, comes(made.snapshot, patient, f"{patient.patient_id}-2", 0))
    assert check_bed_plan(made.snapshot, made.needs, plan) == ()
    limits = PlanLimits(escalation=False, max_transfers=2, max_moves=8)
    found = check_bed_plan(made.snapshot, made.needs, plan, None, limits)
    assert sorted((v.patient_id, str(v.rule)) for v in found) == [("B", "usable_bed"), ("C", "moves")]


@pytest.mark.parametrize(("horizon_days", "valid"), [(2, True), (1, False)])
def test_a_plan_says_itself_how_far_it_looks_ahead(horizon_days, valid):
    arriving = person("A", status="expected", expected_at=AT + timedelta(hours=30))
    made = hospital([ward()], [bed("S-1")], [arriving])
    plan = with_line(as_it_is(made.snapshot), comes(made.snapshot, arriving, "S-1", 30))
    found = check_bed_plan(made.snapshot, made.needs, replace(plan, horizon_days=horizon_days))
    assert (found == ()) == valid
