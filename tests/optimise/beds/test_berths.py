from datetime import timedelta

from medalloc.domain.plan import Locks
from medalloc.optimise.beds.situation import Given, situation_of
from tests.optimise.beds.situations import situation
from tests.optimise.hospitals import AT, CLEANING, CLOSED, bay, bed, hospital, inpatient, need, person, waiting, ward


def hours(count):
    return AT + timedelta(hours=count)


def berths(made, locks=None):
    found = situation_of(made.snapshot, made.needs, Given(locks=locks or Locks()))
    return [
        (found.cells[berth.cell].beds[0].bed_id, berth.opens, berth.ready_hours, berth.after) for berth in found.berths
    ]


def test_empty_beds_and_those_of_movable_patients_can_be_had_now():
    people = [inpatient("A", "S-1"), inpatient("C", "T-1", fixed=True), waiting("Q", 1)]
    made = hospital([ward()], [bed("S-1"), bed("T-1"), bed("U-1"), bed("X-1", status=CLOSED)], people)
    assert berths(made) == [("S-1", 0, 0.0, ()), ("U-1", 0, 0.0, ())]


def test_after_a_patient_has_left_the_bed_can_be_had_when_it_is_clean():
    people = [inpatient("A", "S-1", edd=hours(6 + 1 / 3)), waiting("Q", 1)]
    opens, ready = [entry[1:3] for entry in berths(hospital([ward()], [bed("S-1")], people))][1]
    assert (opens, round(ready, 6)) == (2, round(8 + 1 / 3, 6))


def test_a_bed_left_and_clean_within_a_slot_can_be_had_in_the_next():
    made = hospital([ward()], [bed("S-1")], [inpatient("A", "S-1", edd=hours(5), fixed=True), waiting("Q", 1)])
    assert berths(made) == [("S-1", 2, 7.0, ("A",))]


def test_a_bed_that_is_left_too_late_has_no_later_berth():
    made = hospital([ward()], [bed("S-1")], [inpatient("A", "S-1", edd=hours(71)), waiting("Q", 1)])
    assert berths(made) == [("S-1", 0, 0.0, ())]


def test_a_bay_can_be_had_by_others_once_their_strangers_have_left():
    people = [
        inpatient("M", "B-1", sex="male", edd=hours(9)),
        inpatient("N", "B-2", sex="male", edd=hours(14)),
        waiting("Q", 1),
    ]
    made = hospital([ward()], bay("B", 3), people)
    assert berths(made) == [
        ("B-1", 0, 0.0, ()),
        ("B-1", 3, 11.0, ("M",)),
        ("B-1", 4, 11.0, ("M",)),
        ("B-2", 0, 0.0, ()),
        ("B-2", 4, 16.0, ("N",)),
        ("B-3", 0, 0.0, ()),
        ("B-3", 4, 0.0, ()),
    ]


def test_a_bay_has_no_later_berths_where_nobody_waits_for_company_to_leave():
    people = [inpatient("M", "B-1", sex="male", edd=hours(9)), waiting("Q", 1, sex="male")]
    assert [entry[:2] for entry in berths(hospital([ward()], bay("B", 2), people))] == [
        ("B-1", 0),
        ("B-1", 3),
        ("B-2", 0),
    ]


def test_a_step_down_can_come_in_the_second_slot_to_a_bed_that_is_clean_in_the_first():
    cleaned = bed("S-1", status=CLEANING, available_at=hours(3))
    people = [person("A", bed_id="I-1", source="step_down"), waiting("Q", 1)]
    wards = [ward(), ward("I", level="icu")]
    made = hospital(wards, [cleaned, bed("I-1", ward_id="I")], people)
    assert [entry[:3] for entry in berths(made) if entry[0] == "S-1"] == [("S-1", 0, 3.0), ("S-1", 1, 3.0)]
    alone = hospital(wards, [cleaned, bed("I-1", ward_id="I")], people[1:])
    assert [entry[:3] for entry in berths(alone) if entry[0] == "S-1"] == [("S-1", 0, 3.0)]


def test_that_there_are_step_downs_takes_no_berth_from_others():
    cleaned = bed("B-2", status=CLEANING, available_at=hours(3))
    people = [
        person("A", bed_id="I-1", source="step_down", sex="male"),
        inpatient("M", "B-1", sex="male", edd=hours(9), fixed=True),
        waiting("Q", 1),
    ]
    wards = [ward(), ward("I", level="icu")]
    found = situation(hospital(wards, [bed("B-1"), cleaned, bed("I-1", ward_id="I")], people))
    late = [berth for berth in found.berths if found.cells[berth.cell].beds[0] == cleaned]
    assert [(berth.opens, berth.for_step_downs) for berth in late] == [(0, False), (1, True), (3, False)]


def test_who_must_leave_before_is_named():
    people = [
        inpatient("M", "B-1", sex="male", edd=hours(9)),
        inpatient("W", "B-2", edd=hours(2)),
        inpatient("L", "B-3", sex="male"),
        waiting("Q", 1),
    ]
    known = need("W", isolation="contact", organism="mrsa")
    found = situation(hospital([ward()], bay("B", 4), people, known))
    late = [q for q, berth in enumerate(found.berths) if berth.after == ("M",)]
    assert [found.leave_before(3, q) for q in late] == [("M", "W")]
