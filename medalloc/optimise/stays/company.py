"""Rows of a model that let people share bays only with those of their kind, or charge for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pulp

from medalloc.optimise.solver import add_row
from medalloc.optimise.stays.around import Around
from medalloc.optimise.stays.frame import CLOSED, Build, Choice, Counts, StayModel, Terms
from medalloc.optimise.stays.pieces import Pieces, Stretch, changes, stretches
from medalloc.optimise.stays.problem import BedProblem, Mask


def fitting(problem: BedProblem, nearby: Around, pieces: Pieces, how: Build) -> Mask:
    """Whether those who are fixed leave company in which each piece could be. (pieces,)."""
    fits = np.ones(len(pieces), dtype=bool)
    bays = problem.bay_of[pieces.cell]
    slots = np.arange(problem.n_slots)
    for number in np.unique(bays[bays >= 0]).tolist():
        if how.mixes(problem, number):
            continue
        rows = np.flatnonzero(bays == number)
        kinds, open_to = allowed(problem, nearby, number)
        taken = problem.takes[kinds][:, pieces.person[rows]].T
        well = (taken.astype(int) @ open_to.astype(int)) > 0
        if not np.isfinite(problem.bays[number].mixing):
            well |= ~pieces.coming[rows, None] & (nearby.newcomers[number] == 0)
        inside = (pieces.start[rows, None] <= slots) & (slots < pieces.end[rows, None])
        fits[rows] = (well | ~inside).all(axis=1)
    return fits


def allowed(problem: BedProblem, nearby: Around, number: int) -> tuple[list[int], Mask]:
    """The kinds of a bay, and in which slots all who are fixed there are of each. (kinds, s)."""
    kinds = list(problem.bays[number].kinds)
    return kinds, nearby.others[number, kinds] == 0


def add_company(model: StayModel, pieces: Pieces) -> None:
    """Add the rows of every bay."""
    problem = model.problem
    for number, inside in enumerate(pieces.grouped(problem.bay_of[pieces.cell], len(problem.bays))):
        if len(inside) == 0:
            continue
        bay = _Bay(model, number, inside)
        if model.how.mixes(problem, number):
            bay.mixed()
        else:
            bay.strict()


class _Bay:
    """One bay of a model."""

    def __init__(self, model: StayModel, number: int, pieces: Pieces) -> None:
        problem = model.problem
        self._model, self._number, self._pieces = model, number, pieces
        self._bay = problem.bays[number]
        self._kinds, self._open_to = allowed(problem, model.around, number)
        self._never_closed = model.around.newcomers[number] > 0
        if np.isfinite(self._bay.mixing):
            self._never_closed = np.ones(problem.n_slots, dtype=bool)
        self._flipped = self._bay.flipped & set(self._kinds) if self._bay.flip else frozenset()
        self._flip: pulp.LpVariable | None = None

    def strict(self) -> None:
        """Rows for a bay that is open to one kind, or closed."""
        states = np.vstack([self._open_to, ~self._never_closed]).astype(int)
        for stretch in stretches(self._pieces, *changes(states)):
            if stretch.peak:
                self._open_to_one(stretch.first)

    def _open_to_one(self, slot: int) -> None:
        pieces = self._pieces.covering(slot)
        options = [k for k, ok in zip(self._kinds, self._open_to[:, slot], strict=True) if ok]
        if not (self._flipped or self._model.how.priced):
            takes = self._model.problem.takes
            options = [k for k in options if takes[k, pieces.person].any()] or options[:1]
        if not self._never_closed[slot] and not self._welcomes(options, slot):
            options.append(CLOSED)
        if len(options) > 1:
            opened = self._options(slot, options)
            for k in options:
                self._others_out(slot, pieces, k, opened)
            if self._model.how.tight is not None and self._model.how.tight[self._number, slot]:
                self._each(slot, pieces, opened, None)
        elif options and options[0] in self._flipped:
            self._flips([])

    def mixed(self) -> None:
        """Rows for a bay that takes anybody, at a price."""
        others = self._model.around.others[self._number, self._kinds]
        fewer, more = changes(others)
        for stretch in stretches(self._pieces, fewer | more, fewer | more):
            self._priced_mix(stretch)

    def _priced_mix(self, stretch: Stretch) -> None:
        model, slot = self._model, stretch.first
        pieces = self._pieces.covering(slot)
        takes = model.problem.takes
        fixed = {k: int(model.around.others[self._number, k, slot]) for k in self._kinds}
        if any(takes[k, pieces.person].all() and not fixed[k] and k not in self._flipped for k in self._kinds):
            return
        slots = stretch.last - stretch.first + 1
        over = model.over(f"mixed_{self._number}_{slot}", "mixing", self._bay.mixing * slots)
        opened = self._options(slot, self._kinds, fixed)
        for k in self._kinds:
            self._others_out(slot, pieces, k, opened, over)
        if model.how.tight is not None and model.how.tight[self._number, slot]:
            self._each(slot, pieces, opened, over)

    def _welcomes(self, options: Sequence[int], slot: int) -> bool:
        """Whether the bay may as well be open as closed: to a kind that all who may stay are of."""
        people, takes = self._model.problem.people, self._model.problem.takes
        stay = np.isin(people.home, self._bay.cells) & (people.end > slot) & self._model.around.free
        return any(k not in self._flipped and takes[k, stay].all() for k in options)

    def _options(self, slot: int, options: Sequence[int], fixed: dict[int, int] | None = None) -> Choice:
        """Variables for what the bay is open to."""
        model, opened = self._model, {}
        for k in options:
            name = f"open_{self._number}_{slot}_{k if k != CLOSED else 'closed'}"
            opened[k] = model.open_to[self._number, slot, k] = model.lp.add_variable(name, 0, 1, pulp.LpInteger)
        add_row(model.lp, f"company_{self._number}_{slot}", [(v, 1.0) for v in opened.values()], "==", 1)
        choice = Choice(opened, {}, fixed or dict.fromkeys(options, 0), self._flipped)
        model.choices.append(choice)
        if self._flipped:
            self._flips([v for k, v in opened.items() if k in self._flipped])
        return choice

    def _flips(self, opened: Sequence[pulp.LpVariable]) -> None:
        """Charge for the flip if one of these is open; for certain if there is none to choose."""
        if self._flip is None:
            self._flip = self._model.over(f"flip_{self._number}", "flips", self._bay.flip)
        if not opened:
            self._flip.lowBound = 1
            return
        name = f"flip_{self._number}_{len(self._model.excess[self._flip])}"
        row = add_row(self._model.lp, name, [*((v, 1.0) for v in opened), (self._flip, -1.0)], "<=", 0)
        self._model.excess[self._flip].append(row)

    def _others_out(
        self, slot: int, pieces: Pieces, kind: int, choice: Choice, over: pulp.LpVariable | None = None
    ) -> None:
        """While the bay is open to a kind, nobody else is there, or each counts in `over`."""
        model, opened = self._model, choice.options[kind]
        wrong = pieces.coming if kind == CLOSED else ~model.problem.takes[kind, pieces.person]
        others = pieces.of(wrong)
        choice.others[kind] = [model.columns[j] for j in others.column.tolist()]
        fixed = choice.fixed_others[kind]
        if not (len(others) or fixed or model.how.priced):
            return
        most = self._room(slot) if model.how.priced else min(self._room(slot), len(np.unique(others.person)))
        most += fixed
        who = None if kind == CLOSED else np.flatnonzero(~model.problem.takes[kind])
        counts = Counts(self._bay.cells, slot, who, staying=0.0 if kind == CLOSED else 1.0)
        rest = [(opened, float(most)), *([(over, -1.0)] if over is not None else [])]
        row = model.slot_row(f"others_{self._number}_{slot}_{kind}", others, counts, rest, most - fixed)
        if over is not None:
            model.excess[over].append(row.row)

    def _room(self, slot: int) -> int:
        """Most people who can lie in the bay beside those who are fixed."""
        problem, nearby = self._model.problem, self._model.around
        room = 0
        for cell in self._bay.cells:
            most = max(0, int(nearby.left[cell, slot]))
            if cell in problem.crowded:
                most = max(most, int(np.count_nonzero(nearby.free & (problem.people.home == cell))))
            room += most
        return room

    def _each(self, slot: int, pieces: Pieces, choice: Choice, over: pulp.LpVariable | None) -> None:
        """Rows that only tighten the relaxation: each comes where the bay is open to one of their kinds."""
        takes = self._model.problem.takes
        spare = [(over, -1.0)] if over is not None else []
        for i in np.unique(pieces.person).tolist():
            own = pieces.of(pieces.person == i)
            open_to = [(v, -1.0) for k, v in choice.options.items() if k != CLOSED and takes[k, i]]
            closed = [(v, -1.0) for k, v in choice.options.items() if k == CLOSED]
            name, who = f"joins_{self._number}_{slot}_{i}", np.array([i])
            if not closed or own.coming.any():
                part = own.of(own.coming) if closed else own
                counts = Counts(self._bay.cells, slot, who, staying=0.0 if closed else 1.0)
                self._row_of_each(name, part, counts, [*open_to, *spare], over)
            if closed and not own.coming.all():
                counts = Counts(self._bay.cells, slot, who)
                self._row_of_each(f"{name}_home", own, counts, [*open_to, *closed, *spare], over)

    def _row_of_each(self, name: str, own: Pieces, counts: Counts, rest: Terms, over: pulp.LpVariable | None) -> None:
        row = self._model.slot_row(name, own, counts, rest, 0)
        if over is not None:
            self._model.excess[over].append(row.row)
