from collections import Counter

import pytest

from sample_data.simulate import SimulatedHospital, simulate


@pytest.mark.parametrize(("beds", "waiting", "expected"), [(40, 6, 4), (120, 18, 12), (300, 45, 30)])
def test_15_of_100_wait_and_10_of_100_are_expected(beds: int, waiting: int, expected: int) -> None:
    status = Counter(stay.status for stay in simulate(beds, 5).stays)
    assert (status["waiting"], status["expected"]) == (waiting, expected)


def test_patients_wait_from_every_source(hospital: SimulatedHospital) -> None:
    sources = {stay.source for stay in hospital.stays if stay.status == "waiting"}
    assert sources == {"ed", "elective", "transfer", "repatriation", "step_down"}


def test_a_hospital_without_a_childrens_ward_takes_no_children() -> None:
    assert min(stay.age for stay in simulate(40, 9).stays) > 16
