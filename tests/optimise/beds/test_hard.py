"""The vectorised rules agree with the plain ones on every patient and bed."""

from datetime import timedelta

import pytest

from medalloc.domain.plan import Locks, Rule
from medalloc.optimise.beds.hard import BED_RULES, allowed, in_time, movable, not_refused
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.rules import moved_enough, own_rules, ready_at, usable
from tests.optimise.beds.situations import berth, row, situation
from tests.optimise.hospitals import AT, CLEANING, bay, bed, hospital, inpatient, person, waiting, ward
from tests.optimise.random_hospital import random_hospital


def random_situation(seed):
    made = random_hospital(seed, beds=50, waiting=12, expected=8, odd=0.3, misfit=0.5)
    refused = frozenset({("Q0", bed.bed_id) for bed in made.snapshot.beds[::3]})
    return situation_of(made.snapshot, made.needs, Given(locks=Locks(forbidden=refused, keep=frozenset({"Q1"}))))


@pytest.mark.parametrize("seed", range(8))
def test_each_rule_of_the_bed_is_the_plain_one(seed):
    found = random_situation(seed)
    masks = {rule: mask(found) for rule, mask in BED_RULES.items()}
    for i, someone in enumerate(found.people):
        for j, cell in enumerate(found.cells):
            broken = own_rules(someone, cell.beds[0], cell.ward, single=cell.single)
            assert {rule for rule, mask in masks.items() if not mask[i, j]} == set(broken), (someone, cell)


@pytest.mark.parametrize("seed", range(8))
def test_who_may_come_at_once_is_who_the_plain_rules_let(seed):
    """Of beds in which nobody lies; those of others are a matter of who leaves when."""
    found = random_situation(seed)
    mask = allowed(found)
    for i, someone in enumerate(found.people):
        held = someone.patient_id == "Q1" or (someone.bed_id and someone.patient.fixed)
        held = held or moved_enough(someone, found.settings.max_moves)
        for q, each in enumerate(found.berths):
            cell = found.cells[each.cell]
            if cell.lying or each.opens != int(found.slots.containing(each.ready_hours)):
                continue
            ready = ready_at(cell.beds[0], cell.ward, found.at, occupied=False, escalation=True)
            fits = not own_rules(someone, cell.beds[0], cell.ward, single=cell.single)
            stays = found.start_hours[i, q] < found.leave_hours[i] and found.start[i, q] < found.end[i]
            later = someone.bed_id and found.start[i, q] == 0 and found.start_hours[i, q] > 0
            free = not held and stays and not later and someone.patient_id not in cell.refused
            expected = bool(fits and free and not usable(someone, ready, found.at, 3))
            assert mask[i, q] == expected, (someone.patient_id, cell.beds[0].bed_id)


def test_a_pinned_bed_is_for_one_patient_and_they_for_it():
    made = hospital([ward()], bay("B", 4), [waiting("A", 1), waiting("Q", 2), inpatient("C", "B-1")])
    found = situation_of(made.snapshot, made.needs, Given(locks=Locks(pins={"Q": "B-3"})))
    cell = found.cell_of["B-3"]
    assert not_refused(found)[:, cell].tolist() == [False, True, False]
    assert [j for j in range(len(found.cells)) if movable(found)[1, j]] == [cell]


def test_an_inpatient_moves_now_or_not_at_all():
    cleaned = [bed("S-1", status=CLEANING, available_at=AT + timedelta(hours=1)), bed("T-1")]
    people = [inpatient("A", "T-1"), inpatient("C", "U-1"), waiting("Q", 2)]
    found = situation(hospital([ward()], [*cleaned, bed("U-1")], people))
    mask = in_time(found)
    assert mask[:, berth(found, "S-1")].tolist() == [False, False, True]
    assert mask[:, berth(found, "T-1")].tolist() == [True, True, True]


def test_whoever_leaves_a_bed_for_one_that_is_cleaned_first_leaves_it_at_the_next_slot():
    cleaned = bed("S-1", status=CLEANING, available_at=AT + timedelta(hours=1))
    people = [person("S", bed_id="I-1", source="step_down"), waiting("Q", 2)]
    made = hospital([ward(), ward("I", level="icu")], [cleaned, bed("I-1", ward_id="I")], people)
    found = situation(made)
    assert [in_time(found)[:, berth(found, "S-1", number)].tolist() for number in (0, 1)] == [
        [False, True],
        [True, False],
    ]


@pytest.mark.parametrize(("hours", "held"), [(24, True), (25, False)])
def test_a_bed_is_held_for_a_day_and_no_longer(hours, held):
    cleaned = bed("S-1", status=CLEANING, available_at=AT + timedelta(hours=hours))
    found = situation(hospital([ward()], [cleaned], [waiting("Q", 2)]))
    assert bool(in_time(found)[0, 0]) == held


@pytest.mark.parametrize(("arrives", "held"), [(30, True), (20, False)])
def test_for_an_arrival_the_day_begins_with_it(arrives, held):
    cleaned = bed("S-1", status=CLEANING, available_at=AT + timedelta(hours=50))
    expected = person("E", status="expected", expected_at=AT + timedelta(hours=arrives))
    found = situation(hospital([ward()], [cleaned], [expected]))
    assert bool(in_time(found)[0, 0]) == held


def test_nobody_comes_to_a_bed_only_to_have_left():
    cleaned = bed("S-1", status=CLEANING, available_at=AT + timedelta(hours=9))
    people = [waiting("A", 2, edd=AT + timedelta(hours=9)), waiting("C", 2, edd=AT + timedelta(hours=10))]
    found = situation(hospital([ward()], [cleaned], people))
    assert in_time(found)[:, 0].tolist() == [False, True]


def test_after_its_patient_has_left_a_bed_is_come_to_by_the_later_berth():
    people = [
        inpatient("A", "S-1", edd=AT + timedelta(hours=9)),
        person("E", status="expected", expected_at=AT + timedelta(hours=10)),
        person("F", status="expected", expected_at=AT + timedelta(hours=15)),
    ]
    found = situation(hospital([ward()], [bed("S-1")], people))
    mask = in_time(found)[[row(found, "E"), row(found, "F")]]
    assert mask.tolist() == [[True, True], [False, True]]


def test_every_rule_of_the_bed_has_a_mask():
    assert set(BED_RULES) == {Rule.LEVEL, Rule.AGE, Rule.FEATURES, Rule.BAY_SEX, Rule.ISOLATION}
