from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Reason, Rule
from medalloc.errors import DataError
from medalloc.optimise.beds.relaxations import joined, parts_of, relaxations
from tests.optimise.beds.answered import Retrial, planned
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


def told(outcome, patient_id="Q", **more):
    """Rules, bed and what would have to give, of each."""
    return [(each.rules, each.bed_id, dict_of(each.detail)) for each in relaxations(outcome, patient_id, **more)]


def dict_of(detail):
    return {part.code: dict(part.values) for part in parts_of(detail)} if detail else {}


def only(made, locks=None, **settings):
    (one,) = told(planned(made, locks, **settings))
    return one


def test_a_feature_that_is_missing():
    made = hospital([ward()], [bed("A-1", features=("suction",))], [waiting("Q", 2)], need("Q", oxygen="yes"))
    assert only(made) == ((Rule.FEATURES,), "A-1", {"lacks_features": {"features": "oxygen"}})


def test_a_level_that_the_ward_does_not_give():
    made = hospital([ward()], [bed("A-1")], [waiting("Q", 2)], need("Q", level="hdu"))
    assert only(made) == ((Rule.LEVEL,), "A-1", {"needs_level": {"level": "hdu", "given": "ward"}})


def test_an_age_that_the_ward_does_not_take():
    made = hospital([ward(min_age=16, max_age=64)], [bed("A-1")], [waiting("Q", 2, age=81)])
    gives = {"takes_age": {"age": "81", "min_age": "16", "max_age": "64"}}
    assert only(made) == ((Rule.AGE,), "A-1", gives)


def test_the_sex_of_the_bay():
    people = [inpatient("M", "B-1", sex="male"), inpatient("N", "B-2", sex="male"), waiting("Q", 2)]
    made = hospital([ward()], bay("B", 3), people)
    gives = {"bay_holds": {"bay_id": "B", "sex": "male", "patient_ids": "M;N"}}
    assert only(made) == ((Rule.BAY_SEX,), "B-3", gives)


def test_the_sex_of_the_ward():
    made = hospital([ward(sex_rule="male")], bay("B", 2), [waiting("Q", 2)])
    gives = {"ward_sex": {"ward_id": "W", "sex": "female", "rule": "male"}}
    assert only(made) == ((Rule.BAY_SEX,), "B-1", gives)


def test_an_organism_that_the_bay_does_not_share():
    people = [inpatient("I", "B-1"), inpatient("J", "B-2"), waiting("Q", 2)]
    norovirus = {"isolation": "contact", "organism": "norovirus"}
    made = hospital([ward()], bay("B", 3), people, need("I", **norovirus), need("J", **norovirus))
    gives = {"bay_isolates": {"bay_id": "B", "organism": "norovirus", "patient_ids": "I;J"}}
    assert only(made) == ((Rule.ISOLATION,), "B-3", gives)


def test_a_room_that_the_precautions_ask_for():
    made = hospital([ward()], [bed("A-1")], [waiting("Q", 2)], need("Q", isolation="airborne"))
    gives = {"needs_room": {"isolation": "airborne", "room": "negative_pressure"}}
    assert only(made) == ((Rule.ISOLATION,), "A-1", gives)


@pytest.mark.parametrize(("status", "code"), [(CLOSED, "bed_closed"), (RESERVED, "bed_reserved")])
def test_a_bed_that_is_closed_or_reserved(status, code):
    made = hospital([ward()], [bed("A-1", status=status)], [waiting("Q", 2)])
    assert only(made) == ((Rule.USABLE_BED,), "A-1", {code: {"bed_id": "A-1"}})


def test_a_ward_that_is_closed_where_escalation_is_not_allowed():
    made = hospital([ward(open=False)], [bed("A-1")], [waiting("Q", 2)])
    assert only(made, escalation=False) == ((Rule.USABLE_BED,), "A-1", {"ward_closed": {"ward_id": "W"}})


def test_opening_a_closed_ward_costs_what_escalation_costs():
    made = hospital([ward(open=False)], [bed("A-1")], [waiting("Q", 2, edd=AT + timedelta(days=2))])
    (one,) = relaxations(planned(made, escalation=False), "Q")
    assert one.points == pytest.approx(2 * 10.0 + 2 * 1.0 - 1.25 * 14)


def test_a_bed_that_is_not_clean_in_time():
    at = AT + timedelta(hours=30)
    made = hospital([ward()], [bed("A-1", status=CLEANING, available_at=at)], [waiting("Q", 2)])
    (one,) = relaxations(planned(made), "Q")
    assert (one.rules, one.starts_at) == ((Rule.USABLE_BED,), AT)
    assert dict_of(one.detail) == {"not_clean": {"bed_id": "A-1", "at": at.isoformat()}}
    assert one.points == pytest.approx(3 * 1.0 - 1.25 * 14)


def test_a_bed_that_is_kept_or_refused():
    expected = person("E", status="expected", expected_at=AT + timedelta(hours=5))
    made = hospital([ward()], [bed("A-1")], [waiting("Q", 2, edd=AT + timedelta(hours=1)), expected])
    gives = {"kept_for": {"bed_id": "A-1", "patient_id": "E"}}
    assert only(made, Locks(pins={"E": "A-1"})) == ((Rule.LOCKED,), "A-1", gives)
    refused = Locks(forbidden=frozenset({("Q", "A-1")}))
    assert only(made, refused) == ((Rule.REJECTED,), "A-1", {"refused": {"bed_id": "A-1"}})


def test_a_patient_whom_a_person_keeps_waiting():
    made = hospital([ward()], [bed("A-1")], [waiting("Q", 2)])
    assert only(made, Locks(keep=frozenset({"Q"}))) == ((Rule.LOCKED,), "A-1", {"kept": {}})


def test_the_price_alone():
    made = hospital([ward(level="icu")], [bed("A-1")], [waiting("Q", 2)])
    (one,) = relaxations(planned(made), "Q")
    assert (one.rules, one.detail) == ((), None)
    assert one.points == pytest.approx(2 * 100 + 2 * 3.5 * 3 + 3 * 1.0 - 1.25 * 14)


def test_single_rules_come_first_and_pairs_name_both():
    beds = [bed("A-1", features=("suction",)), bed("C-1", ward_id="X"), bed("D-1", ward_id="X", status=CLOSED)]
    wards = [ward(), ward("X", min_age=70, specialties=("cardiology",))]
    made = hospital(wards, beds, [waiting("Q", 2)], need("Q", suction="yes", level="hdu"))
    found = told(planned(made))
    assert found[0] == ((Rule.LEVEL,), "A-1", {"needs_level": {"level": "hdu", "given": "ward"}})
    assert len(found) == 1


def test_pairs_are_named_where_no_single_rule_will_do():
    made = hospital([ward(min_age=70)], [bed("A-1")], [waiting("Q", 2)], need("Q", level="hdu"))
    assert only(made) == (
        (Rule.AGE, Rule.LEVEL),
        "A-1",
        {
            "needs_level": {"level": "hdu", "given": "ward"},
            "takes_age": {"age": "50", "min_age": "70", "max_age": "130"},
        },
    )


def test_of_one_rule_the_cheaper_bed_comes_first_and_alike_beds_once():
    wards = [ward(specialties=("cardiology",)), ward("X", specialties=("respiratory",))]
    beds = [*bay("A", 3), *bay("B", 2, ward_id="X", features=("suction",))]
    made = hospital(wards, beds, [waiting("Q", 2)], need("Q", specialty="respiratory", oxygen="yes"))
    assert [bed_id for _, bed_id, _ in told(planned(made))] == ["B-1"]
    asked = hospital(wards, beds, [waiting("Q", 2)], need("Q", specialty="respiratory", oxygen="yes", suction="yes"))
    assert [bed_id for _, bed_id, _ in told(planned(asked))] == ["B-1", "A-1"]


def test_a_bed_that_the_plan_gives_or_in_which_nobody_known_lies_is_not_named():
    beds = [bed("A-1"), bed("C-1", status=OCCUPIED)]
    made = hospital([ward()], beds, [waiting("P", 30), waiting("Q", 2)])
    outcome = planned(made)
    assert outcome.bed_ids == ("A-1", "")
    assert relaxations(outcome, "Q") == ()
    assert relaxations(outcome, "P") == ()


def test_who_cannot_be_planned_for_has_none():
    late = person("E", status="expected", expected_at=AT + timedelta(days=4))
    assert relaxations(planned(hospital([ward()], [bed("A-1")], [late])), "E") == ()


def test_an_unknown_patient_is_a_data_error():
    with pytest.raises(DataError, match="no patient nobody"):
        relaxations(planned(hospital([ward()], [bed("A-1")], [])), "nobody")


@pytest.mark.parametrize("seed", range(5))
def test_the_points_are_what_the_plan_would_cost_more(seed):
    made = random_hospital(seed, beds=40, waiting=14, expected=5, occupancy=0.75, odd=0.4, misfit=0.2)
    outcome = planned(made, gap=0.02)
    judged = Retrial(made, outcome)
    usable = {place.bed_id for place in made.snapshot.beds if place.status == "available"}
    checked = 0
    for patient in made.snapshot.patients:
        found = relaxations(outcome, patient.patient_id, count=9)
        assert [len(each.rules) for each in found] == sorted(len(each.rules) for each in found)
        assert all(bool(each.rules) is (each.detail is not None) for each in found)
        for each in found:
            if each.bed_id in usable:
                state = judged.otherwise(patient.patient_id, each.bed_id, each.starts_at)
                assert each.points == pytest.approx(judged.difference(state), abs=1e-6)
                checked += 1
    assert checked > 2


def test_a_reason_that_joins_several_can_be_taken_apart():
    parts = (Reason("kept"), Reason("needs_level", (("level", "icu"), ("given", "ward"))), Reason("refused"))
    assert parts_of(joined(parts)) == parts
    assert joined([parts[1], parts[1]]) == parts[1]
