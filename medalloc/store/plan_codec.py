"""A bed plan as JSON, and back, with nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from medalloc.domain.answers import Scarce
from medalloc.domain.plan import Action, BedPlan, Placement, Reason, SolveStatus


def dump_plan(plan: BedPlan) -> str:
    """JSON of a whole plan."""
    return json.dumps(
        {
            "at": plan.at.isoformat(),
            "placements": [_placement_fields(placement) for placement in plan.placements],
            "status": plan.status,
            "bound": plan.bound,
            "runtime_s": plan.runtime_s,
            "solver": plan.solver,
            "seed": plan.seed,
            "weights": dict(plan.weights),
            "horizon_days": plan.horizon_days,
            "scarce": [scarce_fields(scarce) for scarce in plan.scarce],
        }
    )


def load_plan(text: str) -> BedPlan:
    """The plan that `dump_plan` wrote, now or before plans looked ahead."""
    fields = json.loads(text)
    return BedPlan(
        **{
            **fields,
            "at": datetime.fromisoformat(fields["at"]),
            "placements": tuple(_placement(entry) for entry in fields["placements"]),
            "status": SolveStatus(fields["status"]),
            "scarce": tuple(load_scarce(entry) for entry in fields.get("scarce", ())),
        }
    )


def reason_fields(reasons: Iterable[Reason]) -> list[Any]:
    """Reasons as plain lists: `[code, [[name, value], …]]`."""
    return [[reason.code, [list(pair) for pair in reason.values]] for reason in reasons]


def load_reasons(fields: Iterable[Any]) -> tuple[Reason, ...]:
    """The reasons that `reason_fields` wrote."""
    return tuple(Reason(code, tuple((name, value) for name, value in values)) for code, values in fields)


def scarce_fields(scarce: Scarce) -> dict[str, Any]:
    """What a plan lacks, as plain values."""
    return {**asdict(scarce), "features": sorted(scarce.features), "starts_at": scarce.starts_at.isoformat()}


def load_scarce(fields: dict[str, Any]) -> Scarce:
    """What `scarce_fields` wrote."""
    starts_at = datetime.fromisoformat(fields["starts_at"])
    return Scarce(**{**fields, "features": frozenset(fields["features"]), "starts_at": starts_at})


def _placement_fields(placement: Placement) -> dict[str, Any]:
    starts_at, ends_at = placement.starts_at, placement.ends_at
    return {
        "patient_id": placement.patient_id,
        "action": placement.action,
        "from_bed_id": placement.from_bed_id,
        "to_bed_id": placement.to_bed_id,
        "starts_at": starts_at.isoformat() if starts_at else None,
        "ends_at": ends_at.isoformat() if ends_at else None,
        "terms": dict(placement.terms),
        "reasons": reason_fields(placement.reasons),
    }


def _placement(fields: dict[str, Any]) -> Placement:
    starts_at, ends_at = fields["starts_at"], fields["ends_at"]
    return Placement(
        **{
            **fields,
            "action": Action(fields["action"]),
            "starts_at": datetime.fromisoformat(starts_at) if starts_at else None,
            "ends_at": datetime.fromisoformat(ends_at) if ends_at else None,
            "reasons": load_reasons(fields["reasons"]),
        }
    )
