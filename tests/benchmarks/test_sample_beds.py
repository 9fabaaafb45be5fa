from __future__ import annotations

import pytest

from benchmarks.sample_beds import hospital, seeds, true_needs
from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS
from medalloc.needs.care import load_care_table

ROW = {"patient_id": "7", "specialty": "renal", "acuity": "2", "level": "hdu", "isolation": "contact"}
ROW |= {"organism": "mrsa", "cognition": "intact", "mobility": "hoist", "los_days": "9.0", "remaining_los_days": "6.0"}
ROW |= {str(name): "no" for name in (*FEATURE_NEEDS, *CARE_NEEDS)}


def test_seeds_are_a_number_or_a_range() -> None:
    assert (seeds("3"), seeds("2-5")) == ([3], [2, 3, 4, 5])


def test_true_needs_bind() -> None:
    row = ROW | {"oxygen": "yes", "dialysis": "yes", "telemetry": ""}
    found = true_needs(row, load_care_table()).requirements
    assert (found.specialty, found.acuity, found.level, found.organism) == ("renal", 2, "hdu", "mrsa")
    assert found.features == {"oxygen", "dialysis"}


def test_the_stay_is_what_is_left_of_it() -> None:
    stay = true_needs(ROW, load_care_table()).stay
    assert stay is not None
    assert (stay.p10, stay.p50, stay.p90) == pytest.approx((2.0, 6.0, 18.0))


def test_more_needs_take_more_care() -> None:
    table = load_care_table()
    one, other = true_needs(ROW, table).care, true_needs(ROW | {"one_to_one": "yes"}, table).care
    assert one is not None
    assert other is not None
    assert other.nurse + other.assistant > one.nurse + one.assistant


def test_a_hospital_comes_with_the_needs_of_everybody() -> None:
    snapshot, needs = hospital(40, 3)
    assert needs.keys() == {patient.patient_id for patient in snapshot.patients}
    assert len(snapshot.beds) == 40
