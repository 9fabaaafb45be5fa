"""From a hospital to a problem of stays in beds: every rule becomes a cost, a kind of company or a load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from medalloc.optimise.beds.company import (
    Bay,
    Company,
    all_kinds,
    bays_of,
    kinds_for,
    mixed_sexes,
    strangers,
    taken_by,
)
from medalloc.optimise.beds.hard import allowed
from medalloc.optimise.beds.prices import Prices, priced
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.soft_ward import care_loads, flip
from medalloc.optimise.rules import moves_now
from medalloc.optimise.stays import problem as stays
from medalloc.optimise.stays.problem import BedProblem, Berths, Clash, Costs, Ints, Mask, MixedPair, People


@dataclass(frozen=True)
class Compiled:
    """A situation, what everything costs in it, and the problem that follows."""

    situation: Situation
    prices: Prices
    problem: BedProblem


def compile_situation(situation: Situation) -> Compiled:
    """A situation with its prices and its problem."""
    prices = priced(situation)
    return Compiled(situation, prices, compile_problem(situation, prices))


def compile_problem(situation: Situation, prices: Prices) -> BedProblem:
    """The problem whose solutions are the plans of a situation, at the same cost."""
    berths = Berths(situation.berth_cell, situation.opens, _costs(situation, prices))
    kinds, bays = all_kinds(situation), bays_of(situation)
    takes = taken_by(kinds, situation.people)
    movers = np.array([moves_now(person) for person in situation.people], dtype=bool)
    locked = sum(movers[i] and situation.pin_elsewhere(person) for i, person in enumerate(situation.people))
    return BedProblem(
        n_slots=situation.slots.count,
        people=_people(situation, prices, movers),
        berths=berths,
        capacity=_capacity(situation),
        bays=_bays(situation, bays, kinds, takes, np.isfinite(berths.cost)),
        takes=takes,
        crowded=frozenset(j for j, cell in enumerate(situation.cells) if cell.crowded),
        clashes=(
            *_sharing(situation, prices),
            *(clash for bay in bays for clash in _among_strangers(situation, prices, bay)),
        ),
        mixed=tuple(pair for bay in bays for pair in _mixed(situation, prices, bay)),
        loads=care_loads(situation),
        most_moves=max(situation.settings.max_transfers, int(locked)),
    )


def _people(situation: Situation, prices: Prices, movers: Mask) -> People:
    elsewhere = np.array([situation.pin_elsewhere(person) for person in situation.people], dtype=bool)
    remaining = np.where(elsewhere, np.inf, prices.remaining)
    return People(situation.first, situation.end, situation.home, remaining, movers)


def _costs(situation: Situation, prices: Prices) -> Costs:
    """What coming to a berth costs; infinite where a hard rule forbids it, or waiting without a bed is no dearer.

    Nobody gains by somebody without a bed getting one, so who may as well wait does.
    """
    mask = allowed(situation)
    free = ~situation.lies & ~np.array([situation.pin_elsewhere(person) for person in situation.people], dtype=bool)
    mask[free] &= prices.coming[free] < prices.remaining[free, None]
    return np.where(mask, prices.coming, np.inf)


def _capacity(situation: Situation) -> Ints:
    beds = np.array([len(cell.beds) for cell in situation.cells], dtype=int)
    return np.tile(beds[:, None], (1, situation.slots.count))


def _bays(
    situation: Situation, bays: tuple[Bay, ...], kinds: tuple[Company, ...], takes: Mask, possible: Mask
) -> tuple[stays.Bay, ...]:
    """The bays to which somebody might come, with the kinds that those are of.

    Parameters
    ----------
    possible : who might come to which berth. (n, m).
    """
    points = situation.settings.weights.flip
    into: list[list[int]] = [[] for _ in situation.cells]
    for q, j in enumerate(situation.berth_cell.tolist()):
        into[j].append(q)
    found = []
    for bay in bays:
        coming = np.flatnonzero(possible[:, [q for j in bay.cells for q in into[j]]].any(axis=1))
        open_to = kinds_for(bay.rule, kinds, takes, coming)
        lying = [situation.people[i] for i in bay.lying]
        flipped = frozenset(k for k in open_to if flip(lying, kinds[k].sex))
        if open_to:
            found.append(stays.Bay(bay.cells, open_to, flip=points, flipped=flipped))
    return tuple(found)


def _sharing(situation: Situation, prices: Prices) -> Iterator[Clash]:
    """Of those who share a bed, each but the first."""
    for cell in situation.cells:
        for number, i in enumerate(cell.lying) if cell.crowded else ():
            if number:
                yield _clash(situation, prices, i, cell.lying[:number])


def _among_strangers(situation: Situation, prices: Prices, bay: Bay) -> Iterator[Clash]:
    """Isolated people who lie with others who do not share the organism."""
    for i in bay.lying:
        others = strangers(situation, bay, i)
        if others:
            yield _clash(situation, prices, i, others)


def _clash(situation: Situation, prices: Prices, i: int, others: tuple[int, ...]) -> Clash:
    """A breach for as long as a person and the last of some others are both there."""
    days = min(prices.home_days[i], prices.home_days[list(others)].max())
    return Clash(i, others, situation.settings.weights.breach * float(days))


def _mixed(situation: Situation, prices: Prices, bay: Bay) -> list[MixedPair]:
    """The women and men of a bay that should hold one sex: each pays as long as both sexes are there."""
    women, men = mixed_sexes(situation, bay)
    if not women:
        return []
    cost = np.zeros(len(situation.people))
    for own, others in ((women, men), (men, women)):
        together = np.minimum(prices.home_days[list(own)], prices.home_days[list(others)].max())
        cost[list(own)] = situation.settings.weights.breach * together
    return [MixedPair(women, men, cost)]
