from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.people import Readiness
from medalloc.domain.requirements import Requirements, StayDays
from medalloc.optimise.beds.leaving import left_share
from medalloc.optimise.beds.slots import slots_of
from medalloc.optimise.rules import Person
from tests.optimise.hospitals import AT, inpatient, person

SLOTS = slots_of(AT, 3)
STAY = StayDays(0.5, 1.0, 4.0)


def share(patient, hours, stay=None, departures=None):
    found = left_share(Person(patient, Requirements(stay=stay)), SLOTS, np.array([hours]), departures or {})
    return float(found[0])


@pytest.mark.parametrize(
    ("readiness", "expected"),
    [(Readiness.READY, 0.85), (Readiness.REVIEW, 0.75), (Readiness.NOT_READY, 0.6), (None, 0.7)],
)
def test_on_the_expected_date_the_chance_is_by_readiness(readiness, expected):
    patient = inpatient("A", "B-1", edd=AT + timedelta(hours=9), readiness=readiness)
    assert share(patient, 9.0, STAY) == pytest.approx(expected)


def test_the_later_the_likelier_and_before_the_date_ever_less():
    patient = inpatient("A", "B-1", edd=AT + timedelta(hours=30), readiness=Readiness.READY)
    assert share(patient, 54.0) == pytest.approx(1 - 0.15 * np.exp(-1))
    assert share(patient, 6.0) == pytest.approx(0.85 * np.exp(-1))


def test_without_a_date_ahead_the_stay_counts():
    passed = inpatient("A", "B-1", edd=AT - timedelta(hours=1))
    assert share(passed, 24.0, STAY) == pytest.approx(0.5)
    assert share(passed, 24.0) == 0.0


def test_of_an_arrival_the_stay_begins_with_it():
    patient = person("E", status="expected", expected_at=AT + timedelta(hours=12))
    assert share(patient, 36.0, STAY) == pytest.approx(0.5)
    assert share(patient, 10.0, STAY) == pytest.approx(0.0)


def test_a_forecast_goes_before_everything():
    patient = inpatient("A", "B-1", edd=AT + timedelta(hours=9), readiness=Readiness.READY)
    assert share(patient, 24.0, STAY, {"A": StayDays(1.0, 2.0, 5.0)}) == pytest.approx(0.1)


def test_the_shape_of_the_hours_is_kept():
    patient = inpatient("A", "B-1", edd=AT + timedelta(hours=9))
    hours = np.array([[9.0, 33.0, 9.0], [57.0, 9.0, 33.0]])
    found = left_share(Person(patient, Requirements()), SLOTS, hours, {})
    assert found.shape == (2, 3)
    assert (found == found[0, 0]).tolist() == [[True, False, True], [False, True, False]]
