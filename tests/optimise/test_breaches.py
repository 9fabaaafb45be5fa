from datetime import timedelta

import pytest

from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Rule
from medalloc.optimise.breaches import standing_breaches, standing_days
from medalloc.optimise.check import current_breaches
from medalloc.optimise.rules import people_of
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, waiting, ward


def rules(made):
    return sorted((violation.patient_id, str(violation.rule)) for violation in current_breaches(*made_parts(made)))


def made_parts(made):
    return made.snapshot, made.needs


def test_a_hospital_in_order_has_no_breach():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-1"), inpatient("C", "B-3"), waiting("Q", 4)])
    assert rules(made) == []


def test_the_smaller_sex_of_a_mixed_bay_counts():
    people = [inpatient("A", "B-1"), inpatient("B", "B-2", sex="male"), inpatient("C", "B-3")]
    assert rules(hospital([ward()], bay("B", 4), people)) == [("B", "bay_sex")]


@pytest.mark.parametrize(
    ("rule", "expected"), [("mixed", []), ("female", [("B", "bay_sex")]), ("male", [("A", "bay_sex")])]
)
def test_a_ward_has_its_own_rule_of_sex(rule, expected):
    people = [inpatient("A", "B-1"), inpatient("B", "B-2", sex="male")]
    assert rules(hospital([ward(sex_rule=rule)], bay("B", 3), people)) == expected


def test_the_third_sex_lies_in_a_single_room_or_a_mixed_ward():
    people = [inpatient("A", "B-1", sex="other"), inpatient("C", "S-1", sex="other")]
    assert rules(hospital([ward()], [*bay("B", 3), bed("S-1")], people)) == [("A", "bay_sex")]


def test_isolation_among_strangers_counts_for_the_isolated_alone():
    people = [inpatient(name, f"B-{k}") for k, name in enumerate("ACD", start=1)]
    made = hospital([ward()], bay("B", 4), people, need("C", isolation="droplet", organism="influenza"))
    assert rules(made) == [("C", "isolation")]


def test_a_cohort_is_no_breach():
    people = [inpatient(name, f"B-{k}") for k, name in enumerate("AC", start=1)]
    needs = [need(name, isolation="contact", organism="mrsa") for name in "AC"]
    assert rules(hospital([ward()], bay("B", 3), people, *needs)) == []


@pytest.mark.parametrize(
    ("bed_id", "isolation", "broken"),
    [("N-1", "airborne", False), ("S-1", "airborne", True), ("S-1", "protective", False), ("B-1", "protective", True)],
)
def test_the_room_must_suit_the_precautions(bed_id, isolation, broken):
    beds = [bed("N-1", features=("negative_pressure",)), bed("S-1"), *bay("B", 3)]
    made = hospital([ward()], beds, [inpatient("A", bed_id)], need("A", isolation=isolation, organism="x"))
    assert rules(made) == ([("A", "isolation")] if broken else [])


def test_a_patient_in_a_closed_bed_or_in_a_shared_one_counts():
    beds = [bed("B-1", status=CLOSED), bed("C-1")]
    people = [inpatient("A", "B-1"), inpatient("C", "C-1"), inpatient("D", "C-1")]
    assert rules(hospital([ward()], beds, people)) == [("A", "usable_bed"), ("D", "one_patient_per_bed")]


def test_the_detail_says_what_is_wrong():
    made = hospital([ward(max_age=15)], bay("B", 2), [inpatient("A", "B-2", age=44)])
    (violation,) = current_breaches(made.snapshot, made.needs)
    assert (violation.rule, violation.bed_id) == (Rule.AGE, "B-2")
    assert violation.detail == "aged 44, the ward takes 0 to 15"


def hours(number):
    return AT + timedelta(hours=number)


def stands(made, horizon_days=3):
    lying = [person for person in people_of(made.snapshot, made.needs) if person.bed_id]
    found = standing_days(made.snapshot, lying, horizon_days)
    return {(one.violation.patient_id, str(one.violation.rule)): (one.with_ids, one.days) for one in found}


def test_a_breach_by_the_bed_stands_until_its_patient_leaves():
    people = [inpatient("A", "B-1", age=9, edd=hours(18)), inpatient("C", "B-2", age=8, edd=hours(30 * 24))]
    made = hospital([ward(min_age=16)], bay("B", 3), people)
    assert stands(made) == {("A", "age"): ((), 0.75), ("C", "age"): ((), 3.0)}
    assert stands(made, horizon_days=5)["C", "age"] == ((), 5.0)


@pytest.mark.parametrize(("woman", "men", "days"), [(18, (6, 12), 0.5), (6, (12, 60), 0.25), (96, (6, None), 3.0)])
def test_a_mixed_bay_is_mixed_until_the_one_or_all_the_others_have_left(woman, men, days):
    people = [inpatient("W", "B-1", edd=hours(woman))]
    people += [inpatient(f"M{k}", f"B-{k}", sex="male", edd=end and hours(end)) for k, end in enumerate(men, start=2)]
    assert stands(hospital([ward()], bay("B", 4), people)) == {("W", "bay_sex"): (("M2", "M3"), days)}


def test_strangers_break_a_cohort_until_they_leave_and_those_who_share_the_organism_do_not():
    people = [inpatient(name, f"B-{k}", edd=hours(6 * k)) for k, name in enumerate("ABC", start=1)]
    needs = [need(name, isolation="droplet", organism="influenza") for name in "AC"]
    made = hospital([ward()], bay("B", 4), people, *needs)
    assert stands(made) == {("A", "isolation"): (("B",), 0.25), ("C", "isolation"): (("B",), 0.5)}


def test_two_share_a_bed_until_one_leaves():
    people = [inpatient("A", "S-1", edd=hours(36)), inpatient("C", "S-1", edd=hours(12))]
    made = hospital([ward()], [bed("S-1")], people)
    assert stands(made) == {("C", "one_patient_per_bed"): (("A",), 0.5)}


@pytest.mark.parametrize(
    ("status", "escalation", "broken"), [("available", True, 0), ("available", False, 1), ("closed", True, 1)]
)
def test_a_closed_ward_that_may_be_opened_is_no_breach_but_a_closed_bed_is(status, escalation, broken):
    made = hospital([ward(open=False)], [bed("B-1", status=BedStatus(status))], [inpatient("A", "B-1")])
    lying = people_of(made.snapshot, made.needs)
    assert len(standing_breaches(made.snapshot, lying, escalation=escalation)) == broken
    assert len(standing_days(made.snapshot, lying, 3, escalation=escalation)) == broken
