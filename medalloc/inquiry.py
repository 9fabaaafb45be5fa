"""What people ask of a plan that is kept: other beds, why not that one, what would help, what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from medalloc import pipeline
from medalloc.domain.answers import Alternative, Change, Relaxation, WhyNot
from medalloc.domain.needs import Needs
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.corrected import all_corrected
from medalloc.optimise.beds.alternatives import best_beds
from medalloc.optimise.beds.causes import Basis, basis_of
from medalloc.optimise.beds.changes import changes
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.relaxations import relaxations
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.solve import outcome_from
from medalloc.optimise.beds.weights import BedSettings, BedWeights
from medalloc.optimise.beds.why_not import why_not
from medalloc.optimise.stays.search import SearchLimits
from medalloc.planned import FOLLOWS, background_of
from medalloc.review.locks import locks_of
from medalloc.review.set_limits import SetLimits
from medalloc.store import Store, StoredPlan

PATIENCE_S = 1.5
"""A price is looked for so long at most: the page is to show it within two seconds [s]."""

CLOSER_S = 10.0
"""The same where a person asks for it to be worked out closely [s]."""


def outcome_of_plan(
    store: Store, stored: StoredPlan, snapshot: HospitalSnapshot, needs: Mapping[str, Needs]
) -> Outcome:
    """A plan that is kept, with all that questions about it need; nothing is solved."""
    follows = store.plan(int(stored.made_with.get(FOLLOWS, 0)))
    background = background_of(follows.plan if follows else None)
    locks = locks_of(store.standing_decisions(stored.snapshot_id), snapshot)
    return outcome_from(snapshot, needs, Given(settings_of(stored), locks, background), stored.plan)


def settings_of(stored: StoredPlan) -> BedSettings:
    """The settings that a plan was made with, as far as they are kept."""
    told: Mapping[str, Any] = stored.made_with.get("limits", {})
    limits = SetLimits.from_mapping(told)
    return BedSettings(
        weights=BedWeights.from_mapping(stored.plan.weights),
        horizon_days=stored.plan.horizon_days,
        escalation=limits.open_escalation,
        max_transfers=limits.max_transfers,
        max_moves=limits.max_moves,
        gap=limits.gap,
        seed=stored.plan.seed,
    )


def other_beds(outcome: Outcome, patient_id: str) -> tuple[Alternative, ...]:
    """The five best other beds for a patient, everybody else as planned."""
    return best_beds(outcome, patient_id)


def would_help(outcome: Outcome, patient_id: str) -> tuple[Relaxation, ...]:
    """The least that would have to give for a waiting patient to get a bed."""
    return relaxations(outcome, patient_id)


def price_of(outcome: Outcome, patient_id: str, bed_id: str) -> WhyNot:
    """Why the plan does not give a bed to a patient, and what it would cost, as far as can be said at once."""
    return _price(outcome, patient_id, bed_id, PATIENCE_S)


def closer_price_of(outcome: Outcome, patient_id: str, bed_id: str) -> WhyNot:
    """The same, worked out more closely: what it costs at least, too."""
    return _price(outcome, patient_id, bed_id, CLOSER_S)


def _price(outcome: Outcome, patient_id: str, bed_id: str, seconds: float) -> WhyNot:
    settings = outcome.situation.settings
    return why_not(outcome, patient_id, bed_id, SearchLimits(seconds, settings.gap, settings.seed))


def changed_by(store: Store, stored: StoredPlan) -> tuple[Change, ...]:
    """Who is placed otherwise than in the plan that this one began with, and why; empty where there was none."""
    follows = store.plan(int(stored.made_with.get(FOLLOWS, 0)))
    if follows is None:
        return ()
    return changes(follows.plan, stored.plan, (_known(store, follows), _known(store, stored)))


def _known(store: Store, stored: StoredPlan) -> Basis:
    """What was known when a plan was made: the hospital, what clinicians had said by then, and what was decided."""
    made_at = stored.made_at.replace(tzinfo=UTC)
    snapshot = pipeline.bed_snapshot(store, stored.snapshot_id)
    said = {
        who: {name: one for name, one in theirs.items() if one.made_at <= made_at}
        for who, theirs in store.corrections(snapshot.name).items()
    }
    needs = all_corrected(store.needs(stored.snapshot_id) or {}, said, snapshot)
    decided = [one for one in store.standing_decisions(stored.snapshot_id) if one.decided_at <= made_at]
    return basis_of(snapshot, needs, Given(settings_of(stored), locks_of(decided, snapshot)))
