from datetime import datetime

from medalloc.domain.events import Event, Outcome


def test_event_is_the_same_with_the_same_attributes():
    at = datetime(2026, 3, 5, 8)
    event = Event("c1", "P1", "admitted", at, attributes=(("lane", "2"),))
    assert event == Event("c1", "P1", "admitted", at, attributes=(("lane", "2"),))
    assert event != Event("c1", "P1", "admitted", at, attributes=(("lane", "3"),))


def test_outcome_that_is_not_known_is_not_a_good_one():
    outcome = Outcome("c1", 4.25)
    assert (outcome.died, outcome.readmitted_30d, outcome.expected_los_days) == (None, None, None)
