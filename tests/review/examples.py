"""Two wards with three bays, and decisions about their beds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from medalloc.domain.places import Bed, Ward
from medalloc.domain.plan import Placement
from medalloc.domain.review import Decision, RejectReason, User, UserRole, Verdict
from medalloc.domain.snapshot import HospitalSnapshot

AT = datetime(2026, 3, 5, 8, 0)
NOW = datetime(2026, 3, 5, 8, 17, tzinfo=UTC)
ADA = User("Ada", UserRole.BED_MANAGER)
BO = User("Bo", UserRole.BED_MANAGER)

SNAPSHOT = HospitalSnapshot(
    name="Tiny General",
    at=AT,
    timezone="Europe/London",
    wards=(Ward("W1"), Ward("W2")),
    beds=(
        Bed("01", "W1", "A"),
        Bed("02", "W1", "A"),
        Bed("03", "W1", "A"),
        Bed("04", "W1", "S"),
        Bed("05", "W2", "A"),
        Bed("06", "W2", "A"),
    ),
    patients=(),
)


def decision(verdict: Verdict, bed_id: str, *, version: int = 1, reason: RejectReason | None = None) -> Decision:
    """Ada's decision about P3."""
    return Decision("P3", verdict, bed_id, reason, "", "Ada", UserRole.BED_MANAGER, NOW, 5, version)


class Head:
    """The head of a stored plan."""

    def __init__(self, plan_id: int) -> None:
        self.plan_id = plan_id
        self.made_at = NOW
        self.made_by = "Bo"


class Memory:
    """Plans and decisions in memory; the number of a plan is its place, from 1."""

    def __init__(self, *proposals: dict[str, Placement]) -> None:
        self.proposals = list(proposals)
        self.kept: list[tuple[int, Decision, int]] = []
        self.undone: list[tuple[int, str, int, User]] = []

    def plans(self, snapshot_id: int) -> Sequence[Head]:
        return [Head(number) for number in range(len(self.proposals), 0, -1)]

    def proposal(self, snapshot_id: int, plan_id: int, patient_id: str) -> Placement | None:
        known = snapshot_id == 3 and 1 <= plan_id <= len(self.proposals)
        return self.proposals[plan_id - 1].get(patient_id) if known else None

    def decide(self, snapshot_id: int, decision: Decision, *, saw: int) -> Decision:
        self.kept.append((snapshot_id, decision, saw))
        return decision

    def undo(self, snapshot_id: int, patient_id: str, *, saw: int, user: User) -> None:
        self.undone.append((snapshot_id, patient_id, saw, user))
