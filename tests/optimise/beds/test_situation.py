from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from medalloc.domain.people import Readiness
from medalloc.domain.plan import Locks
from medalloc.domain.requirements import CareHours, StayDays
from medalloc.optimise.beds.situation import Background, Given, situation_of, stuck
from medalloc.optimise.beds.weights import BedSettings
from tests.optimise.beds.situations import berth, situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward


def hours(count):
    return AT + timedelta(hours=count)


def test_who_lies_where_and_comes_and_goes_when():
    people = [
        inpatient("A", "C-1", edd=hours(13)),
        waiting("Q", 3, edd=hours(13)),
        person("E", status="expected", bed_id="B-1", expected_at=hours(5), edd=hours(3)),
        person("F", status="expected", expected_at=hours(90)),
        inpatient("D", "B-2"),
    ]
    found = situation(hospital([ward()], [*bay("B", 2), bed("C-1")], people))
    assert found.home.tolist() == [1, -1, -1, -1, 0]
    assert found.bay.tolist() == [0, -1]
    assert found.first_hours.tolist() == [0.0, 0.0, 5.0, np.inf, 0.0]
    assert found.first.tolist() == [0, 0, 1, 0, 0]
    assert found.leave_hours.tolist() == [13.0, 13.0, np.inf, np.inf, np.inf]
    assert found.end.tolist() == [4, 4, 8, 8, 8]


def test_a_newcomer_keeps_the_bed_until_it_is_clean():
    people = [inpatient("A", "C-1", edd=hours(11)), waiting("Q", 3, edd=hours(11))]
    assert situation(hospital([ward()], [bed("C-1")], people)).end.tolist() == [3, 4]


def test_days_are_counted_from_the_exact_start_to_the_end_or_the_horizon():
    people = [
        person("S", bed_id="C-1", source="step_down", edd=hours(60)),
        inpatient("A", "B-1", edd=hours(10)),
        waiting("Q", 3),
    ]
    found = situation(hospital([ward()], [bed("B-1"), bed("C-1")], people))
    late = berth(found, "B-1", 1)
    assert found.start_hours[:, late].tolist() == [12.0, 12.0, 12.0]
    assert found.start[:, late].tolist() == [3, 3, 3]
    assert found.days[:, late].tolist() == [2.0, 0.0, 2.5]
    assert found.days_before[:, late] == pytest.approx([0.5, 10 / 24, 0.0])
    assert found.home_days == pytest.approx([2.5, 10 / 24, 0.0])


def test_an_arrival_comes_to_an_open_berth_on_arrival():
    expected = person("E", status="expected", expected_at=hours(26))
    found = situation(hospital([ward()], [bed("B-1")], [expected]))
    assert (found.start[0].tolist(), found.start_hours[0].tolist()) == ([6], [26.0])


def test_the_chance_of_a_bed_is_that_of_its_patient_and_of_strangers_leaving():
    people = [
        inpatient("M", "B-1", sex="male", edd=hours(9), readiness=Readiness.READY),
        inpatient("N", "B-2", sex="male", edd=hours(6), readiness=Readiness.NOT_READY),
        waiting("Q", 1),
        waiting("O", 1, sex="male"),
    ]
    found = situation(hospital([ward()], bay("B", 2), people))
    late = berth(found, "B-1", 1)
    assert found.start_hours[2, late] == 12.0
    own, stranger = 1 - 0.15 * np.exp(-1 / 24), 1 - 0.4 * np.exp(-6 / 24)
    assert found.chance[2, late] == pytest.approx(own * stranger)
    assert found.chance[3, late] == pytest.approx(own)
    assert found.chance[2, berth(found, "B-1")] == 1.0


def test_who_comes_to_an_empty_bed_after_a_stranger_has_left_depends_on_that_too():
    people = [
        inpatient("M", "B-1", sex="male", edd=hours(9), readiness=Readiness.READY),
        person("E", status="expected", expected_at=hours(33)),
    ]
    found = situation(hospital([ward()], bay("B", 2), people))
    assert found.chance[1, berth(found, "B-2")] == pytest.approx(1 - 0.15 * np.exp(-1))


def test_a_forecast_overrides_the_chance_and_not_the_date():
    made = hospital([ward()], [bed("S-1")], [inpatient("M", "S-1", edd=hours(22)), waiting("Q", 1)])
    background = Background(departures={"M": StayDays(0.5, 1.0, 3.0)})
    found = situation_of(made.snapshot, made.needs, Given(background=background))
    late = berth(found, "S-1", 1)
    assert found.start_hours[1, late] == 24.0
    assert found.chance[1, late] == pytest.approx(0.1 + 0.4 * (22 / 24 - 0.5) / 0.5)


def test_hours_of_care_are_those_of_nurses_and_assistants():
    known = replace(need("A"), care=CareHours(3.5, 1.25))
    found = situation(hospital([ward()], bay("B", 2), [inpatient("A", "B-1"), inpatient("C", "B-2")], known))
    assert found.care_hours.tolist() == [4.75, 0.0]


@pytest.mark.parametrize(
    ("patient", "locks", "settings", "held"),
    [
        (inpatient("A", "B-1"), Locks(), {}, False),
        (inpatient("A", "B-1", fixed=True), Locks(), {}, True),
        (inpatient("A", "B-1", moves=5), Locks(), {}, True),
        (inpatient("A", "B-1", moves=5), Locks(), {"max_moves": 6}, False),
        (inpatient("A", "B-1", moves=5), Locks(pins={"A": "B-2"}), {}, False),
        (person("A", bed_id="B-1", source="step_down", moves=5), Locks(), {}, False),
        (inpatient("A", "B-1"), Locks(pins={"A": "B-1"}), {}, True),
        (waiting("A", 1), Locks(keep=frozenset({"A"})), {}, True),
        (waiting("A", 1, fixed=True), Locks(), {}, False),
    ],
)
def test_who_is_to_remain(patient, locks, settings, held):
    made = hospital([ward()], bay("B", 2), [patient])
    given = Given(BedSettings(**settings), locks)
    assert stuck(given, situation_of(made.snapshot, {}, given).people[0]) == held
