"""What binds a plan: the beds that are scarce, and the difference between two plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from medalloc.domain.answers import Scarce
from medalloc.domain.plan import BedPlan
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.stays.problem import Costs

NOTHING = 1e-6
"""A smaller price is a matter of rounding [points]."""

BedType = tuple[str, bool, frozenset[str]]
"""ward_id, whether single, features."""


def scarce_beds(outcome: Outcome) -> tuple[Scarce, ...]:
    """Types of bed of which one more would save something, the dearest first.

    The points are shadow prices of the relaxation, in which a patient may be split between beds: what one more bed
    saves *there* if it can be used from now to the horizon. A plan need not get cheaper by as much. Where a ward has
    beds of a type in several bays the dearest bay counts, and of the slots the dearest is named. Empty where no
    relaxation was solved, as for a plan that was stored.
    """
    duals = outcome.found.capacity_duals
    if duals is None:
        return ()
    situation = outcome.situation
    cells: defaultdict[BedType, list[int]] = defaultdict(list)
    for j, cell in enumerate(situation.cells):
        cells[cell.ward.ward_id, cell.single, cell.features].append(j)
    found = [_scarce(situation, kind, members, duals[members]) for kind, members in cells.items()]
    dear = [one for one in found if one.points > NOTHING]
    return tuple(sorted(dear, key=lambda one: (-one.points, one.ward_id, one.single, sorted(one.features))))


def differences(before: BedPlan, after: BedPlan) -> Mapping[str, tuple[float, float]]:
    """Points of two plans by soft rule, in the order of the alphabet; rules that cost nothing in both are left out."""
    first, second = before.penalties, after.penalties
    return {name: (first.get(name, 0.0), second.get(name, 0.0)) for name in sorted({*first, *second})}


def _scarce(situation: Situation, kind: BedType, cells: list[int], duals: Costs) -> Scarce:
    """One type of bed. `duals` has the shape (cells of the type, slots)."""
    saved = duals.sum(axis=1)
    dearest = duals[int(np.argmax(saved))]
    slot = int(np.argmax(dearest))
    ward_id, single, features = kind
    return Scarce(
        ward_id=ward_id,
        single=single,
        features=features,
        starts_at=situation.slots.moment(float(situation.slots.edges[slot])),
        beds=sum(len(situation.cells[j].beds) for j in cells),
        points=float(saved.max()),
    )
