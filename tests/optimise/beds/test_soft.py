from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, Locks
from medalloc.domain.requirements import StayDays
from medalloc.optimise.beds import BedSettings, BedWeights, keep_as_is, plan_beds
from tests.optimise.hospitals import AT, CLEANING, bay, bed, hospital, inpatient, need, person, waiting, ward


def terms(made, patient_id, **settings):
    """Terms of a patient who remains, all weights at their defaults."""
    return keep_as_is(made.snapshot, made.needs, BedSettings(**settings)).placement_of[patient_id].terms


def moved(made, patient_id, weights=None):
    plan = plan_beds(made.snapshot, made.needs, BedSettings(weights=weights or BedWeights()))
    placement = plan.placement_of[patient_id]
    assert placement.action.moves
    return placement


@pytest.mark.parametrize(
    ("source", "acuity", "hours", "points"),
    [
        ("ed", "2", 6, 1.5 * 2.0 * 10),
        ("elective", "5", 1, 0.6 * 0.8 * 5),
        (None, "3", 0, 1.25 * 4),
        ("step_down", "1", 2, 21.6),
    ],
)
def test_waiting_costs_priority_by_hours(source, acuity, hours, points):
    made = hospital([ward()], [], [waiting("A", hours, source=source)], need("A", acuity=acuity))
    assert terms(made, "A") == {"waiting": pytest.approx(points)}


@pytest.mark.parametrize(("hours", "points"), [(-2, 4.0), (0, 4.0), (6, 3.0), (18, 1.0), (24, 0.0), (30, 0.0)])
def test_an_arrival_costs_the_less_the_further_off_it_is(hours, points):
    expected = person("A", status="expected", source="transfer", expected_at=AT + timedelta(hours=hours))
    made = hospital([ward()], [], [expected], need("A", acuity="4"))
    assert sum(terms(made, "A").values()) == pytest.approx(points)


def test_a_bed_that_is_held_costs_part_of_the_wait():
    held = bed("B-1", status=CLEANING, available_at=AT + timedelta(hours=3))
    made = hospital([ward()], [held, bed("B-2", status=CLEANING)], [waiting("A", 6)], need("A", acuity="4"))
    assert moved(made, "A").terms == {"waiting": pytest.approx(10 * 3 / 12)}


@pytest.mark.parametrize(("specialty", "rank"), [("renal", 0), ("urology", 1), ("vascular", 2), ("stroke", 5), ("", 0)])
def test_an_outlier_costs_its_rank(specialty, rank):
    listed = ward(specialties=("renal", "urology", "vascular"))
    made = hospital([listed], bay("B", 2), [inpatient("A", "B-1")], need("A", specialty=specialty))
    assert sum(terms(made, "A").values()) == 1.5 * rank


def test_a_ward_without_a_list_has_no_outliers():
    made = hospital([ward()], bay("B", 2), [inpatient("A", "B-1")], need("A", specialty="stroke"))
    assert terms(made, "A") == {}


def test_wanted_things_that_are_missing_cost_one_unit_each():
    wanted = {"level": "hdu", "isolation": "contact", "oxygen": "yes", "suction": "yes", "telemetry": "yes"}
    beds = bay("B", 2, features=("suction",))
    made = hospital([ward()], beds, [inpatient("A", "B-1")], need("A", soft=wanted, **wanted))
    assert terms(made, "A") == {"preferred": 2.0 * 4}


def test_a_side_room_costs_whoever_does_not_need_it():
    beds = [bed(f"{name}-1") for name in "ABCD"]
    people = [inpatient("A", "A-1"), inpatient("B", "B-1"), inpatient("C", "C-1"), inpatient("D", "D-1", sex="other")]
    needs = [need("B", isolation="contact"), need("C", soft=("isolation",), isolation="protective")]
    made = hospital([ward()], beds, people, *needs)
    assert keep_as_is(made.snapshot, made.needs).penalties == {"side_room": 3.0}
    assert terms(made, "A") == {"side_room": 3.0}


def test_a_long_list_makes_nobody_more_of_an_outlier():
    listed = ward(specialties=tuple("abcdefghi"))
    made = hospital([listed], bay("B", 2), [inpatient("A", "B-1")], need("A", specialty="stroke"))
    assert terms(made, "A") == {"outlier": 9.0}


def test_a_step_down_who_is_moved_up_goes_on_waiting():
    wards = [ward("H", level="hdu"), ward("I", level="icu")]
    beds = [bed("H-1", ward_id="H"), *bay("I", 2, ward_id="I")]
    step_down = person("A", bed_id="H-1", source="step_down", waiting_since=AT - timedelta(hours=6))
    made = hospital(wards, beds, [step_down], need("A", acuity="4"))
    plan = plan_beds(made.snapshot, made.needs, locks=Locks(pins={"A": "I-1"}))
    assert plan.placement_of["A"].terms == {
        "over_level": 20.0,
        "enter_over_level": 200.0,
        "waiting": pytest.approx(12.0),
    }


@pytest.mark.parametrize(("needed", "steps"), [("ward", 2), ("hdu", 1), ("icu", 0)])
def test_a_bed_above_the_level_needed_costs(needed, steps):
    icu = ward("I", level="icu")
    made = hospital([icu], bay("B", 2, ward_id="I"), [inpatient("A", "B-1")], need("A", level=needed))
    assert sum(terms(made, "A").values()) == 10.0 * steps


@pytest.mark.parametrize(
    ("needed", "lies", "goes", "steps"),
    [
        ("ward", "", "I", 2),
        ("ward", "", "H", 1),
        ("ward", "W", "I", 2),
        ("hdu", "W", "I", 1),
        ("icu", "W", "I", 0),
        ("ward", "H", "I", 2),
        ("ward", "I", "I", 1),
        ("ward", "I", "H", 0),
    ],
)
def test_whoever_enters_a_bed_above_the_level_needed_pays_unless_they_come_down(needed, lies, goes, steps):
    wards = [ward("W"), ward("H", level="hdu"), ward("I", level="icu")]
    beds = [bed(f"{name}{name}-{k}", ward_id=name) for name in "WHI" for k in (1, 2)]
    made = hospital(wards, beds, [person("A", bed_id=f"{lies}{lies}-1" if lies else "")], need("A", level=needed))
    plan = plan_beds(made.snapshot, made.needs, locks=Locks(pins={"A": f"{goes}{goes}-2"}))
    assert plan.placement_of["A"].terms.get("enter_over_level", 0.0) == 100.0 * steps


def test_a_level_that_is_wanted_may_be_entered():
    wards = [ward("W"), ward("H", level="hdu")]
    wants = need("A", soft=("level",), level="hdu")
    made = hospital(wards, [bed("W-1"), *bay("H", 2, ward_id="H")], [waiting("A", 6)], wants)
    assert moved(made, "A").to_bed_id.startswith("H-")


def test_an_isolation_is_not_mended_with_an_icu_bed():
    wards = [ward("W"), ward("I", level="icu")]
    people = [inpatient("A", "B-1"), inpatient("C", "B-2")]
    made = hospital(wards, [*bay("B", 3), bed("I-1", ward_id="I")], people, need("A", isolation="contact"))
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.placement_of["A"].terms == {"breach": 200.0}


@pytest.mark.parametrize(
    ("fields", "visible", "hour", "points"),
    [
        ({"age": 50}, "no", 10, 15),
        ({"age": 79, "moves": 1}, "no", 10, 15),
        ({"age": 80}, "no", 10, 25),
        ({"age": 50}, "yes", 10, 25),
        ({"age": 50, "moves": 2}, "no", 10, 30),
        ({"age": 90, "moves": 4}, "yes", 23, 45),
        ({"age": 50}, "no", 6, 20),
        ({"age": 50}, "no", 7, 15),
    ],
)
def test_a_transfer_costs_more_for_frail_again_and_at_night(fields, visible, hour, points):
    beds = [bed("B-1", features=("visible",)), bed("C-1", features=("oxygen", "visible")), bed("C-2")]
    known = need("A", oxygen="yes", visible=visible)
    made = hospital([ward()], beds, [inpatient("A", "B-1", **fields)], known, at=AT.replace(hour=hour))
    assert moved(made, "A").terms == {"transfer": points}


@pytest.mark.parametrize(
    ("known", "stay", "points"),
    [
        ({"cognition": "delirium"}, None, 25),
        ({"end_of_life": "yes"}, None, 25),
        ({"cognition": "intact", "end_of_life": "no"}, None, 15),
        ({}, StayDays(0.5, 1.0, 3.0), 15 + 15 * 0.5),
        ({}, StayDays(4.0, 9.0, 20.0), 15 + 15 * 0.025),
    ],
)
def test_a_transfer_costs_more_for_who_is_upset_by_it_or_leaves_soon(known, stay, points):
    beds = [bed("B-1"), bed("C-1", features=("oxygen",)), bed("C-2")]
    needs = replace(need("A", oxygen="yes", **known), stay=stay)
    made = hospital([ward()], beds, [inpatient("A", "B-1", age=50)], needs)
    assert moved(made, "A").terms == {"transfer": pytest.approx(points)}


@pytest.mark.parametrize(("hour", "points"), [(10, 0), (22, 5)])
def test_a_step_down_asked_to_move_and_pays_for_the_night_alone(hour, points):
    beds = [bed("I-1", ward_id="I"), *bay("B", 2)]
    step_down = person("A", bed_id="I-1", source="step_down", age=88, moves=5)
    made = hospital([ward(), ward("I", level="icu")], beds, [step_down], at=AT.replace(hour=hour))
    placement = moved(made, "A")
    assert placement.action is Action.TRANSFER
    assert placement.penalty == points


def test_each_breach_left_standing_costs():
    made = hospital(
        [ward(min_age=16)], bay("B", 3), [inpatient("A", "B-1", age=3), inpatient("C", "B-2")], need("A", level="hdu")
    )
    assert terms(made, "A") == {"breach": 400.0}
    assert terms(made, "C") == {}


def test_every_weight_multiplies_its_own_term():
    made = hospital([ward()], [bed("S-1")], [waiting("A", 6)], need("A", acuity="4"))
    doubled = BedWeights(side_room=7.5)
    assert moved(made, "A", doubled).terms == {"side_room": 7.5}
