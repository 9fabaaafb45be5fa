from medalloc.domain.plan import Locks, SolveStatus
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.columns import useful
from medalloc.optimise.beds.model import build_model
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.beds.start import start_of
from tests.optimise.random_hospital import random_hospital


def parts(locks=None):
    made = random_hospital(6, beds=60, waiting=9, expected=5, misfit=0.2)
    problem = build(made.snapshot, made.needs, BedSettings(), locks or Locks())
    prices = priced(problem)
    return made, problem, prices, build_model(problem, prices, useful(problem, prices))


def test_a_plan_is_a_solution_of_the_model():
    made, problem, _, model = parts()
    plan = plan_beds(made.snapshot, made.needs)
    assert plan.status is SolveStatus.OPTIMAL
    cell_of = {i: problem.cell_of[line.to_bed_id] for i, line in enumerate(plan.placements) if line.action.moves}
    start = start_of(model, problem, cell_of)
    for row in model.lp._constraints.values():
        value = row.constant + sum(c * start.get(v, 0.0) for v, c in row.items())
        assert row.sense * value >= -1e-9 if row.sense else abs(value) < 1e-9


def test_a_plan_that_the_model_does_not_hold_is_no_start():
    _, problem, _, model = parts()
    assert start_of(model, problem, {0: -1}) is None


def test_where_somebody_is_locked_elsewhere_to_do_nothing_is_no_start():
    free = next(line for line in plan_beds(*_hospital()).placements if line.action.moves)
    _, problem, _, model = parts(Locks(pins={free.patient_id: free.to_bed_id}))
    assert start_of(model, problem, {}) is None


def _hospital():
    made = random_hospital(6, beds=60, waiting=9, expected=5, misfit=0.2)
    return made.snapshot, made.needs
