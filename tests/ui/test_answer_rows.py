from datetime import datetime

import pytest

from medalloc.domain.answers import Alternative, Change, Relaxation, Scarce, WhyNot
from medalloc.domain.plan import Action, Placement, Reason, Rule, SolveStatus, Violation
from medalloc.ui import answer_rows
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, waiting, ward

LATER = datetime(2026, 3, 5, 16, 20)


@pytest.fixture
def snapshot():
    people = [inpatient("P7", "B-1", name="Ada Byron"), waiting("P9", 3, name="Grace Hopper")]
    return hospital([ward("W", name="Ash")], [*bay("B", 2), bed("S-1")], people).snapshot


def test_another_bed_says_what_it_costs_more_and_what_makes_the_difference(snapshot):
    terms = {"outlier": 4.25, "side_room": -1.5, "waiting": 0.25, "flip": 0.125}
    assert answer_rows.other_bed(snapshot, Alternative("S-1", LATER, 3.125, terms)) == (
        "**+3.1** S-1 · Ash from 16:20: outside the specialty +4.2; single room without need -1.5; waiting +0.2"
    )


def test_a_bed_that_is_not_allowed_names_each_rule_once_and_no_saving(snapshot):
    broken = [Violation(rule, "P9", "B-2", "") for rule in (Rule.LEVEL, Rule.AGE, Rule.LEVEL)]
    other = Alternative("B-2", AT, -0.75, {"outlier": -0.75}, tuple(broken))
    said = answer_rows.other_bed(snapshot, other)
    assert said == "**–** B-2 · Ash: not allowed (level of care; age range of the ward)"


def test_what_would_help_names_everything_that_would_have_to_give(snapshot):
    parts = Reason("lacks_features", (("features", "oxygen"),))
    found = [
        Relaxation((Rule.FEATURES,), "B-2", AT, -7.04, parts),
        Relaxation((), "S-1", LATER, 2.5),
    ]
    rows = answer_rows.would_help(snapshot, found)
    assert list(rows["What would have to give"]) == [
        "The bed lacks: oxygen",
        "Nothing but the price: to wait is cheaper",
    ]
    assert list(rows["Points against waiting"]) == ["-7.0", "+2.5"]


def test_what_is_short_says_how_many_there_are(snapshot):
    (row,) = answer_rows.scarce(snapshot, [Scarce("W", True, frozenset({"oxygen"}), LATER, 3, 12.34)]).to_dict(
        "records"
    )
    assert list(row.values()) == ["Ash", "single room", "oxygen", 3, "16:20", 12.3]


def test_a_change_says_what_was_what_is_and_why_without_the_name(snapshot):
    before = Placement("P9", Action.WAIT)
    after = Placement("P9", Action.HOLD, "", "B-2", LATER)
    change = Change("P9", before, after, (Reason("better_plan"),))
    gone = Change("P1", Placement("P1", Action.STAY, "S-1", "S-1", AT), None, (Reason("left"),))
    first, second = answer_rows.changes(snapshot, [change, gone], show_names=False).to_dict("records")
    assert (first["Was"], first["Is"], first["Why"]) == ("wait", "hold a bed B-2 16:20", "A better plan was found")
    assert "Hopper" not in first["Patient"]
    assert (second["Patient"], second["Was"], second["Is"]) == ("P1", "stay S-1", "–")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            WhyNot("P9", "S-1", (Violation(Rule.AGE, "P9", "S-1", "aged 50, the ward takes 0 to 16"),)),
            "Ruled out: age range of the ward (aged 50, the ward takes 0 to 16).",
        ),
        (
            WhyNot(
                "P9",
                "S-1",
                (
                    Violation(
                        Rule.FEATURES, "P9", "S-1", "english", Reason("lacks_features", (("features", "oxygen"),))
                    ),
                    Violation(Rule.AGE, "P9", "S-1", "aged 50"),
                ),
            ),
            "Ruled out: required features (the bed lacks: oxygen); age range of the ward (aged 50).",
        ),
        (WhyNot("P9", "S-1", status=SolveStatus.INFEASIBLE), "Ruled out: those who are in the way cannot be placed"),
        (WhyNot("P9", "S-1"), "No plan with this bed was found in time."),
        (WhyNot("P9", "S-1", price=0.01, least_price=0.0), "It could be had at no extra cost."),
        (WhyNot("P9", "S-1", price=7.25, least_price=7.24), "It costs 7.2 points more."),
        (WhyNot("P9", "S-1", price=7.25, least_price=-1.0), "It costs at most 7.2 points more."),
        (WhyNot("P9", "S-1", price=7.25, least_price=3.5), "It costs 3.5 to 7.2 points more."),
    ],
)
def test_why_not_is_answered_in_one_sentence(answer, told):
    assert answer_rows.price_words(answer).startswith(told)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "Nobody else would be placed otherwise."),
        (1, "Nobody else would be placed otherwise."),
        (4, "Others who would be placed otherwise: 3."),
    ],
)
def test_others_who_would_be_placed_otherwise_are_counted_without_the_patient(count, told):
    changes = tuple(Change(f"P{n}", None, None) for n in range(count))
    answer = WhyNot("P9", "S-1", price=7.25, least_price=7.24, changes=changes)
    assert answer_rows.price_words(answer).endswith(told)


VIOLATION = Violation(Rule.AGE, "P9", "S-1", "aged 50")


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        (WhyNot("P9", "S-1", (VIOLATION,)), False),
        (WhyNot("P9", "S-1", status=SolveStatus.INFEASIBLE), False),
        (WhyNot("P9", "S-1"), True),
        (WhyNot("P9", "S-1", price=7.25, least_price=3.5), True),
        (WhyNot("P9", "S-1", price=7.25, least_price=7.24), False),
        (WhyNot("P9", "S-1", price=0.0, least_price=-5.0), False),
    ],
)
def test_a_longer_search_is_offered_where_it_could_say_more(answer, is_open):
    assert answer_rows.is_open(answer) is is_open
