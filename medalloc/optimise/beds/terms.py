"""What a plan costs by person and soft rule: the shares of each sum to the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from medalloc.optimise.beds.assign import Arrival
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.soft_ward import care_points
from medalloc.optimise.rules import WINDOW_HOURS
from medalloc.optimise.stays.evaluate import presence
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask

Share = tuple[str, int, float]
"""Rule, person, points."""


def terms_of(compiled: Compiled, berth: Ints, arrivals: Mapping[int, Arrival]) -> tuple[dict[str, float], ...]:
    """What each person costs by soft rule; what costs nothing is left out."""
    terms = [own_terms(compiled, i, q) for i, q in enumerate(berth.tolist())]
    for name, i, points in shared_terms(compiled, berth, arrivals):
        terms[i][name] = terms[i].get(name, 0.0) + points
    return tuple(terms)


def own_terms(compiled: Compiled, i: int, berth: int) -> dict[str, float]:
    """What a person costs by soft rule wherever others are."""
    prices = compiled.prices
    return prices.remaining_terms(i) if berth == REMAINS else prices.coming_terms(i, berth)


def shared_terms(compiled: Compiled, berth: Ints, arrivals: Mapping[int, Arrival]) -> Iterator[Share]:
    """What people cost by where others are."""
    problem = compiled.problem
    shares = (_breaches(problem, berth == REMAINS), _flips(problem, berth), _care(problem, berth))
    yield from (share for found in (*shares, _late(compiled, arrivals)) for share in found if share[2])


def _breaches(problem: BedProblem, remains: Mask) -> Iterator[Share]:
    """Broken company: whoever lies among strangers or in a shared bed, and the cheaper sex of a bay of both."""
    for clash in problem.clashes:
        if remains[clash.person] and remains[list(clash.others)].any():
            yield "breach", clash.person, clash.cost
    for pair in problem.mixed:
        cost = np.where(remains, pair.cost, 0.0)
        for i in min(pair.other, pair.one, key=lambda group: float(cost[list(group)].sum())):
            yield "breach", i, float(cost[i])


def _flips(problem: BedProblem, berth: Ints) -> Iterator[Share]:
    """A bay that is turned over to the other sex: by those who come there and are of no other kind."""
    comes = np.flatnonzero(berth != REMAINS)
    bays = problem.bay_of[problem.berths.cell[berth[comes]]]
    for number, bay in enumerate(problem.bays):
        plain = [k for k in bay.kinds if k not in bay.flipped]
        inside = comes[bays == number]
        turning = inside[~problem.takes[plain][:, inside].any(axis=0)] if bay.flipped else inside[:0]
        for i in turning.tolist():
            yield "flip", i, bay.flip / len(turning)


def _care(problem: BedProblem, berth: Ints) -> Iterator[Share]:
    """Hours of care that are added above a ward's staff: by those who come, in proportion to their hours."""
    places = presence(problem, berth)
    slots = np.arange(problem.n_slots)
    for load in problem.loads:
        inside = places.part(np.isin(places.cell, load.cells))
        present, newly = np.zeros((2, len(berth), problem.n_slots), dtype=bool)
        when = (inside.since[:, None] <= slots) & (slots < inside.until[:, None])
        np.logical_or.at(present, inside.person, when)
        np.logical_or.at(newly, inside.person, when & inside.newly[:, None])
        points: Costs = care_points(load, present, newly)
        yield from (("care_hours", int(i), float(points[i])) for i in np.flatnonzero(points))


def _late(compiled: Compiled, arrivals: Mapping[int, Arrival]) -> Iterator[Share]:
    """More of the wait for whoever comes later in the slot than the solve counted, behind somebody whom it moved."""
    situation, prices = compiled.situation, compiled.prices
    waits = prices.staying["waiting"]
    for i, arrival in arrivals.items():
        late = arrival.hours - situation.start_hours[i, arrival.berth]
        yield "waiting", i, float(waits[i] * situation.chance[i, arrival.berth] * late / WINDOW_HOURS)
