"""Accept, reject, lock, undo: what a person may do with a suggestion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from medalloc.domain.plan import Placement
from medalloc.domain.review import Decision, RejectReason, User, Verdict
from medalloc.errors import DecisionError
from medalloc.review.permissions import Permission, require

COMMENT_LENGTH = 500
"""Longer comments are cut."""


class PlanHead(Protocol):
    """A stored plan, as far as a decision needs it."""

    @property
    def plan_id(self) -> int:
        """Its number."""

    @property
    def made_at(self) -> datetime:
        """When it was made."""

    @property
    def made_by(self) -> str:
        """Who asked for it."""


class DecisionStore(Protocol):
    """Where plans are found and decisions kept."""

    def plans(self, snapshot_id: int) -> Sequence[PlanHead]:
        """The plans of a snapshot, the latest first."""

    def proposal(self, snapshot_id: int, plan_id: int, patient_id: str) -> Placement | None:
        """What a plan of a snapshot proposes for a patient."""

    def decide(self, snapshot_id: int, decision: Decision, *, saw: int) -> Decision:
        """Put a decision in force; refuse it where somebody has decided since."""

    def undo(self, snapshot_id: int, patient_id: str, *, saw: int, user: User) -> None:
        """Take the decision in force back."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is about, as the person saw it."""

    snapshot_id: int
    plan_id: int
    patient_id: str
    version: int = 0
    """Of the decision in force that the person saw; 0: none."""


@dataclass(frozen=True, slots=True)
class _Choice:
    verdict: Verdict
    reason: RejectReason | None = None
    comment: str = ""


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


Clock = Callable[[], datetime]


def accept(store: DecisionStore, user: User, target: Target, *, clock: Clock = utc_now) -> Decision:
    """Agree to the proposed move.

    Raises
    ------
    AccessError
        The role may not decide about beds.
    DecisionError
        There is no such proposal, or `changed` says what somebody else did in the meantime.
    """
    return _decide(store, user, target, _Choice(Verdict.ACCEPT), clock)


def lock(store: DecisionStore, user: User, target: Target, *, clock: Clock = utc_now) -> Decision:
    """Keep the proposed bed in every later plan, also of a patient who stays. Raises as `accept` does."""
    return _decide(store, user, target, _Choice(Verdict.LOCK), clock)


def reject(
    store: DecisionStore,
    user: User,
    target: Target,
    reason: RejectReason,
    comment: str = "",
    *,
    clock: Clock = utc_now,
) -> Decision:
    """Refuse the proposed move; the reason says what later plans may not do. Raises as `accept` does."""
    return _decide(store, user, target, _Choice(Verdict.REJECT, RejectReason(reason), tidy(comment)), clock)


def undo(store: DecisionStore, user: User, target: Target) -> None:
    """Take the decision back: the patient is undecided again. Raises as `accept` does."""
    require(user, Permission.DECIDE_BEDS)
    store.undo(target.snapshot_id, target.patient_id, saw=target.version, user=user)


def tidy(comment: str) -> str:
    """A comment on one line, without control characters, at most `COMMENT_LENGTH` long."""
    readable = "".join(mark if mark.isprintable() else " " for mark in comment)
    return " ".join(readable.split())[:COMMENT_LENGTH]


def _decide(store: DecisionStore, user: User, target: Target, choice: _Choice, clock: Clock) -> Decision:
    require(user, Permission.DECIDE_BEDS)
    placement = _proposed(store, target)
    _require_sense(choice.verdict, placement)
    decision = Decision(
        patient_id=target.patient_id,
        verdict=choice.verdict,
        bed_id=placement.to_bed_id,
        reason=choice.reason,
        comment=choice.comment,
        decided_by=user.name,
        role=user.role,
        decided_at=clock(),
        plan_id=target.plan_id,
        version=target.version + 1,
    )
    return store.decide(target.snapshot_id, decision, saw=target.version)


def _proposed(store: DecisionStore, target: Target) -> Placement:
    """What the plan that the person saw proposes, if the latest plan still does."""
    placement = store.proposal(target.snapshot_id, target.plan_id, target.patient_id)
    if placement is None:
        raise DecisionError(f"Plan {target.plan_id} says nothing about this patient.")
    latest = store.plans(target.snapshot_id)[0]
    if latest.plan_id == target.plan_id:
        return placement
    present = store.proposal(target.snapshot_id, latest.plan_id, target.patient_id)
    if present is None or (present.action, present.to_bed_id) != (placement.action, placement.to_bed_id):
        raise DecisionError(
            "A newer plan proposes something else for this patient.",
            changed=f"{latest.made_by} made plan {latest.plan_id} at {latest.made_at:%Y-%m-%d %H:%M} UTC.",
        )
    return placement


def _require_sense(verdict: Verdict, placement: Placement) -> None:
    if verdict is Verdict.LOCK:
        if not placement.to_bed_id:
            raise DecisionError("The plan gives this patient no bed, so there is none to lock.")
    elif not placement.action.moves:
        raise DecisionError(f"The plan proposes no move for this patient, so there is nothing to {verdict}.")
