"""Other beds for one patient while everybody else goes where the plan says, with price and broken rules."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np

from medalloc.domain.answers import Alternative
from medalloc.domain.plan import Rule
from medalloc.errors import DataError
from medalloc.optimise.beds.obstacles import Obstacle
from medalloc.optimise.beds.options import Option, options_for
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.tried import Trial, Tried
from medalloc.optimise.gives import reason
from medalloc.optimise.stays.problem import REMAINS

LITTLE = 1e-6
"""What a bed that is left out may be better by: a matter of rounding [points]."""

Rank = tuple[int, float, str]
"""Number of broken rules, points, bed_id."""


def best_beds(outcome: Outcome, patient_id: str, count: int = 5) -> tuple[Alternative, ...]:
    """The best other beds for a patient: those that break fewest hard rules first, then by what they cost more.

    Of beds alike in one bay one is named. The bed in which a patient lies whom the plan moves is among them.
    Empty where no bed is to be planned for the patient yet.

    Raises DataError for a patient whom the plan does not know.
    """
    i = row_of(outcome, patient_id)
    if not np.isfinite(outcome.situation.first_hours[i]):
        return ()
    trial = Trial(outcome, i)
    waiting = sorted(_candidates(trial), key=lambda item: item[0])
    best: dict[tuple[object, ...], tuple[Rank, Alternative]] = {}
    for least, option in waiting:
        if len(best) >= count and least > heapq.nsmallest(count, (rank for rank, _ in best.values()))[-1]:
            break
        rank, alternative = _priced(trial, option)
        alike = _alike(outcome, option)
        if alike not in best or rank < best[alike][0]:
            best[alike] = rank, alternative
    ranked = sorted(best.values(), key=lambda item: item[0])
    return tuple(alternative for _, alternative in ranked[:count])


def row_of(outcome: Outcome, patient_id: str) -> int:
    """The row of a patient.

    Raises DataError for a patient whom the plan does not know.
    """
    for i, person in enumerate(outcome.situation.people):
        if person.patient_id == patient_id:
            return i
    raise DataError(f"there is no patient {patient_id} in this plan")


def _candidates(trial: Trial) -> Iterator[tuple[Rank, Option]]:
    """Every option with the least that its rank can be."""
    for option in options_for(trial.outcome, trial.row):
        least = -np.inf if option.berth == REMAINS else trial.floor(option.berth) - trial.before
        yield (len(option.rules), float(least) + LITTLE, ""), option


def _priced(trial: Trial, option: Option) -> tuple[Rank, Alternative]:
    situation = trial.outcome.situation
    tried = trial.at(option.berth, option.bed_id)
    person, broken = situation.people[trial.row], _broken(trial, option, tried)
    alternative = Alternative(
        bed_id=option.bed_id,
        starts_at=situation.slots.moment(tried.hours),
        difference=tried.difference,
        terms=tried.terms,
        broken=tuple(obstacle.violation(person.patient_id) for obstacle in broken),
    )
    return (len({obstacle.rule for obstacle in broken}), tried.difference, option.bed_id), alternative


def _broken(trial: Trial, option: Option, tried: Tried) -> tuple[Obstacle, ...]:
    """The obstacles, and that somebody would come too late by the exact times."""
    if not tried.late or Rule.USABLE_BED in option.rules:
        return option.obstacles
    at = trial.outcome.situation.slots.moment(tried.hours).isoformat()
    gives = reason("not_in_time", bed_id=option.bed_id, at=at)
    return (*option.obstacles, Obstacle(Rule.USABLE_BED, option.bed_id, "the bed cannot be had in time", gives))


def _alike(outcome: Outcome, option: Option) -> tuple[object, ...]:
    """Beds of one bay that have the same features are alike."""
    bed = outcome.situation.snapshot.bed_of[option.bed_id]
    return bed.ward_id, bed.bay_id, bed.features
