"""What a patient needs, as the few badges that fit on a tile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medalloc.domain.needs import NeedName
from medalloc.domain.people import Isolation, Patient, Readiness
from medalloc.domain.places import Level
from medalloc.domain.requirements import Requirements
from medalloc.ui.board import words
from medalloc.ui.board.scene import Scene

_RANK = {level: level.rank for level in Level}
"""Looked up a few thousand times for a board."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A glyph with a code, and what it means."""

    kind: str
    text: str
    words: str
    """"" where the tile's own lines say it."""


def badges_of(scene: Scene, patient: Patient, given: Level) -> list[Badge]:
    """The badges of a patient, the most pressing first.

    Parameters
    ----------
    given
        The level of care of the ward that they lie in.
    """
    required = scene.required(patient)
    return [
        *_isolation(scene, required),
        *_level(scene, patient, required, given),
        *_features(scene, required),
        *_stay(scene, patient),
    ]


def _badge(scene: Scene, kind: str, sign: words.Sign, sure: bool = True) -> Badge:
    short, spoken = scene.sign(sign)
    if sure:
        return Badge(kind, short, spoken)
    return Badge(kind, short + words.UNSURE.short, scene.say("{need} (not confirmed)", need=spoken))


def _isolation(scene: Scene, required: Requirements) -> Iterable[Badge]:
    isolation = required.isolation
    sure = isolation is not Isolation.NONE
    isolation = isolation if sure else required.wanted_isolation
    if isolation is not Isolation.NONE:
        yield _badge(scene, "isolation", words.ISOLATION[isolation], sure)


def _level(scene: Scene, patient: Patient, required: Requirements, given: Level) -> Iterable[Badge]:
    """More care than the ward gives, or (where somebody said so) less."""
    level = max(required.level, required.wanted_level, key=_RANK.__getitem__)
    if _RANK[level] > _RANK[given]:
        yield _badge(scene, "level", words.NEEDS_MORE[level], level is required.level)
    elif _RANK[level] < _RANK[given] and _level_is_known(scene, patient):
        yield _badge(scene, "level", words.NEEDS_LESS[level])


def _level_is_known(scene: Scene, patient: Patient) -> bool:
    needs = scene.needs.get(patient.patient_id)
    need = needs.by_name.get(NeedName.LEVEL) if needs else None
    return patient.level is not None if need is None else not need.abstained


def _features(scene: Scene, required: Requirements) -> Iterable[Badge]:
    """Of ventilator and oxygen the stronger alone: whoever is ventilated needs oxygen."""
    wanted = required.features | required.wanted_features
    hidden = {"oxygen"} if "ventilator" in wanted else set()
    for feature, sign in words.FEATURES.items():
        if feature in wanted - hidden:
            yield _badge(scene, "feature", sign, feature in required.features)


def _stay(scene: Scene, patient: Patient) -> Iterable[Badge]:
    if patient.readiness in words.READINESS and patient.readiness is not Readiness.NOT_READY:
        yield _badge(scene, "ready", words.READINESS[patient.readiness])
    if patient.fixed:
        yield _badge(scene, "fixed", words.FIXED)
