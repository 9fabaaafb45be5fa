import numpy as np
import pytest

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule
from medalloc.domain.requirements import Requirements
from medalloc.optimise.beds.company import Company, all_kinds, bays_of, kinds_for, mixed_sexes, strangers, taken_by
from medalloc.optimise.rules import Person
from tests.optimise.beds.situations import situation
from tests.optimise.hospitals import bay, bed, hospital, inpatient, need, person, waiting, ward


def someone(sex, isolation="none", organism=""):
    return Person(person("A", sex=sex), Requirements(isolation=Isolation(isolation), organism=organism))


@pytest.mark.parametrize(
    ("kind", "who", "taken"),
    [
        (Company(Sex.FEMALE, ""), someone("female"), True),
        (Company(Sex.FEMALE, ""), someone("male"), False),
        (Company(Sex.FEMALE, ""), someone("other"), False),
        (Company(None, ""), someone("other"), True),
        (Company(Sex.FEMALE, ""), someone("female", organism="mrsa"), True),
        (Company(Sex.FEMALE, ""), someone("female", "contact", "mrsa"), False),
        (Company(None, "mrsa"), someone("male", "contact", "mrsa"), True),
        (Company(None, "mrsa"), someone("male", "none", "mrsa"), True),
        (Company(None, "mrsa"), someone("male", "droplet", "flu"), False),
        (Company(None, "mrsa"), someone("male", "airborne", "mrsa"), False),
        (Company(None, "mrsa"), someone("male"), False),
    ],
)
def test_whom_a_company_takes(kind, who, taken):
    assert kind.takes(who) == taken


def made(*people, rule="same_bay", needs=()):
    return situation(hospital([ward(sex_rule=rule)], [*bay("B", 4), bed("S-1")], people, *needs))


def test_single_rooms_are_no_bays():
    (only,) = bays_of(made(inpatient("A", "S-1"), inpatient("C", "B-2")))
    assert only.lying == (1,)


def test_a_bay_is_mixed_only_where_the_ward_asks_for_one_sex():
    people = (inpatient("A", "B-1"), inpatient("C", "B-2", sex="male"), inpatient("D", "B-3"))
    found = {rule: made(*people, rule=rule) for rule in ("same_bay", "female", "mixed")}
    mixed = {rule: mixed_sexes(each, bays_of(each)[0]) for rule, each in found.items()}
    assert mixed == {"same_bay": ((0, 2), (1,)), "female": ((), ()), "mixed": ((), ())}


def test_a_bay_of_one_sex_is_not_mixed():
    found = made(inpatient("A", "B-1"), inpatient("D", "B-3"), inpatient("O", "B-4", sex="other"))
    assert mixed_sexes(found, bays_of(found)[0]) == ((), ())


def test_strangers_do_not_share_the_organism():
    known = [need("A", isolation="contact", organism="mrsa"), need("C", organism="mrsa")]
    found = made(*(inpatient(name, f"B-{k}") for k, name in enumerate("ACD", start=1)), needs=known)
    (only,) = bays_of(found)
    assert [strangers(found, only, i) for i in range(3)] == [(2,), (), ()]


def test_every_organism_of_an_isolated_patient_makes_a_kind_for_each_sex():
    needs = [need("A", isolation="contact", organism="mrsa"), need("C", organism="flu")]
    kinds = all_kinds(made(inpatient("A", "S-1"), waiting("C", 1), needs=needs))
    assert {(kind.sex, kind.organism) for kind in kinds} == {
        (sex, organism) for sex in (Sex.FEMALE, Sex.MALE, None) for organism in ("", "mrsa")
    }


@pytest.mark.parametrize(
    ("rule", "coming", "expected"),
    [
        (SexRule.SAME_BAY, [0], [Company(Sex.FEMALE, "")]),
        (SexRule.SAME_BAY, [0, 1], [Company(Sex.FEMALE, ""), Company(Sex.FEMALE, "mrsa")]),
        (SexRule.SAME_BAY, [0, 2], [Company(Sex.FEMALE, ""), Company(Sex.MALE, "")]),
        (SexRule.MALE, [0, 2], [Company(Sex.MALE, "")]),
        (SexRule.MIXED, [0, 2], [Company(None, "")]),
        (SexRule.SAME_BAY, [], []),
    ],
)
def test_only_company_that_somebody_would_keep_is_offered(rule, coming, expected):
    people = (waiting("A", 1), waiting("C", 1), waiting("D", 1, sex="male"))
    found = made(*people, needs=[need("C", isolation="contact", organism="mrsa")])
    kinds = all_kinds(found)
    takes = taken_by(kinds, found.people)
    assert [kinds[k] for k in kinds_for(rule, kinds, takes, np.array(coming, dtype=int))] == expected
