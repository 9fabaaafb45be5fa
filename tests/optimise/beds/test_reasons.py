from datetime import timedelta
from pathlib import Path

import pytest

from medalloc.domain.people import Readiness
from medalloc.domain.plan import Locks, Reason
from medalloc.optimise.beds import Background, BedSettings, BedWeights, plan_beds
from medalloc.optimise.beds.reasons import CODES
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital


def reasons(made, patient_id, **arguments):
    return plan_beds(made.snapshot, made.needs, **arguments).placement_of[patient_id].reasons


def test_a_move_says_what_the_bed_meets():
    wards = [ward("H", level="hdu", specialties=("renal", "stroke"))]
    beds = [bed("S-1", ward_id="H", features=("oxygen", "telemetry"))]
    known = need("A", level="hdu", isolation="contact", specialty="stroke", oxygen="yes", telemetry="yes")
    assert reasons(hospital(wards, beds, [waiting("A", 3)], known), "A") == (
        Reason("isolation_met", (("isolation", "contact"),)),
        Reason("level_met", (("level", "hdu"),)),
        Reason("features_met", (("features", "oxygen;telemetry"),)),
        Reason("outlier", (("specialty", "stroke"), ("rank", "1"))),
    )


def test_a_chain_says_for_whom_the_bed_is_freed():
    people = [person("S", bed_id="I-1", source="step_down"), waiting("Q", 2)]
    beds = [bed("I-1", ward_id="I"), *bay("B", 2)]
    made = hospital([ward(), ward("I", level="icu")], beds, people, need("Q", level="icu", acuity="1"))
    assert Reason("frees_bed", (("bed_id", "I-1"), ("patient_id", "Q"))) in reasons(made, "S")


def test_a_transfer_says_which_breach_it_repairs_and_whose_bay_it_frees():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), inpatient("M", "B-3", sex="male"), waiting("Q", 5)]
    made = hospital([ward()], [*bay("B", 4), bed("S-1")], people)
    found = reasons(made, "M")
    assert Reason("repairs", (("rule", "bay_sex"), ("patient_id", "M"))) in found
    assert (
        Reason("frees_bay", (("bay_id", "B"), ("patient_id", "Q"))) in found
        or Reason("frees_bed", (("bed_id", "B-3"), ("patient_id", "Q"))) in found
    )


def test_a_wait_counts_the_rules_that_block_and_names_the_smallest_relaxation():
    beds = [*bay("M", 3), bed("S-1"), bed("T-1"), bed("X-1", status=CLOSED)]
    people = [inpatient("man", "M-1", sex="male", fixed=True), waiting("A", 5)]
    made = hospital([ward()], beds, people, need("A", oxygen="yes"))
    assert reasons(made, "A") == (
        Reason("blocked", (("rule", "features"), ("beds", "4"))),
        Reason("blocked", (("rule", "bay_sex"), ("beds", "2"))),
        Reason("would_fit_if", (("rule", "features"), ("bed_id", "S-1"))),
    )


def test_a_wait_for_want_of_beds_says_how_many_went_to_others():
    made = hospital([ward()], bay("B", 2), [waiting("A", 5), waiting("C", 6), waiting("D", 7)])
    assert reasons(made, "A") == (Reason("no_free_bed"), Reason("taken", (("beds", "2"),)))


def test_a_wait_that_is_cheaper_than_the_bed_says_so():
    made = hospital([ward()], [bed("S-1")], [waiting("A", 1)], need("A", acuity="4"))
    settings = BedSettings(weights=BedWeights(side_room=4.5))
    assert reasons(made, "A", settings=settings) == (Reason("dearer", (("bed_id", "S-1"), ("points", "0.5"))),)


@pytest.mark.parametrize(
    ("fields", "locks", "codes"),
    [
        ({"status": "expected"}, Locks(), ["not_yet"]),
        ({"status": "waiting"}, Locks(keep=frozenset({"A"})), ["kept"]),
        ({"status": "inpatient", "bed_id": "S-1", "fixed": True}, Locks(), ["fixed"]),
    ],
)
def test_who_remains_by_order_says_so(fields, locks, codes):
    made = hospital([ward()], [bed("S-1")], [person("A", **fields)])
    assert [reason.code for reason in reasons(made, "A", locks=locks)] == codes


def test_a_breach_left_is_named():
    made = hospital([ward(min_age=16)], [bed("S-1")], [inpatient("A", "S-1", age=4)])
    assert reasons(made, "A") == (Reason("breach_left", (("rule", "age"),)),)


def test_every_code_that_is_used_is_listed_and_explained():
    used = set()
    for seed in range(6):
        made = random_hospital(seed, beds=50, waiting=9, expected=6, odd=0.15, misfit=0.15)
        plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.05, time_limit_s=10))
        used |= {reason.code for placement in plan.placements for reason in placement.reasons}
    assert len(used) >= 10
    assert used <= CODES.keys()


def test_the_rule_book_lists_every_code_and_weight():
    text = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    missing = [name for name in (*CODES, *BedWeights.__dataclass_fields__) if f"`{name}`" not in text]
    assert missing == []


def test_a_held_bed_says_until_when():
    later = AT.replace(hour=14)
    made = hospital([ward()], bay("B", 2), [person("A", status="expected", source="ed", expected_at=later)])
    assert reasons(made, "A")[-1] == Reason("held_until", (("at", "2026-03-05T14:00:00"),))


def test_a_hold_says_who_must_have_left_and_how_likely_that_is():
    people = [
        inpatient("A", "S-1", edd=AT + timedelta(hours=6), readiness=Readiness.READY, fixed=True),
        waiting("Q", 9),
    ]
    made = hospital([ward()], [bed("S-1")], people)
    assert reasons(made, "Q")[-2:] == (
        Reason("held_until", (("at", "2026-03-05T18:00:00"),)),
        Reason("if_left", (("chance", "0.85"), ("patient_ids", "A"))),
    )


def test_a_bay_that_is_given_to_the_other_sex_is_named():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6), fixed=True), waiting("Q", 9)]
    found = reasons(hospital([ward()], bay("B", 2), people), "Q")
    assert Reason("flips_bay", (("bay_id", "B"), ("sex", "female"))) in found


def test_a_ward_that_is_opened_is_named():
    found = reasons(hospital([ward(open=False)], bay("B", 2), [waiting("Q", 60)]), "Q")
    assert Reason("opens_ward", (("ward_id", "W"),)) in found


def test_another_bed_than_the_last_plan_said_is_named():
    made = hospital([ward()], bay("B", 2), [waiting("A", 3), waiting("C", 5)])
    locks = Locks(pins={"C": "B-1"})
    found = reasons(made, "A", locks=locks, background=Background(reference={"A": "B-1"}))
    assert Reason("changed", (("bed_id", "B-1"),)) in found


def test_who_was_moved_too_often_stays_and_says_so():
    made = hospital([ward(min_age=16)], [bed("S-1")], [inpatient("A", "S-1", age=4, moves=5)])
    assert reasons(made, "A") == (
        Reason("moved_enough", (("moves", "5"),)),
        Reason("breach_left", (("rule", "age"),)),
    )
