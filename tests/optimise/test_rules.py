"""Every rule of one patient and one bed, kept and broken."""

from datetime import timedelta

import pytest

from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.domain.plan import Rule
from medalloc.domain.requirements import Requirements, StayDays
from medalloc.optimise.rules import (
    Person,
    bay_rules,
    bed_ready_after,
    hold_from,
    hold_until,
    leaves_at,
    lies_in,
    moved_enough,
    own_rules,
    ready_at,
    slot_edges,
    usable,
)
from tests.optimise.hospitals import AT, CLEANING, CLOSED, OCCUPIED, RESERVED, bed, hospital, person, ward


def someone(needs=None, bed_id="", **fields):
    return Person(person(fields.pop("name", "A"), **fields), needs or Requirements(), bed_id)


@pytest.mark.parametrize(
    ("who", "place", "room", "single", "broken"),
    [
        (someone(Requirements(level=Level.HDU)), ward(level="hdu"), bed("B-1"), False, set()),
        (someone(Requirements(level=Level.ICU)), ward(level="hdu"), bed("B-1"), False, {Rule.LEVEL}),
        (someone(age=16), ward(min_age=16, max_age=70), bed("B-1"), False, set()),
        (someone(age=70), ward(min_age=16, max_age=70), bed("B-1"), False, set()),
        (someone(age=15), ward(min_age=16), bed("B-1"), False, {Rule.AGE}),
        (someone(age=71), ward(max_age=70), bed("B-1"), False, {Rule.AGE}),
        (someone(Requirements(features=frozenset({"a", "b"}))), ward(), bed("B-1", features="abc"), False, set()),
        (someone(Requirements(features=frozenset("abc"))), ward(), bed("B-1", features="ab"), False, {Rule.FEATURES}),
        (someone(Requirements(features=frozenset("abc"))), ward(), bed("B-1", features=""), False, {Rule.FEATURES}),
        (someone(sex="male"), ward(sex_rule="male"), bed("B-1"), False, set()),
        (someone(sex="male"), ward(sex_rule="female"), bed("B-1"), False, {Rule.BAY_SEX}),
        (someone(sex="male"), ward(sex_rule="female"), bed("B-1"), True, set()),
        (someone(sex="other"), ward(), bed("B-1"), False, {Rule.BAY_SEX}),
        (someone(sex="other"), ward(sex_rule="mixed"), bed("B-1"), False, set()),
        (someone(sex="other"), ward(), bed("B-1"), True, set()),
    ],
)
def test_a_bed_breaks_just_these_rules(who, place, room, single, broken):
    assert own_rules(who, room, place, single=single).keys() == broken


@pytest.mark.parametrize(
    ("isolation", "organism", "single", "features", "kept"),
    [
        ("airborne", "tb", True, ("negative_pressure",), True),
        ("airborne", "tb", True, ("positive_pressure",), False),
        ("airborne", "tb", False, ("negative_pressure",), False),
        ("protective", "", True, (), True),
        ("protective", "", False, (), False),
        ("contact", "mrsa", True, (), True),
        ("contact", "mrsa", False, (), True),
        ("contact", "", False, (), False),
        ("droplet", "", True, (), True),
    ],
)
def test_the_room_for_isolation(isolation, organism, single, features, kept):
    who = someone(Requirements(isolation=Isolation(isolation), organism=organism))
    assert (Rule.ISOLATION not in own_rules(who, bed("B-1", features=features), ward(), single=single)) == kept


def ill(name, isolation, organism, **fields):
    return someone(Requirements(isolation=Isolation(isolation), organism=organism), name=name, **fields)


@pytest.mark.parametrize(
    ("newcomer", "mates", "rule", "broken"),
    [
        (someone(sex="female"), [someone(name="B"), someone(name="C")], "same_bay", set()),
        (someone(sex="female"), [someone(name="B"), someone(name="C", sex="male")], "same_bay", {Rule.BAY_SEX}),
        (someone(sex="female"), [someone(name="B", sex="male")], "female", {Rule.BAY_SEX}),
        (someone(sex="female"), [someone(name="B", sex="male")], "mixed", set()),
        (ill("A", "contact", "mrsa"), [ill("B", "contact", "mrsa")], "mixed", set()),
        (ill("A", "contact", "mrsa"), [ill("B", "none", "mrsa")], "mixed", set()),
        (ill("A", "contact", "mrsa"), [ill("B", "contact", "mrsa"), someone(name="C")], "mixed", {Rule.ISOLATION}),
        (ill("A", "droplet", "flu"), [ill("B", "droplet", "rsv")], "mixed", {Rule.ISOLATION}),
        (someone(), [ill("B", "airborne", "tb")], "mixed", {Rule.ISOLATION}),
        (ill("A", "none", "tb"), [ill("B", "airborne", "tb")], "mixed", {Rule.ISOLATION}),
        (someone(), [ill("B", "protective", "")], "mixed", {Rule.ISOLATION}),
        (ill("A", "contact", "mrsa"), [], "same_bay", set()),
    ],
)
def test_the_company_in_a_bay(newcomer, mates, rule, broken):
    assert bay_rules(newcomer, mates, ward(sex_rule=rule)).keys() == broken


def hours(number):
    return AT + timedelta(hours=number)


@pytest.mark.parametrize(
    ("room", "occupied", "ready"),
    [
        (bed("B-1"), False, AT),
        (bed("B-1"), True, AT),
        (bed("B-1", status=OCCUPIED), True, AT),
        (bed("B-1", status=OCCUPIED), False, None),
        (bed("B-1", status=RESERVED), True, None),
        (bed("B-1", status=CLOSED), False, None),
        (bed("B-1", status=CLEANING, available_at=hours(3)), False, hours(3)),
        (bed("B-1", status=CLEANING, available_at=hours(-3)), False, AT),
        (bed("B-1", status=CLEANING), False, None),
    ],
)
def test_when_a_bed_is_ready(room, occupied, ready):
    assert ready_at(room, ward(), AT, occupied=occupied) == ready
    assert ready_at(room, ward(open=False), AT, occupied=occupied) is None


@pytest.mark.parametrize(
    ("who", "ready", "can"),
    [
        (someone(), 0, True),
        (someone(), 24, True),
        (someone(), 24.5, False),
        (someone(bed_id="C-1"), 24, True),
        (someone(bed_id="C-1", status="inpatient"), 0, True),
        (someone(bed_id="C-1", status="inpatient"), 0.5, False),
        (someone(status="expected", expected_at=hours(20)), 44, True),
        (someone(status="expected", expected_at=hours(20)), 45, False),
        (someone(status="expected", expected_at=hours(71)), 72, True),
        (someone(status="expected", expected_at=hours(72)), 0, False),
        (someone(status="expected"), 0, False),
    ],
)
def test_who_can_use_a_bed_that_is_ready_then(who, ready, can):
    assert (usable(who, hours(ready), AT) == "") == can


def test_an_expected_patient_lies_nowhere_and_an_unknown_bed_is_none():
    made = hospital([ward()], [bed("B-1")], [])
    assert lies_in(made.snapshot, person("A", status="expected", bed_id="B-1")) == ""
    assert lies_in(made.snapshot, person("A", status="inpatient", bed_id="Z-9")) == ""
    assert lies_in(made.snapshot, person("A", status="waiting", bed_id="B-1")) == "B-1"


@pytest.mark.parametrize(("days", "edges"), [(1, (0, 4, 8, 12, 16, 20, 24)), (3, (0, 4, 8, 12, 16, 20, 24, 48, 72))])
def test_slots_are_six_of_four_hours_then_one_a_day(days, edges):
    assert slot_edges(AT, days) == tuple(hours(edge) for edge in edges)


LATER = {"status": "expected", "expected_at": hours(10)}


@pytest.mark.parametrize(
    ("who", "leaves"),
    [
        (someone(edd=hours(7)), hours(7)),
        (someone(Requirements(stay=StayDays(0.1, 2.0, 5.0)), edd=hours(7)), hours(7)),
        (someone(Requirements(stay=StayDays(0.1, 2.0, 5.0)), edd=hours(0)), hours(48)),
        (someone(Requirements(stay=StayDays(0.1, 2.0, 5.0)), edd=hours(-7)), hours(48)),
        (someone(Requirements(stay=StayDays(0.1, 1.2345, 5.0))), hours(0) + timedelta(minutes=1778)),
        (someone(Requirements(stay=StayDays(0.0, 0.0, 5.0))), hours(0) + timedelta(minutes=1)),
        (someone(edd=hours(-7)), None),
        (someone(), None),
        (someone(edd=hours(9), **LATER), None),
        (someone(edd=hours(11), **LATER), hours(11)),
        (someone(Requirements(stay=StayDays(0.1, 0.5, 5.0)), edd=hours(9), **LATER), hours(22)),
        (someone(Requirements(stay=StayDays(0.1, 0.5, 5.0)), status="expected", expected_at=hours(-3)), hours(12)),
    ],
)
def test_when_a_patient_is_expected_to_leave(who, leaves):
    assert leaves_at(who, AT) == leaves


def test_a_stay_that_begins_between_minutes_ends_on_one_and_after_it_began():
    moment = AT + timedelta(seconds=31)
    assert leaves_at(someone(Requirements(stay=StayDays(0.0, 0.0, 5.0))), moment) == AT + timedelta(minutes=1)


def test_a_bed_is_clean_two_hours_after_its_patient_has_left():
    assert bed_ready_after(hours(5)) == hours(7)


@pytest.mark.parametrize(
    ("room", "escalation", "ready"),
    [
        (bed("B-1"), True, AT),
        (bed("B-1"), False, None),
        (bed("B-1", status=CLOSED), True, None),
        (bed("B-1", status=RESERVED), True, None),
        (bed("B-1", status=OCCUPIED), True, None),
        (bed("B-1", status=CLEANING, available_at=hours(3)), True, None),
    ],
)
def test_only_available_beds_of_a_closed_ward_can_be_opened(room, escalation, ready):
    assert ready_at(room, ward(open=False), AT, occupied=True, escalation=escalation) == ready


@pytest.mark.parametrize(
    ("who", "days", "first", "last"),
    [
        (someone(), 3, 0, 24),
        (someone(), 1, 0, 24),
        (someone(bed_id="C-1"), 3, 0, 24),
        (someone(bed_id="C-1", status="inpatient"), 3, 0, 0),
        (someone(status="expected", expected_at=hours(-4)), 3, 0, 24),
        (someone(status="expected", expected_at=hours(30)), 3, 30, 54),
        (someone(status="expected", expected_at=hours(30)), 2, 30, 48),
    ],
)
def test_how_long_a_bed_is_held(who, days, first, last):
    assert (hold_from(who, AT, days), hold_until(who, AT, days)) == (hours(first), hours(last))
    assert usable(who, hours(last), AT, days) == ""
    assert usable(who, hours(last + 0.5), AT, days) == "the bed is not ready in time"


@pytest.mark.parametrize("expected_at", [hours(72), hours(90), None])
def test_nothing_is_held_for_arrivals_beyond_the_horizon(expected_at):
    who = someone(status="expected", expected_at=expected_at)
    assert hold_from(who, AT, 3) is None
    assert hold_until(who, AT, 3) is None
    assert usable(who, AT, AT, 3) == "the patient is not expected within the horizon"
    assert (hold_from(who, AT, 4) is None) == (expected_at is None)


@pytest.mark.parametrize(
    ("who", "enough"),
    [
        (someone(bed_id="C-1", status="inpatient", moves=4), False),
        (someone(bed_id="C-1", status="inpatient", moves=5), True),
        (someone(bed_id="C-1", status="waiting", moves=7), False),
        (someone(status="waiting", moves=7), False),
    ],
)
def test_an_inpatient_is_moved_five_times_at_most(who, enough):
    assert bool(moved_enough(who, 5)) == enough
