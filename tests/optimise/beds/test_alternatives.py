import itertools
from collections import Counter
from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Rule
from medalloc.errors import DataError
from medalloc.optimise.beds.alternatives import best_beds
from medalloc.optimise.beds.options import options_for
from medalloc.optimise.beds.tried import Trial
from tests.optimise.beds.answered import Retrial, lively, planned, row
from tests.optimise.hospitals import AT, CLEANING, bay, bed, hospital, inpatient, need, person, waiting, ward


def named(outcome, patient_id, **more):
    return {each.bed_id: each for each in best_beds(outcome, patient_id, **more)}


@pytest.mark.parametrize("seed", range(8))
def test_each_difference_is_what_the_plan_costs_more_and_its_terms_sum_to_it(seed):
    made, outcome = lively(seed)
    judged = Retrial(made, outcome)
    kinds = Counter()
    for number, patient in enumerate(made.snapshot.patients):
        if number % 3 and patient.bed_id:
            continue
        for each in best_beds(outcome, patient.patient_id):
            assert sum(each.terms.values()) == pytest.approx(each.difference, abs=1e-6)
            state = judged.otherwise(patient.patient_id, each.bed_id, each.starts_at)
            assert each.difference == pytest.approx(judged.difference(state), abs=1e-6)
            broken = {violation.rule for violation in each.broken}
            where = patient.patient_id, each.bed_id
            if not broken:
                home = each.bed_id == patient.bed_id
                assert judged.allowed(state)
                assert judged.timely(*where, each.starts_at)
                assert home or judged.suits(*where)
            elif broken == {Rule.ONE_PATIENT_PER_BED}:
                assert not judged.allowed(state)
            elif broken <= {Rule.LEVEL, Rule.AGE, Rule.FEATURES}:
                assert judged.allowed(state)
                assert not judged.suits(*where)
            kinds[frozenset(broken)] += 1
    assert sum(kinds.values()) > 40
    assert len(kinds) > 3
    assert kinds[frozenset()] > 3


@pytest.mark.parametrize("seed", range(4))
def test_no_other_bed_is_better_than_those_named(seed):
    made, outcome = lively(seed)
    for patient in made.snapshot.patients[::7]:
        i = row(outcome, patient.patient_id)
        found = best_beds(outcome, patient.patient_id)
        ranks = [(len({broken.rule for broken in each.broken}), each.difference) for each in found]
        assert ranks == sorted(ranks)
        bays = {}
        for option in options_for(outcome, i):
            tried = Trial(outcome, i).at(option.berth, option.bed_id)
            place = made.snapshot.bed_of[option.bed_id]
            alike = (place.ward_id, place.bay_id, place.features)
            rank = (len(option.rules | ({Rule.USABLE_BED} if tried.late else set())), tried.difference)
            bays[alike] = min(bays.get(alike, rank), rank)
        best = sorted(bays.values())[:5]
        assert [rank[0] for rank in ranks] == [rank[0] for rank in best]
        assert [rank[1] for rank in ranks] == pytest.approx([rank[1] for rank in best], abs=1e-6)


def test_of_alike_beds_in_one_bay_one_is_named_and_starts_are_exact():
    beds = [bed("A-1"), *bay("B", 3), bed("C-1", status=CLEANING, available_at=AT + timedelta(hours=2, minutes=20))]
    outcome = planned(hospital([ward()], beds, [waiting("Q", 2)]), Locks(pins={"Q": "A-1"}))
    found = best_beds(outcome, "Q")
    assert [(each.bed_id, each.starts_at - AT) for each in found] == [
        ("B-1", timedelta(0)),
        ("C-1", timedelta(hours=2, minutes=20)),
    ]


def test_a_bed_that_somebody_gets_is_named_only_as_taken():
    beds = [bed("A-1"), bed("C-1", features=("oxygen",))]
    made = hospital([ward()], beds, [waiting("Q", 9), waiting("P", 2)], need("P", oxygen="yes"))
    (other,) = best_beds(planned(made), "Q")
    assert [(broken.rule, broken.bed_id, broken.patient_id) for broken in other.broken] == [
        (Rule.ONE_PATIENT_PER_BED, "C-1", "Q")
    ]
    assert "P" in other.broken[0].detail


def test_every_bed_of_a_fixed_or_kept_patient_breaks_that_rule():
    people = [inpatient("F", "A-1", fixed=True), inpatient("K", "C-1"), inpatient("M", "D-1", moves=5), waiting("W", 3)]
    beds = [bed(name) for name in ("A-1", "C-1", "D-1", "E-1", "G-1")]
    outcome = planned(hospital([ward()], beds, people), Locks(keep=frozenset({"K", "W"})))
    rules = {"F": Rule.FIXED, "K": Rule.LOCKED, "M": Rule.MOVES, "W": Rule.LOCKED}
    for patient_id, rule in rules.items():
        found = best_beds(outcome, patient_id)
        assert [each.bed_id for each in found][:2] == ["E-1", "G-1"]
        assert all(rule in {broken.rule for broken in each.broken} for each in found)


def test_a_patient_locked_elsewhere_breaks_the_lock_by_every_other_bed():
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("Q", 9)]), Locks(pins={"Q": "C-1"}))
    (other,) = best_beds(outcome, "Q")
    assert (other.bed_id, other.broken[0].rule, other.broken[0].detail) == ("A-1", Rule.LOCKED, "is locked to bed C-1")


def test_whoever_is_moved_may_stay_unless_somebody_gets_the_bed():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1")]
    people = [inpatient("A", "A-1"), waiting("Q", 30)]
    outcome = planned(hospital([ward()], beds, people, need("Q", oxygen="yes")))
    assert outcome.bed_ids == ("C-1", "A-1")
    home = named(outcome, "A")["A-1"]
    assert (home.difference, dict(home.terms), home.starts_at) == (-15.0, {"transfer": -15.0}, AT)
    assert [broken.rule for broken in home.broken] == [Rule.ONE_PATIENT_PER_BED]


def test_leaving_a_bed_later_than_planned_breaks_what_the_next_patient_needs():
    step = person("S", bed_id="I-1", source="step_down", waiting_since=AT - timedelta(hours=90))
    leaving = inpatient("L", "C-1", edd=AT + timedelta(hours=6), fixed=True)
    beds = [bed("I-1", ward_id="I", features=("ventilator",)), bed("A-1"), bed("C-1")]
    people = [step, leaving, waiting("Q", 60)]
    made = hospital([ward(), ward("I", level="icu")], beds, people, need("Q", level="icu"))
    outcome = planned(made)
    assert outcome.bed_ids[0] == "A-1"
    assert outcome.bed_ids[2] == "I-1"
    later = named(outcome, "S")["C-1"]
    assert later.starts_at == AT + timedelta(hours=8)
    assert [(broken.rule, broken.bed_id) for broken in later.broken] == [(Rule.ONE_PATIENT_PER_BED, "I-1")]


def test_who_cannot_be_planned_for_has_no_alternatives():
    late = person("E", status="expected", expected_at=AT + timedelta(days=4))
    outcome = planned(hospital([ward()], [bed("A-1"), bed("C-1")], [late]))
    assert best_beds(outcome, "E") == ()


def test_an_unknown_patient_is_a_data_error():
    outcome = planned(hospital([ward()], [bed("A-1")], []))
    with pytest.raises(DataError, match="no patient nobody"):
        best_beds(outcome, "nobody")


def test_as_many_as_asked_for_are_named():
    beds = [bed(f"{letter}-1") for letter in "ABCDEFGH"]
    outcome = planned(hospital([ward()], beds, [waiting("Q", 2)]))
    assert [len(best_beds(outcome, "Q", count=count)) for count in (1, 3, 20)] == [1, 3, 7]
    lists = [[each.bed_id for each in best_beds(outcome, "Q", count=count)] for count in (1, 3, 7)]
    assert all(longer[: len(shorter)] == shorter for shorter, longer in itertools.pairwise(lists))
