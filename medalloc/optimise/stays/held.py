"""One model of everybody, in which people are fixed and freed by bounds alone, again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.domain.progress import OnProgress
from medalloc.optimise.reusable import Relaxation, ReusableModel
from medalloc.optimise.solver import Limits, Solve
from medalloc.optimise.stays.around import FREE, around
from medalloc.optimise.stays.frame import CLOSED, Build
from medalloc.optimise.stays.model import build
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask
from medalloc.optimise.stays.starting import Starter


@dataclass(frozen=True)
class Freed:
    """Who may change, and how."""

    people: Mask
    """(n,)."""
    most: float
    """Reduced cost above which they come to no berth but their own."""
    only: Mask | None = None
    """The berths to which they may come, whatever the reduced cost. (n, m)."""


class HeldStays:
    """The model over the columns of small reduced cost and those of known solutions."""

    def __init__(self, problem: BedProblem, columns: Mask, reduced: Costs, mixed: Mask, seed: int = 0) -> None:
        """Build the model.

        Parameters
        ----------
        reduced : reduced cost of each berth. (n, m).
        mixed : bays that may be mixed at their price; all others must not. (b,).
        """
        self.problem, self.columns = problem, columns
        self._mixing = mixed & np.array([np.isfinite(bay.mixing) for bay in problem.bays], dtype=bool)
        model = build(problem, columns, how=Build(may_mix=mixed))
        self._model = ReusableModel(model.lp, model.penalties, seed)
        index = self._model.index_of
        self._starter = Starter(model, index)
        self._low = np.array([variable.lowBound or 0.0 for variable in index])
        self._high = np.array([np.inf if v.upBound is None else v.upBound for v in index])
        come = list(model.come)
        self._person = np.array([i for i, _ in come], dtype=int)
        self._berth = np.array([q for _, q in come], dtype=int)
        self._come = np.array([index[model.come[key]] for key in come], dtype=int)
        self._reduced = reduced[self._person, self._berth]
        self._stayer = np.array(list(model.remain), dtype=int)
        self._remain = np.array([index[variable] for variable in model.remain.values()], dtype=int)
        self._high[self._come] = self._high[self._remain] = 1.0
        self._opened = np.array([index[variable] for variable in model.open_to.values()], dtype=int)
        keys = np.array(list(model.open_to), dtype=int).reshape(-1, 3)
        self._bay, self._slot, self._kind = keys[:, 0], keys[:, 1], keys[:, 2]

    def has(self, berth: Ints) -> bool:
        """Whether the model has all columns of a solution."""
        rows = np.flatnonzero(berth != REMAINS)
        return bool(self.columns[rows, berth[rows]].all())

    def relax(self, berth: Ints, freed: Freed, limits: Limits) -> Relaxation:
        """The relaxation with all others where they are."""
        return self._model.relax(*self._bounds(berth, freed), limits)

    def minimise(
        self, berth: Ints, freed: Freed, limits: Limits, on_progress: OnProgress | None = None
    ) -> tuple[Solve, Ints]:
        """The best solution with all others where they are; the given one where none below the cutoff was found."""
        start = self._starter.values(berth)
        solve, values = self._model.minimise(*self._bounds(berth, freed), start, limits, on_progress)
        found = np.full(len(berth), REMAINS)
        comes = values[self._come] > 0.5
        found[self._person[comes]] = self._berth[comes]
        return solve, found

    def price(self, points: Costs) -> None:
        """Let berths cost so much more than the problem says. (n, m)."""
        extra = np.zeros(len(self._low))
        extra[self._come] = points[self._person, self._berth]
        self._model.price(extra)

    def gains(self, berth: Ints, reduced: Costs, most: float) -> Costs:
        """By how much each person could at best improve a relaxation if they were freed. (n,).

        Parameters
        ----------
        reduced : reduced cost of each variable in the relaxation.
        """
        n = len(berth)
        own = self._berth == berth[self._person]
        current = np.zeros(n)
        current[self._person[own]] = reduced[self._come[own]]
        remains = berth[self._stayer] == REMAINS
        current[self._stayer[remains]] = reduced[self._remain[remains]]
        best = np.full(n, np.inf)
        others = ~own & (self._reduced <= most)
        np.minimum.at(best, self._person[others], reduced[self._come[others]])
        np.minimum.at(best, self._stayer[~remains], reduced[self._remain[~remains]])
        return np.asarray(current - best)

    def _bounds(self, berth: Ints, freed: Freed) -> tuple[Costs, Costs]:
        low, high = self._low.copy(), self._high.copy()
        own, free = self._berth == berth[self._person], freed.people[self._person]
        open_to = self._reduced <= freed.most if freed.only is None else freed.only[self._person, self._berth]
        high[self._come] = own | (free & open_to)
        low[self._come] = own & ~free
        remains, free = berth[self._stayer] == REMAINS, freed.people[self._stayer]
        high[self._remain] = free | remains
        low[self._remain] = remains & ~free
        nearby = around(self.problem, np.where(freed.people, FREE, berth))
        against = nearby.others[self._bay, np.maximum(self._kind, 0), self._slot] > 0
        closed = nearby.newcomers[self._bay, self._slot] > 0
        shut = np.where(self._kind == CLOSED, closed, against) & ~self._mixing[self._bay]
        high[self._opened[shut]] = 0.0
        return low, high
