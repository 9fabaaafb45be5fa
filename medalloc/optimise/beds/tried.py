"""What a plan costs with one patient placed otherwise, and everybody else in the beds that it gives them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from medalloc.domain.places import SexRule
from medalloc.optimise.beds.assign import Arrival, timed
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.soft_ward import flip
from medalloc.optimise.beds.terms import own_terms, shared_terms
from medalloc.optimise.rules import Person, hold_until
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.problem import REMAINS, Ints

Points = Mapping[str, float]
"""By soft rule."""

NOTHING = 1e-9
"""Less is a matter of rounding [points]."""


@dataclass(frozen=True)
class Tried:
    """The plan with one patient placed otherwise."""

    hours: float
    """From `at` until the patient is in the bed; 0 for who stays."""
    terms: Points
    """Difference by soft rule."""
    late: bool
    """Whether the patient, or somebody who follows, would come too late for a bed to be held."""

    @property
    def difference(self) -> float:
        """Points that the plan costs more."""
        return sum(self.terms.values())


@dataclass(frozen=True)
class Trial:
    """One patient in other beds."""

    outcome: Outcome
    row: int

    def at(self, berth: int, bed_id: str) -> Tried:
        """The patient comes to a bed by a berth, or stays where they are (`REMAINS`).

        Whoever follows the patient, or whom the patient follows, comes as much later as they must.
        """
        situation = self.outcome.situation
        arrivals = {k: arrival for k, arrival in self.outcome.arrivals.items() if k != self.row}
        if berth != REMAINS:
            hours = float(situation.start_hours[self.row, berth])
            arrivals[self.row] = Arrival(berth, bed_id, hours)
        arrivals = timed(self.outcome.compiled, arrivals)
        after = self._with_flips(self._points(berth, arrivals), arrivals)
        own = arrivals[self.row].hours if berth != REMAINS else 0.0
        late = any(self._too_late(k, arrival.hours) for k, arrival in arrivals.items())
        return Tried(own, difference(self._before, after), late)

    def _points(self, berth: int, arrivals: Mapping[int, Arrival]) -> Points:
        """By soft rule, with the patient in another berth."""
        compiled = self.outcome.compiled
        shared = shared_terms(compiled, self._berths(berth), arrivals)
        own = own_terms(compiled, self.row, berth)
        return summed((self._own_of_others, own, *({name: points} for name, _, points in shared)))

    @cached_property
    def _own_of_others(self) -> Points:
        berths = enumerate(self.outcome.berth.tolist())
        return summed(own_terms(self.outcome.compiled, i, q) for i, q in berths if i != self.row)

    def floor(self, berth: int) -> float:
        """Less than this no plan costs in which only the patient's place is changed to a berth [points]."""
        return self._others + float(self.outcome.compiled.prices.coming[self.row, berth])

    @cached_property
    def before(self) -> float:
        """What the plan costs [points]."""
        return sum(self._before.values())

    @cached_property
    def _before(self) -> Points:
        return self._with_flips(summed(self.outcome.terms), self.outcome.arrivals)

    @cached_property
    def _others(self) -> float:
        """What everybody else costs if the patient lies in nobody's way, in no ward and in no bay."""
        compiled, berth = self.outcome.compiled, self.outcome.berth
        problem = compiled.problem
        home = problem.people.home.copy()
        home[self.row] = -1
        away = replace(problem, people=replace(problem.people, home=home))
        remaining = evaluate(away, self._berths(REMAINS)).parts
        moved = evaluate(problem, self._berths(0)).parts
        rows = np.flatnonzero(np.arange(len(berth)) != self.row)
        comes = rows[berth[rows] != REMAINS]
        stays = rows[berth[rows] == REMAINS]
        own = compiled.prices.coming[comes, berth[comes]].sum() + compiled.prices.remaining[stays].sum()
        flips = self._flips({k: arrival for k, arrival in self.outcome.arrivals.items() if k != self.row})
        return float(own) + remaining["loads"] + flips + moved["clashes"] + moved["mixed"]

    def _with_flips(self, terms: Points, arrivals: Mapping[int, Arrival]) -> Points:
        """The same with every flip by the rule itself, for terms take all company that breaks a rule for a flip."""
        return {**terms, "flip": self._flips(arrivals)}

    def _flips(self, arrivals: Mapping[int, Arrival]) -> float:
        """What bays cost that are turned over to the other sex [points]."""
        situation = self.outcome.situation
        turned = set()
        for k, arrival in arrivals.items():
            cell = situation.cell_of[arrival.bed_id]
            bay, rule = int(situation.bay[cell]), situation.cells[cell].ward.sex_rule
            sex = situation.people[k].patient.sex
            if bay >= 0 and rule is SexRule.SAME_BAY and flip(self._lying.get(bay, ()), sex):
                turned.add(bay)
        return situation.settings.weights.flip * len(turned)

    @cached_property
    def _lying(self) -> Mapping[int, list[Person]]:
        """Who lies in each bay now."""
        situation, found = self.outcome.situation, defaultdict(list)
        for person, home in zip(situation.people, situation.home.tolist(), strict=True):
            if home >= 0:
                found[int(situation.bay[home])].append(person)
        return found

    def _berths(self, berth: int) -> Ints:
        berths = self.outcome.berth.copy()
        berths[self.row] = berth
        return berths

    def _too_late(self, k: int, hours: float) -> bool:
        situation = self.outcome.situation
        latest = hold_until(situation.people[k], situation.at, situation.settings.horizon_days)
        before = self.outcome.arrivals[k].hours if k in self.outcome.arrivals and k != self.row else -1.0
        return hours > before + NOTHING and (latest is None or hours > situation.slots.hours(latest) + NOTHING)


def summed(terms: Iterable[Points]) -> dict[str, float]:
    """Points by soft rule of everybody together."""
    total: Counter[str] = Counter()
    for one in terms:
        total.update(one)
    return dict(total)


def difference(before: Points, after: Points) -> dict[str, float]:
    """Points by soft rule that the second costs more; what does not change is left out."""
    terms = {name: after.get(name, 0.0) - before.get(name, 0.0) for name in sorted({*before, *after})}
    return {name: points for name, points in terms.items() if abs(points) > NOTHING}
