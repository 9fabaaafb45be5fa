from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Rule
from medalloc.optimise.beds.hard import allowed
from medalloc.optimise.beds.options import options_for
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.beds.answered import lively, planned, row
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, waiting, ward


def options(outcome, patient_id):
    return {option.bed_id: option for option in options_for(outcome, row(outcome, patient_id))}


@pytest.mark.parametrize("seed", range(6))
def test_what_nothing_stands_against_keeps_every_rule_and_what_is_forbidden_does_not(seed):
    _, outcome = lively(seed, 0.7)
    free = forbidden = 0
    mask = allowed(outcome.situation)
    for i in range(0, len(outcome.situation.people), 2):
        for option in options_for(outcome, i):
            if option.berth == REMAINS:
                continue
            tried = outcome.berth.copy()
            tried[i] = option.berth
            faults = [fault for fault in evaluate(outcome.compiled.problem, tried).faults if "forbidden" not in fault]
            good = bool(mask[i, option.berth]) and not faults
            assert good is (not option.obstacles), option
            free += good
            forbidden += not good
    assert free > 1
    assert forbidden > 100


def test_one_bed_of_each_cell_and_not_the_one_that_the_plan_gives():
    beds = [*bay("B", 3), bed("C-1"), bed("D-1", status=CLOSED)]
    outcome = planned(hospital([ward()], beds, [inpatient("A", "C-1"), waiting("Q", 2)]), Locks(pins={"Q": "B-2"}))
    assert options(outcome, "Q").keys() == {"B-1", "C-1"}
    assert options(outcome, "A").keys() == {"B-1", "B-2"}
    assert options(outcome, "A")["B-2"].rules == {Rule.ONE_PATIENT_PER_BED, Rule.LOCKED}


def test_a_later_berth_is_preferred_where_it_breaks_fewer_rules():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6)), waiting("Q", 2)]
    outcome = planned(hospital([ward()], [*bay("B", 2), bed("C-1")], people), Locks(pins={"Q": "C-1"}))
    option = options(outcome, "Q")["B-2"]
    assert option.rules == {Rule.LOCKED}
    assert outcome.situation.start_hours[1, option.berth] == 8.0


def test_an_inpatient_is_offered_no_bed_for_later():
    people = [inpatient("A", "A-1"), inpatient("L", "C-1", edd=AT + timedelta(hours=6))]
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], people))
    (option,) = options_for(outcome, 0)
    assert option.rules == {Rule.ONE_PATIENT_PER_BED}
    assert outcome.situation.start[0, option.berth] == 0


def test_whoever_is_moved_may_stay():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1")]
    outcome = planned(hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 30)], need("Q", oxygen="yes")))
    stay = options(outcome, "A")["A-1"]
    assert (stay.berth, stay.rules) == (REMAINS, {Rule.ONE_PATIENT_PER_BED})


def test_staying_breaks_a_lock_to_another_bed():
    made = hospital([ward()], [bed("A-1"), bed("C-1")], [inpatient("A", "A-1")])
    outcome = planned(made, Locks(pins={"A": "C-1"}))
    assert options(outcome, "A")["A-1"].rules == {Rule.LOCKED}
