"""Time as a list of slots: six of four hours, then one a day up to the horizon.

A stay occupies every slot in which there is any presence: from the slot that contains its start up to, not
including, the first slot at whose beginning the patient has left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from medalloc.optimise.rules import slot_edges
from medalloc.optimise.stays.problem import Costs, Ints


@dataclass(frozen=True)
class Slots:
    """The slots of one plan."""

    at: datetime
    edges: Costs
    """Beginning of each slot and the end of the last, from `at` [hours]. (s + 1,)."""

    @property
    def count(self) -> int:
        """Number of slots."""
        return len(self.edges) - 1

    @property
    def horizon_hours(self) -> float:
        """End of the last slot [hours]."""
        return float(self.edges[-1])

    @property
    def days(self) -> Costs:
        """Length of each slot [days]. (s,)."""
        return np.diff(self.edges) / 24

    def containing(self, hours: Costs) -> Ints:
        """The slot that contains each moment; 0 before `at`, the number of slots beyond the horizon."""
        return np.maximum(0, np.searchsorted(self.edges, hours, side="right") - 1)

    def left_by(self, hours: Costs) -> Ints:
        """The slot at whose beginning whoever leaves then has left; the number of slots beyond the horizon."""
        return np.clip(np.searchsorted(self.edges, hours, side="left"), 1, self.count)

    def hours(self, moment: datetime) -> float:
        """From `at` until a moment [hours]."""
        return (moment - self.at).total_seconds() / 3600

    def moment(self, hours: float) -> datetime:
        """The moment so many hours from `at`, rounded up to the second."""
        return self.at + timedelta(seconds=math.ceil(hours * 3600 - 1e-4))


def slots_of(at: datetime, horizon_days: int) -> Slots:
    """The slots of a plan made at a moment.

    >>> slots_of(datetime(2026, 3, 5, 8), 3).edges.tolist()
    [0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 48.0, 72.0]
    """
    edges = [(edge - at).total_seconds() / 3600 for edge in slot_edges(at, horizon_days)]
    return Slots(at, np.array(edges))
