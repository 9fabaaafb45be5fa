import pytest

from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Rule
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.check import current_breaches
from medalloc.optimise.rules import people_of
from tests.optimise.hospitals import CLOSED, bay, bed, hospital, inpatient, need, waiting, ward


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


@pytest.mark.parametrize(
    ("status", "escalation", "broken"), [("available", True, 0), ("available", False, 1), ("closed", True, 1)]
)
def test_a_closed_ward_that_may_be_opened_is_no_breach_but_a_closed_bed_is(status, escalation, broken):
    made = hospital([ward(open=False)], [bed("B-1", status=BedStatus(status))], [inpatient("A", "B-1")])
    lying = people_of(made.snapshot, made.needs)
    assert len(standing_breaches(made.snapshot, lying, escalation=escalation)) == broken


def test_every_breach_has_a_code_for_what_exactly_is_wrong():
    beds = [*bay("B", 3), *bay("D", 3), bed("C-1", status=CLOSED), bed("E-1"), bed("F-1")]
    people = [
        *(inpatient("A", "B-1"), inpatient("M", "B-2", sex="male"), inpatient("W", "B-3")),
        *(inpatient("G", "D-1"), inpatient("H", "D-2"), inpatient("K", "C-1")),
        *(inpatient("X", "E-1"), inpatient("Y", "E-1"), inpatient("Z", "F-1")),
    ]
    needs = [need("G", isolation="contact", organism="mrsa"), need("Z", level="hdu")]
    made = hospital([ward()], beds, people, *needs)
    found = {violation.patient_id: violation.why for violation in current_breaches(made.snapshot, made.needs)}
    assert {name: (why.code, dict(why.values)) for name, why in found.items() if why} == {
        "M": ("bay_mixed", {"bay_id": "B", "women": "2", "men": "1"}),
        "G": ("cohort_broken", {"bay_id": "D", "isolation": "contact", "organism": "mrsa", "others": "1"}),
        "K": ("bed_closed", {"bed_id": "C-1"}),
        "Y": ("shares_bed", {"bed_id": "E-1", "patient_id": "X"}),
        "Z": ("needs_level", {"level": "hdu", "given": "ward"}),
    }
    assert found.keys() == {"M", "G", "K", "Y", "Z"}
