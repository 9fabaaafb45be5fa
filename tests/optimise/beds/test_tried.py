from datetime import timedelta

import pytest

from medalloc.optimise.beds.options import options_for
from medalloc.optimise.beds.tried import Trial, difference, summed
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS
from tests.optimise.beds.answered import lively, planned, row
from tests.optimise.beds.situations import berth
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, person, waiting, ward


@pytest.mark.parametrize("seed", range(6))
def test_the_terms_of_what_is_allowed_sum_to_what_the_whole_plan_costs_more(seed):
    _, outcome = lively(seed, 0.7)
    problem, checked = outcome.compiled.problem, 0
    before = evaluate(problem, outcome.berth).total
    for i in range(len(outcome.situation.people)):
        for option in options_for(outcome, i):
            tried = Trial(outcome, i).at(option.berth, option.bed_id)
            berths = outcome.berth.copy()
            berths[i] = option.berth
            value = evaluate(problem, berths)
            if value.faults or tried.late:
                continue
            held_up = sum(points for name, points in tried.terms.items() if name == "waiting")
            late = tried.difference - (value.total - before)
            assert late == pytest.approx(0.0, abs=1e-6) or 0 < late <= held_up + 1e-6
            checked += 1
    assert checked > 3


@pytest.mark.parametrize("seed", range(6))
def test_no_place_costs_less_than_its_floor(seed):
    _, outcome = lively(seed, 0.7)
    for i in range(0, len(outcome.situation.people), 3):
        trial = Trial(outcome, i)
        for option in options_for(outcome, i):
            if option.berth != REMAINS:
                least = trial.floor(option.berth) - trial.before
                assert trial.at(option.berth, option.bed_id).difference >= least - 1e-6


def test_what_others_pay_for_a_bay_counts():
    people = [inpatient("M", "B-1", sex="male", edd=AT + timedelta(hours=6)), waiting("Q", 2)]
    outcome = planned(hospital([ward()], [*bay("B", 2), bed("C-1")], people))
    trial = Trial(outcome, row(outcome, "Q"))
    tried = trial.at(berth(outcome.situation, "B-2", number=1), "B-2")
    assert tried.hours == 8.0
    assert tried.terms["flip"] == 4.0


def test_company_that_breaks_a_rule_is_no_flip():
    people = [inpatient("F", "B-1"), waiting("Q", 2)]
    made = hospital([ward()], bay("B", 2), people, need("Q", isolation="airborne"))
    outcome = planned(made)
    assert "flip" not in Trial(outcome, 1).at(berth(outcome.situation, "B-2"), "B-2").terms


def test_whoever_follows_comes_later_and_whoever_comes_too_late_is_told():
    step = person("S", bed_id="I-1", source="step_down", waiting_since=AT - timedelta(hours=90))
    beds = [bed("I-1", ward_id="I", features=("oxygen",)), bed("A-1"), bed("C-1")]
    leaving = inpatient("L", "C-1", edd=AT + timedelta(hours=5), fixed=True)
    people = [step, waiting("Q", 60), leaving]
    made = hospital([ward(), ward("I", level="icu")], beds, people, need("Q", level="icu"))
    outcome = planned(made)
    assert outcome.bed_ids[:2] == ("A-1", "I-1")
    later = Trial(outcome, 0).at(berth(outcome.situation, "C-1"), "C-1")
    assert later.hours == 8.0
    assert later.late is False
    assert later.terms["waiting"] > 0


def test_staying_undoes_what_the_move_costs():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1")]
    outcome = planned(hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 30)], need("Q", oxygen="yes")))
    stay = Trial(outcome, 0).at(REMAINS, "A-1")
    assert (stay.hours, dict(stay.terms), stay.difference) == (0.0, {"transfer": -15.0}, -15.0)


def test_points_are_summed_by_rule_and_what_is_alike_is_left_out():
    before = summed([{"waiting": 2.0, "outlier": 1.5}, {"waiting": 3.0}])
    assert before == {"waiting": 5.0, "outlier": 1.5}
    assert difference(before, {"waiting": 5.0, "transfer": 15.0}) == {"outlier": -1.5, "transfer": 15.0}
