"""Exact beds and times for a solution that knows cells and slots.

Everybody who lies in a cell has their bed from the first slot on, so giving each newcomer, in order of arrival, any
bed that is free by then never runs out of beds. Times are exact: a bed that a newcomer leaves for home has to be
cleaned, one that is left for another bed is free as soon as that one is had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from medalloc.optimise.beds.berths import Strangers
from medalloc.optimise.beds.compile import Compiled
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.rules import TURNAROUND_HOURS, hold_until
from medalloc.optimise.stays.problem import REMAINS, Ints


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where and when somebody comes newly."""

    berth: int
    bed_id: str
    hours: float
    """From `at` [hours]."""


@dataclass(frozen=True, slots=True)
class Span:
    """Somebody's time in a bed."""

    row: int
    bed_id: str
    since: int
    """Slot."""
    until: int
    """Slot at whose beginning they have left."""
    newly: bool


def arrivals_of(compiled: Compiled, berth: Ints) -> dict[int, Arrival]:
    """Bed and time of everybody who comes newly, by row.

    Somebody without a bed whose bed would be clean too late is left waiting.
    """
    comes = np.flatnonzero(berth != REMAINS).tolist()
    arrivals: dict[int, Arrival] = {}
    by_cell: defaultdict[int, list[int]] = defaultdict(list)
    for i in comes:
        by_cell[int(compiled.situation.berth_cell[berth[i]])].append(i)
    for j, rows in by_cell.items():
        arrivals |= _beds(compiled, berth, j, rows)
    while True:
        exact = timed(compiled, arrivals)
        late = [i for i, arrival in exact.items() if _too_late(compiled.situation, i, arrival)]
        if not late:
            return dict(sorted(exact.items()))
        arrivals = {i: arrival for i, arrival in arrivals.items() if i not in late}


def spans_of(compiled: Compiled, arrivals: Mapping[int, Arrival]) -> tuple[Span, ...]:
    """Everybody's time in every bed."""
    situation, spans = compiled.situation, []
    for i, person in enumerate(situation.people):
        end = int(situation.end[i])
        since = int(situation.start[i, arrivals[i].berth]) if i in arrivals else end
        if person.bed_id:
            spans.append(Span(i, person.bed_id, 0, since, newly=False))
        if i in arrivals:
            spans.append(Span(i, arrivals[i].bed_id, since, end, newly=True))
    return tuple(span for span in spans if span.since < span.until)


def _beds(compiled: Compiled, berth: Ints, j: int, rows: Sequence[int]) -> dict[int, Arrival]:
    """Beds of one cell: the longest wait chooses first, the bed that can be had first, then one that stands empty."""
    situation, prices = compiled.situation, compiled.prices
    cell = situation.cells[j]
    free = {bed.bed_id: (0, 0.0) for bed in cell.beds}
    for i in cell.lying:
        bed_id = situation.people[i].bed_id
        free[bed_id] = max(free[bed_id], _left(situation, i, int(berth[i])))
    lain_in = {situation.people[i].bed_id for i in cell.lying}
    found = {}
    for i in sorted(rows, key=lambda i: (situation.start[i, berth[i]], -prices.remaining[i], i)):
        since, hours = int(situation.start[i, berth[i]]), float(situation.start_hours[i, berth[i]])
        could = [bed_id for bed_id, (slot, _) in free.items() if slot <= since]
        bed_id = min(could, key=lambda bed_id: (max(hours, free[bed_id][1]), bed_id in lain_in, bed_id))
        found[i] = Arrival(int(berth[i]), bed_id, hours)
        free[bed_id] = _left(situation, i, REMAINS)
    return found


def _left(situation: Situation, i: int, berth: int) -> tuple[int, float]:
    """Slot and hours from which a bed is free that somebody leaves, for home or for a berth."""
    if berth == REMAINS:
        return int(situation.end[i]), float(situation.leave_hours[i]) + TURNAROUND_HOURS
    return int(situation.start[i, berth]), float(situation.start_hours[i, berth])


def timed(compiled: Compiled, arrivals: Mapping[int, Arrival]) -> dict[int, Arrival]:
    """The same arrivals, later where those before them leave the bed, or the bay, within the same slot."""
    situation = compiled.situation
    earlier = _waited_for(compiled, arrivals)
    hours = {i: arrival.hours for i, arrival in arrivals.items()}
    changed = True
    while changed:
        changed = False
        for i, others in earlier.items():
            ready = max(hours[k] if moves else situation.leave_hours[k] + TURNAROUND_HOURS for k, moves in others)
            if ready > hours[i]:
                hours[i], changed = float(ready), True
    return {i: replace(arrival, hours=hours[i]) for i, arrival in arrivals.items()}


def _waited_for(compiled: Compiled, arrivals: Mapping[int, Arrival]) -> dict[int, list[tuple[int, bool]]]:
    """By newcomer, those who leave before: the last in the bed, and strangers whom the plan takes from the bay.

    Each with whether they leave for another bed; else they leave for home.
    """
    situation, strangers = compiled.situation, Strangers(compiled.situation.people)
    spans = spans_of(compiled, arrivals)
    before: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    in_bed: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        in_bed[span.bed_id].append(span)
    for span in (span for span in spans if span.newly):
        gone = [other for other in in_bed[span.bed_id] if other.row != span.row and other.until <= span.since]
        if gone:
            last = max(gone, key=lambda other: other.until)
            before[span.row].append((last.row, not last.newly and last.row in arrivals))
    for k, arrival in arrivals.items():
        slot, bay = int(situation.start[k, arrival.berth]), situation.bay[situation.home[k]]
        if situation.home[k] < 0 or slot == 0 or bay < 0:
            continue
        for i, other in arrivals.items():
            cell = situation.cell_of[other.bed_id]
            same = situation.bay[cell] == bay and situation.start[i, other.berth] == slot
            if i != k and same and strangers.are(i, k, situation.cells[cell].ward):
                before[i].append((k, True))
    return dict(before)


def _too_late(situation: Situation, i: int, arrival: Arrival) -> bool:
    """Whether somebody without a bed could no longer come then."""
    latest = hold_until(situation.people[i], situation.at, situation.settings.horizon_days)
    hours = arrival.hours
    beyond = latest is None or hours > situation.slots.hours(latest) + 1e-9
    return not situation.lies[i] and (beyond or hours >= situation.leave_hours[i])
