from __future__ import annotations

import pytest

from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.gives import own_reasons, reason
from medalloc.optimise.rules import own_rules, people_of
from tests.optimise.hospitals import bay, bed, hospital, inpatient, need, waiting, ward


def test_values_keep_their_order() -> None:
    assert reason("moved", b="2", a="1") == Reason("moved", (("b", "2"), ("a", "1")))


@pytest.mark.parametrize(
    ("needs", "rule", "code", "values"),
    [
        ({"level": "icu"}, Rule.LEVEL, "needs_level", {"level": "icu", "given": "ward"}),
        ({"oxygen": "yes"}, Rule.FEATURES, "lacks_features", {"features": "oxygen"}),
        (
            {"isolation": "airborne"},
            Rule.ISOLATION,
            "needs_room",
            {"isolation": "airborne", "room": "negative_pressure"},
        ),
        ({"isolation": "protective"}, Rule.ISOLATION, "needs_room", {"isolation": "protective", "room": "single"}),
        ({}, Rule.AGE, "takes_age", {"age": "50", "min_age": "60", "max_age": "130"}),
    ],
)
def test_every_rule_that_is_broken_says_what_would_have_to_give(
    needs: dict[str, str], rule: Rule, code: str, values: dict[str, str]
) -> None:
    elderly = ward(min_age=60 if not needs else 0)
    made = hospital([elderly], bay("B", 2), [waiting("Q", 4)], need("Q", **needs))
    (person,), place = people_of(made.snapshot, made.needs), made.snapshot.bed_of["B-1"]
    broken = own_rules(person, place, made.snapshot.wards[0], single=False)
    assert set(broken) == {rule}
    assert own_reasons(person, place, made.snapshot.wards[0])[rule] == Reason(code, tuple(values.items()))


def test_the_sex_of_a_ward_is_named() -> None:
    made = hospital([ward(sex_rule="male")], [bed("B-1"), bed("B-2")], [inpatient("A", "B-1")])
    (person,) = people_of(made.snapshot, made.needs)
    found = own_reasons(person, made.snapshot.beds[0], made.snapshot.wards[0])[Rule.BAY_SEX]
    assert (found.code, dict(found.values)["rule"], dict(found.values)["sex"]) == ("ward_sex", "male", "female")
