from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.people import Readiness
from medalloc.optimise.beds import soft_waiting
from tests.optimise.beds.situations import berth, row, situation
from tests.optimise.hospitals import AT, CLEANING, bay, bed, hospital, inpatient, need, person, waiting, ward


@pytest.mark.parametrize(
    ("source", "acuity", "hours", "points"),
    [
        ("ed", "2", 6, 1.5 * 2.0 * 18),
        ("elective", "5", 1, 0.6 * 0.8 * 13),
        (None, "3", 0, 1.25 * 12),
        ("step_down", "1", 2, 1.2 * 3.0 * 14),
    ],
)
def test_waiting_is_priority_by_hours_waited_and_twelve_more(source, acuity, hours, points):
    made = hospital([ward()], bay("B", 2), [waiting("A", hours, source=source)], need("A", acuity=acuity))
    np.testing.assert_allclose(soft_waiting.waiting(situation(made)), [points])


@pytest.mark.parametrize(
    ("hours", "horizon_days", "points"),
    [(-2, 3, 12.0), (0, 3, 12.0), (6, 3, 11.0), (48, 3, 4.0), (72, 3, 0.0), (90, 3, 0.0), (48, 4, 6.0)],
)
def test_an_arrival_counts_the_less_the_further_off_it_is(hours, horizon_days, points):
    expected = person("A", status="expected", source="transfer", expected_at=AT + timedelta(hours=hours))
    made = hospital([ward()], bay("B", 2), [expected], need("A", acuity="4"))
    np.testing.assert_allclose(soft_waiting.waiting(situation(made, horizon_days=horizon_days)), [points])


def test_nobody_waits_who_lies_in_a_bed_or_comes_at_no_known_time():
    people = [inpatient("A", "B-1"), person("C", status="expected", source="ed"), person("D", bed_id="B-2")]
    made = hospital([ward()], bay("B", 3), people, need("D", acuity="4"))
    np.testing.assert_allclose(soft_waiting.waiting(situation(made)), [0, 0, 12])


def part(made, patient_id, bed_id, number=0):
    found = situation(made)
    return soft_waiting.held(found)[row(found, patient_id), berth(found, bed_id, number)]


def test_a_bed_that_is_ready_leaves_nothing_of_the_wait():
    made = hospital([ward()], bay("B", 2), [waiting("A", 6)])
    assert part(made, "A", "B-1") == 0


def test_a_bed_being_cleaned_leaves_the_share_of_the_day_until_it_is_ready():
    cleaned = bed("B-1", status=CLEANING, available_at=AT + timedelta(hours=3))
    made = hospital([ward()], [cleaned, bed("C-1")], [waiting("A", 6)])
    assert part(made, "A", "B-1") == pytest.approx(3 / 24)


def test_a_bed_whose_patient_may_not_have_left_leaves_the_chance_as_well():
    leaving = inpatient("C", "B-1", edd=AT + timedelta(hours=6), readiness=Readiness.READY)
    made = hospital([ward()], bay("B", 2), [waiting("A", 5), leaving])
    share, chance = 8 / 24, 0.85
    assert part(made, "A", "B-1", 1) == pytest.approx(share + (1 - chance) * (1 - share))
    assert part(made, "A", "B-2") == 0


def test_an_arrival_waits_from_when_they_come():
    cleaned = bed("B-1", status=CLEANING, available_at=AT + timedelta(hours=9))
    arrivals = [
        person("A", status="expected", source="ed", expected_at=AT + timedelta(hours=7)),
        person("C", status="expected", source="ed", expected_at=AT + timedelta(hours=30)),
    ]
    made = hospital([ward()], [cleaned, bed("C-1")], arrivals)
    assert part(made, "A", "B-1") == pytest.approx(2 / 24)
    assert part(made, "C", "B-1") == 0


@pytest.mark.parametrize(("source", "up", "same", "down"), [("step_down", 1.0, 1.0, 0.0), ("ed", 0.0, 0.0, 0.0)])
def test_a_step_down_goes_on_waiting_in_a_bed_that_is_no_step_down(source, up, same, down):
    wards = [ward(), ward("H", level="hdu"), ward("I", level="icu")]
    beds = [*bay("H", 2, ward_id="H"), bed("I-1", ward_id="I"), bed("W-1")]
    made = hospital(wards, beds, [person("A", bed_id="H-1", source=source)])
    assert [part(made, "A", bed_id) for bed_id in ("I-1", "H-2", "W-1")] == [up, same, down]
