import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.columns import bound_of, first_columns, useful
from medalloc.optimise.beds.model import build_model
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.repair import repaired
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.solver import Limits, relax
from tests.optimise.hospitals import bay, hospital, inpatient, need, waiting, ward
from tests.optimise.random_hospital import random_hospital


def empty_model(made, reduced):
    """Repaired costs of a model without columns, from these costs for each person."""
    problem = build(made.snapshot, made.needs, BedSettings(), Locks())
    mask = np.ones((len(problem.people), len(problem.cells)), dtype=bool)
    prices = priced(problem)
    model = build_model(problem, prices, np.zeros_like(mask))
    relax(model.lp, model.penalties, Limits(10))
    costs = np.tile(np.array(reduced, dtype=float)[:, None], (1, len(problem.cells)))
    return repaired(problem, model, costs, mask)


def test_who_comes_into_a_full_bay_pays_for_the_cheapest_to_leave():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), waiting("Q", 5)]
    together, alone = empty_model(hospital([ward()], bay("B", 2), people), [19.0, 16.0, -40.0])
    assert together[2, 0] == alone[2, 0] == -24.0


def test_a_bay_with_an_empty_bed_is_free_to_those_whom_it_takes():
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), waiting("Q", 5)]
    together, alone = empty_model(hospital([ward()], bay("B", 3), people), [19.0, 16.0, -40.0])
    assert together[2, 0] == alone[2, 0] == -40.0


def test_those_who_cannot_share_a_bay_pay_together_for_all_who_lie_there():
    men = [waiting("M", 5, sex="male"), waiting("N", 5, sex="male")]
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), *men]
    together, alone = empty_model(hospital([ward()], bay("B", 3), people), [19.0, 16.0, -40.0, -30.0])
    assert alone[2:, 0] == pytest.approx([-40 + 35, -30 + 35])
    assert together[2:, 0] == pytest.approx([-40 + 35 * 40 / 70, -30 + 35 * 30 / 70])


def test_an_isolated_patient_pays_for_strangers_only():
    known = [need(name, isolation="contact", organism="mrsa") for name in ("A", "Q")]
    people = [inpatient("A", "B-1"), inpatient("C", "B-2"), waiting("Q", 5)]
    _, alone = empty_model(hospital([ward()], bay("B", 3), people, *known), [19.0, 16.0, -40.0])
    assert alone[2, 0] == -24.0


@pytest.mark.parametrize("seed", range(1, 13))
def test_the_bound_of_few_columns_holds_whether_half_open_bays_are_tight_or_not(seed):
    made = random_hospital(seed, beds=50, waiting=12, expected=5, misfit=0.15)
    problem = build(made.snapshot, made.needs, BedSettings(gap=0.0), Locks())
    prices = priced(problem)
    mask = useful(problem, prices)
    best = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.0)).objective
    few = mask & (np.random.default_rng(seed).random(mask.shape) < 0.3)
    for columns in (few, mask, first_columns(problem, prices, mask)):
        for tight in ((), range(len(problem.cells))):
            model = build_model(problem, prices, columns, tight)
            relaxed = relax(model.lp, model.penalties, Limits(20))
            bound = bound_of(problem, prices, model, relaxed.objective, mask)
            assert bound.value <= best + 1e-6
