"""Every bed to which a patient might come while everybody else goes where a plan says, and what stands against it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from medalloc.domain.places import Bed
from medalloc.domain.plan import Rule
from medalloc.optimise.beds.hard import in_time
from medalloc.optimise.beds.obstacles import (
    Obstacle,
    of_bed,
    of_others,
    of_person,
    of_staying,
)
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.stays.problem import REMAINS


@dataclass(frozen=True, slots=True)
class Option:
    """A bed from the start of a berth on."""

    berth: int
    """`REMAINS`: to stay in the present bed."""
    bed_id: str
    obstacles: tuple[Obstacle, ...]

    @property
    def rules(self) -> frozenset[Rule]:
        """Hard rules that would be broken."""
        return frozenset(obstacle.rule for obstacle in self.obstacles)


def options_for(outcome: Outcome, i: int) -> tuple[Option, ...]:
    """For each cell but the one that the plan gives the best bed and berth: fewest broken rules, then the cheapest.

    Whoever is moved by the plan may also stay. Berths to which the patient cannot come in time are left out.
    """
    situation = outcome.situation
    present = situation.berths[outcome.berth[i]].cell if outcome.berth[i] != REMAINS else -1
    berths: defaultdict[int, list[int]] = defaultdict(list)
    for q in np.flatnonzero(in_time(situation)[i]).tolist():
        berths[situation.berths[q].cell].append(q)
    found = [
        _best(outcome, i, [_option(outcome, i, q) for q in of_cell])
        for cell, of_cell in berths.items()
        if cell not in (present, int(situation.home[i]))
    ]
    if i in outcome.arrivals and situation.lies[i]:
        staying = tuple(of_staying(outcome, i, int(situation.end[i])))
        found.append(Option(REMAINS, situation.people[i].bed_id, (*_elsewhere(outcome, i), *staying)))
    return tuple(found)


def _best(outcome: Outcome, i: int, options: list[Option]) -> Option:
    coming = outcome.compiled.prices.coming[i]
    return min(options, key=lambda option: (len(option.rules), coming[option.berth]))


def _option(outcome: Outcome, i: int, q: int) -> Option:
    """The bed of a berth that stands empty for the whole stay, or else the first."""
    situation = outcome.situation
    since, until = int(situation.start[i, q]), int(situation.end[i])
    beds = situation.cells[situation.berths[q].cell].beds
    bed = next((bed for bed in beds if _free(outcome, i, bed, since, until)), beds[0])
    against = (
        *of_person(outcome, i, bed.bed_id),
        *of_bed(outcome, i, bed),
        *of_others(outcome, i, bed, since),
        *of_staying(outcome, i, since),
    )
    return Option(q, bed.bed_id, against)


def _free(outcome: Outcome, i: int, bed: Bed, since: int, until: int) -> bool:
    spans = outcome.in_bed.get(bed.bed_id, ())
    return not any(span.since < until and since < span.until for span in spans if span.row != i)


def _elsewhere(outcome: Outcome, i: int) -> tuple[Obstacle, ...]:
    """Against staying: the lock to another bed."""
    person = outcome.situation.people[i]
    return tuple(o for o in of_person(outcome, i, person.bed_id) if o.gives.code in ("locked", "kept_for"))
