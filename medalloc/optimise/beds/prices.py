"""What every soft rule costs each person in each berth, and where they are: units × weights [points].

A rule costs by the day in a bed, once for coming, or once for remaining. What depends on who is there together
(flips, the care hours of a ward, broken company) is no part of these prices: see `soft_ward` and `stays.BedProblem`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from medalloc.optimise.beds import soft_coming, soft_lying, soft_unsuited, soft_waiting
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.weights import COUNTED_DAYS
from medalloc.optimise.stays.problem import Costs, Ints

LYING: Mapping[str, Callable[[Situation], Costs]] = {
    "outlier": soft_lying.outlier,
    "preferred": soft_lying.preferred,
    "unsuited": soft_unsuited.unsuited,
    "room_size": soft_lying.room_size,
    "side_room": soft_lying.side_room,
    "over_level": soft_lying.over_level,
    "out_of_sight": soft_lying.out_of_sight,
    "escalation": soft_lying.escalation,
}
"""Rules that cost by the day in a bed, old or new."""

ENTERING: Mapping[str, Callable[[Situation], Costs]] = {
    "enter_over_level": soft_coming.enter_over_level,
    "distance": soft_coming.distance,
}
"""Rules that cost newcomers once, by the cell."""


@dataclass(frozen=True)
class Term:
    """What one soft rule costs [points]; None: nothing."""

    lying: Costs | None = None
    """Per day in a bed. (n, c)."""
    home: Costs | None = None
    """Per day in the bed where each lies now. (n,)."""
    entering: Costs | None = None
    """Once, for coming to a cell. (n, c)."""
    coming: Costs | None = None
    """Once, for coming to a berth. (n, m)."""
    remaining: Costs | None = None
    """Once, for remaining where one is: in bed, or without one. (n,)."""


@dataclass(frozen=True)
class Prices:
    """What the soft rules cost [points]. Letters in shapes: n people, c cells, m berths."""

    terms: Mapping[str, Term]
    berth_cell: Ints
    """(m,)."""
    days: Costs
    """Priced days in each berth. (n, m)."""
    days_before: Costs
    """Priced days in the present bed before coming to each berth. (n, m)."""
    home_days: Costs
    """Priced days in the present bed, if the person remains. (n,)."""
    most_days: float
    """Most days in one bed that are priced."""

    @cached_property
    def coming(self) -> Costs:
        """Everything that coming to a berth costs. (n, m)."""
        return self._coming(list(self.terms.values()))

    @cached_property
    def remaining(self) -> Costs:
        """Everything that remaining costs. (n,)."""
        return np.asarray(sum(self.staying.values(), np.zeros(len(self.home_days))))

    @cached_property
    def staying(self) -> Mapping[str, Costs]:
        """What remaining costs by rule. (n,)."""
        return {name: self._remaining(term) for name, term in self.terms.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Every rule, in a fixed order."""
        return tuple(self.terms)

    def newly(self, name: str) -> Costs:
        """What coming to a berth costs by one rule. (n, m)."""
        return self._coming([self.terms[name]])

    def coming_terms(self, i: int, q: int) -> dict[str, float]:
        """What person i pays for berth q by rule; they sum to `coming[i, q]`. Rules that cost nothing are left out."""
        return _some({name: self._at(term, i, q) for name, term in self.terms.items()})

    def remaining_terms(self, i: int) -> dict[str, float]:
        """What person i pays for remaining by rule; they sum to `remaining[i]`."""
        return _some({name: float(points[i]) for name, points in self.staying.items()})

    def _coming(self, terms: list[Term]) -> Costs:
        total = np.zeros(self.days.shape)
        lying = [term.lying for term in terms if term.lying is not None]
        if lying:
            total += np.asarray(sum(lying))[:, self.berth_cell] * self.days
        home = [term.home for term in terms if term.home is not None]
        if home:
            total += np.asarray(sum(home))[:, None] * self.days_before
        entering = [term.entering for term in terms if term.entering is not None]
        if entering:
            total += np.asarray(sum(entering))[:, self.berth_cell]
        for term in terms:
            if term.coming is not None:
                total += term.coming
        return total

    def _remaining(self, term: Term) -> Costs:
        points = np.zeros(len(self.home_days)) if term.remaining is None else term.remaining
        return points if term.home is None else points + term.home * self.home_days

    def _at(self, term: Term, i: int, q: int) -> float:
        j = self.berth_cell[q]
        lying = 0.0 if term.lying is None else term.lying[i, j] * self.days[i, q]
        home = 0.0 if term.home is None else term.home[i] * self.days_before[i, q]
        entering = 0.0 if term.entering is None else term.entering[i, j]
        coming = 0.0 if term.coming is None else term.coming[i, q]
        return float(lying + home + entering + coming)


def priced(situation: Situation) -> Prices:
    """All soft rules in points."""
    weights = situation.settings.weights.to_mapping()
    wait = weights["waiting"] * soft_waiting.waiting(situation)
    terms = {"waiting": Term(coming=wait[:, None] * soft_waiting.held(situation), remaining=wait)}
    for name, lying in LYING.items():
        points = weights[name] * lying(situation)
        terms[name] = Term(lying=_none_if_free(points), home=_at_home(situation, points))
    for name, entering in ENTERING.items():
        terms[name] = Term(entering=_none_if_free(weights[name] * entering(situation)))
    terms["transfer"] = Term(coming=_none_if_free(soft_coming.transfer(situation)))
    terms["change"] = Term(
        coming=_none_if_free(weights["change"] * soft_coming.change(situation)),
        remaining=weights["change"] * soft_coming.change_by_remaining(situation),
    )
    terms["breach"] = Term(home=weights["breach"] * soft_lying.breaches(situation))
    return Prices(terms, situation.berth_cell, *_priced_days(situation))


def _priced_days(situation: Situation) -> tuple[Costs, Costs, Costs, float]:
    """Days in each berth, in the present bed before that, in the present bed for good, and most."""
    most = min(COUNTED_DAYS, situation.slots.horizon_hours / 24)
    before = np.minimum(situation.days_before, most)
    return np.minimum(situation.days, most - before), before, np.minimum(situation.home_days, most), most


def _at_home(situation: Situation, points: Costs) -> Costs:
    """What each pays per day where they lie. (n,)."""
    own = np.zeros(len(situation.people))
    lying = np.flatnonzero(situation.lies)
    own[lying] = points[lying, situation.home[lying]]
    return own


def _none_if_free(points: Costs) -> Costs | None:
    """Nothing kept of a rule that costs nobody anything: large hospitals need the memory."""
    return points if points.any() else None


def _some(terms: Mapping[str, float]) -> dict[str, float]:
    return {name: points for name, points in terms.items() if points}
