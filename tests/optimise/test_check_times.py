"""Who is in which bed from when until when."""

from dataclasses import replace
from datetime import datetime

import pytest

from medalloc.domain.plan import Action, Placement, Rule
from medalloc.optimise.check_times import FOREVER, Course, clean_from, good_company, one_per_bed
from medalloc.optimise.rules import people_of
from tests.optimise.day_of_moves import changed, come, day, day_plan, hours
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, person, waiting, ward
from tests.optimise.random_plans import a_plan, as_it_is, comes, with_line


def course(made, plan) -> Course:
    return Course(made.snapshot, people_of(made.snapshot, made.needs), plan)


def spans(course: Course, patient_id: str) -> list[tuple[str, datetime, datetime, bool, bool]]:
    return [
        (span.bed_id, span.start, span.end, span.newly, span.goes_home)
        for span in course.spans
        if span.person.patient_id == patient_id
    ]


@pytest.mark.parametrize(
    ("patient_id", "expected"),
    [
        ("anna", [("F-1", AT, hours(30), False, True)]),
        ("carl", [("M-1", AT, FOREVER, False, True)]),
        ("tess", [("T-1", AT, FOREVER, True, True)]),
        ("ivan", [("I-1", AT, hours(7), False, False), ("M-2", hours(7), FOREVER, True, True)]),
        ("ola", [("F-3", AT, hours(20), True, True)]),
        ("vera", [("F-3", hours(22), FOREVER, True, True)]),
        ("nora", []),
    ],
)
def test_where_somebody_lies_and_until_when(patient_id, expected):
    assert spans(course(day(), day_plan()), patient_id) == expected


def test_whoever_goes_home_before_a_bed_is_ready_goes_from_the_present_one():
    made = hospital([ward()], [*bay("B", 2), bed("S-1")], [person("A", bed_id="B-1", edd=hours(6))])
    plan = with_line(as_it_is(made.snapshot), comes(made.snapshot, made.snapshot.patients[0], "S-1", 9))
    assert spans(course(made, plan), "A") == [("B-1", AT, hours(6), False, True)]


def test_the_first_of_two_lines_counts_and_a_bed_that_does_not_exist_holds_nobody():
    plan = day_plan()
    twice = replace(plan, placements=(Placement("anna", Action.TRANSFER, "F-1", "R-1", AT), *plan.placements))
    assert spans(course(day(), twice), "anna") == [("R-1", AT, hours(30), True, True)]
    nowhere = changed(plan, {"anna": come("transfer", "Z-1", 0)})
    assert spans(course(day(), nowhere), "anna") == [("F-1", AT, hours(30), False, True)]


@pytest.mark.parametrize(
    ("bed_id", "start", "clean"),
    [("F-2", 6, 8), ("F-2", 7, 8), ("F-2", 8, 8), ("F-2", 11, 11), ("F-2", 5, 5), ("I-1", 7, 7), ("R-1", 3, 3)],
)
def test_when_a_bed_is_clean(bed_id, start, clean):
    assert clean_from(course(day(), day_plan()), bed_id, hours(start)) == hours(clean)


def test_two_patients_in_one_bed_now_are_no_fault_of_the_plan_but_a_third_is():
    people = [inpatient("A", "S-1"), inpatient("C", "S-1"), waiting("Q", 4)]
    made = hospital([ward()], [bed("S-1")], people)
    plan = as_it_is(made.snapshot)
    assert list(one_per_bed(course(made, plan))) == []
    third = with_line(plan, comes(made.snapshot, people[2], "S-1", 5))
    (violation,) = one_per_bed(course(made, third))
    assert (violation.patient_id, violation.detail) == ("Q", "the bed also holds A, C at 2026-03-05 15:00")


def test_a_bay_left_in_bad_company_is_no_fault_but_nobody_enters_it_before_it_ends():
    people = [inpatient("A", "B-1"), inpatient("M", "B-2", sex="male", edd=hours(11)), waiting("Q", 4), waiting("R", 3)]
    made = hospital([ward()], bay("B", 4), people)
    plan = as_it_is(made.snapshot)
    assert list(good_company(course(made, plan))) == []
    plan = with_line(plan, comes(made.snapshot, people[2], "B-3", 10))
    plan = with_line(plan, comes(made.snapshot, people[3], "B-4", 11))
    (violation,) = good_company(course(made, plan))
    assert (violation.patient_id, violation.bed_id, violation.rule) == ("Q", "B-3", Rule.BAY_SEX)
    assert violation.detail == "the bay holds female and male (bay B at 2026-03-05 20:00)"


def test_nobody_is_company_in_a_single_room():
    people = [inpatient("A", "S-1", edd=hours(5)), waiting("Q", 4, sex="male")]
    made = hospital([ward()], [bed("S-1")], people)
    plan = with_line(as_it_is(made.snapshot), comes(made.snapshot, people[1], "S-1", 4))
    assert list(good_company(course(made, plan))) == []
    assert len(list(one_per_bed(course(made, plan)))) == 1


def test_who_breaks_a_rule_all_along_is_named_once_and_by_the_first_moment():
    people = [inpatient("A", "B-1"), waiting("Q", 4, sex="male"), waiting("R", 3), waiting("S", 2)]
    made = hospital([ward()], bay("B", 4), people)
    plan = as_it_is(made.snapshot)
    for patient, bed_id, hour in zip(people[1:], ("B-2", "B-3", "B-4"), (2, 5, 9), strict=True):
        plan = with_line(plan, comes(made.snapshot, patient, bed_id, hour))
    found = {v.patient_id: v.detail.rpartition(" ")[2] for v in good_company(course(made, plan))}
    assert found == {"Q": "12:00)", "R": "15:00)", "S": "19:00)"}


def test_an_empty_plan_is_a_course_too():
    made = hospital([ward()], bay("B", 2), [])
    assert course(made, a_plan(made.snapshot, ())).spans == ()
