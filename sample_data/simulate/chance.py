"""Seeded chance: independent streams, so that a change in one part leaves the others as they were."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *names: object) -> Random:
    """A generator of its own for the named part of the hospital."""
    return Random(":".join(map(str, (seed, *names))))


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One key, drawn in proportion to its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def poisson(rng: Random, mean: float) -> int:
    """A Poisson count; above 30 by the normal approximation, which is close enough here."""
    if mean > 30:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def lognormal(rng: Random, median: float, sigma: float) -> float:
    """A right-skewed positive number with the given median."""
    return median * math.exp(rng.gauss(0.0, sigma))


def split(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` shared out in proportion to the weights, by largest remainder; the counts sum to `total`.

    >>> split(10, {"a": 1, "b": 1, "c": 1.2})
    {'a': 3, 'b': 3, 'c': 4}
    """
    scale = total / sum(weights.values())
    counts = {name: int(weight * scale) for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: counts[name] - weights[name] * scale)
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts
