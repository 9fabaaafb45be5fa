"""What the notes claim of a need, and how strongly: the cuts by need, and the order of safety."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS, Barrier, Cognition, Mobility, NeedName
from medalloc.domain.people import Isolation, Readiness
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
    kept: float = 0.1
    """A value that is less likely is ruled out (split conformal: the right one is kept nine times in ten)."""


CUTS: Mapping[NeedName, Cuts] = {
    NeedName.SPECIALTY: Cuts(0.90, 0.50, 0.0),
    **{
        name: Cuts(0.90, 0.50, 0.30)
        for name in NeedName
        if name not in (NeedName.SPECIALTY, NeedName.ACUITY, NeedName.NEGATIVE_PRESSURE)
    },
}
"""Where no fit has measured better ones (`Heads.cuts`)."""

DEFAULTS: Mapping[NeedName, str] = {
    NeedName.SPECIALTY: "",
    NeedName.LEVEL: str(Level.WARD),
    NeedName.ISOLATION: str(Isolation.NONE),
    NeedName.ORGANISM: NO_ORGANISM,
    **dict.fromkeys((*FEATURE_NEEDS, *CARE_NEEDS), NO),
    NeedName.COGNITION: str(Cognition.INTACT),
    NeedName.MOBILITY: str(Mobility.INDEPENDENT),
    NeedName.READINESS: str(Readiness.NOT_READY),
    NeedName.BARRIER: str(Barrier.NONE),
}
"""What is taken where nobody says anything."""

SAFETY: Mapping[NeedName, tuple[str, ...]] = {
    NeedName.LEVEL: tuple(map(str, Level)),
    NeedName.ISOLATION: ("none", "contact", "droplet", "protective", "airborne"),
    **dict.fromkeys((*FEATURE_NEEDS, *CARE_NEEDS), (NO, YES)),
    NeedName.COGNITION: tuple(map(str, Cognition)),
    NeedName.MOBILITY: tuple(map(str, Mobility)),
    NeedName.READINESS: tuple(map(str, reversed(Readiness))),
}
"""Values from the least to the most demanding; of two the later is the safer."""


STEPPED = frozenset((NeedName.LEVEL, NeedName.MOBILITY, NeedName.READINESS))
"""Needs whose values are steps: the highest that is reached is claimed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The value other than the default that the notes speak for."""

    value: str
    strength: float
    """Probability that the need is there at all, or that at least this value is reached."""
    probability: float
    """That `value` is right."""


def claim_of(name: NeedName, chances: Mapping[str, float], cuts: Cuts) -> Claim:
    """The claim that the probabilities of a need's values make.

    >>> claim_of(NeedName.LEVEL, {"ward": 0.03, "hdu": 0.90, "icu": 0.07}, Cuts(0.9, 0.5, 0.3))
    Claim(value='hdu', strength=0.97, probability=0.9)
    """
    if name in STEPPED:
        return _stepped(chances, cuts)
    if name is NeedName.ISOLATION:
        return _isolation(chances, cuts)
    value = max((value for value in chances if value != DEFAULTS[name]), key=lambda value: chances[value])
    return Claim(value, chances[value], chances[value])


def safer(name: NeedName, value: str, than: str) -> bool:
    """Whether a value demands more than another; False where safety knows no order."""
    order = SAFETY.get(name, ())
    return value in order and than in order and order.index(value) > order.index(than)


def _stepped(chances: Mapping[str, float], cuts: Cuts) -> Claim:
    """The highest value that is reached surely; else the highest that may well be; else the lowest above."""
    order = list(chances)
    reached = {value: round(sum(chances[at] for at in order[place:]), 9) for place, value in enumerate(order)}
    for cut in (cuts.hard, cuts.soft, 0.0):
        above = [value for value in order[1:] if reached[value] >= cut]
        if above:
            value = above[-1] if cut else above[0]
            return Claim(value, reached[value], chances[value])
    raise AssertionError("a probability is never below 0")


def _isolation(chances: Mapping[str, float], cuts: Cuts) -> Claim:
    """Any isolation at all; airborne as soon as it may well be, else the likeliest kind."""
    none, airborne = str(Isolation.NONE), str(Isolation.AIRBORNE)
    value = max((value for value in chances if value != none), key=lambda value: chances[value])
    if chances[airborne] >= cuts.soft:
        value = airborne
    return Claim(value, 1.0 - chances[none], chances[value])
