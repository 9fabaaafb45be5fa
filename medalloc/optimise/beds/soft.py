"""The soft rules of a bed plan: each is a named function that returns units; `priced` multiplies by weights.

============  ======================================  ======================================================
rule          paid                                    unit
============  ======================================  ======================================================
waiting       by whoever gets no bed now              priority × hours (`waiting`), or the part held (`held`)
outlier       in every bed, old or new                rank of the specialty in the ward's list
preferred     in every bed, old or new                wanted level, isolation, feature that is not there
side_room     in every single room                    1 without need of one
over_level    in every bed, old or new                levels of care above the need
enter_over_…  by whoever comes into such a bed        levels above the need, unless they come down to them
transfer      by whoever changes beds                 points: fit, frail, again, leaving soon, at night
breach        by whoever stays in breach of a rule    hard rule broken; see also `optimise.beds.model`
============  ======================================  ======================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.people import Isolation, PatientStatus, Sex, Source
from medalloc.domain.places import SexRule, Ward
from medalloc.optimise.beds.hard import inpatient, lacking
from medalloc.optimise.beds.problem import BedProblem, Cell, Costs
from medalloc.optimise.beds.weights import (
    FRAIL_AGE,
    FURTHEST_RANK,
    LOOK_AHEAD_HOURS,
    MANY_MOVES,
    NIGHT,
    BedWeights,
)
from medalloc.optimise.breaches import standing_breaches
from medalloc.optimise.rules import EXPECTED_HOURS, HOLD_HOURS, Person


@dataclass(frozen=True)
class Prices:
    """What each soft rule costs [points]."""

    place: Mapping[str, Costs]
    """For lying in a cell, newly or not. (n_people, n_cells)."""
    come: Mapping[str, Costs]
    """On top, for coming there newly. (n_people, n_cells)."""
    remain: Mapping[str, Costs]
    """On top, for remaining where one is: in bed, or without one. (n_people,)."""
    home: NDArray[np.int_]
    """Cell in which each lies, -1 for none. (n_people,)."""

    @cached_property
    def coming(self) -> Costs:
        """Everything that coming to a cell costs. (n_people, n_cells)."""
        return np.asarray(sum(self.newly.values()))

    @cached_property
    def remaining(self) -> Costs:
        """Everything that remaining costs, broken company apart. (n_people,)."""
        return np.asarray(sum(self.staying.values()))

    @cached_property
    def staying(self) -> Mapping[str, Costs]:
        """What remaining costs by rule. (n_people,)."""
        return {name: self.remain.get(name, 0.0) + self._at_home(name) for name in self.names}

    @cached_property
    def newly(self) -> Mapping[str, Costs]:
        """What coming to a cell costs by rule. (n_people, n_cells)."""
        return {**self.place, **self.come}

    @property
    def names(self) -> tuple[str, ...]:
        """Every rule, in a fixed order."""
        return tuple(dict.fromkeys((*self.remain, *self.come, *self.place)))

    def _at_home(self, name: str) -> Costs:
        cost = np.zeros(len(self.home))
        if name in self.place:
            lying = np.flatnonzero(self.home >= 0)
            cost[lying] = self.place[name][lying, self.home[lying]]
        return cost


def priced(problem: BedProblem) -> Prices:
    """All soft rules in points."""
    weights = problem.settings.weights
    wait = weights.waiting * waiting(problem)
    return Prices(
        place={
            "outlier": weights.outlier * outlier(problem),
            "preferred": weights.preferred * preferred(problem),
            "side_room": weights.side_room * side_room(problem),
            "over_level": weights.over_level * over_level(problem),
        },
        come={
            "waiting": wait[:, None] * held(problem),
            "enter_over_level": weights.enter_over_level * enter_over_level(problem),
            "transfer": np.tile(transfer(problem)[:, None], (1, len(problem.cells))),
        },
        remain={"waiting": wait, "breach": weights.breach * breaches(problem)},
        home=problem.home,
    )


def waiting(problem: BedProblem) -> Costs:
    """Priority × hours of getting no bed now: waited so far, and the time looked ahead. (n_people,)."""
    return np.array(
        [
            problem.settings.weights.priority(p.patient.source, p.needs.acuity) * _wait_hours(problem, p)
            for p in problem.people
        ],
        dtype=float,
    )


def held(problem: BedProblem) -> Costs:
    """Share of the wait that a bed leaves: by the hours until it is ready; all, if it is no step down."""
    first = np.where(np.isfinite(problem.first_hours), problem.first_hours, 0.0)[:, None]
    ready = np.where(np.isfinite(problem.ready_hours), problem.ready_hours, 0.0)[None, :]
    share = np.clip((ready - first) / HOLD_HOURS, 0.0, 1.0)
    excess = over_level(problem)
    for i, person in enumerate(problem.people):
        if person.bed_id and person.patient.source is Source.STEP_DOWN:
            share[i, excess[i] >= excess[i, problem.home[i]]] = 1.0
    return np.asarray(share)


def outlier(problem: BedProblem) -> Costs:
    """Rank of the specialty in the list of the ward."""
    wards = {cell.ward.ward_id: cell.ward for cell in problem.cells}
    known = {person.needs.specialty for person in problem.people}
    ranks = {(word, ward_id): specialty_rank(word, ward) for word in known for ward_id, ward in wards.items()}
    rows = {word: [ranks[word, cell.ward.ward_id] for cell in problem.cells] for word in known}
    shape = (len(problem.people), len(problem.cells))
    return np.array([rows[person.needs.specialty] for person in problem.people], dtype=float).reshape(shape)


def preferred(problem: BedProblem) -> Costs:
    """Number of things wanted, not required, that a bed lacks."""
    features = [p.needs.wanted_features - p.needs.features for p in problem.people]
    units = lacking(problem, features).astype(float)
    given = np.array([cell.ward.level.rank for cell in problem.cells], dtype=int)
    wanted = np.array([p.needs.wanted_level.rank for p in problem.people], dtype=int)
    required = np.array([p.needs.level.rank for p in problem.people], dtype=int)
    units += (given[None, :] < wanted[:, None]) & (wanted > required)[:, None]
    for i, person in enumerate(problem.people):
        if person.needs.wanted_isolation not in (Isolation.NONE, person.needs.isolation):
            units[i] += [not _room_wanted(person, cell) for cell in problem.cells]
    return units


def side_room(problem: BedProblem) -> Costs:
    """1 in a single room for whoever needs none."""
    single = np.array([cell.single for cell in problem.cells], dtype=float)
    none = {Isolation.NONE}
    isolated = np.array([{p.needs.isolation, p.needs.wanted_isolation} != none for p in problem.people], dtype=bool)
    other = np.array([person.patient.sex is Sex.OTHER for person in problem.people], dtype=bool)
    sexed = np.array([cell.ward.sex_rule is not SexRule.MIXED for cell in problem.cells], dtype=bool)
    needed = isolated[:, None] | (other[:, None] & sexed[None, :])
    return np.asarray(single[None, :] * ~needed)


def over_level(problem: BedProblem) -> Costs:
    """Levels of care by which the ward exceeds what is required and wanted."""
    return _above(problem, _levels_needed(problem))


def enter_over_level(problem: BedProblem) -> Costs:
    """Levels of care of the ward above the need, and not below the level at which the person lies now."""
    lying = [problem.cells[j].ward.level.rank if j >= 0 else 0 for j in problem.home]
    return _above(problem, np.maximum(_levels_needed(problem), np.array(lying, dtype=float) - 1))


def transfer(problem: BedProblem) -> Costs:
    """Points for changing beds; those who wait for the move pay for the night alone. (n_people,)."""
    weights = problem.settings.weights
    night = problem.at.hour >= NIGHT[0] or problem.at.hour < NIGHT[1]
    return np.array([_transfer_points(p, weights, night=night) for p in problem.people], dtype=float)


def breaches(problem: BedProblem) -> Costs:
    """Hard rules that each breaks where they lie, company apart. (n_people,)."""
    return np.array(
        [len(standing_breaches(problem.snapshot, [person])) if person.bed_id else 0 for person in problem.people],
        dtype=float,
    )


def specialty_rank(specialty: str, ward: Ward) -> int:
    """0 for the ward's own specialty, then 1, 2, …; two beyond the end for one not listed; 6 at most."""
    if not specialty or not ward.specialties:
        return 0
    listed = specialty in ward.specialties
    rank = ward.specialties.index(specialty) if listed else len(ward.specialties) + 2
    return min(rank, FURTHEST_RANK)


def _room_wanted(person: Person, cell: Cell) -> bool:
    airborne = person.needs.wanted_isolation is Isolation.AIRBORNE
    return cell.single and (not airborne or "negative_pressure" in cell.features)


def _levels_needed(problem: BedProblem) -> Costs:
    """Level of care that is required or wanted, as a rank. (n_people,)."""
    return np.array([max(p.needs.level.rank, p.needs.wanted_level.rank) for p in problem.people], dtype=float)


def _above(problem: BedProblem, levels: Costs) -> Costs:
    """Levels of care of each cell above those of each person."""
    given = np.array([cell.ward.level.rank for cell in problem.cells], dtype=float)
    return np.asarray(np.maximum(0.0, given[None, :] - levels[:, None]))


def _wait_hours(problem: BedProblem, person: Person) -> float:
    """Hours that count for getting no bed now; for an arrival the fewer the further off it is."""
    patient = person.patient
    if inpatient(person):
        return 0.0
    if patient.status is PatientStatus.EXPECTED:
        if patient.expected_at is None:
            return 0.0
        until = max(0.0, (patient.expected_at - problem.at).total_seconds() / 3600)
        return LOOK_AHEAD_HOURS * max(0.0, 1 - until / EXPECTED_HOURS)
    since = patient.waiting_since
    waited = 0.0 if since is None else max(0.0, (problem.at - since).total_seconds() / 3600)
    return waited + LOOK_AHEAD_HOURS


def _transfer_points(person: Person, weights: BedWeights, *, night: bool) -> float:
    if not person.bed_id:
        return 0.0
    points = weights.transfer_night if night else 0.0
    if inpatient(person):
        watched = "visible" in person.needs.features | person.needs.wanted_features
        frail = person.patient.age >= FRAIL_AGE or watched or person.needs.upset_by_moves
        again = person.patient.moves + 1 >= MANY_MOVES
        points += weights.transfer + weights.transfer_frail * frail + weights.transfer_again * again
        points += weights.transfer_soon * person.needs.leaves_share
    return points
