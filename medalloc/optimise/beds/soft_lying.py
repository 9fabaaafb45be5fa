"""Soft rules that cost by the day in a bed, old or new: each gives units per day, before weights.

============  ===============================================================================
outlier       steps down the ward's list of specialties
preferred     wanted level, room and features that are not there
room_size     1 in a bay with more beds than the patient would like
side_room     1 in a single room without need of one
over_level    levels of care above the need
out_of_sight  1 for a risk of falling in a bed that cannot be seen from the station
escalation    1 in a ward that is closed
breaches      hard rules that are broken where somebody lies, company apart
============  ===============================================================================
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule, Ward
from medalloc.domain.requirements import Requirements
from medalloc.optimise.beds.cells import Cell
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.weights import FURTHEST_RANK
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.stays.problem import Costs, Ints

K = TypeVar("K", bound=Hashable)


def outlier(situation: Situation) -> Costs:
    """Rank of the specialty in the list of the ward. (n, c)."""
    words, word = numbered([person.needs.specialty for person in situation.people])
    wards, ward = numbered([cell.ward for cell in situation.cells])
    ranks = [[specialty_rank(one, listed) for listed in wards] for one in words]
    return looked_up(ranks, (len(words), len(wards)), word, ward)


def preferred(situation: Situation) -> Costs:
    """Number of things wanted, not required, that a bed lacks: features, level, room. (n, c).

    Whoever may fall and wants to be in sight pays for that by `out_of_sight` alone.
    """
    units = lacking(situation.cells, [_features_wanted(person.needs) for person in situation.people])
    needs = [(person.needs.level.rank, person.needs.wanted_level.rank) for person in situation.people]
    levels, level = numbered(needs)
    wards, ward = numbered([cell.ward.level.rank for cell in situation.cells])
    below = [[required < wanted and given < wanted for given in wards] for required, wanted in levels]
    units += looked_up(below, (len(levels), len(wards)), level, ward)
    wishes, wish = numbered([_room_wanted(person.needs) for person in situation.people])
    rooms, room = numbered([(cell.single, "negative_pressure" in cell.features) for cell in situation.cells])
    missing = [[not _suits(wanted, *given) for given in rooms] for wanted in wishes]
    return units + looked_up(missing, (len(wishes), len(rooms)), wish, room)


def room_size(situation: Situation) -> Costs:
    """1 in a bay with more beds than the patient would like. (n, c)."""
    wished = np.array([person.needs.room_size for person in situation.people], dtype=int)[:, None]
    beds_of = situation.snapshot.bay_beds
    beds = np.array([len(beds_of[cell.ward.ward_id, cell.bay_id]) for cell in situation.cells], dtype=int)
    return np.asarray((wished > 0) & (beds[None, :] > wished), dtype=float)


def side_room(situation: Situation) -> Costs:
    """1 in a single room for whoever needs none: no isolation, not dying, nowhere else to go. (n, c)."""
    single = np.array([cell.single for cell in situation.cells], dtype=bool)
    sexed = np.array([cell.ward.sex_rule is not SexRule.MIXED for cell in situation.cells], dtype=bool)
    needed = np.array([_needs_room(person.needs) for person in situation.people], dtype=bool)
    other = np.array([person.patient.sex is Sex.OTHER for person in situation.people], dtype=bool)
    return np.asarray(single[None, :] & ~needed[:, None] & ~(other[:, None] & sexed[None, :]), dtype=float)


def over_level(situation: Situation) -> Costs:
    """Levels of care by which the ward exceeds what is required and wanted. (n, c)."""
    return above(situation, levels_needed(situation))


def out_of_sight(situation: Situation) -> Costs:
    """1 for whoever may fall, or must never be alone, in a bed out of sight of the station. (n, c)."""
    falls = np.array([person.needs.falls for person in situation.people], dtype=bool)
    hidden = np.array(["visible" not in cell.features for cell in situation.cells], dtype=bool)
    return np.asarray(falls[:, None] & hidden[None, :], dtype=float)


def escalation(situation: Situation) -> Costs:
    """1 in a bed of a ward that is closed. (n, c)."""
    closed = np.array([not cell.ward.open for cell in situation.cells], dtype=float)
    return np.tile(closed, (len(situation.people), 1))


def breaches(situation: Situation) -> Costs:
    """Hard rules that each breaks where they lie, company apart; 0 without a bed. (n,)."""
    snapshot, open_up = situation.snapshot, situation.settings.escalation
    found = [standing_breaches(snapshot, [p], escalation=open_up) if p.bed_id else () for p in situation.people]
    return np.array([len(each) for each in found], dtype=float)


def specialty_rank(specialty: str, ward: Ward) -> int:
    """0 for the ward's own specialty, then 1, 2, …; two beyond the end for one not listed; 6 at most."""
    if not specialty or not ward.specialties:
        return 0
    listed = specialty in ward.specialties
    rank = ward.specialties.index(specialty) if listed else len(ward.specialties) + 2
    return min(rank, FURTHEST_RANK)


def levels_needed(situation: Situation) -> Costs:
    """Level of care that is required or wanted, as a rank. (n,)."""
    needs = [person.needs for person in situation.people]
    return np.array([max(each.level.rank, each.wanted_level.rank) for each in needs], dtype=float)


def above(situation: Situation, levels: Costs) -> Costs:
    """Levels of care of each cell above those of each person. (n, c)."""
    given = np.array([cell.ward.level.rank for cell in situation.cells], dtype=float)
    return np.asarray(np.maximum(0.0, given[None, :] - levels[:, None]))


def lacking(cells: Sequence[Cell], wanted: Sequence[frozenset[str]]) -> Costs:
    """How many of each person's features each cell lacks. (n, c)."""
    wishes, wish = numbered(wanted)
    kinds, kind = numbered([cell.features for cell in cells])
    missing = [[len(features - given) for given in kinds] for features in wishes]
    return looked_up(missing, (len(wishes), len(kinds)), wish, kind)


def numbered(keys: Sequence[K]) -> tuple[list[K], Ints]:
    """The different keys in order of appearance, and the number of each key among them."""
    number: dict[K, int] = {}
    places = [number.setdefault(key, len(number)) for key in keys]
    return list(number), np.array(places, dtype=int)


def looked_up(table: Sequence[Sequence[float]], shape: tuple[int, int], row: Ints, column: Ints) -> Costs:
    """Entries of a small table by the numbers of its rows and columns."""
    return np.asarray(np.array(table, dtype=float).reshape(shape)[np.ix_(row, column)])


def _features_wanted(needs: Requirements) -> frozenset[str]:
    wanted = needs.wanted_features - needs.features
    return wanted - {"visible"} if needs.falls else wanted


def _room_wanted(needs: Requirements) -> tuple[bool, bool]:
    """Whether a single room is wanted beyond what is required, and one with negative pressure."""
    more = needs.wanted_isolation not in (Isolation.NONE, needs.isolation)
    return more or needs.end_of_life, more and needs.wanted_isolation is Isolation.AIRBORNE


def _suits(wanted: tuple[bool, bool], single: bool, negative: bool) -> bool:
    room, airborne = wanted
    return (single or not room) and (negative or not airborne)


def _needs_room(needs: Requirements) -> bool:
    return needs.end_of_life or {needs.isolation, needs.wanted_isolation} != {Isolation.NONE}
