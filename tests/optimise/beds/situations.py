"""Situations of small hospitals, and what one rule says of one patient and one bed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medalloc.optimise.beds.prices import Prices, priced
from medalloc.optimise.beds.situation import Background, Given, Situation, situation_of
from medalloc.optimise.beds.weights import BedSettings
from medalloc.optimise.stays.problem import Costs
from tests.optimise.random_hospital import Hospital


def situation(made: Hospital, reference: Mapping[str, str] | None = None, **settings: Any) -> Situation:
    return situation_of(
        made.snapshot, made.needs, Given(BedSettings(**settings), background=Background(reference or {}))
    )


def row(found: Situation, patient_id: str) -> int:
    return [person.patient_id for person in found.people].index(patient_id)


def berth(found: Situation, bed_id: str, number: int = 0) -> int:
    """The first, or a later, berth at which a bed can be come to."""
    cell = found.cell_of[bed_id]
    return [q for q, each in enumerate(found.berths) if each.cell == cell][number]


def by_cell(rule: Callable[[Situation], Costs], made: Hospital, patient_id: str, bed_id: str) -> float:
    """What a rule by person and cell says."""
    found = situation(made)
    return float(rule(found)[row(found, patient_id), found.cell_of[bed_id]])


def coming(made: Hospital, patient_id: str, bed_id: str, *, number: int = 0, **settings: Any) -> dict[str, float]:
    """What a patient pays for a bed, by rule."""
    found = situation(made, settings.pop("reference", None), **settings)
    return prices(found).coming_terms(row(found, patient_id), berth(found, bed_id, number))


def remaining(made: Hospital, patient_id: str, **settings: Any) -> dict[str, float]:
    """What a patient pays for remaining, by rule."""
    found = situation(made, settings.pop("reference", None), **settings)
    return prices(found).remaining_terms(row(found, patient_id))


def prices(found: Situation) -> Prices:
    return priced(found)
