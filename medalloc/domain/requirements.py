"""What follows from a patient's needs: what the bed must and should have, the expected stay, and the hours of care."""

from __future__ import annotations

import math
from dataclasses import dataclass

from medalloc.domain.people import Isolation
from medalloc.domain.places import Level


@dataclass(frozen=True, slots=True)
class StayDays:
    """How long a patient will still stay, as quantiles of its distribution [days]."""

    p10: float
    p50: float
    p90: float

    def share_within(self, days: float) -> float:
        """Probability of leaving within so many days, 0–1.

        Straight between the quantiles; beyond the last as an exponential with the rate between the last two.

        >>> StayDays(1.0, 3.0, 8.0).share_within(5.5)
        0.7
        """
        if days <= self.p10:
            return 0.1 * days / self.p10 if self.p10 else 0.1
        if days <= self.p50:
            return 0.1 + 0.4 * (days - self.p10) / (self.p50 - self.p10)
        if days <= self.p90:
            return 0.5 + 0.4 * (days - self.p50) / (self.p90 - self.p50)
        if self.p90 == self.p50:
            return 1.0
        return 1.0 - 0.1 * math.exp(-math.log(5.0) * (days - self.p90) / (self.p90 - self.p50))


@dataclass(frozen=True, slots=True)
class CareHours:
    """Hours of care that a patient needs in a day [hours]."""

    nurse: float
    assistant: float

    @property
    def total(self) -> float:
        """Of both [hours]."""
        return self.nurse + self.assistant


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the bed of a patient must have, and what it should have."""

    specialty: str = ""
    """"" where it is not known."""
    acuity: int = 3
    level: Level = Level.WARD
    isolation: Isolation = Isolation.NONE
    organism: str = ""
    features: frozenset[str] = frozenset()
    wanted_level: Level = Level.WARD
    wanted_isolation: Isolation = Isolation.NONE
    wanted_features: frozenset[str] = frozenset()
    upset_by_moves: bool = False
    """Dementia, delirium, or at the end of life."""
    falls: bool = False
    """High risk of falling, or somebody must be there at all times: to be in sight."""
    end_of_life: bool = False
    """In the last days: a single room is wanted."""
    confused: bool = False
    """Dementia or delirium."""
    moves_with_help: bool = False
    """Help or supervision is needed to move."""
    room_size: int = 0
    """Most beds that the patient would like in their room; 0: no wish."""
    stay: StayDays | None = None
    care: CareHours | None = None
    """None: not known."""

    @property
    def leaves_share(self) -> float:
        """Probability of leaving within a day, 0–1; 0 where it is not known."""
        return self.stay.share_within(1.0) if self.stay else 0.0
