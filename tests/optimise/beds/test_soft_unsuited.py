import pytest

from medalloc.optimise.beds.soft_unsuited import IN_BAYS, MEDICAL, RESTRICTIONS, SURGICAL, meant_by, unsuited
from tests.optimise.beds.situations import by_cell, situation
from tests.optimise.hospitals import bay, bed, hospital, need, waiting, ward

MEANT = [
    ("no_surgical", {"specialty": "urology"}, {"specialty": "renal"}, "ed", "ed"),
    ("no_acute_surgical", {"specialty": "urology"}, {"specialty": "urology"}, "ed", "elective"),
    ("no_medical", {"specialty": "renal"}, {"specialty": "urology"}, "ed", "ed"),
    ("no_unplanned", {}, {}, "transfer", "elective"),
    ("no_high_acuity", {"acuity": "2"}, {"acuity": "3"}, "ed", "ed"),
    ("no_confused", {"cognition": "dementia"}, {"falls": "yes"}, "ed", "ed"),
    ("no_mobility_help", {"mobility": "hoist"}, {"mobility": "independent"}, "ed", "ed"),
    ("no_bariatric", {"bariatric": "yes"}, {"oxygen": "yes"}, "ed", "ed"),
    ("no_infected", {"isolation": "droplet"}, {"isolation": "protective"}, "ed", "ed"),
    ("no_uninfected", {"isolation": "protective"}, {"isolation": "contact"}, "ed", "ed"),
]


def ward_with(feature, known, source, soft=()):
    beds = [*bay("B", 2, features=(feature, "no_such_word")), bed("S-1", features=(feature,)), bed("T-1")]
    return hospital([ward()], beds, [waiting("A", 6, source=source)], need("A", soft=soft, **known))


@pytest.mark.parametrize(("feature", "known", "other", "source", "others"), MEANT)
def test_whom_a_restriction_means_counts_once_in_such_a_bed(feature, known, other, source, others):
    made = ward_with(feature, known, source)
    assert by_cell(unsuited, made, "A", "B-1") == 1
    assert by_cell(unsuited, made, "A", "S-1") == (0 if feature in IN_BAYS else 1)
    assert by_cell(unsuited, made, "A", "T-1") == 0


@pytest.mark.parametrize(("feature", "known", "other", "source", "others"), MEANT)
def test_whom_a_restriction_does_not_mean_suits(feature, known, other, source, others):
    assert by_cell(unsuited, ward_with(feature, other, others), "A", "B-1") == 0


def test_a_suspicion_is_an_isolation_that_is_wanted_and_not_required():
    suspected = ward_with("no_suspected", {"isolation": "airborne"}, "ed", soft=("isolation",))
    known = ward_with("no_suspected", {"isolation": "airborne"}, "ed")
    assert by_cell(unsuited, suspected, "A", "B-1") == 1
    assert by_cell(unsuited, known, "A", "B-1") == 0


def test_every_restriction_that_means_a_patient_counts():
    beds = bay("B", 2, features=("no_surgical", "no_unplanned", "no_confused", "no_medical"))
    made = hospital([ward()], beds, [waiting("A", 6, source="ed")], need("A", specialty="ent", cognition="delirium"))
    assert by_cell(unsuited, made, "A", "B-1") == 3


def test_nobody_of_whom_nothing_is_known_is_meant_but_for_having_no_infection():
    made = hospital([ward()], bay("B", 2), [waiting("A", 6)])
    assert meant_by(situation(made).people[0]) == {"no_uninfected"}


def test_each_restriction_has_a_patient_whom_it_means_above():
    assert {row[0] for row in MEANT} | {"no_suspected"} == set(RESTRICTIONS)
    assert not SURGICAL & MEDICAL
