"""Which needs have heads, with which values, and where their scores stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS, Barrier, Cognition, Mobility, NeedName
from medalloc.domain.people import Isolation, Readiness
from medalloc.domain.places import SPECIALTIES, Level

NO, YES = "no", "yes"
NO_ORGANISM = ""
ORGANISMS = (
    NO_ORGANISM,
    "C. difficile",
    "CPE",
    "influenza A",
    "M. tuberculosis",
    "measles",
    "MRSA",
    "norovirus",
    "rotavirus",
    "RSV",
    "SARS-CoV-2",
    "VRE",
    "varicella zoster",
)
"""Those that share precautions and may share a bay; another is no value of the head."""
ACUITIES = ("5", "4", "3", "2", "1")
"""From the least ill."""


class Kind(StrEnum):
    """How the logits of a need become probabilities."""

    CHOICE = "choice"
    """One of the values: soft-max."""
    ORDERED = "ordered"
    """Values in order, one logit for each step P(value >= k), k from the second."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is read of one need."""

    name: NeedName
    kind: Kind
    values: tuple[str, ...]
    columns: slice
    """Of the sentence scores: one for each logit."""
    uses_vitals: bool = False


def _targets() -> tuple[Target, ...]:
    plans: list[tuple[NeedName, Kind, tuple[str, ...], bool]] = [
        (NeedName.SPECIALTY, Kind.CHOICE, SPECIALTIES, False),
        (NeedName.ISOLATION, Kind.CHOICE, tuple(map(str, Isolation)), False),
        (NeedName.ORGANISM, Kind.CHOICE, ORGANISMS, False),
        (NeedName.LEVEL, Kind.ORDERED, tuple(map(str, Level)), True),
        (NeedName.ACUITY, Kind.ORDERED, ACUITIES, True),
        *((name, Kind.ORDERED, (NO, YES), name is NeedName.OXYGEN) for name in FEATURE_NEEDS),
        *((name, Kind.ORDERED, (NO, YES), name is NeedName.NIV) for name in CARE_NEEDS),
        (NeedName.COGNITION, Kind.CHOICE, tuple(map(str, Cognition)), False),
        (NeedName.MOBILITY, Kind.ORDERED, tuple(map(str, Mobility)), False),
        (NeedName.READINESS, Kind.ORDERED, tuple(map(str, Readiness)), False),
        (NeedName.BARRIER, Kind.CHOICE, tuple(map(str, Barrier)), False),
    ]
    targets, start = [], 0
    for name, kind, values, uses_vitals in plans:
        width = len(values) if kind is Kind.CHOICE else len(values) - 1
        targets.append(Target(name, kind, values, slice(start, start + width), uses_vitals))
        start += width
    return tuple(targets)


LAYOUT = _targets()
N_OUTPUTS = LAYOUT[-1].columns.stop
