import pytest

from medalloc.domain.plan import Locks
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.columns import useful
from medalloc.optimise.beds.model import build_model, half_open
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.soft import priced
from medalloc.optimise.solver import Limits, chosen, minimise, relax
from tests.optimise.hospitals import bay, bed, hospital, inpatient, waiting, ward


def solved(made, locks=None, **settings):
    problem = build(made.snapshot, made.needs, BedSettings(**settings), locks or Locks())
    prices = priced(problem)
    model = build_model(problem, prices, useful(problem, prices))
    return problem, model, minimise(model.lp, model.penalties, Limits(10))


def test_the_penalties_sum_to_the_objective_and_carry_the_names_of_the_rules():
    made = hospital([ward(min_age=16)], [*bay("B", 3), bed("S-1")], [inpatient("A", "B-1", age=3), waiting("Q", 7)])
    _, _, solve = solved(made)
    assert sum(solve.penalties.values()) == pytest.approx(solve.objective)
    assert solve.penalties.keys() == {
        "waiting",
        "breach",
        "transfer",
        "outlier",
        "preferred",
        "side_room",
        "over_level",
        "enter_over_level",
    }


@pytest.mark.parametrize("men", [1, 2, 3])
def test_a_mixed_bay_counts_its_smaller_sex(men):
    people = [inpatient(f"F{k}", f"B-{k}", fixed=True) for k in range(1, 4)]
    people += [inpatient(f"M{k}", f"B-{k + 3}", sex="male", fixed=True) for k in range(1, men + 1)]
    _, _, solve = solved(hospital([ward()], bay("B", 7), people))
    assert solve.penalties["breach"] == pytest.approx(200 * men)


def test_an_empty_bay_is_opened_to_one_sex():
    people = [waiting("F", 5), waiting("G", 6), waiting("M", 40, sex="male")]
    problem, model, _ = solved(hospital([ward()], bay("B", 3), people))
    placed = {problem.people[i].patient_id for (i, _), variable in model.come.items() if chosen(variable)}
    assert placed == {"M"}


def test_nobody_remains_who_is_locked_elsewhere():
    made = hospital([ward()], bay("B", 3), [inpatient("A", "B-1"), waiting("Q", 2)])
    _, model, _ = solved(made, Locks(pins={"A": "B-3"}))
    assert set(model.remain) == {1}


def test_a_bay_open_to_two_sexes_by_halves_is_tightened():
    people = [waiting("M", 46, sex="male"), *(waiting(f"F{k}", 6) for k in range(8))]
    made = hospital([ward()], bay("B", 4), people)
    problem = build(made.snapshot, made.needs, BedSettings(), Locks())
    prices = priced(problem)
    columns = useful(problem, prices)
    plain = build_model(problem, prices, columns)
    loose = relax(plain.lp, plain.penalties, Limits(10))
    assert half_open(plain) == {0}
    tight = build_model(problem, prices, columns, tight={0})
    assert relax(tight.lp, tight.penalties, Limits(10)).objective > loose.objective + 10
    assert minimise(tight.lp, tight.penalties, Limits(10)).objective == pytest.approx(
        minimise(plain.lp, plain.penalties, Limits(10)).objective
    )
