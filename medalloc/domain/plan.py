"""Plans, what they cost, and what a person has fixed in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medalloc.domain.answers import Scarce


class SolveStatus(StrEnum):
    """How a solve ended; never an exception."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    """A plan, not proved best: the time limit or Stop came first."""
    INFEASIBLE = "infeasible"
    NO_PLAN = "no_plan"
    """The limit came before any plan was found."""


class Action(StrEnum):
    """What a plan does with a patient."""

    STAY = "stay"
    ADMIT = "admit"
    TRANSFER = "transfer"
    HOLD = "hold"
    """The bed is kept for the patient until `starts_at`."""
    WAIT = "wait"

    @property
    def moves(self) -> bool:
        """Whether somebody has to do something."""
        return self in (Action.ADMIT, Action.TRANSFER, Action.HOLD)


class Rule(StrEnum):
    """The hard rules of a bed plan, each explained in docs/rules.md."""

    ONE_PATIENT_PER_BED = "one_patient_per_bed"
    USABLE_BED = "usable_bed"
    BAY_SEX = "bay_sex"
    ISOLATION = "isolation"
    LEVEL = "level"
    AGE = "age"
    FEATURES = "features"
    FIXED = "fixed"
    LOCKED = "locked"
    REJECTED = "rejected"
    """A person has refused this placement."""
    MOVES = "moves"
    """An inpatient who was moved too often in the stay, or one transfer more than a plan may make."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a plan says what it says: a code with its values, put into words where it is shown."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that a placement breaks."""

    rule: Rule
    patient_id: str
    bed_id: str = ""
    detail: str = ""
    why: Reason | None = None
    """The same as the detail, as a code; None where there is none."""

    def __str__(self) -> str:
        return f"{self.patient_id} {self.bed_id} breaks {self.rule}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Placement:
    """What a plan does with one patient."""

    patient_id: str
    action: Action
    from_bed_id: str = ""
    to_bed_id: str = ""
    """"" for a patient who waits without a bed."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    """Cost by soft rule; terms of zero are left out."""
    reasons: tuple[Reason, ...] = ()

    @property
    def penalty(self) -> float:
        """Sum of the terms."""
        return sum(self.terms.values())


@dataclass(frozen=True)
class BedPlan:
    """Who goes where; every inpatient, waiting and expected patient stands in it exactly once."""

    at: datetime
    placements: tuple[Placement, ...]
    status: SolveStatus
    bound: float
    """No plan can cost less than this."""
    runtime_s: float
    solver: str = ""
    seed: int = 0
    weights: Mapping[str, float] = field(default_factory=dict)
    horizon_days: int = 1
    """How far it looks ahead [days]."""
    scarce: tuple[Scarce, ...] = ()
    """Beds of which one more would make it cheaper, the dearest first."""

    @cached_property
    def placement_of(self) -> dict[str, Placement]:
        """Placement by patient_id."""
        return {placement.patient_id: placement for placement in self.placements}

    @cached_property
    def penalties(self) -> dict[str, float]:
        """Cost by soft rule; the values sum to the objective."""
        total: Counter[str] = Counter()
        for placement in self.placements:
            total.update(placement.terms)
        return dict(total)

    @property
    def objective(self) -> float:
        """What the plan costs."""
        return sum(self.penalties.values())

    @property
    def gap(self) -> float:
        """Share of the objective that better plans could at most save, 0–1."""
        if self.objective <= 0:
            return 0.0
        return max(0.0, (self.objective - self.bound) / self.objective)


@dataclass(frozen=True, slots=True)
class Locks:
    """What people have fixed."""

    pins: Mapping[str, str] = field(default_factory=dict)
    """bed_id by patient_id: accepted or locked there."""
    keep: frozenset[str] = frozenset()
    """Patients who are not to be moved: they stay, or go on waiting."""
    forbidden: frozenset[tuple[str, str]] = frozenset()
    """(patient_id, bed_id) pairs that a person has refused."""
