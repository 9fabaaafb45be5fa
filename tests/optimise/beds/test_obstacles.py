from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Rule
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.obstacles import (
    OBSTACLES,
    Obstacle,
    not_clean,
    of_bed,
    of_company,
    of_others,
    of_person,
    of_staying,
    of_use,
    reason,
)
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.beds.solve import as_it_is
from tests.optimise.beds.answered import planned, row
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


def standing(made, locks=None):
    """Everybody where they are."""
    return as_it_is(compile_situation(situation_of(made.snapshot, made.needs, Given(locks=locks or Locks()))))


def told(obstacles):
    return [(each.rule, each.gives.code, dict(each.gives.values)) for each in obstacles]


def against_person(patient, bed_id="C-1", locks=None):
    made = hospital([ward()], [bed("A-1"), bed("C-1"), bed("D-1")], [patient])
    return told(of_person(standing(made, locks), 0, bed_id))


def test_nothing_stands_against_a_patient_whom_nobody_has_decided_about():
    assert against_person(inpatient("A", "A-1", moves=4)) == []


def test_a_patient_whom_the_record_fixes():
    assert against_person(inpatient("A", "A-1", fixed=True)) == [(Rule.FIXED, "fixed", {})]
    assert against_person(waiting("A", 3, fixed=True)) == []


def test_a_patient_who_is_kept_locked_or_refused():
    assert against_person(waiting("A", 3), locks=Locks(keep=frozenset({"A"}))) == [(Rule.LOCKED, "kept", {})]
    elsewhere = Locks(pins={"A": "D-1"})
    assert against_person(waiting("A", 3), locks=elsewhere) == [(Rule.LOCKED, "locked", {"bed_id": "D-1"})]
    assert against_person(waiting("A", 3), "D-1", elsewhere) == []
    refused = Locks(forbidden=frozenset({("A", "C-1")}))
    assert against_person(waiting("A", 3), locks=refused) == [(Rule.REJECTED, "refused", {"bed_id": "C-1"})]
    assert against_person(waiting("A", 3), "D-1", refused) == []


def test_a_bed_that_is_kept_for_another():
    made = hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("A", 3), waiting("P", 3)])
    outcome = standing(made, Locks(pins={"P": "C-1"}))
    expected = [(Rule.LOCKED, "kept_for", {"bed_id": "C-1", "patient_id": "P"})]
    assert told(of_person(outcome, 0, "C-1")) == expected
    assert told(of_person(outcome, 1, "C-1")) == []


def test_a_patient_moved_too_often_unless_a_person_locks_the_move():
    expected = [(Rule.MOVES, "moved_enough", {"moves": "5"})]
    assert against_person(inpatient("A", "A-1", moves=5)) == expected
    assert against_person(inpatient("A", "A-1", moves=5), locks=Locks(pins={"A": "C-1"})) == []


def test_the_transfers_of_a_plan_are_used_up():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1"), bed("D-1"), bed("E-1")]
    people = [inpatient("A", "A-1"), inpatient("C", "C-1"), waiting("Q", 40)]
    made = hospital([ward()], beds, people, need("Q", oxygen="yes"))
    for most, expected in ((1, [(Rule.MOVES, "transfers_used", {"most": "1"})]), (2, [])):
        outcome = planned(made, max_transfers=most)
        assert told(of_person(outcome, row(outcome, "C"), "E-1")) == expected
        assert told(of_person(outcome, row(outcome, "A"), "E-1")) == []


@pytest.mark.parametrize(
    ("fields", "needs", "rule", "code"),
    [
        ({}, {"level": "hdu"}, Rule.LEVEL, "needs_level"),
        ({"age": 12}, {}, Rule.AGE, "takes_age"),
        ({}, {"oxygen": "yes"}, Rule.FEATURES, "lacks_features"),
        ({"sex": "other"}, {}, Rule.BAY_SEX, "ward_sex"),
        ({}, {"isolation": "protective"}, Rule.ISOLATION, "needs_room"),
    ],
)
def test_what_the_bed_is_like(fields, needs, rule, code):
    made = hospital([ward(min_age=16)], bay("B", 2), [waiting("Q", 2, **fields)], need("Q", **needs))
    (found,) = of_bed(standing(made), 0, made.snapshot.beds[1])
    assert (found.rule, found.gives.code, found.bed_id) == (rule, code, "B-2")
    assert found.detail
    fits = hospital([ward(min_age=16)], bay("B", 2), [waiting("Q", 2)])
    assert list(of_bed(standing(fits), 0, fits.snapshot.beds[1])) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [(CLOSED, "bed_closed"), (RESERVED, "bed_reserved"), (CLEANING, "not_clean"), (OCCUPIED, "unknown_patient")],
)
def test_why_a_bed_cannot_be_used(status, code):
    made = hospital([ward()], [bed("A-1", status=status), bed("C-1")], [waiting("Q", 2)])
    outcome = standing(made)
    assert [(rule, found) for rule, found, _ in told(of_use(outcome, made.snapshot.beds[0]))] == [
        (Rule.USABLE_BED, code)
    ]
    assert list(of_use(outcome, made.snapshot.beds[1])) == []


def test_a_bed_in_which_somebody_on_record_lies_can_be_used_once_they_leave():
    made = hospital([ward()], [bed("A-1", status=OCCUPIED)], [inpatient("A", "A-1")])
    assert list(of_use(standing(made), made.snapshot.beds[0])) == []


def test_when_a_bed_will_be_clean_is_said_where_it_is_known():
    at = AT + timedelta(hours=40)
    assert dict(not_clean(bed("A-1", status=CLEANING, available_at=at)).gives.values)["at"] == at.isoformat()
    assert dict(not_clean(bed("A-1", status=CLEANING)).gives.values)["at"] == ""


def test_others_in_the_bed_or_in_the_bay_stand_against_it_while_they_are_there():
    people = [
        inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6)),
        inpatient("N", "B-2", sex="male"),
        waiting("Q", 2),
    ]
    made = hospital([ward()], bay("B", 3), people)
    outcome = standing(made)
    first, second, third = made.snapshot.beds
    taken = {"bed_id": "B-1", "patient_ids": "M"}
    assert told(of_others(outcome, 2, first, 0)) == [
        (Rule.ONE_PATIENT_PER_BED, "taken_by", taken),
        (Rule.BAY_SEX, "bay_holds", {"bay_id": "B", "sex": "male", "patient_ids": "N"}),
    ]
    assert [code for _, code, _ in told(of_others(outcome, 2, first, 2))] == ["bay_holds"]
    assert dict(told(of_others(outcome, 2, third, 1))[0][2])["patient_ids"] == "M;N"
    assert second.bed_id == "B-2"


def test_precautions_name_the_organism_that_all_would_have_to_share():
    people = [inpatient("I", "B-1"), waiting("Q", 2), waiting("P", 2)]
    isolated = [need("I", isolation="contact", organism="mrsa"), need("P", isolation="droplet", organism="flu")]
    made = hospital([ward()], bay("B", 2), people, *isolated)
    outcome, place = standing(made), made.snapshot.beds[1]
    shared = {"bay_id": "B", "organism": "mrsa", "patient_ids": "I"}
    assert told(of_company(outcome, 1, [0], place)) == [(Rule.ISOLATION, "bay_isolates", shared)]
    assert told(of_company(outcome, 2, [0], place)) == [(Rule.ISOLATION, "bay_isolates", {**shared, "organism": ""})]
    assert told(of_company(outcome, 1, [2], place))[0][2]["organism"] == "flu"


def test_who_leaves_later_than_planned_is_in_the_way_of_the_next():
    step = person("S", bed_id="B-1", source="step_down", waiting_since=AT - timedelta(hours=90))
    people = [step, waiting("Q", 60)]
    wards = [ward(), ward("I", level="icu")]
    made = hospital(wards, [bed("A-1"), bed("B-1", ward_id="I", features=("oxygen",))], people, need("Q", level="icu"))
    outcome = planned(made)
    assert outcome.bed_ids == ("A-1", "B-1")
    assert told(of_staying(outcome, 0, 2)) == [
        (Rule.ONE_PATIENT_PER_BED, "taken_by", {"bed_id": "B-1", "patient_ids": "Q"})
    ]
    assert list(of_staying(outcome, 0, 0)) == []
    assert list(of_staying(outcome, 1, 2)) == []


def test_every_code_is_explained_and_an_obstacle_names_whom_it_concerns():
    assert all(meaning.endswith((".", ".)")) or "Values:" in meaning for meaning in OBSTACLES.values())
    violation = Obstacle(Rule.AGE, "B-1", "too young", reason("takes_age", age="9")).violation("Q")
    assert (violation.rule, violation.patient_id, violation.bed_id, violation.detail) == (
        Rule.AGE,
        "Q",
        "B-1",
        "too young",
    )
