from medalloc.domain.plan import Locks, Rule
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.placements import choose_beds
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.beds.waiting import broken_rules, free_beds
from tests.optimise.hospitals import CLOSED, bay, bed, hospital, inpatient, need, waiting, ward


def outcome(made, cell_of, locks=None):
    problem = build(made.snapshot, made.needs, BedSettings(), locks or Locks())
    return choose_beds(problem, priced(problem), cell_of)


def test_beds_left_by_the_plan_are_free_and_beds_given_are_not():
    beds = [bed("A-1"), bed("B-1"), bed("C-1"), bed("X-1", status=CLOSED)]
    made = hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 2)])
    assert [b.bed_id for b in free_beds(outcome(made, {}))] == ["B-1", "C-1"]
    assert [b.bed_id for b in free_beds(outcome(made, {0: 1}))] == ["A-1", "C-1"]


def test_every_rule_that_a_free_bed_breaks_is_named():
    people = [inpatient("M", "B-1", sex="male"), waiting("Q", 2, age=9)]
    made = hospital([ward(min_age=16)], bay("B", 2), people, need("Q", level="icu", oxygen="yes"))
    locks = Locks(forbidden=frozenset({("Q", "B-2")}))
    state = outcome(made, {}, locks)
    broken = broken_rules(state, state.problem.people[1], made.snapshot.bed_of["B-2"])
    assert broken == {Rule.BAY_SEX, Rule.AGE, Rule.LEVEL, Rule.FEATURES, Rule.REJECTED}
