from datetime import datetime, timedelta

import pytest

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.vitals import NEWS2_BANDS, VitalSet, draw_vitals, news2

NORMAL = {
    "taken_at": datetime(2026, 3, 10),
    "resp_rate": 16,
    "spo2": 97,
    "scale2": False,
    "on_oxygen": False,
    "systolic_bp": 125,
    "pulse": 70,
    "consciousness": "A",
    "temperature": 36.8,
}


@pytest.mark.parametrize(
    ("change", "score"),
    [
        ({}, 0),
        ({"resp_rate": 8}, 3),
        ({"resp_rate": 11}, 1),
        ({"resp_rate": 24}, 2),
        ({"resp_rate": 25}, 3),
        ({"spo2": 91}, 3),
        ({"spo2": 93}, 2),
        ({"spo2": 95}, 1),
        ({"spo2": 87, "scale2": True}, 1),
        ({"spo2": 97, "scale2": True}, 0),
        ({"spo2": 95, "scale2": True, "on_oxygen": True}, 4),
        ({"spo2": 97, "scale2": True, "on_oxygen": True}, 5),
        ({"on_oxygen": True}, 2),
        ({"systolic_bp": 90}, 3),
        ({"systolic_bp": 100}, 2),
        ({"systolic_bp": 110}, 1),
        ({"systolic_bp": 220}, 3),
        ({"pulse": 40}, 3),
        ({"pulse": 111}, 2),
        ({"pulse": 131}, 3),
        ({"consciousness": "C"}, 3),
        ({"temperature": 35.0}, 3),
        ({"temperature": 36.0}, 1),
        ({"temperature": 38.1}, 1),
        ({"temperature": 39.1}, 2),
    ],
)
def test_news2_is_that_of_the_royal_college(change: dict[str, object], score: int) -> None:
    assert news2(VitalSet(**(NORMAL | change))) == score  # type: ignore[arg-type]


def test_the_last_set_is_never_worse_than_the_acuity_and_seldom_better(hospital: SimulatedHospital) -> None:
    inside = adults = 0
    for stay in hospital.stays:
        sets = draw_vitals(stay, hospital.at, stream(7, "vitals", stay.patient_id))
        if stay.is_child or not sets:
            continue
        low, high = NEWS2_BANDS[stay.acuity]
        score = news2(sets[-1])
        assert score <= high, stay.patient_id
        adults += 1
        inside += low <= score
    assert adults > 250
    assert inside / adults > 0.9


def test_signs_follow_the_needs_and_the_mind(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        for taken in draw_vitals(stay, hospital.at, stream(7, "vitals", stay.patient_id)):
            assert taken.on_oxygen == bool({"oxygen", "ventilator"} & stay.features) or stay.is_child
            assert (taken.consciousness == "C") >= (stay.cognition == "delirium" and not stay.is_ventilated)
            assert taken.taken_at <= hospital.at + timedelta(0)
