"""A snapshot whose notes were read, and a clinician's word on a need of P3."""

from __future__ import annotations

from datetime import datetime

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.review import User
from medalloc.store import Store
from tests.store.examples import ADA, AT, NOW

PATIENTS = ("007", "P3", "P5")


def read(store: Store, data: bytes = b"the data", name: str = "Tiny General") -> int:
    """Number of a snapshot, fresh in the store, with the needs of three patients."""
    snapshot_id = store.save_snapshot(data, name=name, at=AT, source="sample", user=ADA)
    need = Need(NeedName.OXYGEN, "yes", 0.62, NeedSource.NOTE, Binding.SOFT)
    store.save_needs(snapshot_id, "minilm-1", {one: Needs(one, {NeedName.OXYGEN: need}) for one in PATIENTS})
    return snapshot_id


def correction(
    name: NeedName = NeedName.OXYGEN,
    value: str = "no",
    *,
    by: User = ADA,
    at: datetime = AT,
    **changes: object,
) -> Correction:
    """The word of Ada, or of somebody else."""
    fields: dict[str, object] = {
        "patient_id": "P3",
        "name": name,
        "kind": CorrectionKind.REMOVE,
        "value": value,
        "was": "yes",
        "probability": 0.62,
        "reason": CorrectionReason.MISREAD,
        "comment": "on air since noon",
        "by": by.name,
        "role": by.role,
        "made_at": NOW,
        "at": at,
    }
    return Correction(**{**fields, **changes})  # type: ignore[arg-type]
