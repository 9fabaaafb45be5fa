"""What each soft rule of a bed plan costs, and how long and how closely to solve.

One point is about what a bed manager gives for an hour's wait of a patient of middling urgency. docs/rules.md
shows each formula with an example.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType

from medalloc.domain.people import Source
from medalloc.errors import DataError

LOOK_AHEAD_HOURS = 4.0
"""Whoever gets no bed in this plan is taken to wait this much longer [hours]."""

FURTHEST_RANK = 6
"""The rank of a specialty in a ward's list goes no further: a long list makes nobody more of an outlier."""

FRAIL_AGE = 80
"""Age from which a move counts as one of a frail patient [years]."""

MANY_MOVES = 3
"""The move of a stay from which on it costs more."""

NIGHT = (21, 7)
"""Hours of the day between which moving a patient costs more: from, to."""

SOURCE_PRIORITY: Mapping[Source | None, float] = MappingProxyType(
    {
        Source.ED: 1.5,
        Source.STEP_DOWN: 1.2,
        Source.TRANSFER: 1.0,
        Source.REPATRIATION: 0.8,
        Source.ELECTIVE: 0.6,
        None: 1.0,
    }
)
"""How much an hour of waiting counts, by where the patient comes from; None: not known."""

ACUITY_PRIORITY: Mapping[int, float] = MappingProxyType({1: 3.0, 2: 2.0, 3: 1.25, 4: 1.0, 5: 0.8})
"""How much an hour of waiting counts, by acuity (1 most ill)."""


@dataclass(frozen=True, slots=True)
class BedWeights:
    """Points per unit of each soft rule; all are at least 0."""

    waiting: float = 1.0
    """Per priority-hour waited; source: medalloc's default, the unit of all others."""
    outlier: float = 1.5
    """Per step down the ward's list of specialties; source: medalloc's default."""
    preferred: float = 2.0
    """Per wanted level, isolation or feature that the bed lacks; source: medalloc's default."""
    transfer: float = 15.0
    """Per inpatient moved; source: each move adds about a day of stay, medalloc's default."""
    transfer_frail: float = 10.0
    """More, per inpatient who is 80 or over, in sight, confused or dying; source: moves and delirium."""
    transfer_again: float = 15.0
    """More, per inpatient moved for the third time or later; source: moves per stay are kept below three."""
    transfer_soon: float = 15.0
    """More, per inpatient moved, times the chance to leave within a day; source: the move is then for little."""
    transfer_night: float = 5.0
    """More, per patient moved out of a bed from 21:00 to 07:00; source: NHS guidance against night moves."""
    side_room: float = 3.0
    """Per patient in a single room without need of one; source: side rooms are kept for isolation."""
    over_level: float = 10.0
    """Per level of care by which the ward exceeds the need; source: ICU and HDU beds are kept for the ill."""
    enter_over_level: float = 100.0
    """Per such level that a newcomer enters; source: nobody who is not that ill is put into an ICU or HDU bed."""
    breach: float = 200.0
    """Per hard rule that is broken now and stays so; source: medalloc's default, far above all else."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not (math.isfinite(value) and 0 <= value <= 1e6):
                raise DataError(f"the weight {name} must lie between 0 and 1,000,000: {value}")


@dataclass(frozen=True, slots=True)
class BedSettings:
    """How to plan beds."""

    weights: BedWeights = field(default_factory=BedWeights)
    time_limit_s: float = 20.0
    gap: float = 0.005
    """Stop once no plan can be better by more than this share of the cost."""
    seed: int = 0
    threads: int = 1
    max_transfers: int = 20
    """Most inpatients that one plan moves; step-downs who asked to move do not count."""

    def __post_init__(self) -> None:
        if self.time_limit_s <= 0 or not 0 <= self.gap < 1 or self.threads < 1 or self.max_transfers < 0:
            raise DataError("bed settings: time limit > 0, 0 <= gap < 1, threads >= 1, max_transfers >= 0")
