from datetime import datetime, timedelta

import numpy as np

from medalloc.optimise.beds.slots import slots_of

AT = datetime(2026, 3, 5, 8, 0)


def test_a_day_has_six_slots_and_each_further_one_is_one():
    slots = slots_of(AT, 3)
    assert slots.edges.tolist() == [0, 4, 8, 12, 16, 20, 24, 48, 72]
    assert (slots.count, slots.horizon_hours) == (8, 72)
    assert slots.days.tolist() == [1 / 6] * 6 + [1, 1]
    assert slots_of(AT, 1).count == 6


def test_a_moment_lies_in_the_slot_that_begins_with_it():
    found = slots_of(AT, 2).containing(np.array([-3.0, 0.0, 3.9, 4.0, 23.0, 24.0, 47.0, 48.0, np.inf]))
    assert found.tolist() == [0, 0, 0, 1, 5, 6, 6, 7, 7]


def test_whoever_leaves_within_a_slot_has_left_at_the_next():
    found = slots_of(AT, 2).left_by(np.array([0.5, 4.0, 4.1, 24.0, 25.0, 48.0, 60.0, np.inf]))
    assert found.tolist() == [1, 1, 2, 6, 7, 7, 7, 7]


def test_hours_and_moments_are_each_others_inverse_and_never_early():
    slots = slots_of(AT, 3)
    for minutes in (0, 1, 7, 380, 500, 4319):
        moment = AT + timedelta(minutes=minutes)
        assert slots.moment(slots.hours(moment)) == moment
    assert slots.moment(1 / 7200) == AT + timedelta(seconds=1)
