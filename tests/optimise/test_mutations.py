"""Every hard rule of a valid plan broken in turn: the checker names that rule, and no other."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.domain.plan import Action, Locks, Placement, SolveStatus
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.placements import outcome_of, placements_of
from medalloc.optimise.beds.situation import Given, situation_of
from medalloc.optimise.check import check_bed_plan
from medalloc.optimise.rules import PlanLimits
from medalloc.optimise.stays.search import Found
from tests.optimise.day_of_moves import LOCKS, broken, changed, come, day, day_plan, hours
from tests.optimise.hospitals import AT
from tests.optimise.hour_by_hour import Film
from tests.optimise.random_hospital import Hospital
from tests.optimise.random_plans import a_plan, busy_hospital, random_line, random_solution, valid_plan, with_line

ONE, USABLE, SEX, ISOLATION = "one_patient_per_bed", "usable_bed", "bay_sex", "isolation"
REMAINS = {"action": Action.WAIT, "to_bed_id": "", "starts_at": None}


def test_the_plan_itself_is_valid():
    assert broken(day_plan()) == []
    assert Film(day(), day_plan(), LOCKS).broken() == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"pia": come("hold", "F-2", 5)}, ["pia"], id="an hour before the patient leaves"),
        pytest.param({"pia": come("hold", "F-1", 20)}, ["pia"], id="hours before the patient leaves"),
        pytest.param({"walt": come("admit", "M-1", 0)}, ["walt"], id="where somebody stays"),
        pytest.param({"ulla": come("hold", "I-1", 6)}, ["ulla"], id="before the plan takes the patient away"),
        pytest.param({"ulla": come("admit", "I-1", 0)}, ["ulla"], id="now, while the patient goes later"),
        pytest.param({"nora": come("admit", "T-1", 0)}, ["nora", "tess"], id="two newcomers at once"),
        pytest.param({"nora": come("hold", "P-1", 22)}, ["nora", "yves"], id="the second a day later"),
        pytest.param({"pia": come("hold", "F-3", 24)}, ["pia", "vera"], id="each after the first has left"),
        pytest.param({"ivan": {**REMAINS, "to_bed_id": "I-1"}}, ["ulla"], id="the patient does not go"),
    ],
)
def test_two_in_one_bed(changes, expected):
    assert broken(changed(day_plan(), changes)) == [(name, ONE) for name in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"pia": come("hold", "F-2", 7)}, "pia", id="an hour before the bed is clean"),
        pytest.param({"pia": come("hold", "F-2", 7.99)}, "pia", id="less than a minute before"),
        pytest.param({"vera": come("hold", "F-3", 21)}, "vera", id="not clean after a newcomer has left"),
        pytest.param({"walt": come("hold", "S-1", 2.5)}, "walt", id="while it is being cleaned"),
        pytest.param({"walt": come("admit", "S-1", 0)}, "walt", id="at once while it is being cleaned"),
        pytest.param({"walt": come("hold", "S-1", 24.5)}, "walt", id="later than beds are held"),
        pytest.param({"yves": come("hold", "P-1", 29)}, "yves", id="before they arrive"),
        pytest.param({"yves": come("hold", "P-1", 54.5)}, "yves", id="over a day after they arrive"),
        pytest.param({"finn": come("hold", "O-1", 23)}, "finn", id="when the stay is over"),
        pytest.param({"finn": come("hold", "O-1", 0)}, "finn", id="held though it can be had"),
        pytest.param({"ola": come("admit", "F-3", 1)}, "ola", id="admitted later"),
        pytest.param({"tess": come("transfer", "T-1", 4)}, "tess", id="an inpatient moved later"),
        pytest.param({"ivan": come("transfer", "M-2", 7)}, "ivan", id="a step-down moved later"),
        pytest.param({"xan": {"starts_at": None}}, "xan", id="without a time"),
        pytest.param({"xan": {"starts_at": hours(-1)}}, "xan", id="before now"),
        pytest.param({"xan": {"to_bed_id": "X-1"}}, "xan", id="a closed bed"),
        pytest.param({"xan": {"to_bed_id": "X-2"}}, "xan", id="a reserved bed"),
        pytest.param({"xan": {"to_bed_id": "X-3"}}, "xan", id="with somebody unknown"),
        pytest.param({"xan": come("hold", "X-4", 9)}, "xan", id="cleaned until nobody knows when"),
        pytest.param({"xan": {"to_bed_id": "E-2"}}, "xan", id="a closed bed of a closed ward"),
        pytest.param({"xan": {"to_bed_id": "Z-1"}}, "xan", id="no such bed"),
    ],
)
def test_a_bed_that_cannot_be_used_then(changes, expected):
    assert broken(changed(day_plan(), changes)) == [(expected, USABLE)]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"escalation": False}, [("xan", USABLE)]),
        ({"horizon_days": 1}, [("yves", USABLE)]),
        ({"max_transfers": 0}, [("tess", "moves")]),
        ({"max_transfers": 1}, []),
        ({"max_moves": 3}, [("tess", "moves")]),
        ({"max_moves": 4}, []),
    ],
)
def test_limits(limits, expected):
    assert broken(day_plan(), **limits) == expected


def test_a_locked_move_is_never_one_too_many():
    locks = replace(LOCKS, pins={**LOCKS.pins, "tess": "T-1"})
    assert broken(day_plan(), locks, max_transfers=0, max_moves=3) == []
    more = changed(day_plan(), {"anna": come("transfer", "R-1", 0)})
    assert broken(more, locks, max_transfers=1) == [("anna", "moves")]
    assert broken(more, locks, max_transfers=2) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"zack": come("hold", "D-1", 14)}, ["zack"], id="an hour before the last woman leaves"),
        pytest.param({"vera": come("hold", "D-2", 21)}, ["vera", "zack"], id="the second newcomer"),
        pytest.param({"yves": come("hold", "F-1", 32)}, ["pia", "vera", "yves"], id="a day after the first newcomers"),
        pytest.param({"walt": come("admit", "L-2", 0)}, ["walt"], id="alone, but in a bay for women"),
    ],
)
def test_the_wrong_sex_in_a_bay(changes, expected):
    assert broken(changed(day_plan(), changes)) == [(name, SEX) for name in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"nora": come("admit", "C-3", 0)}, ["nora", "rosa"], id="another organism"),
        pytest.param({"nora": come("admit", "L-2", 0)}, [], id="an organism alone in a bay"),
        pytest.param({"vera": come("hold", "C-3", 21)}, ["rosa", "vera"], id="none, after the first newcomer"),
        pytest.param({"vera": come("hold", "C-3", 39), "rosa": REMAINS}, ["vera"], id="before the organism leaves"),
        pytest.param({"vera": come("hold", "C-3", 40), "rosa": REMAINS}, [], id="once the organism has left"),
        pytest.param({"quin": come("admit", "R-1", 0)}, ["quin"], id="airborne without negative pressure"),
        pytest.param({"quin": come("admit", "L-1", 0)}, ["quin"], id="airborne in a bay"),
    ],
)
def test_isolation(changes, expected):
    assert broken(changed(day_plan(), changes)) == [(name, ISOLATION) for name in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ulla": come("admit", "R-1", 0)}, ("ulla", "level")),
        ({"xan": come("admit", "K-1", 0)}, ("xan", "age")),
        ({"finn": come("admit", "R-1", 0)}, ("finn", "features")),
        ({"fred": come("transfer", "R-1", 0)}, ("fred", "fixed")),
        ({"ola": come("admit", "R-1", 0)}, ("ola", "locked")),
        ({"ola": REMAINS}, ("ola", "locked")),
        ({"carl": come("transfer", "R-1", 0)}, ("carl", "locked")),
        ({"xan": come("admit", "R-1", 0)}, ("xan", "rejected")),
    ],
)
def test_a_rule_of_one_patient(changes, expected):
    assert broken(changed(day_plan(), changes)) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"anna": {"to_bed_id": "R-1"}}, [("anna", ONE)]),
        ({"anna": {"from_bed_id": "F-3"}}, [("anna", ONE)]),
        ({"anna": {"action": Action.WAIT, "starts_at": None}}, [("anna", ONE)]),
        ({"anna": {"starts_at": hours(1)}}, [("anna", ONE)]),
        ({"nora": {"starts_at": AT}}, [("nora", ONE)]),
        ({"nora": {"to_bed_id": "R-1"}}, [("nora", ONE), ("nora", USABLE)]),
        ({"xan": {"action": Action.TRANSFER}}, [("xan", ONE)]),
        ({"xan": {"to_bed_id": ""}}, [("xan", ONE)]),
        ({"tess": {"action": Action.HOLD, "starts_at": hours(6)}}, [("tess", ONE), ("tess", USABLE)]),
        ({"vera": {"action": Action.ADMIT}}, [("vera", ONE), ("vera", USABLE)]),
        ({"ivan": {"to_bed_id": "I-1"}}, [("ivan", ONE), ("ulla", ONE)]),
        ({"ola": {"ends_at": AT}}, [("ola", ONE)]),
        ({"ola": {"ends_at": hours(21)}}, [("ola", ONE)]),
        ({"carl": {"ends_at": hours(21)}}, [("carl", ONE)]),
        ({"nora": {"ends_at": hours(21)}}, [("nora", ONE)]),
    ],
)
def test_a_line_that_says_what_cannot_be(changes, expected):
    assert broken(changed(day_plan(), changes)) == expected


def test_everybody_stands_in_the_plan_once():
    plan = day_plan()
    lines = plan.placements
    twice = replace(plan, placements=(*lines, plan.placement_of["pia"], Placement("ghost", Action.WAIT)))
    assert broken(replace(plan, placements=lines[1:])) == [("anna", ONE)]
    assert broken(twice) == [("ghost", ONE), ("pia", ONE)]


def test_a_line_left_out_leaves_the_patient_in_bed():
    plan = day_plan()
    lines = tuple(line for line in plan.placements if line.patient_id != "ivan")
    assert broken(replace(plan, placements=lines)) == [("ivan", ONE), ("ulla", ONE)]


def test_messages_name_patient_bed_rule_and_moment():
    made = day()
    changes = {"zack": come("hold", "D-1", 14), "pia": come("hold", "F-2", 7), "walt": come("admit", "M-1", 0)}
    found = check_bed_plan(made.snapshot, made.needs, changed(day_plan(), changes), LOCKS, PlanLimits())
    assert sorted(map(str, found)) == [
        "pia F-2 breaks usable_bed: starts at 2026-03-05 17:00, but the bed is not clean before 2026-03-05 18:00",
        "walt M-1 breaks one_patient_per_bed: the bed also holds carl at 2026-03-05 10:00",
        "zack D-1 breaks bay_sex: the bay holds female and male (bay D at 2026-03-06 00:00)",
    ]


HARMLESS = {
    "the lines in another order": lambda plan: replace(plan, placements=plan.placements[::-1]),
    "a hold that starts later": lambda plan: changed(plan, {"pia": come("hold", "F-2", 17)}),
    "somebody waits after all": lambda plan: changed(plan, {"rosa": REMAINS}),
    "an end that is known": lambda plan: changed(plan, {"ola": {"ends_at": hours(20)}}),
    "a step-down into an empty bed at once": lambda plan: changed(plan, {"ivan": come("transfer", "R-1", 0)}),
    "a bed for somebody else": lambda plan: changed(plan, {"zack": come("hold", "R-1", 9)}),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_a_harmless_change_breaks_nothing(change):
    plan = HARMLESS[change](day_plan())
    assert plan != day_plan()
    assert broken(plan) == []


def agrees(made: Hospital, plan, locks, **limits):
    """The checker and the film say the same; what they say."""
    found = check_bed_plan(made.snapshot, made.needs, plan, locks, PlanLimits(**limits))
    said = {(violation.patient_id, str(violation.rule)) for violation in found}
    assert said == Film(made, plan, locks, **limits).broken()
    return said


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_whatever_is_put_together_without_a_clash_is_valid_and_every_change_judged_alike(seed, dice):
    made = busy_hospital(seed)
    plan = valid_plan(made, seed)
    assert agrees(made, plan, Locks()) == set()
    for _ in range(4):
        for patient in dice.sample(made.snapshot.patients, dice.randint(1, 4)):
            plan = with_line(plan, random_line(dice, made.snapshot, patient))
        limits = {"escalation": dice.random() < 0.5, "max_transfers": dice.randint(0, 3)}
        limits |= {"max_moves": dice.randint(1, 4), "horizon_days": dice.randint(1, 3)}
        agrees(made, plan, random_locks(dice, made), **limits)


@pytest.mark.parametrize("seed", range(8))
def test_the_planner_makes_valid_plans_and_every_change_to_them_is_judged_alike(seed):
    made = busy_hospital(seed, beds=30)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(time_limit_s=10, gap=0.02))
    assert agrees(made, plan, Locks()) == set()
    dice = random.Random(seed)
    for patient in dice.sample(made.snapshot.patients, 10):
        agrees(made, with_line(plan, random_line(dice, made.snapshot, patient)), random_locks(dice, made))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_solution_the_arrays_allow_is_a_valid_plan(seed):
    made = busy_hospital(seed, beds=30)
    given = Given(BedSettings(horizon_days=seed % 3 + 1, escalation=seed % 2 == 0))
    compiled = compile_situation(situation_of(made.snapshot, made.needs, given))
    berth = random_solution(compiled.problem, seed)
    outcome = outcome_of(compiled, Found(SolveStatus.FEASIBLE, berth, 0.0, 0.0, "none", None))
    plan = a_plan(made.snapshot, tuple(placements_of(outcome)))
    assert sum(line.action.moves for line in plan.placements) > 3
    limits = {"horizon_days": given.settings.horizon_days, "escalation": given.settings.escalation}
    assert agrees(made, plan, Locks(), **limits) == set()


def random_locks(dice: random.Random, made: Hospital) -> Locks:
    patients = [patient.patient_id for patient in made.snapshot.patients]
    beds = [bed.bed_id for bed in made.snapshot.beds]
    pairs = [(patient_id, dice.choice(beds)) for patient_id in patients]
    return Locks(dict(dice.sample(pairs, 3)), frozenset(dice.sample(patients, 3)), frozenset(pairs))
