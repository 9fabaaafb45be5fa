"""The values of all variables of a model for a solution, quickly and as often as needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pulp
from numpy.typing import NDArray

from medalloc.optimise.stays.frame import StayModel
from medalloc.optimise.stays.problem import REMAINS, Costs, Ints

Index = Mapping[pulp.LpVariable, int]


class Sums:
    """Sums of coefficient × value, many at a time."""

    def __init__(self, sums: Iterable[Iterable[tuple[pulp.LpVariable, float]]], index: Index) -> None:
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        self._count = 0
        for pairs in sums:
            for variable, value in pairs:
                rows.append(self._count)
                columns.append(index[variable])
                values.append(value)
            self._count += 1
        self._rows = np.array(rows, dtype=int)
        self._columns, self._values = np.array(columns, dtype=int), np.array(values)

    def of(self, x: Costs) -> Costs:
        """The sums for some values of the variables."""
        return np.asarray(np.bincount(self._rows, self._values * x[self._columns], self._count), dtype=float)


class Starter:
    """Completes solutions of a model: what bays are open to, who of a mixed pair is kept, and what is too much."""

    def __init__(self, model: StayModel, index: Index) -> None:
        self._model, self._index = model, index
        self._remain = {i: index[variable] for i, variable in model.remain.items()}
        self._come = {key: index[variable] for key, variable in model.come.items()}
        options = [(choice, kind) for choice in model.choices for kind in choice.options]
        self._others = Sums(([(v, 1.0) for v in choice.others[kind]] for choice, kind in options), index)
        self._fixed = np.array([choice.fixed_others[kind] for choice, kind in options], dtype=float)
        self._flips = np.array([kind in choice.flipped for choice, kind in options], dtype=bool)
        self._option = np.array([index[choice.options[kind]] for choice, kind in options], dtype=int)
        counts = [len(choice.options) for choice in model.choices]
        self._choice = np.repeat(np.arange(len(counts)), counts)
        rows = [(variable, row) for variable, over in model.excess.items() for row in over]
        self._excess = np.array([index[variable] for variable, _ in rows], dtype=int)
        self._constant = np.array([row.constant for _, row in rows])
        self._over = Sums(([pair for pair in row.items() if pair[0] is not v] for v, row in rows), index)
        self._least = np.array([variable.lowBound or 0.0 for variable in index], dtype=float)
        self._kept = [(index[v], Sums(groups, index)) for v, groups in model.kept]

    def values(self, berth: Ints) -> Costs:
        """Values of all variables, in the order of the index. KeyError where the model has no such column."""
        x = np.zeros(len(self._index))
        x[self._places(berth)] = 1.0
        if len(self._option):
            crowd = self._others.of(x) + self._fixed
            order = np.lexsort((self._flips, crowd, self._choice))
            first = np.flatnonzero(np.diff(self._choice[order], prepend=-1))
            x[self._option[order[first]]] = 1.0
        for kept, groups in self._kept:
            one, other = groups.of(x)
            x[kept] = float(one >= other)
        over = self._over.of(x) + self._constant
        x = np.maximum(x, self._least)
        np.maximum.at(x, self._excess, over)
        return np.asarray(x)

    def _places(self, berth: Ints) -> NDArray[np.int_]:
        free = np.flatnonzero(self._model.around.free).tolist()
        return np.array(
            [self._remain[i] if berth[i] == REMAINS else self._come[i, int(berth[i])] for i in free], dtype=int
        )
