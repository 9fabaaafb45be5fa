import math

import numpy as np
import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds import columns as columns_module
from medalloc.optimise.beds.columns import bound_of, first_columns, improving, useful
from medalloc.optimise.beds.model import build_model
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.solver import Limits, relax
from tests.optimise.random_hospital import random_hospital


@pytest.fixture(params=[1, 4, 6])
def parts(request, monkeypatch):
    monkeypatch.setattr(columns_module, "FEW", 10)
    made = random_hospital(request.param, beds=60, waiting=9, expected=5, misfit=0.1)
    problem = build(made.snapshot, made.needs, BedSettings(gap=0.0), Locks())
    prices = priced(problem)
    return made, problem, prices, useful(problem, prices)


def test_a_bound_by_few_columns_is_below_every_plan(parts):
    made, problem, prices, mask = parts
    columns = first_columns(problem, prices, mask)
    assert 0 < columns.sum() < mask.sum()
    model = build_model(problem, prices, columns)
    relaxed = relax(model.lp, model.penalties, Limits(20))
    bound = bound_of(problem, prices, model, relaxed.objective, mask)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.0))
    assert bound.value <= plan.objective + 1e-6


def test_reduced_costs_bound_the_plans_that_use_a_column(parts):
    made, problem, prices, mask = parts
    columns = mask.copy()
    model = build_model(problem, prices, columns)
    relaxed = relax(model.lp, model.penalties, Limits(20))
    bound = bound_of(problem, prices, model, relaxed.objective, mask)
    assert bound.value == pytest.approx(relaxed.objective)
    plan = plan_beds(made.snapshot, made.needs, BedSettings(gap=0.0))
    row = {person.patient_id: i for i, person in enumerate(problem.people)}
    for placement in plan.placements:
        if placement.action.moves:
            reduced = bound.reduced[row[placement.patient_id], problem.cell_of[placement.to_bed_id]]
            assert bound.value + reduced <= plan.objective + 1e-4
    assert np.all(np.isinf(bound.reduced[~mask]))


def test_no_column_improves_the_whole_relaxation(parts):
    _, problem, prices, mask = parts
    model = build_model(problem, prices, mask)
    relaxed = relax(model.lp, model.penalties, Limits(20))
    bound = bound_of(problem, prices, model, relaxed.objective, mask)
    assert not improving(bound, mask, closing=True).any()


def test_a_bed_dearer_than_to_wait_is_left_out(parts):
    _, problem, prices, mask = parts
    free = ~problem.lies
    dear = prices.coming >= prices.remaining[:, None]
    assert not mask[free][dear[free]].any()
    assert math.isfinite(prices.coming.sum())
