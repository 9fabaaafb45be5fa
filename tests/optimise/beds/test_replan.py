from dataclasses import replace

import numpy as np

from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.changes import changes
from medalloc.optimise.beds.compile import compile_situation
from medalloc.optimise.beds.replan import unsettled
from medalloc.optimise.beds.situation import Background, Given, situation_of
from medalloc.optimise.beds.start import start_of
from medalloc.optimise.check import check_bed_plan
from tests.optimise.hospitals import bay, bed, hospital, inpatient, waiting, ward
from tests.optimise.random_hospital import random_hospital

SETTINGS = BedSettings(gap=0.0)


def test_nothing_happened_and_nothing_changes():
    made = random_hospital(3, beds=40, waiting=6, expected=3)
    first = plan_beds(made.snapshot, made.needs, SETTINGS)
    again = plan_beds(made.snapshot, made.needs, SETTINGS, background=Background(start=first, around=True))
    assert changes(first, again) == ()
    assert abs(again.objective - first.objective) < 1e-6
    assert again.bound <= again.objective + 1e-9


def test_a_closed_bed_moves_those_whom_it_concerns_and_few_others():
    made = random_hospital(4, beds=40, waiting=6, expected=3)
    first = plan_beds(made.snapshot, made.needs, SETTINGS)
    lost = next(line for line in first.placements if line.action is Action.ADMIT)
    beds = tuple(
        replace(each, status=BedStatus.CLOSED) if each.bed_id == lost.to_bed_id else each for each in made.snapshot.beds
    )
    after = replace(made.snapshot, beds=beds)
    reference = {line.patient_id: line.to_bed_id for line in first.placements}
    near = plan_beds(after, made.needs, SETTINGS, background=Background(reference, start=first, around=True))
    assert check_bed_plan(after, made.needs, near) == ()
    assert near.placement_of[lost.patient_id].to_bed_id != lost.to_bed_id
    assert lost.patient_id in {change.patient_id for change in changes(first, near)}
    anew = plan_beds(after, made.needs, SETTINGS, background=Background(reference, start=first))
    assert near.bound <= anew.objective + 1e-6 <= near.objective + 2e-6


def test_unsettled_are_those_without_a_bed_those_unknown_and_those_whose_bed_is_lost():
    people = [inpatient("A", "B-1"), waiting("P", 9), waiting("Q", 8, sex="male"), waiting("R", 1)]
    before = hospital([ward()], [*bay("B", 2), bed("S-1")], people)
    plan = plan_beds(before.snapshot, before.needs)
    placed = [line.patient_id for line in plan.placements if line.action is Action.ADMIT]
    assert len(placed) == 2
    lost = plan.placement_of[placed[0]].to_bed_id
    beds = [replace(each, status=BedStatus.CLOSED) if each.bed_id == lost else each for each in before.snapshot.beds]
    after = hospital([ward()], beds, [*people, waiting("N", 3)])
    compiled = compile_situation(situation_of(after.snapshot, after.needs, Given()))
    rows = unsettled(compiled, plan, start_of(compiled, plan))
    names = [compiled.situation.people[i].patient_id for i in rows]
    waits = [line.patient_id for line in plan.placements if line.action is Action.WAIT]
    assert sorted(names) == sorted([placed[0], *waits, "N"])
    assert rows.dtype == np.array([0]).dtype
