"""Soft rules that cost once, when somebody comes to a bed: each gives units, before weights unless it says points.

================  ===========================================================================
enter_over_level  levels of care above the need, unless the patient comes down to them
distance          1 on another site than every ward of the patient's specialty
transfer          points for leaving a bed: fit, frail, again, soon to leave, at night
change            1 for a bed other than the one that the last published plan names
================  ===========================================================================
"""

from __future__ import annotations

import numpy as np

from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.soft_lying import above, levels_needed, looked_up, numbered
from medalloc.optimise.beds.weights import FRAIL_AGE, MANY_MOVES, NIGHT, BedWeights
from medalloc.optimise.rules import Person, moves_now
from medalloc.optimise.stays.problem import Costs, Ints, Mask


def enter_over_level(situation: Situation) -> Costs:
    """Levels of care of the ward above the need, and not below the level at which the person lies now. (n, c)."""
    lying = [situation.cells[j].ward.level.rank if j >= 0 else 0 for j in situation.home.tolist()]
    return above(situation, np.maximum(levels_needed(situation), np.array(lying, dtype=float) - 1))


def distance(situation: Situation) -> Costs:
    """1 on another site than every ward whose first specialty is the patient's; 0 where no site is known. (n, c)."""
    homes: dict[str, set[str]] = {}
    for ward in situation.snapshot.wards:
        if ward.specialties and ward.site:
            homes.setdefault(ward.specialties[0], set()).add(ward.site)
    words, word = numbered([person.needs.specialty for person in situation.people])
    sites, site = numbered([cell.ward.site for cell in situation.cells])
    away = [[bool(one) and one not in homes.get(specialty, {one}) for one in sites] for specialty in words]
    return looked_up(away, (len(words), len(sites)), word, site)


def transfer(situation: Situation) -> Costs:
    """Points for leaving a bed for another; those who wait for the move pay for the night alone. (n, m)."""
    weights = situation.settings.weights
    points = np.array([_move_points(person, weights) for person in situation.people], dtype=float)
    return np.asarray(points[:, None] + weights.transfer_night * moved_at_night(situation))


def moved_at_night(situation: Situation) -> Mask:
    """Whether each would leave a bed from 21:00 to 07:00 to come to each berth; inpatients leave at once. (n, m)."""
    night = np.zeros((len(situation.people), len(situation.berths)), dtype=bool)
    now = np.array([moves_now(person) for person in situation.people], dtype=bool)
    night[now] = _at_night(situation, np.zeros(1))
    later = np.flatnonzero(situation.lies & ~now)
    start = situation.start_hours[later]
    night[later] = _at_night(situation, np.where(np.isfinite(start), start, 0.0))
    return night


def _at_night(situation: Situation, hours: Costs) -> Mask:
    """Whether it is night so many hours on."""
    minutes = situation.at.hour * 60 + situation.at.minute + np.round(hours * 60)
    hour = (minutes // 60) % 24
    return np.asarray((hour >= NIGHT[0]) | (hour < NIGHT[1]))


def change(situation: Situation) -> Costs:
    """1 in another bed than the one that the last published plan names for the patient, if it names one. (n, m)."""
    named = _named(situation)[:, None]
    return np.asarray((named >= 0) & (situation.berth_cell[None, :] != named), dtype=float)


def change_by_remaining(situation: Situation) -> Costs:
    """1 where the last published plan names another bed than the patient lies in. (n,)."""
    beds = [situation.reference.get(person.patient_id, "") for person in situation.people]
    moved = [bed in situation.cell_of and bed != p.bed_id for bed, p in zip(beds, situation.people, strict=True)]
    return np.array(moved, dtype=float)


def _named(situation: Situation) -> Ints:
    """Cell of the bed that the last published plan names for each; -1 for none, or one that is gone. (n,)."""
    beds = [situation.reference.get(person.patient_id, "") for person in situation.people]
    return np.array([situation.cell_of.get(bed_id, -1) for bed_id in beds], dtype=int)


def _move_points(person: Person, weights: BedWeights) -> float:
    """Of an inpatient who is moved, whatever the hour."""
    if not moves_now(person):
        return 0.0
    watched = "visible" in person.needs.features | person.needs.wanted_features
    frail = person.patient.age >= FRAIL_AGE or watched or person.needs.upset_by_moves
    again = person.patient.moves + 1 >= MANY_MOVES
    points = weights.transfer + weights.transfer_frail * frail + weights.transfer_again * again
    return points + weights.transfer_soon * person.needs.leaves_share
