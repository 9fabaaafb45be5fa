import tracemalloc
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.people import Readiness
from medalloc.optimise.beds.weights import BedWeights
from tests.optimise.beds.situations import berth, coming, prices, remaining, row, situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital

RENAL = ward(specialties=("renal", "urology", "vascular"))


def later(hours):
    return AT + timedelta(hours=hours)


def test_a_bed_costs_by_the_days_until_the_expected_discharge():
    made = hospital([RENAL], bay("B", 2), [waiting("A", 6, edd=later(36))], need("A", specialty="urology"))
    assert coming(made, "A", "B-1") == {"outlier": pytest.approx(0.5 * 1 * 1.5)}


def test_a_bed_held_costs_from_when_it_is_come_to():
    leaving = inpatient("C", "B-1", edd=later(6), readiness=Readiness.READY)
    made = hospital([RENAL], bay("B", 2), [waiting("A", 4), leaving], need("A", specialty="stroke", acuity="4"))
    share = 8 / 24
    assert coming(made, "A", "B-1", number=1) == {
        "waiting": pytest.approx(16 * (1 - 0.85 * (1 - share))),
        "outlier": pytest.approx(0.5 * 5 * (3 - share)),
    }


@pytest.mark.parametrize(("horizon_days", "days"), [(1, 1), (3, 3), (9, 3)])
def test_days_beyond_the_third_are_not_priced(horizon_days, days):
    made = hospital([RENAL], bay("B", 2), [inpatient("A", "B-1")], need("A", specialty="vascular"))
    assert remaining(made, "A", horizon_days=horizon_days) == {"outlier": pytest.approx(0.5 * 2 * days)}
    assert prices(situation(made, horizon_days=horizon_days)).most_days == days


def test_who_remains_in_a_bed_pays_for_it_and_for_the_rules_it_breaks():
    made = hospital([replace(RENAL, min_age=16)], [bed("S-1")], [inpatient("A", "S-1", age=3, edd=later(30))])
    assert remaining(made, "A") == {"side_room": pytest.approx(1.25), "breach": pytest.approx(70 * 1.25)}


def test_who_waits_pays_for_the_wait():
    made = hospital([ward()], bay("B", 2), [waiting("A", 6, source="ed", edd=later(14))], need("A", acuity="4"))
    assert remaining(made, "A") == {"waiting": pytest.approx(1.5 * 18)}


def test_a_step_down_held_for_a_later_bed_pays_for_both():
    wards = [RENAL, ward("I", level="icu", min_age=60)]
    leaving = inpatient("C", "B-1", edd=later(6), readiness=Readiness.REVIEW)
    step_down = person("A", bed_id="I-1", source="step_down")
    beds = [*bay("B", 2), bed("I-1", ward_id="I"), bed("V-1", ward_id="I")]
    made = hospital(wards, beds, [step_down, leaving], need("A", specialty="urology", acuity="4"))
    share = 8 / 24
    assert coming(made, "A", "B-1", number=1) == {
        "waiting": pytest.approx(1.2 * 12 * (1 - 0.75 * (1 - share))),
        "outlier": pytest.approx(0.5 * 1 * (3 - share)),
        "side_room": pytest.approx(1.0 * share),
        "over_level": pytest.approx(3.5 * 2 * share),
        "breach": pytest.approx(70 * share),
    }


def test_whoever_comes_newly_pays_once_for_level_distance_and_change():
    wards = [ward("R", site="North", specialties=("renal",)), ward("H", site="South", level="hdu", open=False)]
    made = hospital(
        wards, [*bay("B", 2, ward_id="R"), *bay("H", 2, ward_id="H")], [waiting("A", 6)], need("A", specialty="renal")
    )
    assert coming(made, "A", "H-1", reference={"A": "B-2"}) == {
        "over_level": pytest.approx(3.5 * 3),
        "escalation": pytest.approx(10.0 * 3),
        "enter_over_level": 100.0,
        "distance": 2.0,
        "change": 3.0,
    }


def test_a_transfer_costs_once():
    made = hospital([RENAL], [*bay("B", 2), bed("C-1")], [inpatient("A", "B-1", age=85)], need("A", falls="yes"))
    assert coming(made, "A", "B-1") == {"out_of_sight": pytest.approx(3.0), "transfer": 25.0}


@pytest.mark.parametrize(
    ("name", "made", "patient_id", "bed_id"),
    [
        ("outlier", hospital([RENAL], bay("B", 2), [waiting("A", 6)], need("A", specialty="stroke")), "A", "B-1"),
        ("preferred", hospital([ward()], bay("B", 2), [waiting("A", 6)], need("A", end_of_life="yes")), "A", "B-1"),
        ("side_room", hospital([ward()], [bed("S-1")], [waiting("A", 6)]), "A", "S-1"),
        ("over_level", hospital([ward(level="hdu")], bay("B", 2), [waiting("A", 6)]), "A", "B-1"),
        ("enter_over_level", hospital([ward(level="icu")], bay("B", 2), [waiting("A", 6)]), "A", "B-1"),
        ("out_of_sight", hospital([ward()], bay("B", 2), [waiting("A", 6)], need("A", falls="yes")), "A", "B-1"),
        ("unsuited", hospital([ward()], bay("B", 2, features=("no_uninfected",)), [waiting("A", 6)]), "A", "B-1"),
        ("escalation", hospital([ward(open=False)], bay("B", 2), [waiting("A", 6)]), "A", "B-1"),
    ],
)
def test_every_weight_multiplies_its_own_term(name, made, patient_id, bed_id):
    once = coming(made, patient_id, bed_id)
    more = coming(made, patient_id, bed_id, weights=BedWeights(**{name: 3 * getattr(BedWeights(), name)}))
    assert more == {**once, name: pytest.approx(3 * once[name])}


@pytest.mark.parametrize("seed", [3, 8])
def test_terms_sum_to_what_a_berth_and_remaining_cost(seed):
    made = random_hospital(seed, beds=60, waiting=9, expected=7, odd=0.2, misfit=0.3)
    found = situation(made, {"Q0": made.snapshot.beds[0].bed_id, "I1": made.snapshot.beds[3].bed_id})
    priced = prices(found)
    dice = np.random.default_rng(seed)
    for i, q in zip(
        dice.integers(len(found.people), size=200), dice.integers(len(found.berths), size=200), strict=True
    ):
        assert sum(priced.coming_terms(i, q).values()) == pytest.approx(priced.coming[i, q])
    for i in range(len(found.people)):
        assert sum(priced.remaining_terms(i).values()) == pytest.approx(priced.remaining[i])
    np.testing.assert_allclose(sum(priced.newly(name) for name in priced.names), priced.coming, atol=1e-9)
    assert {name for name in priced.names if priced.newly(name).any()} >= {"waiting", "outlier", "transfer", "change"}


def test_prices_are_finite_even_where_nobody_can_come():
    far = person("A", status="expected", source="ed", expected_at=later(900))
    unknown = person("C", status="expected", source="ed")
    made = hospital([ward(care_hours=9.0)], [*bay("B", 2), bed("S-1")], [far, unknown], need("A", falls="yes"))
    priced = prices(situation(made))
    assert np.isfinite(priced.coming).all()
    np.testing.assert_array_equal(priced.remaining, [0, 0])


def test_a_bed_at_home_is_reached_by_its_row_and_column():
    made = hospital([RENAL], [*bay("B", 2), bed("S-1")], [waiting("A", 2), inpatient("C", "S-1")])
    found = situation(made)
    assert prices(found).remaining[row(found, "C")] == pytest.approx(3.0)
    assert prices(found).coming[row(found, "A"), berth(found, "S-1")] == pytest.approx(3.0)


def test_a_thousand_beds_are_priced_within_four_hundred_megabytes():
    made = random_hospital(5, beds=1000, waiting=150, expected=100)
    found = situation(made, {patient.patient_id: made.snapshot.beds[0].bed_id for patient in made.snapshot.patients})
    arrays = (found.chance, found.days, found.days_before)
    assert arrays[0].shape == (len(found.people), len(found.berths))
    tracemalloc.start()
    priced = prices(found)
    assert priced.coming.size > 1_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 400e6
