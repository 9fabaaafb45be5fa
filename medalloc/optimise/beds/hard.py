"""The hard rules that depend on one person and one cell, vectorised: what is forbidden is never modelled.

Each rule is a mask (n_people, n_cells) of what it allows a *newcomer*; `allowed` joins them. Rules that
depend on who shares a bay are rows of the model (`optimise.beds.company`).

==============  =======================================================================
`in_time`       usable_bed: the bed is ready when the person can come
`level_met`     level: the ward gives at least the level of care needed
`age_taken`     age: the ward takes this age
`has_features`  features: the bed has every feature required
`sex_taken`     bay_sex: the ward takes this sex into its bays
`room_suits`    isolation: the room suits the precautions
`movable`       fixed, locked, rejected
==============  =======================================================================
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.people import Isolation, PatientStatus, Sex
from medalloc.domain.places import SexRule
from medalloc.optimise.beds.problem import BedProblem, Mask
from medalloc.optimise.rules import COHORTED, HOLD_HOURS, Person


def allowed(problem: BedProblem) -> Mask:
    """Where each person may newly be put, company apart."""
    mask = movable(problem)
    for rule in (in_time, level_met, age_taken, has_features, sex_taken, room_suits):
        mask &= rule(problem)
    return mask


def in_time(problem: BedProblem) -> Mask:
    """A bed must be ready now for whoever lies in another, else within the time that it can be held."""
    first = problem.first_hours[:, None]
    latest = np.where(problem.lies[:, None], 0.0, np.maximum(first, HOLD_HOURS))
    return np.asarray(np.isfinite(first) & (problem.ready_hours[None, :] <= latest))


def level_met(problem: BedProblem) -> Mask:
    """The ward's level of care is at least the one needed."""
    given = np.array([cell.ward.level.rank for cell in problem.cells], dtype=int)
    needed = np.array([person.needs.level.rank for person in problem.people], dtype=int)
    return np.asarray(given[None, :] >= needed[:, None])


def age_taken(problem: BedProblem) -> Mask:
    """The age lies in the ward's range, both ends included."""
    age = np.array([person.patient.age for person in problem.people], dtype=int)[:, None]
    youngest = np.array([cell.ward.min_age for cell in problem.cells], dtype=int)
    oldest = np.array([cell.ward.max_age for cell in problem.cells], dtype=int)
    return np.asarray((youngest[None, :] <= age) & (age <= oldest[None, :]))


def has_features(problem: BedProblem) -> Mask:
    """The bed lacks no feature that is required."""
    return np.asarray(lacking(problem, [person.needs.features for person in problem.people]) == 0)


def sex_taken(problem: BedProblem) -> Mask:
    """A single room or a mixed ward takes anybody; a bay takes its ward's sex, and `other` nowhere else."""
    sexes = np.array([person.patient.sex for person in problem.people], dtype=str)[:, None]
    rules = np.array([cell.ward.sex_rule for cell in problem.cells], dtype=str)[None, :]
    same_bay = (rules == str(SexRule.SAME_BAY)) & (sexes != str(Sex.OTHER))
    return np.asarray(_single(problem)[None, :] | (rules == str(SexRule.MIXED)) | (sexes == rules) | same_bay)


def room_suits(problem: BedProblem) -> Mask:
    """Airborne: single with negative pressure; protective: single; contact and droplet: single or cohort."""
    single = _single(problem)
    negative = np.array(["negative_pressure" in cell.features for cell in problem.cells], dtype=bool)
    rooms = {"any": np.ones_like(single), "single": single, "negative": single & negative}
    return np.array([rooms[_room(person)] for person in problem.people], dtype=bool).reshape(
        len(problem.people), len(problem.cells)
    )


def movable(problem: BedProblem) -> Mask:
    """Nobody fixed, kept or locked in place moves; locked beds are for one; refused beds stay refused."""
    mask = np.ones((len(problem.people), len(problem.cells)), dtype=bool)
    for j, cell in enumerate(problem.cells):
        for i, person in enumerate(problem.people) if cell.refused or cell.pinned else ():
            mask[i, j] = person.patient_id not in cell.refused and cell.pinned in ("", person.patient_id)
    for i, person in enumerate(problem.people):
        if problem.home[i] >= 0:
            mask[i, problem.home[i]] = False
        if stuck(problem, person):
            mask[i, :] = False
        elif problem.pin_elsewhere(person):
            mask[i, :] &= [cell.pinned == person.patient_id for cell in problem.cells]
    return mask


def stuck(problem: BedProblem, person: Person) -> bool:
    """Whether a person is to stay where they are, or to go on waiting."""
    if person.patient_id in problem.locks.keep:
        return True
    if not person.bed_id:
        return False
    return person.patient.fixed or problem.locks.pins.get(person.patient_id) == person.bed_id


def lacking(problem: BedProblem, wanted: Sequence[frozenset[str]]) -> NDArray[np.int_]:
    """How many of each person's features each cell lacks. (n_people, n_cells)."""
    names = sorted(frozenset().union(*wanted))
    want = np.array([[name in features for name in names] for features in wanted], dtype=int)
    miss = np.array([[name not in cell.features for name in names] for cell in problem.cells], dtype=int)
    return np.asarray(want.reshape(len(wanted), len(names)) @ miss.reshape(len(problem.cells), len(names)).T)


def _single(problem: BedProblem) -> NDArray[np.bool_]:
    return np.array([cell.single for cell in problem.cells], dtype=bool)


def _room(person: Person) -> str:
    """The kind of room that the precautions ask for."""
    isolation = person.needs.isolation
    if isolation is Isolation.AIRBORNE:
        return "negative"
    if isolation is Isolation.PROTECTIVE or (isolation in COHORTED and not person.needs.organism):
        return "single"
    return "any"


def inpatient(person: Person) -> bool:
    """Whether moving a person is a transfer that nobody has asked for."""
    return bool(person.bed_id) and person.patient.status is PatientStatus.INPATIENT
