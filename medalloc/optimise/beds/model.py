"""The bed plan as a PuLP model over chosen columns.

Variables: `come[i, j]` person i comes newly into a bed of cell j; `remain[i]` stays in bed, or goes on
without one; `open_to[bay, company]` the kind of company to which a bay is open. Hard rules add rows;
soft rules are prices, whose products with the variables are the penalties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pulp
from numpy.typing import NDArray

from medalloc.domain.people import Sex
from medalloc.optimise.beds.company import (
    Bay,
    Company,
    bay_size,
    bays_of,
    companies,
    is_mixed,
    only_of,
    strangers,
)
from medalloc.optimise.beds.hard import inpatient
from medalloc.optimise.beds.problem import BedProblem, Mask
from medalloc.optimise.beds.soft import Prices
from medalloc.optimise.solver import add_row

Terms = list[tuple[pulp.LpVariable, float]]


@dataclass
class BedModel:
    """A model, its variables and the rows whose duals price further columns."""

    lp: pulp.LpProblem
    bays: tuple[Bay, ...]
    come: dict[tuple[int, int], pulp.LpVariable] = field(default_factory=dict)
    remain: dict[int, pulp.LpVariable] = field(default_factory=dict)
    open_to: dict[tuple[int, Company], pulp.LpVariable] = field(default_factory=dict)
    broken: dict[str, pulp.LpVariable] = field(default_factory=dict)
    most_broken: dict[pulp.LpVariable, float] = field(default_factory=dict)
    """The most that each variable that counts breaches can come to."""
    penalties: dict[str, Terms] = field(default_factory=dict)
    place_rows: dict[int, pulp.LpConstraint] = field(default_factory=dict)
    bed_rows: dict[int, list[pulp.LpConstraint]] = field(default_factory=dict)
    company_rows: dict[tuple[int, int], pulp.LpConstraint] = field(default_factory=dict)
    kind_rows: list[tuple[Bay, NDArray[np.bool_], pulp.LpConstraint]] = field(default_factory=list)
    """Rows that every column of these people into a bay is in."""
    within: defaultdict[int, Terms] = field(default_factory=lambda: defaultdict(list))
    """Columns of each person into other beds of the bay in which they lie."""
    present_rows: defaultdict[int, list[pulp.LpConstraint]] = field(default_factory=lambda: defaultdict(list))
    """Rows that all of these columns are in."""
    taken: dict[Company, NDArray[np.bool_]] = field(default_factory=dict)
    """Who is of each kind of company. (n_people,)."""
    transfer_row: pulp.LpConstraint | None = None

    def taken_by(self, problem: BedProblem, kind: Company) -> NDArray[np.bool_]:
        """Who is of a kind. (n_people,)."""
        if kind not in self.taken:
            self.taken[kind] = np.array([kind.takes(person) for person in problem.people], dtype=bool)
        return self.taken[kind]


def build_model(problem: BedProblem, prices: Prices, columns: Mask, tight: Collection[int] = ()) -> BedModel:
    """The model over the columns of a mask; all but those who are locked elsewhere may remain."""
    model = BedModel(pulp.LpProblem("beds", pulp.LpMinimize), bays_of(problem))
    for i, j in zip(*(index.tolist() for index in np.nonzero(columns)), strict=True):
        model.come[i, j] = model.lp.add_variable(f"come_{i}_{j}", 0, None, pulp.LpInteger)
        if problem.home[i] >= 0 and problem.bay[j] == problem.bay[problem.home[i]] >= 0:
            model.within[i].append((model.come[i, j], 1.0))
    for i, person in enumerate(problem.people):
        if not problem.pin_elsewhere(person):
            model.remain[i] = model.lp.add_variable(f"remain_{i}", 0)
    _one_place_each(model, problem)
    _one_patient_per_bed(model, problem)
    _transfers_capped(model, problem)
    model.penalties = _priced(model, prices)
    _one_company(model, problem, tight)
    _standing_breaches(model, problem)
    _crowded_beds(model, problem)
    return model


def half_open(model: BedModel) -> set[int]:
    """Bays that a solution of the relaxation opens in part."""
    return {number for (number, _), v in model.open_to.items() if 1e-6 < (v.varValue or 0.0) < 1 - 1e-6}


def _one_place_each(model: BedModel, problem: BedProblem) -> None:
    places: defaultdict[int, Terms] = defaultdict(list)
    for (i, _), variable in model.come.items():
        places[i].append((variable, 1.0))
    for i in range(len(problem.people)):
        own = [(model.remain[i], 1.0)] if i in model.remain else []
        model.place_rows[i] = add_row(model.lp, f"place_{i}", [*places[i], *own], "==", 1)


def _one_patient_per_bed(model: BedModel, problem: BedProblem) -> None:
    """Newcomers of a cell find beds that nobody stays in; in a crowded bed everybody must have left."""
    coming: defaultdict[int, Terms] = defaultdict(list)
    for (_, j), variable in model.come.items():
        coming[j].append((variable, 1.0))
    staying: defaultdict[int, Terms] = defaultdict(list)
    for i, variable in model.remain.items():
        staying[int(problem.home[i])].append((variable, 1.0))
    for j, newcomers in coming.items():
        cell = problem.cells[j]
        groups = [[stay] for stay in staying[j]] if cell.crowded and staying[j] else [staying[j]]
        model.bed_rows[j] = [
            add_row(model.lp, f"beds_{j}_{k}", newcomers + group, "<=", len(cell.beds))
            for k, group in enumerate(groups)
        ]


def _transfers_capped(model: BedModel, problem: BedProblem) -> None:
    movers = [i for i, person in enumerate(problem.people) if inpatient(person)]
    locked = sum(problem.pin_elsewhere(problem.people[i]) for i in movers)
    moves = [(variable, 1.0) for (i, _), variable in model.come.items() if inpatient(problem.people[i])]
    cap = max(problem.settings.max_transfers, locked)
    if len(movers) > cap and moves:
        model.transfer_row = add_row(model.lp, "transfers", moves, "<=", cap)


def _one_company(model: BedModel, problem: BedProblem, tight: Collection[int]) -> None:
    """A bay is open to one company; newcomers are of it, and nobody stays who is not."""
    coming: defaultdict[int, defaultdict[int, Terms]] = defaultdict(lambda: defaultdict(list))
    for (i, j), variable in model.come.items():
        coming[int(problem.bay[j])][i].append((variable, 1.0))
    for bay in model.bays:
        newcomers = coming[bay.number]
        kinds = companies(problem, bay, newcomers)
        opened = {
            kind: model.lp.add_variable(f"open_{bay.number}_{k}", 0, 1, pulp.LpBinary) for k, kind in enumerate(kinds)
        }
        model.open_to.update({(bay.number, kind): variable for kind, variable in opened.items()})
        _company_rows(model, problem, bay, newcomers, opened)
        if bay.number in tight:
            _crowds_of_a_kind(model, problem, bay, newcomers, opened)


def _company_rows(
    model: BedModel,
    problem: BedProblem,
    bay: Bay,
    newcomers: Mapping[int, Terms],
    opened: Mapping[Company, pulp.LpVariable],
) -> None:
    if len(opened) > 1:
        add_row(model.lp, f"company_{bay.number}", [(v, 1.0) for v in opened.values()], "<=", 1)
    for i, terms in newcomers.items():
        taken = [(v, -1.0) for kind, v in opened.items() if kind.takes(problem.people[i])]
        name = f"joins_{i}_{bay.number}"
        model.company_rows[i, bay.number] = add_row(model.lp, name, terms + taken, "<=", 0)
    for i in bay.lying:
        against = [(v, 1.0) for kind, v in opened.items() if not kind.takes(problem.people[i])]
        if against:
            _present_row(model, f"mates_{i}", (i,), against, 1)


def _crowds_of_a_kind(
    model: BedModel,
    problem: BedProblem,
    bay: Bay,
    newcomers: Mapping[int, Terms],
    opened: Mapping[Company, pulp.LpVariable],
) -> None:
    """Rows that only tighten the relaxation: where a bay is half open to a kind, others have half the beds."""
    beds = bay_size(problem, bay)
    for k, (kind, variable) in enumerate(opened.items()):
        others, only = ~model.taken_by(problem, kind), model.taken_by(problem, kind) & only_of(problem, kind)
        lying = [(model.remain[i], 1.0) for i in bay.lying if others[i] and i in model.remain]
        away = [*lying, *(term for i, come in newcomers.items() if others[i] for term in come)]
        crowd = [term for i, come in newcomers.items() if only[i] for term in come]
        for who, terms, rest, rhs in ((others, away, beds, beds), (only, crowd, -beds, 0)):
            row = add_row(model.lp, f"crowd_{bay.number}_{k}_{rhs}", [*terms, (variable, rest)], "<=", rhs)
            model.kind_rows.append((bay, who, row))


def _priced(model: BedModel, prices: Prices) -> dict[str, Terms]:
    """Per soft rule its (variable, points); what costs nothing is left out."""
    penalties: dict[str, Terms] = {}
    for name in prices.names:
        staying = prices.staying[name]
        penalties[name] = [(v, float(staying[i])) for i, v in model.remain.items() if staying[i]]
    for name, newly in prices.newly.items():
        terms = [(variable, float(newly[index])) for index, variable in model.come.items() if newly[index]]
        penalties[name] += terms
    return penalties


def _standing_breaches(model: BedModel, problem: BedProblem) -> None:
    """Price what company breaks: the smaller sex of a mixed bay, and isolated people among strangers."""
    for bay in model.bays:
        if is_mixed(problem, bay):
            women = model.lp.add_variable(f"women_{bay.number}", 0, 1, pulp.LpBinary)
            for i in bay.lying:
                _wrong_sex(model, problem, i, women)
        for i in bay.lying:
            for k in strangers(problem, bay, i):
                _together(model, problem, i, k, f"exposed_{i}")


def _wrong_sex(model: BedModel, problem: BedProblem, i: int, women: pulp.LpVariable) -> None:
    """Whoever stays is of the sex that the bay is said to hold, or counts as a breach."""
    sex = problem.people[i].patient.sex
    if sex is Sex.OTHER:
        return
    broken = _breach(model, problem, f"wrong_sex_{i}")
    sign, rhs = (-1.0, 0) if sex is Sex.FEMALE else (1.0, 1)
    _present_row(model, f"wrong_sex_{i}", (i,), [(women, sign), (broken, -1.0)], rhs)


def _crowded_beds(model: BedModel, problem: BedProblem) -> None:
    """All but one of those who stay in one bed count as a breach each."""
    for j in (j for j, cell in enumerate(problem.cells) if cell.crowded):
        staying = [(v, 1.0) for i, v in model.remain.items() if problem.home[i] == j]
        spare = model.lp.add_variable(f"crowded_{j}", 0)
        model.most_broken[spare] = max(0.0, len(staying) - 1.0)
        model.penalties["breach"].append((spare, problem.settings.weights.breach))
        add_row(model.lp, f"crowded_{j}", [*staying, (spare, -1.0)], "<=", 1)


def _together(model: BedModel, problem: BedProblem, i: int, k: int, name: str) -> None:
    """Counts a breach where both stay."""
    broken = model.broken.get(name) or _breach(model, problem, name)
    _present_row(model, f"{name}_{k}", (i, k), [(broken, -1.0)], 1)


def _present_row(model: BedModel, name: str, people: tuple[int, ...], others: Terms, rhs: float) -> None:
    """A row `people present + others <= rhs`, who were in the bay before and are in it after.

    Whoever changes beds within the bay counts as well as those who stay: the company is then strict, so the row
    still holds, and the relaxation cannot dodge it by moving everybody half a bed along.
    """
    staying = [(model.remain[i], 1.0) for i in people if i in model.remain]
    shifting = [term for i in people for term in model.within[i]]
    row = add_row(model.lp, name, [*staying, *shifting, *others], "<=", rhs)
    for i in people:
        model.present_rows[i].append(row)


def _breach(model: BedModel, problem: BedProblem, name: str) -> pulp.LpVariable:
    """A breach that counts once, however many rows it is in."""
    broken = model.broken[name] = model.lp.add_variable(f"breach_{name}", 0, 1)
    model.most_broken[broken] = 1.0
    model.penalties["breach"].append((broken, problem.settings.weights.breach))
    return broken
