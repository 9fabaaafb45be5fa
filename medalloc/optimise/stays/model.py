"""Stays in beds as a PuLP model over chosen columns, for everybody or around people whose berths are fixed.

Variables: `come[i, q]` person i comes to berth q; `remain[i]` they do not; `open_to[bay, slot, kind]` the company
that a bay is open to. A column is in the rows of a slot by its *pieces*: in the berth from its start, at home until
then. Rows stand only at slots where more people may come, for they imply those of other slots.
"""

from __future__ import annotations

import numpy as np
import pulp

from medalloc.optimise.solver import add_row
from medalloc.optimise.stays.around import FREE, Around, all_free, around
from medalloc.optimise.stays.company import add_company, fitting
from medalloc.optimise.stays.frame import CLOSED, Build, Counts, StayModel
from medalloc.optimise.stays.pieces import Pieces, changes, pieces_of, stretches
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Ints, Mask
from medalloc.optimise.stays.standing import add_standing
from medalloc.optimise.stays.starting import Starter

__all__ = ["CLOSED", "FREE", "Build", "StayModel", "build", "start_of"]


def build(problem: BedProblem, columns: Mask, fixed: Ints | None = None, how: Build | None = None) -> StayModel:
    """The model over some columns.

    Parameters
    ----------
    columns : berths that people may come to; forbidden ones are left out, and whoever may remain can. (n, m).
    fixed : berth of each person, `FREE` for those whom the model places; None: everybody is free. (n,).
    """
    nearby = around(problem, all_free(problem) if fixed is None else fixed)
    how = how or Build()
    people, berths, pieces = _columns(problem, columns, nearby, how)
    model = StayModel(pulp.LpProblem("stays", pulp.LpMinimize), problem, nearby, how)
    _variables(model, people.tolist(), berths.tolist())
    _one_place_each(model)
    _one_person_per_bed(model, pieces)
    _moves_capped(model)
    add_company(model, pieces)
    add_standing(model)
    _loads(model, pieces)
    return model


def start_of(model: StayModel, berth: Ints) -> dict[pulp.LpVariable, float]:
    """The values of all variables for a solution whose columns the model has. `berth` has the shape (n,)."""
    variables = model.lp.variables()
    values = Starter(model, {variable: k for k, variable in enumerate(variables)}).values(berth)
    return dict(zip(variables, values.tolist(), strict=True))


def _columns(problem: BedProblem, columns: Mask, nearby: Around, how: Build) -> tuple[Ints, Ints, Pieces]:
    """Person and berth of each column that the fixed people leave possible, and their pieces."""
    come = columns & nearby.free[:, None] & np.isfinite(problem.berths.cost)
    remain = np.flatnonzero(nearby.free & np.isfinite(problem.people.remaining))
    rows, berths = np.nonzero(come)
    people, berths = np.concatenate([rows, remain]), np.concatenate([berths, np.full(len(remain), REMAINS)])
    pieces = pieces_of(problem, people, berths)
    fits = fitting(problem, nearby, pieces, how) & _has_bed(problem, nearby, pieces)
    good = np.ones(len(people), dtype=bool)
    good[pieces.column[~fits]] = False
    people, berths = people[good], berths[good]
    return people, berths, pieces_of(problem, people, berths)


def _has_bed(problem: BedProblem, nearby: Around, pieces: Pieces) -> Mask:
    """Whether a bed is left in every slot of each piece; crowded beds to those at home until newcomers come."""
    n_cells, n_slots = nearby.left.shape
    crowded = np.isin(np.arange(n_cells), list(problem.crowded))[:, None]
    full = np.zeros((2, n_cells, n_slots + 1), dtype=int)
    full[1, :, 1:] = np.cumsum(nearby.left <= 0, axis=1)
    full[0, :, 1:] = np.where(crowded, np.cumsum(nearby.newcomers_in > 0, axis=1), full[1, :, 1:])
    kind = pieces.coming.astype(int)
    return np.asarray(full[kind, pieces.cell, pieces.end] == full[kind, pieces.cell, pieces.start])


def _variables(model: StayModel, people: list[int], berths: list[int]) -> None:
    problem = model.problem
    bay_of_home = np.where(problem.people.home >= 0, problem.bay_of[problem.people.home], -1)
    for i, q in zip(people, berths, strict=True):
        if q == REMAINS:
            variable = model.remain[i] = model.lp.add_variable(f"remain_{i}", 0)
            points = float(problem.people.remaining[i])
        else:
            variable = model.come[i, q] = model.lp.add_variable(f"come_{i}_{q}", 0, None, pulp.LpInteger)
            points = float(problem.berths.cost[i, q])
            same_bay = problem.bay_of[problem.berths.cell[q]] == bay_of_home[i] >= 0
            if same_bay and problem.start[i, q] == 0:
                model.shifts[i].append(variable)
        model.columns.append(variable)
        if points:
            model.penalties["places"].append((variable, points))


def _one_place_each(model: StayModel) -> None:
    places: dict[int, list[pulp.LpVariable]] = {i: [] for i in np.flatnonzero(model.around.free).tolist()}
    for (i, _), variable in model.come.items():
        places[i].append(variable)
    for i, variable in model.remain.items():
        places[i].append(variable)
    for i, variables in places.items():
        model.place_rows[i] = add_row(model.lp, f"place_{i}", [(v, 1.0) for v in variables], "==", 1)


def _one_person_per_bed(model: StayModel, pieces: Pieces) -> None:
    """Newcomers find beds in which nobody lies; in a crowded cell everybody must have left."""
    left = model.around.left
    for cell, inside in enumerate(pieces.grouped(pieces.cell, len(left))):
        if len(inside) == 0:
            continue
        for stretch in stretches(inside, *changes(left[cell])):
            if stretch.peak:
                _beds_row(model, cell, stretch.first, inside.covering(stretch.first))


def _beds_row(model: StayModel, cell: int, slot: int, pieces: Pieces) -> None:
    left, name = int(model.around.left[cell, slot]), f"beds_{cell}_{slot}"
    if cell not in model.problem.crowded:
        if model.how.priced or len(np.unique(pieces.person)) > left:
            counts = Counts((cell,), slot)
            model.capacity_rows.append(model.slot_row(name, pieces, counts, [], left))
        return
    newcomers = pieces.of(pieces.coming)
    if not (len(newcomers) or model.how.priced):
        return
    model.capacity_rows.append(model.slot_row(name, newcomers, Counts((cell,), slot, staying=0.0), [], left))
    beds = float(model.problem.capacity[cell, slot])
    for i in np.unique(pieces.person[~pieces.coming]).tolist():
        one = pieces.of(pieces.coming | (pieces.person == i))
        counts = Counts((cell,), slot, staying=beds, at_home=i)
        model.capacity_rows.append(model.slot_row(f"{name}_{i}", one, counts, [], left))


def _moves_capped(model: StayModel) -> None:
    capped = model.problem.people.capped
    moves = [(variable, 1.0) for (i, _), variable in model.come.items() if capped[i]]
    if model.how.priced or len({i for i, _ in model.come if capped[i]}) > model.around.moves:
        model.moves_row = add_row(model.lp, "moves", moves, "<=", model.around.moves)


def _loads(model: StayModel, pieces: Pieces) -> None:
    """What people ask for above the supply is charged, slot by slot."""
    problem = model.problem
    for number, load in enumerate(problem.loads):
        inside = pieces.of(np.isin(pieces.cell, load.cells) & (load.use[pieces.person] != 0))
        for slot in np.flatnonzero(load.cost > 0).tolist():
            here = inside.covering(slot)
            most = load.use[np.unique(here.person)].clip(0).sum()
            left = float(load.supply[slot] - model.around.use[number, slot])
            if not model.how.priced and (len(here) == 0 or most <= left):
                continue
            over = model.over(f"load_{number}_{slot}", "loads", float(load.cost[slot]))
            who = np.flatnonzero(load.use)
            counts = Counts(load.cells, slot, who, load.use[who])
            row = model.slot_row(f"load_{number}_{slot}", here, counts, [(over, -1.0)], left)
            model.excess[over].append(row.row)
