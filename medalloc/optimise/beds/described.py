"""What a person who changes a weight should know of it, kept with the weight itself."""

from __future__ import annotations

from dataclasses import dataclass, field

N_ = str
"""Marks a text for the translators; it is translated where it is shown."""

GROUPS = ("waiting", "priority", "place", "ward", "moves", "breach")
"""Of weights, in the order in which they are shown."""

_OURS = N_("medalloc's default")


@dataclass(frozen=True, slots=True)
class WeightInfo:
    """What a person who changes a weight should know of it."""

    unit: str
    """What is counted; a weight is points per unit, or a factor where the unit says so."""
    group: str
    """One of `GROUPS`."""
    most: float
    """The highest value that makes sense: the end of a slider, not a limit."""
    help: str
    """What the rule counts, in a sentence."""
    source: str
    """Why the default is what it is."""


def weight(default: float, unit: str, group: str, most: float, about: str, source: str = _OURS) -> float:
    """A field of a dataclass of weights that carries its `WeightInfo`."""
    info = WeightInfo(unit, group, most, about, source)
    described: float = field(default=default, metadata={"info": info})
    return described


def factor(default: float, about: str) -> float:
    """A field for how much the wait of some patients counts."""
    return weight(default, N_("factor"), "priority", 10.0, about)
