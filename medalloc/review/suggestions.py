"""The moves of a plan, one suggestion per patient, those that help most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from medalloc.domain.plan import Action, BedPlan, Placement, Reason
from medalloc.domain.review import Decision, RejectReason, Verdict


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a plan proposes for a patient who is to move, and what it is worth."""

    patient_id: str
    action: Action
    from_bed_id: str
    to_bed_id: str
    starts_at: datetime | None
    terms_before: Mapping[str, float] = field(default_factory=dict)
    """Cost by soft rule, were nothing done."""
    terms_after: Mapping[str, float] = field(default_factory=dict)
    """Cost by soft rule in the plan."""
    reasons: tuple[Reason, ...] = ()
    decision: Decision | None = None
    """The decision in force about this very move."""
    overtaken: Decision | None = None
    """A decision in force about another move of the same patient, which the plan does not follow."""

    @property
    def benefit(self) -> float:
        """What the move saves this patient; negative where it is made for others."""
        return sum(self.terms_before.values()) - sum(self.terms_after.values())

    @property
    def version(self) -> int:
        """Version of the decision in force, which a new one must name; 0: there is none."""
        present = self.decision or self.overtaken
        return 0 if present is None else present.version


def suggestions(plan: BedPlan, before: BedPlan, decisions: Mapping[str, Decision]) -> list[Suggestion]:
    """One suggestion per patient whom the plan moves, by falling benefit.

    Parameters
    ----------
    before
        The do-nothing plan: what each patient costs as things stand.
    decisions
        Those in force, by patient_id.
    """
    found = [
        _suggestion(placement, before.placement_of.get(placement.patient_id), decisions.get(placement.patient_id))
        for placement in plan.placements
        if placement.action.moves
    ]
    return sorted(found, key=lambda suggestion: (-suggestion.benefit, suggestion.patient_id))


def is_about(decision: Decision, placement: Placement) -> bool:
    """Whether a decision speaks of what the plan proposes for its patient.

    An agreed move is one to the same bed. A refusal of an earlier proposal says nothing about the present
    one, unless it was that the patient should not move, and the plan leaves them where they are.
    """
    if decision.verdict is Verdict.REJECT and decision.reason is RejectReason.DO_NOT_MOVE:
        return decision.bed_id == placement.to_bed_id or not placement.action.moves
    return decision.bed_id == placement.to_bed_id


def settled(plan: BedPlan, decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions in force about patients whom the plan no longer moves: they can still be undone."""
    moved = {placement.patient_id for placement in plan.placements if placement.action.moves}
    return [decision for decision in decisions if decision.patient_id not in moved]


def _suggestion(placement: Placement, before: Placement | None, decision: Decision | None) -> Suggestion:
    about = decision is not None and is_about(decision, placement)
    return Suggestion(
        patient_id=placement.patient_id,
        action=placement.action,
        from_bed_id=placement.from_bed_id,
        to_bed_id=placement.to_bed_id,
        starts_at=placement.starts_at,
        terms_before=before.terms if before else {},
        terms_after=placement.terms,
        reasons=placement.reasons,
        decision=decision if about else None,
        overtaken=None if about else decision,
    )
