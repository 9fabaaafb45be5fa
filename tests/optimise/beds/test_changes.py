from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, BedPlan, Locks, Placement, SolveStatus
from medalloc.optimise.beds import plan_beds
from medalloc.optimise.beds.causes import basis_of
from medalloc.optimise.beds.changes import CHANGES, changes
from medalloc.optimise.beds.situation import Given
from tests.optimise.beds.answered import lively
from tests.optimise.hospitals import AT, CLOSED, bay, bed, hospital, inpatient, need, waiting, ward

EXACT = Given().settings


def plan(*lines, at=AT):
    return BedPlan(at, lines, SolveStatus.OPTIMAL, 0.0, 0.0)


def line(patient_id, to_bed_id, action=Action.ADMIT, *, since="", hours=0.0):
    starts_at = None if action is Action.WAIT else AT + timedelta(hours=hours)
    return Placement(patient_id, action, since, to_bed_id, starts_at)


def codes(found):
    return {change.patient_id: [reason.code for reason in change.why] for change in found}


def said(found, patient_id):
    (change,) = (each for each in found if each.patient_id == patient_id)
    return [(reason.code, dict(reason.values)) for reason in change.why]


def solved(made, locks=None):
    given = Given(locks=locks or Locks())
    return plan_beds(made.snapshot, made.needs, locks=locks), basis_of(made.snapshot, made.needs, given)


def between(before, after, before_locks=None, after_locks=None):
    """Changes from the plan of one hospital to that of another."""
    (old, was), (new, now) = solved(before, before_locks), solved(after, after_locks)
    return changes(old, new, (was, now))


def test_who_is_placed_alike_is_no_change():
    assert (
        changes(plan(line("A", "B-1"), line("C", "", Action.WAIT)), plan(line("A", "B-1"), line("C", "", Action.WAIT)))
        == ()
    )


def test_a_bed_that_could_be_had_and_still_can_is_no_change_by_a_later_clock():
    before = plan(line("A", "B-1", Action.HOLD, hours=2.0), line("C", "B-2", Action.HOLD, hours=5.0))
    later = plan(line("A", "B-1", hours=4.0), line("C", "B-2", Action.HOLD, hours=7.0), at=AT + timedelta(hours=4))
    assert codes(changes(before, later)) == {"C": ["better_plan"]}


def test_who_has_come_and_gone_is_told():
    found = changes(plan(line("A", "B-1"), line("C", "B-2")), plan(line("C", "B-2"), line("E", "B-1")))
    assert codes(found) == {"A": ["left"], "E": ["arrived"]}
    assert [(each.before is None, each.after is None) for each in found] == [(False, True), (True, False)]


def test_who_lies_elsewhere_now_is_told():
    before, after = plan(line("A", "B-1", Action.STAY, since="B-1")), plan(line("A", "B-2", Action.STAY, since="B-2"))
    assert said(changes(before, after), "A") == [("moved_since", {"bed_id": "B-2"})]


def test_one_takes_the_bed_that_another_leaves_and_another_gives_way():
    before = plan(line("A", "B-1"), line("C", "", Action.WAIT), line("E", "B-3"))
    after = plan(line("C", "B-1"), line("A", "B-3"), line("E", "", Action.WAIT))
    found = changes(before, after)
    assert said(found, "C") == [("takes_bed_of", {"bed_id": "B-1", "patient_id": "A"})]
    assert said(found, "E") == [("gives_way_to", {"bed_id": "B-3", "patient_id": "A"})]
    assert said(found, "A") == [
        ("gives_way_to", {"bed_id": "B-1", "patient_id": "C"}),
        ("takes_bed_of", {"bed_id": "B-3", "patient_id": "E"}),
    ]


def test_nothing_but_a_better_plan():
    assert codes(changes(plan(line("A", "B-1")), plan(line("A", "B-2")))) == {"A": ["better_plan"]}


def test_those_with_causes_of_their_own_come_first_and_whoever_is_asked_for_before_them():
    before = plan(line("A", "B-1"), line("C", "B-2"), line("E", "B-3"))
    after = plan(line("A", "B-9"), line("C", "", Action.WAIT), line("N", "B-2"), line("E", "B-3"))
    assert [each.patient_id for each in changes(before, after)] == ["N", "C", "A"]
    assert [each.patient_id for each in changes(before, after, first="A")] == ["A", "N", "C"]


def test_a_bed_is_closed():
    beds, people = [bed("A-1"), bed("C-1", features=("oxygen",))], [waiting("Q", 4)]
    made = hospital([ward()], beds, people)
    old, was = solved(made)
    given = old.placement_of["Q"].to_bed_id
    shut = tuple(replace(each, status=CLOSED) if each.bed_id == given else each for each in made.snapshot.beds)
    after = replace(made, snapshot=replace(made.snapshot, beds=shut))
    new, now = solved(after)
    assert said(changes(old, new, (was, now)), "Q") == [("bed_gone", {"bed_id": given})]


def test_a_bed_is_opened():
    people = [waiting("Q", 4)]
    before = hospital([ward()], [bed("A-1", status=CLOSED)], people)
    after = hospital([ward()], [bed("A-1")], people)
    assert said(between(before, after), "Q") == [("bed_opened", {"bed_id": "A-1"})]


def test_a_need_has_changed():
    beds, people = [bed("A-1"), bed("C-1", ward_id="X")], [waiting("Q", 40)]
    wards = [ward(specialties=("renal",)), ward("X", level="hdu", specialties=("cardiology",))]
    before = hospital(wards, beds, people, need("Q", specialty="renal"))
    after = hospital(wards, beds, people, need("Q", specialty="renal", level="hdu"))
    found = said(between(before, after), "Q")
    assert ("need_changed", {"need": "level", "before": "ward", "after": "hdu"}) in found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Locks(), Locks(pins={"Q": "C-1"}), ("locked", {"bed_id": "C-1"})),
        (Locks(pins={"Q": "C-1"}), Locks(), ("released", {"bed_id": "C-1"})),
        (Locks(), Locks(keep=frozenset({"Q"})), ("kept", {})),
        (Locks(keep=frozenset({"Q"})), Locks(), ("may_move", {})),
        (Locks(), Locks(forbidden=frozenset({("Q", "A-1")})), ("refused", {"bed_id": "A-1"})),
        (Locks(forbidden=frozenset({("Q", "A-1")})), Locks(), ("no_longer_refused", {"bed_id": "A-1"})),
    ],
)
def test_a_person_has_decided(before, after, expected):
    wards = [ward(specialties=("renal",)), ward("X", specialties=("cardiology",))]
    beds = [bed("A-1"), bed("C-1", ward_id="X")]
    made = hospital(wards, beds, [waiting("Q", 40)], need("Q", specialty="renal"))
    assert said(between(made, made, before, after), "Q") == [expected]


def test_a_bed_is_kept_for_somebody_else_and_that_is_said_once():
    beds = [bed("A-1", features=("oxygen",)), bed("C-1")]
    made = hospital([ward()], beds, [waiting("P", 3), waiting("Q", 90)])
    old, _ = solved(made)
    (given,) = {"A-1", "C-1"} - {old.placement_of["P"].to_bed_id}
    found = between(made, made, None, Locks(pins={"P": given}))
    assert ("kept_for", {"bed_id": given, "patient_id": "P"}) in said(found, "Q")
    assert "gives_way_to" not in codes(found)["Q"]


def test_a_discharge_is_expected_later():
    edd = [AT + timedelta(hours=hours) for hours in (5, 50)]
    made = [
        hospital([ward()], [bed("A-1")], [inpatient("A", "A-1", edd=leaves, fixed=True), waiting("Q", 40)])
        for leaves in edd
    ]
    found = between(*made)
    values = {"patient_id": "A", "before": edd[0].isoformat(), "after": edd[1].isoformat()}
    assert said(found, "Q") == [("discharge_changed", values)]


def test_somebody_comes_to_the_bay_who_may_not_share_it_and_somebody_leaves_it():
    man, woman = waiting("M", 200, sex="male"), waiting("Q", 40)
    beds = [*bay("B", 2), bed("C-1", ward_id="X")]
    wards = [ward(specialties=("renal",)), ward("X", specialties=("cardiology",))]
    both = (need("Q", specialty="renal"), need("M", specialty="renal"))
    alone, together = hospital(wards, beds, [woman], both[0]), hospital(wards, beds, [woman, man], *both)
    old, was = solved(alone)
    (other,) = {"B-1", "B-2"} - {old.placement_of["Q"].to_bed_id}
    new, now = solved(together, Locks(pins={"M": other}))
    found = said(changes(old, new, (was, now)), "Q")
    assert ("bay_goes_to", {"bay_id": "B", "patient_id": "M"}) in found
    back = said(changes(new, old, (now, was)), "Q")
    assert ("bay_left_by", {"bay_id": "B", "patient_id": "M"}) in back


@pytest.mark.parametrize("seed", range(3))
def test_every_reason_has_a_code_that_is_explained_and_everybody_otherwise_is_named_once(seed):
    made, outcome = lively(seed)
    old = plan_beds(made.snapshot, made.needs, outcome.situation.settings)
    closed = tuple(
        replace(each, status=CLOSED) if number % 9 == 4 else each for number, each in enumerate(made.snapshot.beds)
    )
    after = replace(made.snapshot, beds=closed, patients=made.snapshot.patients[:-2])
    new = plan_beds(after, made.needs, outcome.situation.settings)
    given = outcome.situation.given
    found = changes(old, new, (basis_of(made.snapshot, made.needs, given), basis_of(after, made.needs, given)))
    names = [each.patient_id for each in found]
    assert len(names) == len(set(names)) > 2
    assert {reason.code for each in found for reason in each.why} <= set(CHANGES)
    others = {**old.placement_of, **new.placement_of}.keys() - set(names)
    assert all(old.placement_of[who].to_bed_id == new.placement_of[who].to_bed_id for who in others)
