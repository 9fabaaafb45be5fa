"""The needs of a patient as JSON, and back, with nothing lost."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from medalloc.domain.needs import Basis, Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import CareHours, StayDays

_NEED = tuple(field.name for field in fields(Need))
_EVIDENCE = tuple(field.name for field in fields(Evidence))


def dump_needs(needs: Needs) -> str:
    """JSON of one patient's needs."""
    listed = [_plain(need, _NEED) for need in needs.by_name.values()]
    for need in listed:
        need["evidence"] = [_plain(piece, _EVIDENCE) for piece in need["evidence"]]
    stay, care = needs.stay, needs.care
    return json.dumps(
        {
            "patient_id": needs.patient_id,
            "news2": needs.news2,
            "needs": listed,
            "stay": None if stay is None else [stay.p10, stay.p50, stay.p90],
            "care": None if care is None else [care.nurse, care.assistant],
        }
    )


def load_needs(text: str) -> Needs:
    """The needs that `dump_needs` wrote."""
    known = json.loads(text)
    listed = [_need(entry) for entry in known["needs"]]
    stay, care = known.get("stay"), known.get("care")
    return Needs(
        known["patient_id"],
        {need.name: need for need in listed},
        known["news2"],
        StayDays(*stay) if stay else None,
        CareHours(*care) if care else None,
    )


def _plain(thing: Need | Evidence, names: tuple[str, ...]) -> dict[str, Any]:
    """Its fields, one level deep; `dataclasses.asdict` copies all that is in them, which is slow."""
    return {name: getattr(thing, name) for name in names}


def _need(known: dict[str, Any]) -> Need:
    confirm = known["confirm"]
    return Need(
        **{
            **known,
            "name": NeedName(known["name"]),
            "source": NeedSource(known["source"]),
            "binding": Binding(known["binding"]),
            "confirm": None if confirm is None else Confirm(confirm),
            "basis": Basis(known.get("basis", Basis.MODEL)),
            "candidates": tuple(known.get("candidates", ())),
            "evidence": tuple(Evidence(**piece) for piece in known["evidence"]),
        }
    )
