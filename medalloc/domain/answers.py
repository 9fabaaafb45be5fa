"""Answers to what people ask of a bed plan: which other beds, why not that one, what would help, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from medalloc.domain.plan import Placement, Reason, Rule, SolveStatus, Violation


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another bed for one patient, everybody else placed as the plan says."""

    bed_id: str
    starts_at: datetime
    difference: float
    """Points that the plan would cost more with this bed; negative only where the plan is not proved best."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """Difference by soft rule; sums to `difference`."""
    broken: tuple[Violation, ...] = ()
    """Hard rules that it breaks; empty: it can be chosen."""


@dataclass(frozen=True, slots=True)
class Change:
    """A patient who is placed otherwise in one plan than in another."""

    patient_id: str
    before: Placement | None
    """None for a patient whom the first plan did not know."""
    after: Placement | None
    """None for a patient who has left."""
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a plan does not give a bed to a patient."""

    patient_id: str
    bed_id: str
    forbidden: tuple[Violation, ...] = ()
    """Rules that forbid it whatever else is done; then nothing was solved."""
    status: SolveStatus = SolveStatus.NO_PLAN
    """How solving with this bed fixed ended; infeasible: nobody in the way can be placed elsewhere."""
    price: float | None = None
    """Points that the best plan found with this bed costs more; None where there is none."""
    least_price: float | None = None
    """Points that any plan with this bed costs more at least, as far as the bound proves; never above `price`."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """Difference of the two plans by soft rule; sums to `price`."""
    changes: tuple[Change, ...] = ()
    """Everybody whom the plan with this bed places otherwise, the patient first."""
    runtime_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The least that would have to give for a waiting patient to get a bed."""

    rules: tuple[Rule, ...]
    """Hard rules that would have to be lifted for this patient and bed; empty: the price alone keeps them out."""
    bed_id: str
    starts_at: datetime
    points: float
    """Points that the bed costs more than to wait; negative: it would save so many."""
    detail: Reason | None = None
    """What exactly would have to give: a feature, an age, a closed ward, a bed kept or not yet clean."""


@dataclass(frozen=True, slots=True)
class Scarce:
    """Beds of one type of which one more would make the plan cheaper."""

    ward_id: str
    single: bool
    features: frozenset[str]
    """That every bed of the type has."""
    starts_at: datetime
    """Start of the slot in which they are short."""
    beds: int
    """How many there are."""
    points: float
    """Shadow price: what one more bed saves in the relaxation."""
