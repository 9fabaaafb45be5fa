from datetime import timedelta

from medalloc.domain.plan import Locks, Rule
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.beds.solve import as_it_is, solve_beds
from medalloc.optimise.beds.waiting import Vacancies
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, person, waiting, ward


def standing(made, locks=None):
    situation = situation_of(made.snapshot, made.needs, Given(locks=locks or Locks()))
    return Vacancies(as_it_is(compile_situation(situation)))


def free(vacancies, i):
    return {bed_id: vacancy.broken for vacancy in vacancies.of(i) for bed_id in vacancy.bed_ids}


def test_beds_in_which_nobody_lies_are_free_closed_ones_are_not():
    beds = [bed("A-1"), bed("B-1"), bed("C-1"), bed("X-1", status=CLOSED)]
    made = hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 2)])
    assert free(standing(made), 1) == {"B-1": frozenset(), "C-1": frozenset()}


def test_beds_that_the_plan_gives_are_not_free_and_beds_left_are():
    beds = [bed("A-1"), bed("B-1", features=("oxygen",))]
    made = hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 2)], need("A", oxygen="yes"))
    outcome = solve_beds(made.snapshot, made.needs, Given(locks=Locks(keep=frozenset({"Q"}))))
    assert free(Vacancies(outcome), 1) == {"A-1": frozenset()}


def test_a_bed_that_will_be_left_is_free_from_then_on():
    people = [inpatient("A", "A-1", edd=AT + timedelta(hours=6)), waiting("Q", 2)]
    vacancies = standing(hospital([ward()], [bed("A-1")], people))
    (only,) = vacancies.of(1)
    assert vacancies.outcome.situation.start_hours[1, only.berth] == 8.0


def test_a_bed_that_is_left_too_late_cannot_be_used():
    people = [inpatient("A", "A-1", edd=AT + timedelta(hours=40)), waiting("Q", 2)]
    assert free(standing(hospital([ward()], [bed("A-1")], people)), 1) == {"A-1": {Rule.USABLE_BED}}


def test_every_rule_that_a_free_bed_breaks_is_named():
    people = [inpatient("M", "B-1", sex="male"), waiting("Q", 2, age=9), waiting("P", 3)]
    made = hospital([ward(min_age=16)], bay("B", 2), people, need("Q", level="icu", oxygen="yes"))
    locks = Locks(pins={"P": "B-2"}, forbidden=frozenset({("Q", "B-2")}))
    assert free(standing(made, locks), 1) == {
        "B-2": {Rule.BAY_SEX, Rule.AGE, Rule.LEVEL, Rule.FEATURES, Rule.REJECTED, Rule.LOCKED}
    }


def test_company_that_comes_later_counts():
    expected = person("E", status="expected", sex="male", source="ed", expected_at=AT + timedelta(hours=9))
    made = hospital([ward()], bay("B", 2), [expected, waiting("Q", 2)])
    outcome = solve_beds(made.snapshot, made.needs, Given(locks=Locks(keep=frozenset({"Q"}))))
    assert set(free(Vacancies(outcome), 1).values()) == {frozenset({Rule.BAY_SEX})}
