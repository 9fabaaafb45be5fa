"""From which strength the claims of each need are acted on, measured on patients that no head has seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import NeedName
from medalloc.needs.claims import DEFAULTS, Cuts, claim_of
from medalloc.needs.head import Head
from medalloc.needs.layout import LAYOUT, Kind, Target
from medalloc.needs.pool import Floats
from medalloc.needs.train import Labelled

RIGHT_HARD, RIGHT_SOFT = 0.96, 0.80
"""Share of claims over the cut that must be right."""
LEAST_HARD = 0.80
"""No claim that is less probable binds, however often the patients at hand prove it right."""
NEVER = 1.0
"""A cut that no claim reaches."""
BELIEVED = 10.0
"""So many claims, right as often as their probability says, are counted in: few claims prove little either way."""
MISSED = 0.05
"""Share of those who have a need that may fall below `near`."""
RULED_OUT = 0.1
"""Share of patients of whom the right value may be ruled out."""
MOST_RULED_OUT = 0.5
"""So that of two values the likelier is never ruled out."""
GRID = np.round(np.arange(0.50, 0.991, 0.01), 2)
NEAR = (0.08, 0.35)
"""Least and largest `near`."""


def fit_cuts(heads: Mapping[NeedName, Head], labelled: Labelled, pooled: Floats) -> dict[NeedName, Cuts]:
    """From which strength the claims of each need are acted on, on patients that no head has seen.

    `hard`: the lowest cut, from 0.8, from which on 96 % of the claims are right, and 1 where none is: such a need never
    binds by a note alone; `soft`: the lowest, from 0.5, with 80 %; `near`: the highest cut below which no more than 5 %
    of those who have the need fall.
    """
    found = {}
    for target in LAYOUT:
        if target.name in DEFAULTS:
            chances = heads[target.name].probabilities(pooled, labelled.facts)
            found[target.name] = _cuts(target, chances, labelled.values[target.name])
    return found


def _cuts(target: Target, chances: Floats, truth: Sequence[str]) -> Cuts:
    base = Cuts(hard=1.0, soft=0.5, near=NEAR[1])
    claims = [claim_of(target.name, dict(zip(target.values, row, strict=True)), base) for row in chances.tolist()]
    strength = np.array([claim.strength for claim in claims])
    right = np.array([_agrees(target, claim.value, truth[place]) for place, claim in enumerate(claims)])
    has = np.array([truth[place] != DEFAULTS[target.name] for place in range(len(claims))])
    soft = min(lowest(strength, right, RIGHT_SOFT), float(GRID[-1]))
    near = float(np.quantile(strength[has], MISSED)) if has.any() else NEAR[1]
    place_of = {value: place for place, value in enumerate(target.values)}
    kept = conformal_cut([row[place_of.get(truth[place], 0)] for place, row in enumerate(chances.tolist())])
    if target.name is NeedName.SPECIALTY:
        return Cuts(hard=_hard(strength, right), soft=soft, near=0.0, kept=kept)
    return Cuts(
        hard=max(soft, _hard(strength, right)),
        soft=soft,
        near=round(min(max(near, NEAR[0]), NEAR[1], soft), 2),
        kept=kept,
    )


def conformal_cut(chances: Sequence[float]) -> float:
    """The cut under which a value is ruled out, such that the right one is kept nine times in ten.

    Split conformal prediction (Vovk et al. 2005): the ⌊0.1 (n + 1)⌋-th smallest probability of the right value among
    n patients whom no fit has seen; 0, which rules nothing out, where there are fewer than nine.

    >>> conformal_cut([0.9] * 7 + [0.4, 0.2])
    0.2
    """
    place = int(RULED_OUT * (len(chances) + 1))
    return round(min(sorted(chances)[place - 1], MOST_RULED_OUT), 4) if place else 0.0


def _agrees(target: Target, claimed: str, truth: str) -> bool:
    """Whether a claim is right; a step that is claimed is right also where more is reached."""
    if target.kind is Kind.CHOICE:
        return claimed == truth
    return target.values.index(truth) >= target.values.index(claimed) if truth in target.values else False


def _hard(strength: Floats, right: NDArray[np.bool_]) -> float:
    return lowest(strength, right, RIGHT_HARD, LEAST_HARD)


def lowest(strength: Floats, right: NDArray[np.bool_], share: float, least: float = GRID[0]) -> float:
    """The lowest cut, from the least, from which on the share of right claims is reached; `NEVER` where none is."""
    for cut in GRID[least <= GRID]:
        over = strength >= cut
        believed = BELIEVED * (float(strength[over].mean()) if over.any() else float(cut))
        if (float(right[over].sum()) + believed) / (float(over.sum()) + BELIEVED) >= share:
            return float(cut)
    return NEVER
