"""The vectorised rules agree with the plain ones on every patient and bed."""

import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.hard import allowed
from medalloc.optimise.beds.problem import build
from medalloc.optimise.rules import own_rules, ready_at, usable
from tests.optimise.random_hospital import random_hospital


@pytest.mark.parametrize("seed", range(8))
def test_allowed_is_what_the_plain_rules_allow(seed):
    made = random_hospital(seed, beds=50, waiting=12, expected=8, odd=0.3, misfit=0.5)
    refused = frozenset({("Q0", bed.bed_id) for bed in made.snapshot.beds[::3]})
    problem = build(made.snapshot, made.needs, BedSettings(), Locks(forbidden=refused, keep=frozenset({"Q1"})))
    mask = allowed(problem)
    occupied = {person.bed_id for person in problem.people}
    for i, person in enumerate(problem.people):
        stuck = person.patient_id == "Q1" or (person.patient.fixed and person.bed_id)
        for bed in made.snapshot.beds:
            ward = made.snapshot.ward_of[bed.ward_id]
            ready = ready_at(bed, ward, problem.at, occupied=bed.bed_id in occupied)
            fits = not own_rules(person, bed, ward, single=made.snapshot.is_single_room(bed))
            own_cell = problem.cell_of[bed.bed_id] == problem.home[i]
            free = not stuck and (person.patient_id, bed.bed_id) not in refused and not own_cell
            expected = fits and free and not usable(person, ready, problem.at)
            assert mask[i, problem.cell_of[bed.bed_id]] == expected, (person.patient_id, bed.bed_id)


def test_a_pinned_bed_is_for_one_patient_and_they_for_it():
    made = random_hospital(1, beds=20, waiting=4, occupancy=0.2, odd=0)
    free = next(b.bed_id for b in made.snapshot.beds if b.bed_id not in made.snapshot.occupant_of)
    problem = build(made.snapshot, made.needs, BedSettings(), Locks(pins={"Q1": free}))
    mask = allowed(problem)
    row = [person.patient_id for person in problem.people].index("Q1")
    column = problem.cell_of[free]
    assert not mask[:row, column].any()
    assert not mask[row, [j for j in range(mask.shape[1]) if j != column]].any()
