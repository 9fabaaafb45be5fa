"""Confirm, change, remove, undo: what a clinician may do with a need that was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Need, NeedName
from medalloc.domain.review import User
from medalloc.errors import DecisionError
from medalloc.needs.corrected import ABSENT, FOLLOWS, VALUES
from medalloc.review.decisions import tidy
from medalloc.review.permissions import Permission, require

LONGEST_VALUE = 60
"""A longer organism or specialty is cut [characters]."""
FREE_TEXT = frozenset({NeedName.ORGANISM})
"""Needs whose value a clinician may write."""


class CorrectionStore(Protocol):
    """Where corrections are kept."""

    def correct(self, snapshot_id: int, correction: Correction, *, saw: int) -> Correction:
        """Put a correction in force; refuse it where somebody has corrected the need since."""

    def undo_correction(self, snapshot_id: int, patient_id: str, name: NeedName, *, saw: int, user: User) -> None:
        """Take the correction in force back."""


@dataclass(frozen=True, slots=True)
class NeedTarget:
    """What a correction is about, as the person saw it."""

    snapshot_id: int
    at: datetime
    """The snapshot's moment."""
    patient_id: str
    shown: Need
    version: int = 0
    """Of the correction in force that the person saw; 0: none."""


@dataclass(frozen=True, slots=True)
class Why:
    """The reason that a person gives."""

    reason: CorrectionReason | None = None
    comment: str = ""


Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


def confirm_need(
    store: CorrectionStore, user: User, target: NeedTarget, comment: str = "", *, clock: Clock = utc_now
) -> Correction:
    """Say that the value shown is right.

    Raises
    ------
    AccessError
        The role may not correct needs.
    DecisionError
        The need cannot be corrected, or `changed` says what somebody else did in the meantime.
    """
    require(user, Permission.CORRECT_NEEDS)
    _require_own(target.shown.name)
    if not target.shown.value and target.shown.name not in ABSENT:
        raise DecisionError("No value is shown, so there is none to confirm.")
    return _correct(store, user, target, _Said(CorrectionKind.CONFIRM, target.shown.value, Why(None, comment)), clock)


def change_need(
    store: CorrectionStore, user: User, target: NeedTarget, value: str, why: Why, *, clock: Clock = utc_now
) -> Correction:
    """Say that another value is right, and why. Raises as `confirm_need` does."""
    require(user, Permission.CORRECT_NEEDS)
    wanted = valid_value(target.shown.name, value)
    if wanted == target.shown.value:
        raise DecisionError("This is the value shown already: confirm it instead.")
    return _correct(store, user, target, _Said(CorrectionKind.CHANGE, wanted, _reasoned(why)), clock)


def remove_need(
    store: CorrectionStore, user: User, target: NeedTarget, why: Why, *, clock: Clock = utc_now
) -> Correction:
    """Say that the patient does not have the need, and why. Raises as `confirm_need` does."""
    require(user, Permission.CORRECT_NEEDS)
    name = target.shown.name
    _require_own(name)
    if name not in ABSENT:
        raise DecisionError(f"Every patient has a value for {name}: change it instead.")
    if target.shown.value == ABSENT[name]:
        raise DecisionError("The need is not shown as present: confirm that instead.")
    return _correct(store, user, target, _Said(CorrectionKind.REMOVE, ABSENT[name], _reasoned(why)), clock)


def undo_correction(store: CorrectionStore, user: User, target: NeedTarget) -> None:
    """Take the correction back: the need is again what is read. Raises as `confirm_need` does."""
    require(user, Permission.CORRECT_NEEDS)
    store.undo_correction(target.snapshot_id, target.patient_id, target.shown.name, saw=target.version, user=user)


def values_of(name: NeedName) -> tuple[str, ...]:
    """The values that a clinician may choose from; of an organism these are suggestions; none: not to be corrected."""
    return VALUES.get(name, ())


def can_remove(need: Need) -> bool:
    """Whether a clinician may say that the patient does not have it."""
    return need.name in ABSENT and need.value != ABSENT[need.name]


def valid_value(name: NeedName, value: str) -> str:
    """The value as it is kept.

    Raises
    ------
    DecisionError
        The need has no such value, or follows from another.
    """
    _require_own(name)
    wanted = tidy(value)[:LONGEST_VALUE]
    if name not in FREE_TEXT and wanted not in VALUES[name]:
        raise DecisionError(f"{name} has no such value; it may be: {', '.join(filter(None, VALUES[name]))}.")
    return wanted


@dataclass(frozen=True, slots=True)
class _Said:
    kind: CorrectionKind
    value: str
    why: Why


def _require_own(name: NeedName) -> None:
    if name in FOLLOWS or name not in VALUES:
        raise DecisionError(f"{name} follows from another need: correct that one.")


def _reasoned(why: Why) -> Why:
    if why.reason is None:
        raise DecisionError("Say why: a changed or removed need carries a reason.")
    return Why(CorrectionReason(why.reason), why.comment)


def _correct(store: CorrectionStore, user: User, target: NeedTarget, said: _Said, clock: Clock) -> Correction:
    correction = Correction(
        patient_id=target.patient_id,
        name=target.shown.name,
        kind=said.kind,
        value=said.value,
        was=target.shown.value,
        probability=target.shown.probability,
        reason=said.why.reason,
        comment=tidy(said.why.comment),
        by=user.name,
        role=user.role,
        made_at=clock(),
        at=target.at,
        version=target.version + 1,
    )
    return store.correct(target.snapshot_id, correction, saw=target.version)
