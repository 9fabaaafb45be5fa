"""What the notes claim of a need, and how strongly: the cuts by need, and the order of safety."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.domain.needs import FEATURE_NEEDS, NeedName
from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.needs.layout import NO, NO_ORGANISM, YES


@dataclass(frozen=True, slots=True)
class Cuts:
    """From which strength a claim is acted on."""

    hard: float
    """It binds the plan."""
    soft: float
    """It sways the plan; below, it is not used."""
    near: float
    """It is put to a person as unsure; below, the need is taken as absent."""


CUTS: Mapping[NeedName, Cuts] = {
    NeedName.SPECIALTY: Cuts(0.90, 0.50, 0.0),
    NeedName.LEVEL: Cuts(0.90, 0.50, 0.25),
    NeedName.ISOLATION: Cuts(0.90, 0.50, 0.25),
    NeedName.ORGANISM: Cuts(0.90, 0.50, 0.25),
    **{name: Cuts(0.90, 0.50, 0.35) for name in FEATURE_NEEDS},
    NeedName.SUCTION: Cuts(0.97, 0.50, 0.35),
    NeedName.VENTILATOR: Cuts(0.90, 0.50, 0.25),
    NeedName.DIALYSIS: Cuts(0.97, 0.50, 0.25),
}
"""Suction and dialysis are claimed wrongly more often than others, so that fewer of their claims bind."""

DEFAULTS: Mapping[NeedName, str] = {
    NeedName.SPECIALTY: "",
    NeedName.LEVEL: str(Level.WARD),
    NeedName.ISOLATION: str(Isolation.NONE),
    NeedName.ORGANISM: NO_ORGANISM,
    **dict.fromkeys(FEATURE_NEEDS, NO),
}
"""What is taken where nobody says anything."""

SAFETY: Mapping[NeedName, tuple[str, ...]] = {
    NeedName.LEVEL: tuple(map(str, Level)),
    NeedName.ISOLATION: ("none", "contact", "droplet", "protective", "airborne"),
    **dict.fromkeys(FEATURE_NEEDS, (NO, YES)),
}
"""Values from the least to the most demanding; of two the later is the safer."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The value other than the default that the notes speak for."""

    value: str
    strength: float
    """Probability that the need is there at all, or that at least this value is reached."""
    probability: float
    """That `value` is right."""


def claim_of(name: NeedName, chances: Mapping[str, float]) -> Claim:
    """The claim that the probabilities of a need's values make.

    >>> claim_of(NeedName.LEVEL, {"ward": 0.03, "hdu": 0.90, "icu": 0.07})
    Claim(value='hdu', strength=0.97, probability=0.9)
    """
    if name is NeedName.LEVEL:
        return _level(chances)
    if name is NeedName.ISOLATION:
        return _isolation(chances)
    value = max((value for value in chances if value != DEFAULTS[name]), key=lambda value: chances[value])
    return Claim(value, chances[value], chances[value])


def safer(name: NeedName, value: str, than: str) -> bool:
    """Whether a value demands more than another; False where safety knows no order."""
    order = SAFETY.get(name, ())
    return value in order and than in order and order.index(value) > order.index(than)


def _level(chances: Mapping[str, float]) -> Claim:
    """The highest level that is reached surely; else the highest that may well be; else the lowest above."""
    cuts = CUTS[NeedName.LEVEL]
    order = list(chances)
    reached = {level: round(sum(chances[at] for at in order[place:]), 9) for place, level in enumerate(order)}
    for cut in (cuts.hard, cuts.soft, 0.0):
        above = [level for level in order[1:] if reached[level] >= cut]
        if above:
            value = above[-1] if cut else above[0]
            return Claim(value, reached[value], chances[value])
    raise AssertionError("a probability is never below 0")


def _isolation(chances: Mapping[str, float]) -> Claim:
    """Any isolation at all; airborne as soon as it may well be, else the likeliest kind."""
    none, airborne = str(Isolation.NONE), str(Isolation.AIRBORNE)
    value = max((value for value in chances if value != none), key=lambda value: chances[value])
    if chances[airborne] >= CUTS[NeedName.ISOLATION].soft:
        value = airborne
    return Claim(value, 1.0 - chances[none], chances[value])
