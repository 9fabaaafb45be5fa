import itertools
from collections import Counter
from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Reason, Rule, SolveStatus
from medalloc.errors import DataError, DecisionError
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.solve import solve_beds
from medalloc.optimise.beds.why_not import why_not
from medalloc.optimise.stays.search import SearchLimits
from tests.optimise.beds.answered import lively, planned, row
from tests.optimise.hospitals import AT, CLOSED, RESERVED, bay, bed, hospital, inpatient, need, person, waiting, ward
from tests.optimise.random_hospital import random_hospital

EXACT = SearchLimits(30.0, gap=0.0)


def rules(answer):
    return {violation.rule for violation in answer.forbidden}


def total(outcome):
    return sum(points for line in outcome.terms for points in line.values())


def locked(made, outcome, patient_id, bed_id):
    """The best plan with the lock; None where it cannot be kept."""
    try:
        found = solve_beds(
            made.snapshot, made.needs, Given(outcome.situation.settings, Locks(pins={patient_id: bed_id}))
        )
    except DecisionError:
        return None
    return found


@pytest.mark.parametrize("seed", range(8))
def test_the_price_is_what_the_best_plan_with_the_bed_costs_more(seed):
    made = random_hospital(seed, beds=7, waiting=3, expected=1, occupancy=0.7, odd=0.2, misfit=0.3)
    outcome = planned(made)
    kinds = Counter()
    for patient, place in itertools.product(made.snapshot.patients, made.snapshot.beds):
        answer = why_not(outcome, patient.patient_id, place.bed_id, EXACT)
        if answer.forbidden:
            assert answer.price is None
            assert not answer.changes
            kinds["forbidden"] += 1
            continue
        if outcome.bed_ids[row(outcome, patient.patient_id)] == place.bed_id:
            assert answer.price == 0.0
            continue
        best = locked(made, outcome, patient.patient_id, place.bed_id)
        if answer.status is SolveStatus.INFEASIBLE:
            assert best is None
            assert answer.price is None
            kinds["infeasible"] += 1
            continue
        assert answer.status is SolveStatus.OPTIMAL
        least = best.found.objective - total(outcome)
        assert least - 1e-5 <= answer.price <= total(best) - total(outcome) + 1e-5
        assert answer.least_price == pytest.approx(min(least, answer.price), abs=1e-5)
        assert sum(answer.terms.values()) == pytest.approx(answer.price, abs=1e-6)
        kinds["priced"] += 1
    assert kinds["priced"] + kinds["infeasible"] > 1
    assert kinds["forbidden"] > 4


@pytest.mark.parametrize("seed", range(3))
def test_short_of_time_the_price_is_still_that_of_a_plan_and_the_bound_below_it(seed):
    made, outcome = lively(seed)
    found = 0
    for patient in made.snapshot.patients[::5]:
        for place in made.snapshot.beds[seed::7]:
            answer = why_not(outcome, patient.patient_id, place.bed_id, SearchLimits(0.1))
            if answer.price is None:
                continue
            assert answer.least_price <= answer.price + 1e-9
            assert sum(answer.terms.values()) == pytest.approx(answer.price, abs=1e-6)
            if answer.changes:
                assert answer.changes[0].patient_id == patient.patient_id
                assert answer.changes[0].after.to_bed_id == place.bed_id
            found += 1
    assert found > 5


def test_the_rules_that_forbid_a_bed_are_named_at_once():
    beds = [bed("A-1"), bed("C-1", status=CLOSED), bed("D-1", status=RESERVED), *bay("B", 2)]
    people = [inpatient("F", "A-1", fixed=True), inpatient("M", "B-1", sex="male", moves=5), waiting("Q", 2, age=9)]
    made = hospital([ward(min_age=16)], beds, people, need("Q", level="icu", oxygen="yes"))
    outcome = planned(made, Locks(forbidden=frozenset({("Q", "B-2")})))
    assert rules(why_not(outcome, "Q", "B-2", EXACT)) == {Rule.AGE, Rule.LEVEL, Rule.FEATURES, Rule.REJECTED}
    assert {Rule.USABLE_BED} < rules(why_not(outcome, "Q", "C-1", EXACT))
    assert rules(why_not(outcome, "F", "D-1", EXACT)) == {Rule.FIXED, Rule.USABLE_BED}
    assert rules(why_not(outcome, "M", "B-2", EXACT)) == {Rule.MOVES}
    assert rules(why_not(outcome, "Q", "nowhere", EXACT)) == {Rule.USABLE_BED}


def test_what_forbids_a_bed_is_said_in_codes_too():
    made = hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("Q", 2)], need("Q", oxygen="yes"))
    answer = why_not(planned(made), "Q", "C-1", EXACT)
    assert [(each.rule, each.why) for each in answer.forbidden] == [
        (Rule.FEATURES, Reason("lacks_features", (("features", "oxygen"),)))
    ]
    nowhere = why_not(planned(made), "Q", "nowhere", EXACT)
    assert [each.why for each in nowhere.forbidden] == [None]


def test_a_bed_in_which_somebody_fixed_lies_is_forbidden():
    people = [inpatient("F", "A-1", fixed=True), waiting("Q", 2)]
    answer = why_not(planned(hospital([ward()], [bed("A-1"), bed("C-1")], people)), "Q", "A-1", EXACT)
    assert [(each.rule, each.detail) for each in answer.forbidden] == [
        (Rule.ONE_PATIENT_PER_BED, "the bed is kept by F")
    ]


def test_a_bay_in_which_somebody_fixed_of_the_other_sex_lies_is_forbidden():
    people = [inpatient("F", "B-1", sex="male", fixed=True), waiting("Q", 2)]
    answer = why_not(planned(hospital([ward()], [*bay("B", 2), bed("C-1")], people)), "Q", "B-2", EXACT)
    assert rules(answer) == {Rule.BAY_SEX}


def test_where_nobody_in_the_way_can_go_elsewhere_it_is_infeasible():
    people = [inpatient("A", "A-1"), waiting("Q", 2)]
    answer = why_not(planned(hospital([ward()], [bed("A-1")], people)), "Q", "A-1", EXACT)
    assert (answer.status, answer.forbidden, answer.price, answer.changes) == (SolveStatus.INFEASIBLE, (), None, ())


def test_a_plan_that_may_make_no_transfer_cannot_move_the_patient():
    people = [inpatient("A", "A-1"), waiting("Q", 2)]
    made = hospital([ward()], [bed("A-1"), bed("C-1")], people)
    assert rules(why_not(planned(made, max_transfers=0), "A", "C-1", EXACT)) == {Rule.MOVES}
    assert why_not(planned(made, max_transfers=1), "A", "C-1", EXACT).price == pytest.approx(15.0)


def test_another_patient_gives_way_and_the_changes_say_so():
    people = [inpatient("A", "A-1"), waiting("Q", 2)]
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], people))
    answer = why_not(outcome, "Q", "A-1", EXACT)
    assert (answer.price, dict(answer.terms)) == (15.0, {"transfer": 15.0})
    assert [(each.patient_id, each.before.to_bed_id, each.after.to_bed_id) for each in answer.changes] == [
        ("Q", "C-1", "A-1"),
        ("A", "A-1", "C-1"),
    ]
    assert "gives_way_to" in {reason.code for reason in answer.changes[1].why}


def test_only_those_who_must_are_placed_otherwise():
    beds = [bed(f"{letter}-1") for letter in "ABCDEFGH"]
    people = [waiting(name, hours) for name, hours in (("P", 3), ("Q", 4), ("R", 5), ("S", 6))]
    outcome = planned(hospital([ward()], beds, people))
    free = next(place.bed_id for place in beds if place.bed_id not in outcome.bed_ids)
    assert [change.patient_id for change in why_not(outcome, "R", free, EXACT).changes] == ["R"]


def test_the_bed_that_the_plan_gives_costs_nothing():
    outcome = planned(hospital([ward()], [bed("A-1")], [waiting("Q", 2)]))
    answer = why_not(outcome, "Q", "A-1", EXACT)
    assert (answer.status, answer.price, answer.least_price, answer.changes) == (SolveStatus.OPTIMAL, 0.0, 0.0, ())


def test_why_a_patient_is_not_left_where_they_are():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1")]
    outcome = planned(hospital([ward()], beds, [inpatient("A", "A-1"), waiting("Q", 30)], need("Q", oxygen="yes")))
    answer = why_not(outcome, "A", "A-1", EXACT)
    assert answer.price > 0
    assert answer.terms["transfer"] == -15.0
    assert {change.patient_id: change.after.to_bed_id for change in answer.changes} == {"A": "A-1", "Q": ""}


def test_other_locks_hold_and_forbid():
    beds = [bed("A-1"), bed("C-1"), bed("D-1")]
    outcome = planned(hospital([ward()], beds, [waiting("P", 3), waiting("Q", 2)]), Locks(pins={"P": "C-1"}))
    assert rules(why_not(outcome, "Q", "C-1", EXACT)) >= {Rule.LOCKED}
    assert rules(why_not(outcome, "P", "A-1", EXACT)) == {Rule.LOCKED}


def test_a_patient_who_is_not_expected_yet_is_not_placed():
    late = person("E", status="expected", expected_at=AT + timedelta(days=9))
    outcome = planned(hospital([ward()], [bed("A-1")], [late]))
    assert rules(why_not(outcome, "E", "A-1", EXACT)) == {Rule.USABLE_BED}


def test_an_unknown_patient_is_a_data_error():
    outcome = planned(hospital([ward()], [bed("A-1")], []))
    with pytest.raises(DataError, match="no patient nobody"):
        why_not(outcome, "nobody", "A-1", EXACT)
