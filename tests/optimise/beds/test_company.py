import numpy as np
import pytest

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.plan import Locks
from medalloc.domain.requirements import Requirements
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.company import (
    Company,
    all_kinds,
    bay_size,
    bays_of,
    companies,
    is_mixed,
    only_of,
    strangers,
)
from medalloc.optimise.beds.problem import build
from medalloc.optimise.rules import Person
from tests.optimise.hospitals import CLOSED, bay, bed, hospital, inpatient, need, person, waiting, ward


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
    mixed = {
        rule: is_mixed(problem(*people, rule=rule), bays_of(problem(*people, rule=rule))[0])
        for rule in ("same_bay", "female", "mixed")
    }
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


def test_a_bay_holds_as_many_as_its_usable_beds_and_those_who_lie_in_others():
    beds = [*bay("B", 3), bed("B-8", status=CLOSED), bed("B-9", status=CLOSED, features=("oxygen",))]
    people = [inpatient("A", "B-1"), inpatient("C", "B-8"), inpatient("D", "B-8")]
    made = hospital([ward()], beds, people)
    made_problem = build(made.snapshot, made.needs, BedSettings(), Locks())
    assert bay_size(made_problem, bays_of(made_problem)[0]) == 5


def test_every_organism_of_an_isolated_patient_makes_a_kind_for_each_sex():
    needs = [need("A", isolation="contact", organism="mrsa"), need("C", organism="flu")]
    made = problem(inpatient("A", "S-1"), waiting("C", 1), needs=needs)
    kinds = all_kinds(made, bays_of(made)[0])
    assert {(kind.sex, kind.organism) for kind in kinds} == {
        (sex, organism) for sex in (Sex.FEMALE, Sex.MALE) for organism in ("", "mrsa")
    }


@pytest.mark.parametrize(("organism", "only"), [("", [True, False, False]), ("mrsa", [False, False, True])])
def test_who_carries_an_organism_unisolated_fits_two_kinds(organism, only):
    needs = [need("C", organism="mrsa"), need("D", isolation="contact", organism="mrsa")]
    made = problem(waiting("A", 1), waiting("C", 1), waiting("D", 1), needs=needs)
    kind = Company(Sex.FEMALE, organism)
    taken = np.array([kind.takes(someone) for someone in made.people])
    assert (taken & only_of(made, kind)).tolist() == only
