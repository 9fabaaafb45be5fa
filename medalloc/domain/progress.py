"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a long piece of work."""

    step: str
    """What is being done: `encode`, `read`, `build`, `solve`, `check`."""
    share: float | None = None
    """Done so far, 0–1; None where it cannot be known."""
    incumbent: float | None = None
    bound: float | None = None


OnProgress = Callable[[Progress], bool]
"""Called now and then; False asks the work to stop with the best that it has."""
