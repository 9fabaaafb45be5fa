import pytest

from medalloc.domain.needs import Requirements
from medalloc.domain.people import Isolation, Sex
from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.company import Company, bays_of, companies, is_mixed, strangers
from medalloc.optimise.beds.problem import build
from medalloc.optimise.rules import Person
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


def problem(*people, rule="same_bay", needs=()):
    made = hospital([ward(sex_rule=rule)], [*bay("B", 4), bed("S-1")], people, *needs)
    return build(made.snapshot, made.needs, BedSettings(), Locks())


def test_single_rooms_are_no_bays():
    made = problem(inpatient("A", "S-1"), inpatient("C", "B-2"))
    (only,) = bays_of(made)
    assert only.lying == (1,)


def test_a_bay_is_mixed_only_where_the_ward_asks_for_one_sex():
    people = (inpatient("A", "B-1"), inpatient("C", "B-2", sex="male"), inpatient("D", "B-3"))
    mixed = {rule: is_mixed(problem(*people, rule=rule), bays_of(problem(*people, rule=rule))[0]) for rule in
             ("same_bay", "female", "mixed")}
    assert mixed == {"same_bay": True, "female": False, "mixed": False}


def test_strangers_do_not_share_the_organism():
    known = [need("A", isolation="contact", organism="mrsa"), need("C", organism="mrsa")]
    made = problem(*(inpatient(name, f"B-{k}") for k, name in enumerate("ACD", start=1)), needs=known)
    (only,) = bays_of(made)
    assert [strangers(made, only, i) for i in range(3)] == [[2], [], []]


def test_only_company_that_somebody_would_keep_is_offered():
    made = problem(waiting("A", 1), waiting("C", 1), needs=[need("C", isolation="contact", organism="mrsa")])
    (only,) = bays_of(made)
    assert companies(made, only, [0]) == [Company(Sex.FEMALE, "")]
    assert companies(made, only, [0, 1]) == [Company(Sex.FEMALE, ""), Company(Sex.FEMALE, "mrsa")]
