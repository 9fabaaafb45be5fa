"""The hard rules that depend on one person and one bed, vectorised: what is forbidden is never modelled.

Each rule of the bed is a mask (n people, c cells) of what it allows a *newcomer*; `allowed` joins them with the
times at which people can come. Rules that depend on who shares a bay are kinds of company (`optimise.beds.company`).

==============  =================================================================================
`in_time`       usable_bed: the bed is ready while the person can come, and before they leave
`level_met`     level: the ward gives at least the level of care needed
`age_taken`     age: the ward takes this age
`has_features`  features: the bed has every feature required
`sex_taken`     bay_sex: the ward takes this sex into its bays
`room_suits`    isolation: the room suits the precautions
`not_refused`   rejected, and beds that are locked for somebody else
`movable`       fixed, locked, moves
==============  =================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule
from medalloc.domain.plan import Rule
from medalloc.optimise.beds.situation import Situation, stuck
from medalloc.optimise.beds.soft_lying import lacking
from medalloc.optimise.rules import COHORTED, Person, hold_until
from medalloc.optimise.stays.problem import Costs, Mask


def allowed(situation: Situation) -> Mask:
    """Where each person may newly come, company apart. (n, m)."""
    mask = movable(situation) & not_refused(situation)
    for rule in BED_RULES.values():
        mask &= rule(situation)
    return np.asarray(mask[:, situation.berth_cell] & in_time(situation))


def in_time(situation: Situation) -> Mask:
    """A bed is ready now for an inpatient, for others while it can be held; they then still stay for a while. (n, m).

    After its patient has left, a bed is come to by the berth that opens then, and by no earlier one. Whoever leaves
    a bed in the first slot leaves it now: an inpatient may follow. Those who lie in a bed are held only in slots that
    end in time, for they may have to follow somebody who leaves late in the slot.
    """
    start, hours = situation.start, situation.start_hours
    mask = np.isfinite(hours) & (hours <= _latest_hours(situation)[:, None])
    mask &= (hours < situation.leave_hours[:, None]) & (start < situation.end[:, None])
    mask &= ~(situation.lies[:, None] & (start == 0) & (hours > 0))
    last = np.minimum(_latest_hours(situation), situation.leave_hours)[:, None]
    slot_ends = situation.slots.edges[1:][np.minimum(start, situation.slots.count - 1)]
    mask &= ~(situation.lies[:, None] & (start > 0) & (slot_ends > last))
    others = np.array([berth.for_step_downs for berth in situation.berths], dtype=bool)
    mask &= situation.lies[:, None] | ~others[None, :]
    until = np.full(len(situation.berths), situation.slots.count)
    for q, berth in enumerate(situation.berths):
        cell = situation.cells[berth.cell]
        if not berth.after and cell.lying and len(cell.beds) == 1:
            until[q] = situation.end[list(cell.lying)].max()
    return np.asarray(mask & (start < until[None, :]))


def level_met(situation: Situation) -> Mask:
    """The ward's level of care is at least the one needed. (n, c)."""
    given = np.array([cell.ward.level.rank for cell in situation.cells], dtype=int)
    needed = np.array([person.needs.level.rank for person in situation.people], dtype=int)
    return np.asarray(given[None, :] >= needed[:, None])


def age_taken(situation: Situation) -> Mask:
    """The age lies in the ward's range, both ends included. (n, c)."""
    age = np.array([person.patient.age for person in situation.people], dtype=int)[:, None]
    youngest = np.array([cell.ward.min_age for cell in situation.cells], dtype=int)
    oldest = np.array([cell.ward.max_age for cell in situation.cells], dtype=int)
    return np.asarray((youngest[None, :] <= age) & (age <= oldest[None, :]))


def has_features(situation: Situation) -> Mask:
    """The bed lacks no feature that is required. (n, c)."""
    return np.asarray(lacking(situation.cells, [person.needs.features for person in situation.people]) == 0)


def sex_taken(situation: Situation) -> Mask:
    """A single room or a mixed ward takes anybody; a bay takes its ward's sex, and `other` nowhere else. (n, c)."""
    sexes = np.array([person.patient.sex for person in situation.people], dtype=str)[:, None]
    rules = np.array([cell.ward.sex_rule for cell in situation.cells], dtype=str)[None, :]
    same_bay = (rules == str(SexRule.SAME_BAY)) & (sexes != str(Sex.OTHER))
    return np.asarray(_single(situation)[None, :] | (rules == str(SexRule.MIXED)) | (sexes == rules) | same_bay)


def room_suits(situation: Situation) -> Mask:
    """Airborne: single with negative pressure; protective: single; contact and droplet: single or cohort. (n, c)."""
    single = _single(situation)
    negative = np.array(["negative_pressure" in cell.features for cell in situation.cells], dtype=bool)
    rooms = {"any": np.ones_like(single), "single": single, "negative": single & negative}
    shape = (len(situation.people), len(situation.cells))
    return np.array([rooms[_room(person)] for person in situation.people], dtype=bool).reshape(shape)


BED_RULES: Mapping[Rule, Callable[[Situation], Mask]] = MappingProxyType(
    {
        Rule.LEVEL: level_met,
        Rule.AGE: age_taken,
        Rule.FEATURES: has_features,
        Rule.BAY_SEX: sex_taken,
        Rule.ISOLATION: room_suits,
    }
)
"""What a bed must be like whoever else lies in the bay; each is a mask (n, c) of what is allowed."""


def not_refused(situation: Situation) -> Mask:
    """Locked beds are for one; refused beds stay refused. (n, c)."""
    mask = np.ones((len(situation.people), len(situation.cells)), dtype=bool)
    for j, cell in enumerate(situation.cells):
        for i, person in enumerate(situation.people) if cell.refused or cell.pinned else ():
            mask[i, j] = person.patient_id not in cell.refused and cell.pinned in ("", person.patient_id)
    return mask


def movable(situation: Situation) -> Mask:
    """Nobody moves who is fixed, kept, locked in place or was moved too often, or within one cell. (n, c)."""
    mask = np.ones((len(situation.people), len(situation.cells)), dtype=bool)
    pinned = np.array([cell.pinned for cell in situation.cells], dtype=object)
    for i, person in enumerate(situation.people):
        if situation.home[i] >= 0:
            mask[i, situation.home[i]] = False
        if stuck(situation.given, person):
            mask[i, :] = False
        elif situation.pin_elsewhere(person):
            mask[i, :] &= pinned == person.patient_id
    return mask


def _latest_hours(situation: Situation) -> Costs:
    """From `at` until each could last come into a bed by this plan [hours]; -1: never. (n,)."""
    days, at = situation.settings.horizon_days, situation.at
    latest = [hold_until(person, at, days) for person in situation.people]
    return np.array([-1.0 if moment is None else situation.slots.hours(moment) for moment in latest], dtype=float)


def _single(situation: Situation) -> Mask:
    return np.array([cell.single for cell in situation.cells], dtype=bool)


def _room(person: Person) -> str:
    """The kind of room that the precautions ask for."""
    isolation = person.needs.isolation
    if isolation is Isolation.AIRBORNE:
        return "negative"
    if isolation is Isolation.PROTECTIVE or (isolation in COHORTED and not person.needs.organism):
        return "single"
    return "any"
