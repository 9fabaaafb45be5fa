"""How a measure grows with the size of a problem: the power law through its values on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Growth:
    """value = factor × size ^ exponent."""

    factor: float
    exponent: float
    spread: float
    """Standard deviation of the values about it, as a factor: 1 where all lie on it."""

    def at(self, size: float) -> float:
        """The value that it gives for a size.

        >>> Growth(0.5, 2.0, 1.0).at(6)
        18.0
        """
        return self.factor * math.pow(size, self.exponent)

    def line(self, name: str, size_name: str) -> str:
        """The fit in a line.

        >>> Growth(0.5, 2.0, 1.25).line("plan_s", "beds")
        'plan_s: 0.5 × beds^2.00, within a factor of 1.25'
        """
        return f"{name}: {self.factor:.3g} × {size_name}^{self.exponent:.2f}, within a factor of {self.spread:.2f}"


def growth_of(sizes: Sequence[float], values: Sequence[float]) -> Growth:
    """The power law with the least squares of the logarithms.

    Raises
    ------
    ValueError
        Where there are fewer than two sizes, or a size or value is not above 0.
    """
    if len(set(sizes)) < 2:
        raise ValueError("growth needs two sizes or more")
    if min(*sizes, *values) <= 0:
        raise ValueError("growth needs sizes and values above 0")
    x, y = np.log(sizes), np.log(values)
    exponent, constant = np.polyfit(x, y, 1)
    spread = float(np.exp(np.std(y - (exponent * x + constant))))
    return Growth(math.exp(constant), float(exponent), spread)
